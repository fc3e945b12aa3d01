"""The budget's own site: which paths belong to it, its name and menu under its own domain (settings BUDGET_*)."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ratusz.participation.budget.models import Edition
from ratusz.participation.budget.registries import site_paths
from ratusz.publishing.website.own_sites import OwnSite
from ratusz.ui import chrome
from ratusz.ui.parts import Link

BRAND = "budget"


def own_site() -> OwnSite:
    """What the portal needs to know of the budget's site; settings are read at each request."""
    return OwnSite(
        brand=BRAND,
        address=lambda: settings.BUDGET_ADDRESS,
        former_hosts=lambda: settings.BUDGET_FORMER_HOSTS,
        paths=lambda: list(site_paths),
        leads_here=lambda: settings.BUDGET_LEADS_THERE,
        start=lambda: reverse("budget:editions"),
        search_kind=BRAND,
        name=lambda: _("Participatory Budget"),
        menu=menu,
    )


def menu() -> tuple[Link, ...]:
    """What goes on, the rules of the newest edition, results, profiles, and the way to the city's portal."""
    start = reverse("budget:editions")
    found = [Link(_("What goes on now"), start)]
    newest = Edition.objects.of_this_city().going_on().newest_first().first()
    if newest is not None:
        found.append(Link(_("Rules and calendar"), reverse("budget:rules", args=[newest.slug])))
    found.append(Link(_("Results of editions"), f"{start}#wyniki"))
    found.append(Link(_("Profiles and contact"), reverse("budget:profiles")))
    home = "/" if get_language() == settings.LANGUAGE_CODE else f"/{get_language()}/"
    found.append(Link(_("The city's portal"), settings.PUBLIC_ADDRESS.rstrip("/") + home, note=chrome.city()))
    return tuple(found)
