"""Where the board of clocks stands in the Wagtail admin: right under the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.casework.deadlines import rules
from ratusz.casework.deadlines.views import staff
from ratusz.foundation.units.who_asks import with_deed


class BoardMenuItem(MenuItem):
    """Shown to all staff: each sees the clocks of their own units there."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see_board"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("terminy/", staff.board, name="deadlines_board"),
        path("terminy/<int:pk>/", staff.clock, name="deadlines_clock"),
        path("terminy/<int:pk>/zmiana/", staff.change, name="deadlines_change"),
    ]


@hooks.register("register_admin_menu_item")
def board_in_menu() -> MenuItem:
    return BoardMenuItem(_("Terms"), reverse("deadlines_board"), name="deadlines", icon_name="time", order=2)
