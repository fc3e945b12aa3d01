"""Addresses of the screens of consultations in the admin, and their entry in its menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.participation.consultations import queries, rules
from ratusz.participation.consultations.views.staff import pages, parts


class ConsultationsMenuItem(MenuItem):
    """Shown to the department, and to people of units that answer for a consultation."""

    def is_shown(self, request: HttpRequest) -> bool:
        person, deed, _nothing, at = with_deed(request, "see")
        return rules.may(person, deed, None, at) or queries.seen_by(person, at).exists()


def staff_urls() -> list:
    """Addresses below the admin's root."""
    return [
        path("konsultacje/", pages.consultations, name="consultations_list"),
        path("konsultacje/lista.xlsx", pages.export, name="consultations_export"),
        path("konsultacje/nowe/", pages.plan, name="consultations_new"),
        path("konsultacje/<int:pk>/", pages.show, name="consultations_consultation"),
        path("konsultacje/<int:pk>/plan/", pages.plan, name="consultations_plan"),
        path("konsultacje/<int:pk>/start/", pages.launch, name="consultations_launch"),
        path("konsultacje/<int:pk>/przedluz/", pages.extend, name="consultations_extend"),
        path("konsultacje/<int:pk>/odwolaj/", pages.cancel, name="consultations_cancel"),
        path("konsultacje/<int:pk>/zamknij/", pages.archive, name="consultations_archive"),
        path("konsultacje/<int:pk>/usun/", pages.delete, name="consultations_delete"),
        path("konsultacje/<int:pk>/forma/", parts.add_form, name="consultations_add_form"),
        path("konsultacje/forma/<int:pk>/", parts.change_form, name="consultations_form"),
        path("konsultacje/forma/<int:pk>/zmiana/", parts.form_deed, name="consultations_form_deed"),
        path("konsultacje/forma/<int:pk>/odbyla-sie/", parts.hold_form, name="consultations_hold_form"),
        path("konsultacje/forma/<int:pk>/odwolaj/", parts.cancel_form, name="consultations_cancel_form"),
        path("konsultacje/<int:pk>/ogloszenie/", parts.add_notice, name="consultations_add_notice"),
        path("konsultacje/<int:pk>/kampania/", parts.campaign, name="consultations_campaign"),
        path("konsultacje/ogloszenie/<int:pk>/cofnij/", parts.withdraw_notice, name="consultations_withdraw_notice"),
        path("konsultacje/<int:pk>/opinia/", parts.ask, name="consultations_ask"),
        path("konsultacje/opinia/<int:pk>/odpowiedz/", parts.answer, name="consultations_answer"),
        path("konsultacje/opinia/<int:pk>/cofnij/", parts.take_back, name="consultations_take_back"),
    ]


def menu_item() -> MenuItem:
    """The entry under what residents say."""
    return ConsultationsMenuItem(
        _("Public consultations"), reverse("consultations_list"), name="consultations", icon_name="group", order=5
    )
