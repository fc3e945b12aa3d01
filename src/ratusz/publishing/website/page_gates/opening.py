"""A closed page that is opened to everybody leaves the house as well: it asks as a page does that is published."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import Page, PageViewRestriction

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.gates.findings import GatesShut
from ratusz.publishing.website.models import PublicPage

from .actions import check_published_page


def what_stops_opening(*, pages: list[Page], user: Any) -> GatesShut | None:
    """What stops the first of these published pages that may not go out; what was held is on record."""
    at = database_now()
    for page in pages:
        if isinstance(page, PublicPage):
            try:
                check_published_page(page=page, user=user, at=at)
            except GatesShut as shut:
                return shut
    return None


def opened_by(page: Page) -> list[Page]:
    """The published pages, this one and below, that no restriction of their own or below it keeps closed."""
    closed = [path for path in PageViewRestriction.objects.values_list("page__path", flat=True) if path.startswith(page.path)]
    below = page.get_descendants(inclusive=True).live().specific()
    return [each for each in below if not any(each.path.startswith(path) for path in closed if path != page.path)]


class AskBeforeOpening(SetPrivacyView):
    """Wagtail's window of who may see a page; opening one asks the gates and what may hold it back."""

    def form_valid(self, form):
        is_none = form.cleaned_data["restriction_type"] == PageViewRestriction.NONE
        if is_none and self.restriction and not self.restriction_on_ancestor:
            shut = what_stops_opening(pages=opened_by(self.page), user=self.request.user)
            if shut is not None:
                form.add_error("restriction_type", _("It stays closed: %(why)s") % {"why": shut})
                return self.form_invalid(form)
        return super().form_valid(form)


def ask_before_moving(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Hook before a move: out from under a closed page everybody reads it."""
    if request.method != "POST" or not _opens(page, destination):
        return None
    shut = what_stops_opening(pages=opened_by(page), user=request.user)
    if shut is None:
        return None
    messages.error(request, _("Not moved: %(why)s") % {"why": shut})
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def move_closed_pages_alone(request: HttpRequest, action_type: str, objects: list, action: object) -> HttpResponse | None:
    """Hook before a deed on many pages: each closed page is asked about by itself."""
    pages = [each for each in objects if isinstance(each, Page)]
    if action_type != "move" or not any(each.get_view_restrictions().exists() for each in pages):
        return None
    messages.warning(request, _("Pages that are not for everybody are moved one at a time."))
    return redirect("wagtailadmin_explore_root")


def _opens(page: Page, destination: Page) -> bool:
    """Whether a page above keeps it closed now and none would there."""
    restrictions = set(page.get_view_restrictions().values_list("page", flat=True))
    return bool(restrictions) and page.pk not in restrictions and not destination.get_view_restrictions().exists()
