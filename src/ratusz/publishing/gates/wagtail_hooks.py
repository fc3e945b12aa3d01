"""Where the gates stand in the Wagtail admin: help with plain language in the menu, the gates of a text by its address."""

from __future__ import annotations

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .views import staff


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("prosty-jezyk/", staff.plain_language, name="gates_plain_language"),
        path("bramki/<str:subject>/", staff.gates_of_text, name="gates_of_text"),
    ]


@hooks.register("register_speaking_menu_item")
def plain_language_item() -> MenuItem:
    return MenuItem(
        _("Plain language"), reverse_lazy("gates_plain_language"), name="plain-language", icon_name="pilcrow", order=900
    )
