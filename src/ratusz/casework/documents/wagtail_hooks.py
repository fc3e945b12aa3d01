"""Where cases stand in the Wagtail admin: under what is decided."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.casework.documents import rules
from ratusz.casework.documents.views import staff
from ratusz.foundation.units.who_asks import with_deed


class CasesMenuItem(MenuItem):
    """Shown to whoever may see the register."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "list"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("sprawy/", staff.register, name="documents_register"),
        path("sprawy/wykaz-akt/", staff.file_plan, name="documents_file_plan"),
        path("sprawy/<int:pk>/", staff.show, name="documents_case"),
        path("sprawy/<int:pk>/zmiana/", staff.change, name="documents_change"),
        path("sprawy/<int:pk>/paczka/<int:number>/", staff.package, name="documents_package"),
    ]


@hooks.register("register_deciding_menu_item")
def cases_in_menu() -> MenuItem:
    return CasesMenuItem(_("Cases"), reverse("documents_register"), name="cases", icon_name="folder-open-inverse", order=80)
