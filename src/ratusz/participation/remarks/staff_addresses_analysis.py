"""Addresses of the screens of groups, consulted texts and signing off, within the Wagtail admin."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks

from ratusz.participation.remarks.views import grouping


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("konsultacje/<int:pk>/grupy/", grouping.groups, name="remarks_groups"),
        path("konsultacje/<int:pk>/grupy/analiza/", grouping.ask, name="remarks_analyse"),
        path("konsultacje/<int:pk>/grupy/polacz/", grouping.merge, name="remarks_merge"),
        path("konsultacje/<int:pk>/grupy/bez-grupy/", grouping.ungrouped, name="remarks_ungrouped"),
        path("konsultacje/grupy/<int:pk>/", grouping.group, name="remarks_group"),
        path("konsultacje/propozycje/<int:pk>/", grouping.proposal, name="remarks_proposal"),
        path("konsultacje/grupy/cofnij/<int:pk>/", grouping.undo, name="remarks_undo_grouping"),
    ]
