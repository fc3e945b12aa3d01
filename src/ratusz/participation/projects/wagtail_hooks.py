"""Where projects of the participatory budget stand in the Wagtail admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.participation.projects import rules
from ratusz.participation.projects.delivery import rules as building_rules
from ratusz.participation.projects.views import (
    assessing,
    balloting,
    deeds,
    delivery_staff,
    ideas_staff,
    letters,
    lists,
    staff,
    substitutions,
)


class ProjectsMenuItem(MenuItem):
    """Shown to whoever may see projects."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("projekty/", staff.projects, name="projects_list"),
        path("projekty/edycja/<int:pk>/wpisz/", staff.enter, name="projects_enter"),
        path("projekty/edycja/<int:pk>/podziel/", deeds.share_out, name="projects_share_out"),
        path("projekty/edycja/<int:pk>/karta/", balloting.put_on_ballot, name="projects_ballot"),
        path("projekty/zastepstwa/", substitutions.substitutions, name="projects_substitutions"),
        path("projekty/edycja/<int:pk>/pomysly/", ideas_staff.survey, name="projects_ideas"),
        path("projekty/pomysly/urna/<int:pk>/", ideas_staff.cards, name="projects_idea_cards"),
        path("projekty/edycja/<int:pk>/listy/", lists.lists_of, name="projects_lists"),
        path("projekty/realizacja/", delivery_staff.deliveries, name="projects_deliveries"),
        path("projekty/realizacja/komorki/", delivery_staff.report, name="projects_delivery_report"),
        path("projekty/realizacja/edycja/<int:pk>/otworz/", delivery_staff.open_missing, name="projects_open_deliveries"),
        path("projekty/realizacja/zdjecie/<int:pk>/", delivery_staff.photo, name="projects_delivery_photo"),
        path("projekty/realizacja/<int:pk>/", delivery_staff.delivery, name="projects_delivery"),
        path("projekty/<int:pk>/ocena/", assessing.assessment, name="projects_assessment"),
        path("projekty/<int:pk>/ocena-formalna/", deeds.formal, name="projects_formal"),
        path("projekty/<int:pk>/pismo/<str:what>/", letters.letter, name="projects_letter"),
        path("projekty/<int:pk>/", staff.project, name="projects_project"),
    ]


@hooks.register("register_deciding_menu_item")
def projects_in_menu() -> MenuItem:
    return ProjectsMenuItem(_("Projects of the budget"), reverse("projects_list"), name="projects", icon_name="list-ul", order=200)


class DeliveriesMenuItem(MenuItem):
    """Shown to the department and to people of units that build."""

    def is_shown(self, request: HttpRequest) -> bool:
        return building_rules.may(*with_deed(request, "see"))


@hooks.register("register_deciding_menu_item")
def deliveries_in_menu() -> MenuItem:
    words = _("Building of projects")
    return DeliveriesMenuItem(words, reverse("projects_deliveries"), name="deliveries", icon_name="cogs", order=210)
