"""Answers that are owed, and writing one; a comment for staff with its history, taken into the register, its words erased."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.moderation.actions import put_in_queue
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.once.sending import once_only
from ratusz.participation.forum import actions, queries, rules, texts
from ratusz.participation.forum.forms_staff import AnswerForm, OwedFilter
from ratusz.participation.forum.models import Comment
from ratusz.participation.forum.moves import units_of
from ratusz.participation.forum.views.staff.deeds import check, press

ROWS = 40


@require_safe
def owed(request: HttpRequest) -> HttpResponse:
    """Comments whose authors ask the Office: one's own units first, all of them for keepers."""
    at = check(request, "see")
    form = OwedFilter(request.GET)
    is_keeper = rules.may(request.user, "manage", None, at)
    unit = form.cleaned_data.get("komorka") if form.is_valid() else None
    units = [unit.pk] if unit else None if is_keeper else units_of(request.user, at)
    found = Paginator(queries.owed(units), ROWS).get_page(request.GET.get("strona"))
    rows = [{"comment": each, "due": rules.answer_due(each, at), "is_late": rules.answer_due(each, at) <= at} for each in found]
    return render(request, "forum/staff/owed.html", {"form": form, "rows": rows, "slice": found, "is_keeper": is_keeper})


def _found(pk: int) -> Comment:
    rows = Comment.objects.select_related("thread__topic__unit", "thread__topic__consultation", "author", "unit", "intake")
    return get_object_or_404(rows.prefetch_related("versions"), pk=pk)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The official answer to one comment."""
    found = _found(pk)
    check(request, "answer", found.thread.topic)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.answer_officially(
                thread=found.thread, parent=found, words=form.cleaned_data["words"], person=request.user
            )
            messages.success(request, _("The answer is shown, and the author is told."))
            return redirect("forum_comment", made.parent_id)
        except rules.ForumRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "forum/staff/answer.html", {"form": form, "comment": found, "html": texts.rendered(found.words)})


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment as staff see it: its state, every wording, what can be done. The reading is recorded."""
    found = _found(pk)
    at = check(request, "see")
    topic = found.thread.topic
    sees_hidden = rules.sees_hidden(request.user, topic, at)
    if not (found.is_shown or sees_hidden):
        raise PermissionDenied
    may: dict[str, bool] = {deed: rules.may(request.user, deed, topic, at) for deed in ("answer", "mark", "erase", "manage")}
    record_read(subject=found, fields=["author", "words"], actor=request.user)
    context: dict[str, Any] = {
        "comment": found, "topic": topic, "html": texts.rendered(found.words), "may": may, "answers": found.answers.count(),
        "versions": [
            (each, texts.rendered(each.words)) for each in found.versions.all() if each.is_public or sees_hidden
        ],
    }  # fmt: skip
    return render(request, "forum/staff/comment.html", context)


@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Words go for good, on a ground of the law."""
    deed = partial(actions.erase_words, comment=_found(pk), ground=request.POST.get("ground", ""), person=request.user)
    return press(request, deed, _("The words are erased. That there was a comment stays."), "forum_comment", pk)


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment comes before the moderators; they may also suspend its author."""
    check(request, "manage")
    found = _found(pk)
    if found.author is None:
        raise PermissionDenied
    put_in_queue(thing=found.key, reporter=request.user, words=request.POST.get("words", ""))
    messages.success(request, _("It is in the queue of moderation. Somebody else judges it."))
    return redirect("forum_comment", pk)


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment comes into the register of remarks; its author is told the receipt."""
    deed = partial(actions.mark_remark, comment=_found(pk), content=request.POST.get("content", ""), person=request.user)
    said = _("The comment is in the register of remarks. Its author was told the number.")
    return press(request, deed, said, "forum_comment", pk)
