"""Where consultations stand in the Wagtail admin: under what residents say."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.participation.consultations.applications import hooks as applications
from ratusz.participation.consultations.scope import views as scope
from ratusz.participation.consultations.series import rules as series_rules
from ratusz.participation.consultations.series import views as series
from ratusz.participation.consultations.views.staff import urls as staff
from ratusz.participation.consultations.yearly import rules as yearly_rules
from ratusz.participation.consultations.yearly import views as yearly


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return staff.staff_urls()


@hooks.register("register_listening_menu_item")
def consultations_in_menu() -> MenuItem:
    return staff.menu_item()


@hooks.register("register_admin_urls")
def application_urls() -> list:
    return applications.staff_urls()


@hooks.register("register_admin_urls")
def scope_urls() -> list:
    return [
        path("konsultacje/<int:pk>/zasieg/", scope.scope, name="consultation_scope"),
        path("konsultacje/<int:pk>/zasieg.xlsx", scope.streets, name="consultation_scope_streets"),
    ]


@hooks.register("register_admin_urls")
def series_urls() -> list:
    return [
        path("konsultacje/serie/", series.series_list, name="consultation_series"),
        path("konsultacje/serie/nowa/", series.edit, name="consultation_new_series"),
        path("konsultacje/serie/<int:pk>/", series.show, name="consultation_one_series"),
        path("konsultacje/serie/<int:pk>/szablon/", series.edit, name="consultation_edit_series"),
        path("konsultacje/serie/<int:pk>/ogloszenie/", series.notice, name="consultation_series_notice"),
        path("konsultacje/serie/<int:pk>/<slug:name>", series.paper, name="consultation_series_paper"),
        path("konsultacje/plan-roczny/", yearly.plan, name="consultation_year_plans"),
        path("konsultacje/plan-roczny/<int:year>/", yearly.plan, name="consultation_year_plan"),
        path("konsultacje/plan-roczny/temat/", yearly.subject, name="consultation_new_subject"),
        path("konsultacje/plan-roczny/temat/<int:pk>/", yearly.subject, name="consultation_subject"),
    ]


class YearPlanMenuItem(MenuItem):
    """Shown to whoever writes for a unit."""

    def is_shown(self, request: HttpRequest) -> bool:
        return yearly_rules.may(*with_deed(request, "see"))


class SeriesMenuItem(MenuItem):
    """Shown to the department."""

    def is_shown(self, request: HttpRequest) -> bool:
        return series_rules.may(*with_deed(request, "see"))


@hooks.register("register_listening_menu_item")
def year_plan_in_menu() -> MenuItem:
    return YearPlanMenuItem(
        _("Plan of consultations"), reverse("consultation_year_plans"), name="consultation-plan", icon_name="calendar", order=20
    )


@hooks.register("register_listening_menu_item")
def series_in_menu() -> MenuItem:
    return SeriesMenuItem(
        _("Series of consultations"), reverse("consultation_series"), name="consultation-series", icon_name="copy", order=21
    )


@hooks.register("register_listening_menu_item")
def applications_in_menu() -> MenuItem:
    return applications.menu_item()
