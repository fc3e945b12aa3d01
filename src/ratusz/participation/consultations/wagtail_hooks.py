"""Where consultations stand in the Wagtail admin: under what residents say."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.participation.consultations.applications import hooks as applications


@hooks.register("register_admin_urls")
def application_urls() -> list:
    return applications.staff_urls()


@hooks.register("register_listening_menu_item")
def applications_in_menu() -> MenuItem:
    return applications.menu_item()
