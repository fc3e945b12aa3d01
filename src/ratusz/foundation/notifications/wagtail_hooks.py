"""Where the outbox, the suppressions and the letters stand in the Wagtail admin: among the reports."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.notifications import rules
from ratusz.foundation.notifications.views import staff


class OwnMenuItem(MenuItem):
    """Shown to whoever may do the deed."""

    deed = "see_outbox"

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(request.user, self.deed)


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("outbox/", staff.outbox, name="notifications_outbox"),
        path("outbox/<int:pk>/", staff.settle, name="notifications_settle"),
        path("suppressions/", staff.suppressions, name="notifications_suppressions"),
        path("suppressions/<int:pk>/", staff.lift, name="notifications_lift"),
        path("letters/", staff.letters, name="notifications_letters"),
        path("letters/print/", staff.print_waiting, name="notifications_print"),
        path("letters/<int:pk>/", staff.batch, name="notifications_batch"),
    ]


def _item(label, name: str, icon: str, deed: str, order: int) -> MenuItem:
    item = OwnMenuItem(label, reverse(name), name=name, icon_name=icon, order=order)
    item.deed = deed
    return item


@hooks.register("register_reports_menu_item")
def outbox_item() -> MenuItem:
    return _item(_("Outbox"), "notifications_outbox", "mail", "see_outbox", 600)


@hooks.register("register_reports_menu_item")
def suppressions_item() -> MenuItem:
    return _item(_("Addresses nobody writes to"), "notifications_suppressions", "no-view", "see_suppressions", 610)


@hooks.register("register_reports_menu_item")
def letters_item() -> MenuItem:
    return _item(_("Letters to print"), "notifications_letters", "doc-full", "print_letters", 620)
