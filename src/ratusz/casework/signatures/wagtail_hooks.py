"""Where signatures stand in the Wagtail admin: under what is decided."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.casework.signatures import rules
from ratusz.casework.signatures.views.staff import collections, sheets
from ratusz.foundation.units.who_asks import with_deed


class SignaturesMenuItem(MenuItem):
    """Shown to whoever sees the numbers."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("podpisy/", collections.register, name="signatures_register"),
        path("podpisy/<int:pk>/", collections.show, name="signatures_collection"),
        path("podpisy/<int:pk>/zmiana/", collections.change, name="signatures_change"),
        path("podpisy/<int:pk>/arkusze/", collections.print_sheets, name="signatures_print"),
        path("podpisy/<int:pk>/osoby/", collections.people, name="signatures_people"),
        path("podpisy/<int:pk>/osoby/zmiana/", collections.judge, name="signatures_judge"),
        path("podpisy/<int:pk>/podpisy.<str:kind>", collections.download, name="signatures_download"),
        path("podpisy/<int:pk>/protokol/<int:check>.<str:kind>", collections.protocol, name="signatures_protocol"),
        path("podpisy/<int:pk>/przyjmij/", sheets.receive, name="signatures_receive"),
        path("podpisy/<int:pk>/arkusz/<int:sheet>/skan/", sheets.scan, name="signatures_scan"),
        path("podpisy/<int:pk>/przepisz/", sheets.type_next, name="signatures_type"),
        path("podpisy/<int:pk>/roznice/", sheets.differing, name="signatures_differing"),
        path("podpisy/<int:pk>/roznice/<int:line>/", sheets.settle, name="signatures_settle"),
        path("podpisy/<int:pk>/podobne/", sheets.similar, name="signatures_similar"),
    ]


@hooks.register("register_deciding_menu_item")
def signatures_in_menu() -> MenuItem:
    return SignaturesMenuItem(
        _("Signatures"), reverse("signatures_register"), name="signatures", icon_name="clipboard-list", order=60
    )
