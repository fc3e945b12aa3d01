"""Where initiatives stand in the Wagtail admin: under what residents say."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.participation.initiatives import rules
from ratusz.participation.initiatives.councils import kept_by as councils_kept_by
from ratusz.participation.initiatives.debates import hooks as debates
from ratusz.participation.initiatives.hearings import hooks as hearings
from ratusz.participation.initiatives.notices.views import staff as notices
from ratusz.participation.initiatives.views import councils, staff


class InitiativesMenuItem(MenuItem):
    """Shown to whoever may see them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("inicjatywy/", staff.register, name="initiatives_register"),
        path("inicjatywy/nowa/", staff.enter, name="initiatives_enter"),
        path("inicjatywy/rejestr.xlsx", staff.download, name="initiatives_file"),
        path("rady-dzielnic/", councils.all_councils, name="initiatives_councils"),
        path("rady-dzielnic/<int:number>/", councils.council, name="initiatives_council"),
        path("inicjatywy/<int:pk>/", staff.show, name="initiatives_initiative"),
        path("inicjatywy/zawiadomienia/", notices.register, name="initiatives_notices"),
        path("inicjatywy/zawiadomienia/<int:pk>/", notices.show, name="initiatives_notice"),
        path("inicjatywy/<int:pk>/pismo-<int:step>.<str:kind>", staff.letter, name="initiatives_letter"),
        *hearings.staff_urls(),
        *debates.staff_urls(),
    ]


@hooks.register("register_listening_menu_item")
def initiatives_in_menu() -> MenuItem:
    return InitiativesMenuItem(
        _("Citizens' resolution initiatives"), reverse("initiatives_register"), name="initiatives", icon_name="group", order=23
    )


@hooks.register("register_listening_menu_item")
def hearings_in_menu() -> MenuItem:
    return InitiativesMenuItem(
        _("Public hearings"), reverse("initiatives_hearings"), name="hearings", icon_name="group", order=23
    )  # fmt: skip


@hooks.register("register_listening_menu_item")
def debates_in_menu() -> MenuItem:
    return InitiativesMenuItem(
        _("Debates on the state of the municipality"), reverse("initiatives_debates"), name="debates", icon_name="group", order=23
    )  # fmt: skip


class CouncilsMenuItem(MenuItem):
    """Shown to whoever keeps the contacts."""

    def is_shown(self, request: HttpRequest) -> bool:
        person, _deed, _thing, at = with_deed(request, "handle")
        return rules.may(person, "handle", None, at) or bool(councils_kept_by(person, at))


@hooks.register("register_listening_menu_item")
def councils_in_menu() -> MenuItem:
    return CouncilsMenuItem(
        _("Contacts of district councils"), reverse("initiatives_councils"), name="district-councils", icon_name="site", order=24
    )
