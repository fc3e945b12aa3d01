"""Where research stands in the Wagtail admin: addresses and the entry of the menu, for wagtail_hooks.py."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.participation.surveys.research import rules
from ratusz.participation.surveys.research.views import importing, staff, waves


class ResearchMenuItem(MenuItem):
    """Shown to whoever sees research."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


def staff_urls() -> list:
    """Addresses below the admin's root."""
    return [
        path("badania/", staff.cards, name="research_list"),
        path("badania/lista.xlsx", staff.download, name="research_list_file"),
        path("badania/nowe/", staff.new, name="research_new"),
        path("badania/wzor.<str:kind>", importing.pattern, name="research_pattern"),
        path("badania/<int:pk>/", staff.card, name="research_card"),
        path("badania/<int:pk>/dane/", staff.facts, name="research_facts"),
        path("badania/<int:pk>/stan/", staff.state, name="research_state"),
        path("badania/<int:pk>/usuwanie/", staff.drop, name="research_drop"),
        path("badania/<int:pk>/co-zrobiono/", staff.uses, name="research_uses"),
        path("badania/<int:pk>/wyniki/", importing.results, name="research_results"),
        path("badania/<int:pk>/wyniki/<int:number>.xlsx", importing.version, name="research_version"),
        path("badania/<int:pk>/porownanie/", waves.waves, name="research_waves"),
    ]


def menu_item() -> MenuItem:
    """The entry under what residents say, after surveys."""
    return ResearchMenuItem(_("Opinion research"), reverse("research_list"), name="research", icon_name="form", order=46)
