"""Where consultations stand in the Wagtail admin: under what residents say."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.participation.consultations.applications import hooks as applications
from ratusz.participation.consultations.scope import views as scope


@hooks.register("register_admin_urls")
def application_urls() -> list:
    return applications.staff_urls()


@hooks.register("register_admin_urls")
def scope_urls() -> list:
    return [
        path("konsultacje/<int:pk>/zasieg/", scope.scope, name="consultation_scope"),
        path("konsultacje/<int:pk>/zasieg.xlsx", scope.streets, name="consultation_scope_streets"),
    ]


@hooks.register("register_listening_menu_item")
def applications_in_menu() -> MenuItem:
    return applications.menu_item()
