"""Makes the desk the home page of the admin."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.who_asks import with_deed

from . import rules
from .panels import DatesPanel, DutyPanel, MovesPanel
from .views import duty, handbook


@hooks.register("construct_homepage_panels", order=100)
def put_the_desk(request: HttpRequest, panels: list) -> None:
    """What a module lets begin, moves and dates, below them the person's own texts that others read now.

    What waits for them is a move already. A module's panel stays when it says `begins_work = True`.
    """
    at = database_now()
    panels[:] = [
        *[panel for panel in panels if getattr(panel, "begins_work", False)],
        MovesPanel(request.user, at),
        *_duty_now(request.user, at),
        DatesPanel(request.user, at),
        *[panel for panel in panels if isinstance(panel, UserObjectsInWorkflowModerationPanel)],
    ]


def _duty_now(person: Any, at: datetime) -> list[DutyPanel]:
    """For the department, when somebody has the duty now or this person has it some day."""
    if not rules.may(person, "see", None, at):
        return []
    panel = DutyPanel(person, at)
    return [panel] if panel.running or panel.mine else []


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("podrecznik/", handbook.page, name="desk_handbook"),
        path("podrecznik/<slug:name>/", handbook.page, name="desk_handbook_page"),
        path("dyzury/", duty.duties, name="desk_duties"),
        path("dyzury/nowy/", duty.duty, name="desk_new_duty"),
        path("dyzury/<int:pk>/", duty.duty, name="desk_duty"),
        path("dyzury/<int:pk>/odwolaj/", duty.cancel, name="desk_cancel_duty"),
    ]


class DutiesMenuItem(MenuItem):
    """Shown to the department."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_speaking_menu_item")
def duties_in_menu() -> MenuItem:
    return DutiesMenuItem(_("Duties"), reverse("desk_duties"), name="duties", icon_name="calendar-alt", order=880)


@hooks.register("register_help_menu_item")
def handbook_in_menu() -> MenuItem:
    return MenuItem(_("Handbook"), reverse("desk_handbook"), name="handbook", icon_name="help", order=1)


@hooks.register("register_admin_menu_item")
def desk_in_menu() -> MenuItem:
    return MenuItem(_("Desk"), reverse("wagtailadmin_home"), name="desk", icon_name="tasks", order=1)


@hooks.register("insert_global_admin_css")
def desk_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))
