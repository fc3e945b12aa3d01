"""Where stuck jobs stand in the Wagtail admin: among the reports."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.jobs import rules
from ratusz.foundation.jobs.views import staff


class ParkedMenuItem(MenuItem):
    """Shown to whoever may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(request.user, "see_parked")


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [path("jobs/", staff.parked, name="jobs_parked"), path("jobs/<int:pk>/", staff.settle, name="jobs_settle")]


@hooks.register("register_reports_menu_item")
def parked_item() -> MenuItem:
    return ParkedMenuItem(_("Stuck jobs"), reverse("jobs_parked"), name="jobs_parked", icon_name="warning", order=700)
