"""Screens of a page nobody else has read: ask somebody, let it out alone for a reason; read afterwards what went out so."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.editing import actions, page_eyes, rules
from ratusz.publishing.editing.forms import WordsForm
from ratusz.publishing.editing.models import LonePublication
from ratusz.publishing.gates.findings import GatesShut
from ratusz.publishing.website.models import PublicPage
from ratusz.publishing.website.page_gates.holding import note_held
from ratusz.publishing.website.page_writers import writers_of

from .staff import refused


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def second_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Who wrote the draft and who may publish it; the button that asks somebody, and for some the one that publishes alone."""
    page = _page(request, pk)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, page, form.cleaned_data["words"])
        except rules.NotNow as refusal:
            refused(request, refusal)
        except GatesShut as shut:
            note_held(shut, database_now())
            messages.error(request, _("Not published: %(why)s The draft is saved.") % {"why": shut})
    return render(request, "editing/staff/second_pair.html", _context(request, page, form))


def _done(request: HttpRequest, page: PublicPage, words: str) -> HttpResponse:
    if request.POST.get("deed") == "alone":
        seen = plain_number(request.POST.get("revision", "")) or 0
        lone = actions.publish_page_alone(page=page, seen_revision=seen, reason=words, person=request.user)
        messages.success(request, _("Published without a second pair of eyes. Somebody else reads it the next working day."))
        return redirect("editing_lone_page", lone.pk)
    actions.ask_for_second_pair(page=page, person=request.user)
    messages.success(request, _("The page waits for a second pair of eyes. The others of the department have it on their desks."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _context(request: HttpRequest, page: PublicPage, form: WordsForm) -> dict[str, Any]:
    at, revision = database_now(), page.latest_revision
    unread = page_eyes.unread_by_others(revision, request.user.pk) if revision else None
    state = page.current_workflow_state
    return {
        "page": page, "draft": page.get_latest_revision_as_object(), "form": form, "unread": unread, "revision": revision,
        "writers": page_eyes.names_of(writers_of({page.pk: revision.pk})[page.pk]) if revision else [],
        "is_asked": state is not None and state.status == state.STATUS_IN_PROGRESS,
        "may_alone": rules.may_publish_alone(request.user, at),
    }  # fmt: skip


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def lone_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What went out without a second pair of eyes: why, and what somebody else found in it afterwards."""
    if not rules.is_department(request.user, database_now()):
        raise PermissionDenied
    found = LonePublication.objects.select_related("published_by", "reviewed_by", "page")
    lone = get_object_or_404(found, pk=pk, submission=None)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_lone_publication(publication=lone, words=form.cleaned_data["words"], person=request.user)
            messages.success(request, _("Thank you. Your reading is kept here."))
            return redirect("editing_lone_page", lone.pk)
        except rules.NotNow as refusal:
            refused(request, refusal)
    return render(request, "editing/staff/lone_page.html", {"lone": lone, "form": form})


def _page(request: HttpRequest, pk: int) -> PublicPage:
    """A page whose draft this person may publish."""
    if not rules.is_department(request.user, database_now()):
        raise PermissionDenied
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, PublicPage):
        raise Http404
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return page
