"""Where submissions and release sets stand in the Wagtail admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from ratusz.foundation.units.who_asks import who_asks

from . import rules
from .views import gates, pages, sets, staff, steps, writing


class WritersMenuItem(MenuItem):
    """Shown to editors of units and to the department."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may_write(*who_asks(request))


class DepartmentMenuItem(MenuItem):
    """Shown to those who approve and publish."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.is_department(*who_asks(request))


@hooks.register("register_speaking_menu_item")
def submissions_item() -> MenuItem:
    return WritersMenuItem(
        _("Submissions of units"), reverse("editing_submissions"), name="submissions", icon_name="download", order=20
    )


@hooks.register("register_speaking_menu_item")
def new_item() -> MenuItem:
    return WritersMenuItem(_("Hand in a text"), reverse("editing_new"), name="hand-in", icon_name="plus", order=10)


@hooks.register("register_speaking_menu_item")
def sets_item() -> MenuItem:
    return DepartmentMenuItem(
        _("Release sets"), reverse("editing_sets"), name="release-sets", icon_name="folder-open-inverse", order=30
    )


class HandInPanel(Component):
    """A button on the desk of those who hand in texts."""

    name, order, begins_work = "hand-in", 5, True
    template_name = "editing/staff/desk_hand_in.html"


@hooks.register("construct_homepage_panels", order=50)
def put_handing_in_on_the_desk(request: HttpRequest, panels: list) -> None:
    """Whoever writes for a unit hands in a text; an empty page of Wagtail is the department's way."""
    if rules.may_write(*who_asks(request)) and not rules.is_department(*who_asks(request)):
        panels[:] = [*(panel for panel in panels if getattr(panel, "name", "") != "write-news"), HandInPanel()]


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("zgloszenia/", staff.submissions, name="editing_submissions"),
        path("zgloszenia/nowe/", staff.new_submission, name="editing_new"),
        path("zgloszenia/<int:pk>/", staff.submission, name="editing_submission"),
        path("zgloszenia/<int:pk>/tresc/", writing.edit, name="editing_edit"),
        path("zgloszenia/<int:pk>/podglad/", staff.preview, name="editing_preview"),
        path("zgloszenia/<int:pk>/wersje/", staff.versions, name="editing_versions"),
        path("zgloszenia/<int:pk>/krok/", steps.step, name="editing_step"),
        path("zgloszenia/<int:pk>/przepusc/", gates.let_through, name="editing_let_through"),
        path("zgloszenia/<int:pk>/termin/", steps.schedule, name="editing_schedule"),
        path("zgloszenia/<int:pk>/odnosniki/", steps.links, name="editing_links"),
        path("zgloszenia/<int:pk>/przeczytane/", steps.review, name="editing_review"),
        path("strony/<int:pk>/druga-para-oczu/", pages.second_pair, name="editing_second_pair"),
        path("bez-drugiej-pary-oczu/<int:pk>/", pages.lone_page, name="editing_lone_page"),
        path("paczki/", sets.release_sets, name="editing_sets"),
        path("paczki/nowa/", sets.new_set, name="editing_new_set"),
        path("paczki/<int:pk>/", sets.release_set, name="editing_set"),
        path("paczki/<int:pk>/krok/", sets.set_step, name="editing_set_step"),
    ]
