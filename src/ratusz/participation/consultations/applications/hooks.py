"""Where applications stand in the Wagtail admin: addresses and the entry of the menu, for wagtail_hooks.py."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.participation.consultations.applications import rules
from ratusz.participation.consultations.applications.views import staff


class ApplicationsMenuItem(MenuItem):
    """Shown to whoever may see them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


def staff_urls() -> list:
    """Addresses below the admin's root."""
    return [
        path("wnioski-o-konsultacje/", staff.register, name="consultation_applications_register"),
        path("wnioski-o-konsultacje/nowy/", staff.enter, name="consultation_enter_application"),
        path("wnioski-o-konsultacje/rejestr.xlsx", staff.download, name="consultation_applications_file"),
        path("wnioski-o-konsultacje/poparcie/", staff.support_terms, name="consultation_application_terms"),
        path("wnioski-o-konsultacje/<int:pk>/", staff.show, name="consultation_application"),
        path("wnioski-o-konsultacje/<int:pk>/pismo-<int:step>.<str:kind>", staff.letter, name="consultation_application_letter"),
    ]


def menu_item() -> MenuItem:
    """The entry under what residents say."""
    return ApplicationsMenuItem(
        _("Applications for consultations"),
        reverse("consultation_applications_register"),
        name="consultation-applications",
        icon_name="form",
        order=22,
    )
