"""Where opinion ballots stand in the Wagtail admin: behind the forms of their consultation."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks

from ratusz.participation.polls.views import staff


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("opinie/<int:pk>/", staff.poll, name="polls_poll"),
        path("opinie/urna/<int:pk>/protokol.pdf", staff.protocol, name="polls_protocol"),
        path("opinie/wzor.csv", staff.pattern, name="polls_pattern"),
    ]
