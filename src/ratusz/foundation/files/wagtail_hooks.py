"""Where the quarantine stands in the Wagtail admin: among the reports."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.files import rules
from ratusz.foundation.files.views import staff


class QuarantineMenuItem(MenuItem):
    """Shown to whoever may settle it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(request.user, "settle_quarantine")


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [path("quarantine/", staff.quarantine, name="files_quarantine")]


@hooks.register("register_reports_menu_item")
def quarantine_item() -> MenuItem:
    return QuarantineMenuItem(
        _("Files in quarantine"), reverse("files_quarantine"), name="files_quarantine", icon_name="lock", order=690
    )
