"""Where consultation points stand in the Wagtail admin: under what residents say."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.casework.advice import rules
from ratusz.casework.advice.views.staff import day, log, points
from ratusz.foundation.units.who_asks import with_deed


class AdviceMenuItem(MenuItem):
    """Shown to whoever sees the figures."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("punkty/", points.points, name="advice_points"),
        path("punkty/nowy/", points.edit, name="advice_new_point"),
        path("punkty/rozmowy/", log.conversations, name="advice_log"),
        path("punkty/rozmowy/<int:pk>/", log.conversation, name="advice_conversation"),
        path("punkty/rozmowy/<int:pk>/zrobione/", log.follow_up, name="advice_follow_up"),
        path("punkty/rozmowy.<str:kind>", log.download, name="advice_download"),
        path("punkty/liczby/", log.figures, name="advice_figures"),
        path("punkty/umowione/<int:pk>/zmiana/", day.change, name="advice_change"),
        path("punkty/umowione/<int:pk>/rozmowa/", day.write_down, name="advice_write_down"),
        path("punkty/<int:pk>/", points.edit, name="advice_point"),
        path("punkty/<int:pk>/godziny/", points.hours, name="advice_hours"),
        path("punkty/<int:pk>/dzien/", day.day, name="advice_day"),
        path("punkty/<int:pk>/umow/", day.book, name="advice_book"),
    ]


@hooks.register("register_listening_menu_item")
def advice_in_menu() -> MenuItem:
    return AdviceMenuItem(_("Consultation points"), reverse("advice_points"), name="advice", icon_name="comment", order=40)
