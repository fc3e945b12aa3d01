"""Where moderation stands in the Wagtail admin: under what residents say."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.casework.moderation import rules
from ratusz.casework.moderation.views import months, places, roster, staff
from ratusz.foundation.units.who_asks import with_deed


class ModerationMenuItem(MenuItem):
    """Shown to moderators and heads."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("moderacja/", staff.queue, name="moderation_queue"),
        path("moderacja/odwolania/", staff.appeals, name="moderation_appeals"),
        path("moderacja/katalog/", staff.reasons, name="moderation_reasons"),
        path("moderacja/katalog/<int:pk>/wycofaj/", staff.retire, name="moderation_retire"),
        path("moderacja/miejsca/", places.places, name="moderation_places"),
        path("moderacja/miejsca/<str:key>/", places.place, name="moderation_place"),
        path("moderacja/powolania/<int:pk>/zakoncz/", places.end_mandate, name="moderation_end_mandate"),
        path("moderacja/powolania/<int:pk>/pismo.pdf", places.letter, name="moderation_letter"),
        path("moderacja/dyzury/", roster.week, name="moderation_roster"),
        path("moderacja/dyzury/<int:pk>/zakoncz/", roster.end_shift, name="moderation_end_shift"),
        path("moderacja/nieobecnosci/<int:pk>/odwolaj/", roster.cancel_absence, name="moderation_cancel_absence"),
        path("moderacja/slowa/", roster.words, name="moderation_words"),
        path("moderacja/slowa/<int:pk>/wycofaj/", roster.retire_word, name="moderation_retire_word"),
        path("moderacja/obciazenie/", roster.load, name="moderation_load"),
        path("moderacja/usterki/", roster.faults, name="moderation_faults"),
        path("moderacja/usterki/<int:pk>/naprawiona/", roster.mend_fault, name="moderation_mend_fault"),
        path("moderacja/miesiace/", months.make, name="moderation_months"),
        path("moderacja/<int:pk>/", staff.item, name="moderation_item"),
        path("moderacja/<int:pk>/plik/<int:place>/", staff.file, name="moderation_file"),
        path("moderacja/<int:pk>/wez/", staff.take, name="moderation_take"),
        path("moderacja/<int:pk>/decyzja/", staff.judge, name="moderation_judge"),
        path("moderacja/<int:pk>/odwolanie/", staff.decide, name="moderation_decide"),
    ]


class PlacesMenuItem(MenuItem):
    """Shown to heads who keep places of their unit and see no queue."""

    def is_shown(self, request: HttpRequest) -> bool:
        return not rules.may(*with_deed(request, "see")) and rules.may(*with_deed(request, "keep"))


@hooks.register("register_listening_menu_item")
def places_in_menu() -> MenuItem:
    return PlacesMenuItem(_("Moderators"), reverse("moderation_places"), name="moderators", icon_name="group", order=61)


@hooks.register("register_listening_menu_item")
def moderation_in_menu() -> MenuItem:
    return ModerationMenuItem(_("Moderation"), reverse("moderation_queue"), name="moderation", icon_name="clipboard-list", order=60)
