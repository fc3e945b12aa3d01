"""Addresses of the screens of groups, consulted texts and signing off, within the Wagtail admin."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks

from ratusz.participation.remarks.views import grouping, personal_data, texts_staff


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
        path("konsultacje/<int:pk>/teksty/", texts_staff.all_texts, name="remarks_texts_staff"),
        path("konsultacje/teksty/forma/<int:pk>/", texts_staff.begin, name="remarks_begin_text"),
        path("konsultacje/teksty/<int:pk>/plik/", texts_staff.send, name="remarks_send_text"),
        path("konsultacje/teksty/wersja/<int:pk>/", texts_staff.version, name="remarks_text_version"),
        path("konsultacje/<int:pk>/dane-osobowe/", personal_data.marks, name="remarks_personal_data"),
        path("konsultacje/<int:pk>/dane-osobowe/podpisz/", personal_data.sign, name="remarks_sign_off"),
        path("konsultacje/dane-osobowe/uwaga/<int:pk>/", personal_data.judge, name="remarks_judge_mark"),
        path("konsultacje/teksty/fragment/<int:pk>/", texts_staff.passage, name="remarks_passage"),
    ]
