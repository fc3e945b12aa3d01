"""The buttons of a submission: each calls one action, says in words what happened, and goes back to its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.editing import actions, rules
from ratusz.publishing.editing.forms import LinkForm, MomentForm, WordsForm
from ratusz.publishing.editing.models import LonePublication, Submission

from .staff import context_of, refused, seen


def _words(request: HttpRequest) -> str:
    form = WordsForm(request.POST)
    return form.cleaned_data["words"] if form.is_valid() else ""


def _version(request: HttpRequest) -> int:
    return plain_number(request.POST.get("version", "")) or 0


def _link_number(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST["revoke"])
    except ValueError:
        raise Http404 from None


DEEDS: dict[str, tuple[Callable[[Submission, HttpRequest], Any], Any]] = {
    "send": (
        lambda found, request: actions.send_submission(submission=found, person=request.user, words=_words(request)),
        gettext_lazy("The text is with the department. You will hear from us."),
    ),
    "claim": (lambda found, request: actions.claim(submission=found, person=request.user), gettext_lazy("This text is yours now.")),
    "release": (
        lambda found, request: actions.release_claim(submission=found, person=request.user, words=_words(request)),
        gettext_lazy("Somebody else can take this text now."),
    ),
    "ask_back": (
        lambda found, request: actions.ask_back(submission=found, reason=_words(request), person=request.user),
        gettext_lazy("The text went back to the unit with your words."),
    ),
    "comment": (
        lambda found, request: actions.comment(submission=found, words=_words(request), person=request.user),
        gettext_lazy("Your remark is in the history."),
    ),
    "approve": (
        lambda found, request: actions.approve(submission=found, seen_version=_version(request), person=request.user),
        gettext_lazy("Approved. Publish it or set a moment."),
    ),
    "take_in_page_changes": (
        lambda found, request: actions.take_in_page_changes(
            submission=found, seen_revision=plain_number(request.POST.get("revision", "")) or 0, person=request.user
        ),
        gettext_lazy("The newer words of the page are taken into account. Somebody else reads the text and approves it."),
    ),
    "unschedule": (
        lambda found, request: actions.unschedule(submission=found, person=request.user),
        gettext_lazy("The moment is taken back; the approval stays."),
    ),
    "publish": (lambda found, request: actions.publish(submission=found, person=request.user), gettext_lazy("Published.")),
    "publish_alone": (
        lambda found, request: actions.publish_alone(submission=found, reason=_words(request), person=request.user),
        gettext_lazy("Published without a second pair of eyes. Somebody else reads it the next working day."),
    ),
    "close": (
        lambda found, request: actions.close(submission=found, reason=_words(request), person=request.user),
        gettext_lazy("Closed; the reason is in the history."),
    ),
}  # fmt: skip


@once_only
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the buttons. What was typed is not lost when the step is refused."""
    found = seen(request, pk)
    deed = request.POST.get("deed", "")
    if deed not in DEEDS:
        return redirect("editing_submission", pk)
    act, done = DEEDS[deed]
    try:
        act(found, request)
    except rules.NotNow as refusal:
        refused(request, refusal)
        words = WordsForm(request.POST)
        return render(request, "editing/staff/submission.html", context_of(request, seen(request, pk), database_now(), words=words))
    messages.success(request, str(done))
    return redirect("editing_submission", pk)


@require_POST
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets the moment at which the text goes out by itself."""
    found, form = seen(request, pk), MomentForm(request.POST)
    if form.is_valid():
        try:
            actions.schedule(submission=found, moment=form.cleaned_data["moment"], person=request.user)
            messages.success(request, _("The moment is set. The text goes out by itself, when nothing stands in its way."))
            return redirect("editing_submission", pk)
        except rules.NotNow as refusal:
            refused(request, refusal)
    return render(request, "editing/staff/submission.html", context_of(request, seen(request, pk), database_now(), moment=form))


@once_only
@require_POST
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a link of approval, or revokes one."""
    found, form = seen(request, pk), LinkForm(request.POST)
    try:
        if "revoke" in request.POST:
            link = get_object_or_404(found.links, pk=_link_number(request))
            actions.revoke_link(link=link, person=request.user)
            messages.success(request, _("The link opens nothing any more."))
            return redirect("editing_submission", pk)
        if form.is_valid():
            actions.make_link(submission=found, person=request.user, **form.cleaned_data)
            messages.success(request, _("The link is on its way. It is good for this version and for 30 days."))
            return redirect("editing_submission", pk)
    except rules.NotNow as refusal:
        refused(request, refusal)
    return render(request, "editing/staff/submission.html", context_of(request, seen(request, pk), database_now(), link=form))


@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else has read what went out alone."""
    found = seen(request, pk)
    try:
        publication = get_object_or_404(LonePublication, submission=found)
        actions.review_lone_publication(publication=publication, words=_words(request), person=request.user)
        messages.success(request, _("Thank you. Your reading is in the history."))
    except rules.NotNow as refusal:
        refused(request, refusal)
    return redirect("editing_submission", pk)
