"""Where public hearings stand in the Wagtail admin, for wagtail_hooks.py."""

from __future__ import annotations

from django.urls import path

from ratusz.participation.initiatives.hearings.views import staff


def staff_urls() -> list:
    """Addresses below the admin's root."""
    return [
        path("wysluchania/", staff.register, name="initiatives_hearings"),
        path("wysluchania/nowe/", staff.plan, name="initiatives_plan_hearing"),
        path("wysluchania/rejestr.xlsx", staff.download, name="initiatives_hearings_file"),
        path("wysluchania/<int:pk>/", staff.show, name="initiatives_hearing"),
        path("wysluchania/<int:pk>/zmiana/", staff.change, name="initiatives_change_hearing"),
        path("wysluchania/<int:pk>/mowcy.pdf", staff.speakers, name="initiatives_hearing_speakers"),
        path("wysluchania/<int:pk>/teczka.<str:kind>", staff.paper, name="initiatives_hearing_dossier"),
        path("wysluchania/<int:pk>/opinia/<int:number>/", staff.opinion, name="initiatives_hearing_opinion"),
    ]
