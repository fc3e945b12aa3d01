"""Pages for writing, with an account: a thread, a comment, an answer, a change, a support; and a flag by anybody."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ratusz.casework.moderation.rules import ModerationRefused
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.people.keys import keyed_digest
from ratusz.participation.forum import actions, queries, rules, wording
from ratusz.participation.forum.forms import CommentForm, EditForm, FlagForm, OpinionForm, ThreadForm
from ratusz.participation.forum.models import Comment
from ratusz.participation.forum.sessions import reader_of
from ratusz.participation.forum.views.frame import line_of, own, page, press, public, signed_in
from ratusz.participation.forum.views.public import drawn_thread, head, thread_or_404, topic_or_404
from ratusz.participation.remarks.links import my_intake_url
from ratusz.participation.remarks.rules import RemarkRefused


def _posted(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _refuse(form: Any, refusal: Exception) -> None:
    """A refusal in the form: of a file beside the files, anything else on top."""
    if isinstance(refusal, FileRefused):
        form.add_error("files", refusal)
    else:
        form.add_error(None, str(refusal))


def _told(request: HttpRequest, made: Comment) -> HttpResponse:
    if made.is_shown:
        messages.success(request, _("Your comment is shown."))
    else:
        messages.success(request, _("We have your comment. Others see it once a moderator has read it; you see it here already."))
    return redirect(made.get_absolute_url())


@signed_in
@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_thread(request: HttpRequest, slug: str) -> HttpResponse:
    """A new thread; threads with a like title are shown before it is sent for good."""
    at = database_now()
    topic = topic_or_404(slug, at)
    posted, files = _posted(request)
    form = ThreadForm(posted, files, at=at, line=line_of(request))
    similar: list[Any] = []
    if form.is_valid():
        similar = [] if "again" in request.POST else queries.similar_to(form.cleaned_data["title"], at)
        if not similar:
            try:
                return _told(request, actions.start_thread(topic=topic, participant=own(request), **form.cleaned_data))
            except (rules.ForumRefused, ValidationError) as refusal:
                _refuse(form, refusal)
    context = {**head(topic, at), "form": form, "similar": similar, "has_files": bool(files)}
    return page(request, "new_thread", context, status=422 if form.errors or similar else 200)


@signed_in
@once_only
@require_POST
def new_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment at the top level of a thread."""
    at = database_now()
    thread = thread_or_404(pk, at)
    form = CommentForm(*_posted(request), at=at, line=line_of(request))
    if form.is_valid():
        try:
            return _told(request, actions.write_comment(thread=thread, participant=own(request), **form.cleaned_data))
        except (rules.ForumRefused, ValidationError) as refusal:
            _refuse(form, refusal)
    return drawn_thread(request, thread, at, form, status=422)


@signed_in
@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer to a comment, with the comment above it."""
    at, parent = database_now(), _comment_or_404(pk)
    thread = thread_or_404(parent.thread_id, at)
    posted, files = _posted(request)
    form = CommentForm(posted, files, at=at, line=line_of(request))
    if form.is_valid():
        try:
            made = actions.write_comment(thread=thread, parent=parent, participant=own(request), **form.cleaned_data)
            return _told(request, made)
        except (rules.ForumRefused, ValidationError) as refusal:
            _refuse(form, refusal)
    shown = wording.shown(parent, None, set(), is_open=False, at=at)
    return page(
        request, "answer", {**head(thread.topic, at), "thread": thread, "form": form, "parent": shown}, 422 if form.errors else 200
    )


def _comment_or_404(pk: int) -> Comment:
    return get_object_or_404(queries.with_people(Comment.objects.shown()).select_related("author", "unit", "thread"), pk=pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own comment is changed while its time runs."""
    at, who = database_now(), own(request)
    found = get_object_or_404(Comment.objects.select_related("thread__topic__category"), pk=pk, author=who, erased_at=None)
    form = EditForm(request.POST if request.method == "POST" else None, initial={"words": found.words})
    if form.is_valid():
        try:
            return _told(request, actions.edit_comment(comment=found, participant=who, **form.cleaned_data))
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.ForumRefused as refusal:
            form.add_error(None, str(refusal))
    context = {
        **head(found.thread.topic, at),
        "thread": found.thread,
        "form": form,
        "found": found,
        "minutes": wording.edit_window(at),
    }
    return page(request, "edit", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """One voice for a comment, or that voice taken back."""
    found = _comment_or_404(pk)

    def deed() -> str:
        if request.POST.get("deed") == "back":
            actions.take_support_back(comment=found, participant=own(request))
            return _("You do not support this comment any more.")
        actions.support(comment=found, participant=own(request))
        return _("You support this comment.")

    return press(request, deed, found.get_absolute_url(), refused=rules.ForumRefused)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Anybody asks the moderators to look at a comment; an account is not needed."""
    at, found, who = database_now(), _comment_or_404(pk), reader_of(request)
    thread = thread_or_404(found.thread_id, at)
    if who is not None and found.author_id == who.pk:
        raise Http404
    form = FlagForm(request.POST if request.method == "POST" else None, at=at, line=line_of(request))
    if form.is_valid():
        sender = "line:" + keyed_digest("forum", "flag", line_of(request)).hex()[:40]
        try:
            actions.flag(comment=found, participant=who, sender=sender, **form.cleaned_data)
        except (rules.ForumRefused, ModerationRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. A moderator will look at it."))
            return redirect(found.get_absolute_url())
    shown = wording.shown(found, None, set(), is_open=False, at=at)
    return page(
        request, "flag", {**head(thread.topic, at), "thread": thread, "form": form, "shown": shown}, 422 if form.errors else 200
    )


@public
@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """The opinion form of an organisation, beside the thread of a draft; an account is not needed."""
    at = database_now()
    thread = thread_or_404(pk, at)
    if not thread.topic.takes_opinions:
        raise Http404
    form = OpinionForm(
        request.POST if request.method == "POST" else None, at=at, line=line_of(request), initial={"form_key": uuid4()}
    )
    if form.is_valid():
        try:
            return redirect(my_intake_url(actions.give_opinion(thread=thread, **form.cleaned_data)))
        except (rules.ForumRefused, RemarkRefused) as refusal:
            form.add_error(None, str(refusal))
    return page(request, "opinion", {**head(thread.topic, at), "thread": thread, "form": form}, 422 if form.errors else 200)
