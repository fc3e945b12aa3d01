"""Notices as staff read them: the feed, one notice with what has changed, confirming, comments."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.intranet import actions, audience, queries, rules
from ratusz.publishing.intranet.differences import difference
from ratusz.publishing.intranet.forms import CommentForm, FlagForm
from ratusz.publishing.intranet.models import Acknowledgement, Category, Comment, Notice, NoticeVersion
from ratusz.publishing.intranet.structure import to_html
from ratusz.publishing.intranet.views.gate import for_staff

PAGE = 20


def back_to_the_notice(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever signs in anew after pressing a button comes back by a link: to the notice, where the button is."""

    @wraps(view)
    def checked(request: HttpRequest, pk: int) -> HttpResponse:
        if request.method == "POST":
            return view(request, pk)
        return redirect("intranet:notice", pk=pk) if view.__name__ != "remove_comment" else redirect("intranet:home")

    return checked


@require_safe
@for_staff
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, the lead story, then what is new; `kategoria`, `q` and `wszystkie` narrow or widen the list."""
    at, person = database_now(), request.user
    category = request.GET.get("kategoria", "")
    query, everybody = request.GET.get("q", "").replace("\0", "").strip()[:200], bool(request.GET.get("wszystkie"))
    category = category if category in Category.values else ""
    listed = queries.feed(person, at, category=category, query=query, everybody=everybody)
    page = Paginator(listed, PAGE).get_page(request.GET.get("strona"))
    waiting = list(audience.waiting_for(person, at)) if not (query or category) else []
    seen = queries.last_seen(person, list(page))
    rows = [(each, each.pk not in seen, 0 < seen.get(each.pk, 0) < each.current_version) for each in page]
    lead = next((each for each in page if each.is_lead_story), None) if page.number == 1 and not (query or category) else None
    context = {
        "page": page, "rows": rows,
        "waiting": waiting, "lead": lead, "categories": Category.choices, "category": category, "asked": query,
        "everybody": everybody, "at": at, **frame(request, at),
    }  # fmt: skip
    return render(request, "intranet/home.html", context)


def frame(request: HttpRequest, at) -> dict[str, Any]:
    """What every page of the intranet shows around its own part."""
    return {"may_write": rules.may(request.user, "write", None, at)}


def _readable(request: HttpRequest, pk: int) -> tuple[Any, NoticeVersion]:
    """A published notice and its newest version; also a closed one, so that a confirmation can be looked up."""
    notices = audience.with_answer(Notice.objects.select_related("owner_unit", "author"), request.user)
    notice = get_object_or_404(notices, pk=pk)
    version = queries.newest_version(notice)
    if version is None:
        raise Http404
    return notice, version


@require_safe
@for_staff
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice; opening it notes which version was seen, nothing else."""
    at = database_now()
    found, version = _readable(request, pk)
    reading = actions.note_reading(notice=found, person=request.user)
    return _show(request, found, version, reading.seen_before if reading else 0, CommentForm(), at)


def _show(request: HttpRequest, found: Any, version: NoticeVersion, seen_before: int, form: CommentForm, at, status: int = 200):
    older = found.versions.filter(number=seen_before).first() if seen_before else None
    person: Any = request.user
    is_on_view = rules.is_on_view(found, at)
    given = Acknowledgement.objects.filter(person=person, version__notice=found).select_related("version")
    is_asked = found.is_required and is_on_view and audience.audience_of(found, at).filter(person=person).exists()
    context = {
        "notice": found, "version": version, "text": to_html(version.body),
        "changes": difference(older, version) if older else [], "is_on_view": is_on_view,
        "is_asked": is_asked and not found.is_confirmed, "confirmed": given.order_by("-version__number").first(),
        "is_late": bool(found.due_at and found.due_at <= at),
        "comments": _comments(request, found, at), "comment_form": form,
        "may_change": rules.may(request.user, "change", found, at),
        "has_report": found.is_required and rules.may(request.user, "write", None, at), **frame(request, at),
    }  # fmt: skip
    return render(request, "intranet/notice.html", context, status=status)


def _comments(request: HttpRequest, found: Notice, at) -> list[tuple[Comment, bool]]:
    """Each comment and whether this person may remove it; answered once for all, not comment by comment."""
    may_remove_all = rules.may(request.user, "change", found, at)
    comments = found.comments.select_related("author")
    own = request.user.pk
    return [(each, not (each.removed_at or each.hidden_at) and (may_remove_all or each.author_id == own)) for each in comments]


@for_staff
@back_to_the_notice
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The person confirms the version they had before their eyes."""
    found = get_object_or_404(Notice, pk=pk)
    number = plain_number(request.POST.get("version", "")) or 0
    try:
        actions.acknowledge(notice=found, person=request.user, number=number)
    except rules.Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Thank you, your confirmation is recorded."))
    return redirect("intranet:notice", pk=pk)


@once_only
@for_staff
@back_to_the_notice
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment; a refused one stays in its field."""
    at = database_now()
    found, version = _readable(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            actions.write_comment(notice=found, text=form.cleaned_data["text"], person=request.user)
        except rules.Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Your comment is there."))
            return redirect("intranet:notice", pk=pk)
    return _show(request, found, version, 0, form, at, status=422)


@for_staff
@back_to_the_notice
def remove_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Its author, or whoever answers for the notice."""
    found = get_object_or_404(Comment, pk=pk)
    actions.remove_comment(comment=found, person=request.user)
    messages.success(request, _("The comment is removed."))
    return redirect("intranet:notice", pk=found.notice_id)


@for_staff
def flag_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the moderators to look at a comment: the comment, what is wrong with it, one button."""
    found = get_object_or_404(Comment.objects.select_related("notice", "author"), pk=pk, removed_at=None, hidden_at=None)
    _readable(request, found.notice_id)
    at = database_now()
    form = FlagForm(request.POST if request.method == "POST" else None, at=at)
    if form.is_valid():
        try:
            actions.flag_comment(comment=found, person=request.user, **form.cleaned_data)
        except rules.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. A moderator will look at it and you will be told."))
            return redirect("intranet:notice", pk=found.notice_id)
    context = {"comment": found, "form": form, **frame(request, at)}
    return render(request, "intranet/flag.html", context, status=422 if form.errors else 200)
