"""Where the register of requests stands in the Wagtail admin: under what residents say."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.casework.requests import rules
from ratusz.casework.requests.views import staff
from ratusz.foundation.units.who_asks import with_deed


class RequestsMenuItem(MenuItem):
    """Shown to whoever may see them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("wnioski/", staff.register, name="requests_register"),
        path("wnioski/nowy/<str:kind>/", staff.enter, name="requests_enter"),
        path("wnioski/<int:pk>/", staff.show, name="requests_request"),
        path("wnioski/<int:pk>/zmiana/", staff.change, name="requests_change"),
    ]


@hooks.register("register_listening_menu_item")
def requests_in_menu() -> MenuItem:
    return RequestsMenuItem(_("Requests"), reverse("requests_register"), name="requests", icon_name="form", order=50)
