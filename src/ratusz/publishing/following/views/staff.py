"""The emergency banner on one screen: write, look, show, approve, review, take down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.following import actions
from ratusz.publishing.following.banner_forms import BannerForm
from ratusz.publishing.following.banner_rules import BannerRefused, may, state_of
from ratusz.publishing.following.models import Banner
from ratusz.publishing.following.queries import crisis_messages
from ratusz.ui.parts import Banner as ShownBanner

LATEST = 30
LONGEST_REVIEW = 1000
STATES = {
    "waiting": gettext_lazy("waits for a second person"),
    "planned": gettext_lazy("approved, shows later"),
    "showing": gettext_lazy("shows now"),
    "taken_down": gettext_lazy("taken down"),
    "over": gettext_lazy("over"),
}


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def banner(request: HttpRequest) -> HttpResponse:
    """The form with its preview, what shows or waits now, and the banners before. ?tekst= brings a sentence along."""
    at = database_now()
    if not may(request.user, "write", None, at):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    brought = {name: request.GET.get(key, "")[:200] for name, key in (("text", "tekst"), ("url", "adres"))}
    form = BannerForm(posted, at=at, may_alone=may(request.user, "show_alone", None, at), initial=brought)
    preview = None
    if form.is_valid():
        preview = _preview(form)
        if request.POST.get("deed") == "show" and _written(request, form):
            return redirect("following_banner")
    return render(request, "following/staff/banner.html", _context(request, form, preview, at))


def _written(request: HttpRequest, form: BannerForm) -> bool:
    """Whether the banner was written; a refusal stands in the form, which keeps what was typed."""
    try:
        made = actions.write_banner(person=request.user, **form.facts())
    except BannerRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    if made.approved_at:
        messages.success(request, _("The banner shows on every page."))
    else:
        messages.success(request, _("Ask a second person to open this screen and press “Show now”. It waits at their desk too."))
    return True


def _preview(form: BannerForm) -> ShownBanner:
    facts = form.cleaned_data
    return ShownBanner(text=facts["text"], url=facts["url"], is_danger=facts["level"] == Banner.Level.DANGER)


def _context(request: HttpRequest, form: BannerForm, preview: ShownBanner | None, at: datetime) -> dict[str, Any]:
    found = Banner.objects.select_related("author", "approved_by", "reviewed_by")[:LATEST]
    rows = [(each, state_of(each, at), may(request.user, "approve", each, at)) for each in found]
    open_states = ("waiting", "planned", "showing")
    return {
        "form": form,
        "preview": preview,
        "preview_until": polish_moment(form.facts()["expires_at"]) if preview else "",
        "open_rows": [(row, STATES[state], state, may_approve) for row, state, may_approve in rows if state in open_states],
        "to_review": [
            (each, may(request.user, "review", each, at)) for each in Banner.objects.to_review().select_related("author")
        ],
        "crises": crisis_messages(at),
        "past_rows": [(row, STATES[state]) for row, state, _may in rows if state not in open_states],
    }


@require_POST
def settle_banner(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person shows it or reviews it afterwards, or anybody of the department takes it down."""
    found = get_object_or_404(Banner, pk=pk)
    try:
        if request.POST.get("deed") == "approve":
            actions.approve_banner(banner=found, person=request.user)
            messages.success(request, _("The banner shows on every page."))
        elif request.POST.get("deed") == "review":
            actions.review_banner(banner=found, words=request.POST.get("words", "")[:LONGEST_REVIEW], person=request.user)
            messages.success(request, _("Thank you. Your review stands beside the banner."))
        else:
            actions.take_down_banner(banner=found, person=request.user)
            messages.success(request, _("The banner is gone from every page."))
    except BannerRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("following_banner")
