"""Where reports of consultations stand in the Wagtail admin: under what residents say."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.participation.reports import rules
from ratusz.participation.reports.views import effects, staff


class ReportsMenuItem(MenuItem):
    """Shown to whoever may see them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("raporty-konsultacji/", staff.reports, name="reports_list"),
        path("raporty-konsultacji/razem.<str:kind>", staff.together, name="reports_together"),
        path("raporty-konsultacji/konsultacja/<int:pk>/zacznij/", staff.begin, name="reports_begin"),
        path("raporty-konsultacji/<int:pk>/", staff.report, name="reports_report"),
        path("raporty-konsultacji/<int:pk>/teksty/", staff.write, name="reports_texts"),
        path("raporty-konsultacji/<int:pk>/zalaczniki/", staff.annex, name="reports_annex"),
        path("raporty-konsultacji/<int:pk>/zalaczniki/nowy/", staff.add_annex, name="reports_add_annex"),
        path("raporty-konsultacji/<int:pk>/podpis/", staff.sign, name="reports_sign"),
        path("raporty-konsultacji/<int:pk>/publikacja/", staff.publish, name="reports_publish"),
        path("raporty-konsultacji/<int:pk>/dowod/", staff.evidence, name="reports_evidence"),
        path("raporty-konsultacji/<int:pk>/podglad.pdf", staff.preview, name="reports_preview"),
        path("raporty-konsultacji/<int:pk>/skutki/", effects.effects, name="reports_effects"),
        path("raporty-konsultacji/<int:pk>/skutki/wynik/", effects.outcome, name="reports_outcome"),
        path("raporty-konsultacji/<int:pk>/skutki/nowy/", effects.add, name="reports_add_effect"),
        path("raporty-konsultacji/skutki/<int:pk>/", effects.tell, name="reports_tell"),
    ]


@hooks.register("register_listening_menu_item")
def reports_in_menu() -> MenuItem:
    return ReportsMenuItem(_("Reports of consultations"), reverse("reports_list"), name="reports", icon_name="doc-full", order=70)
