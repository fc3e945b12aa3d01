"""Where the record stands in the Wagtail admin: among the reports."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.audit import rules
from ratusz.foundation.audit.views import staff


class RecordMenuItem(MenuItem):
    """Shown to whoever may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(request.user, "see_record")


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [path("dziennik/", staff.listing, name="audit_record"), path("dziennik/<int:pk>/", staff.entry, name="audit_entry")]


@hooks.register("register_reports_menu_item")
def record_item() -> MenuItem:
    return RecordMenuItem(_("Record of deeds"), reverse("audit_record"), name="audit_record", icon_name="history", order=100)
