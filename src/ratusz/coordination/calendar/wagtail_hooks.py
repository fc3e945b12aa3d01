"""Where elections mode stands in the Wagtail admin, and its notice at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from ratusz.coordination.calendar import holds, rules
from ratusz.coordination.calendar.models import HeldItem
from ratusz.coordination.calendar.views import elections
from ratusz.foundation.kit.clock import database_now


class ElectionsMenuItem(MenuItem):
    """Shown to the department."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ratusz_calendar.view_election")


class PhasePanel(Component):
    """Says to everybody at the desk that a campaign or a silence runs, and until when."""

    name, order, begins_work = "elections", 1, True
    template_name = "calendar/staff/panel.html"

    def __init__(self, at: datetime, person: Any):
        self.running = holds.running(at)
        # Wagtail draws a panel without the context of its page, so what the person may see is asked here.
        self.may_see = rules.may(person, "see", None, at)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        rows = [(election, phase, rules.PHASE_NAMES[phase.code], phase.code == rules.SILENCE) for election, phase in self.running]
        return {"rows": rows, "may_see": self.may_see, "waiting": HeldItem.objects.open().count()}


@hooks.register("construct_homepage_panels")
def say_that_a_phase_runs(request: HttpRequest, panels: list) -> None:
    panel = PhasePanel(database_now(), request.user)
    if panel.running:
        panels.append(panel)


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("wybory/", elections.elections, name="calendar_elections"),
        path("wybory/nowe/", elections.set_up, name="calendar_new_election"),
        path("wybory/<int:pk>/", elections.election, name="calendar_election"),
        path("wybory/<int:pk>/zmien/", elections.set_up, name="calendar_set_up"),
        path("wybory/<int:pk>/kandydaci/", elections.candidates, name="calendar_candidates"),
        path("wybory/zatrzymane/<int:pk>/", elections.decide, name="calendar_decide"),
    ]


@hooks.register("register_speaking_menu_item")
def elections_in_menu() -> MenuItem:
    return ElectionsMenuItem(_("Elections mode"), reverse("calendar_elections"), name="elections", icon_name="lock", order=900)
