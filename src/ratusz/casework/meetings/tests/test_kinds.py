"""Kinds of meetings are dated data: read whole, refused when written wrong, kept by a meeting from its announcing on."""

from __future__ import annotations

from datetime import date

import pytest

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.factories import give_task, make_meeting
from ratusz.casework.meetings.kinds import KindRefused, NoSuchKind, all_kinds, kind_from, kind_on
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory

DAY = date(2026, 9, 15)


def test_the_kinds_are_there():
    assert [kind.code for kind in all_kinds()] == [
        "residents", "group", "press_conference", "study_visit", "consultation", "budget", "moderators", "reception", "hearing",
        "authors_workshop", "school_lesson", "coordinators_training", "run_by_others",
    ]  # fmt: skip
    assert kind_on("residents", DAY).minutes.days == 14


def test_a_kind_comes_back_from_what_a_meeting_kept():
    assert all(kind_from(kind.content) == kind for kind in all_kinds())


@pytest.mark.parametrize(
    "wrong",
    [
        {"registration": "maybe"},
        {"fields": ["pesel"]},
        {"minutes": {"template": "x"}},
        {"basis": " "},
        {"colour": "red"},
        {"asks": [{"code": "a", "label": " ", "write": "line", "when": "before", "is_needed": True, "is_public": False}]},
        {"asks": [{"code": "a"}]},
    ],
)
def test_a_kind_written_wrong_is_refused(wrong):
    with pytest.raises(KindRefused):
        kind_from({**kind_on("residents", DAY).content, **wrong})


def test_before_its_first_day_there_is_no_such_kind():
    with pytest.raises(NoSuchKind):
        kind_on("residents", date(2025, 12, 31))


@pytest.mark.django_db
def test_a_meeting_keeps_the_kind_of_its_announcing():
    meeting = make_meeting()
    meeting.kind_facts["minutes_per_speaker"] = 7
    assert (meeting.rules_of_kind.minutes_per_speaker, make_meeting(announced=False).rules_of_kind.minutes_per_speaker) == (7, 3)


@pytest.mark.django_db
def test_a_task_at_a_meeting_opens_that_meeting_only():
    person, at = AppointmentFactory(role_code="unit_editor").person, database_now()
    mine, other = make_meeting(), make_meeting()
    give_task(mine, person, "minute_taker")
    deeds = ("see", "write_minutes", "triage", "approve_minutes", "door", "needs", "move")
    assert [deed for deed in deeds if rules.may(person, deed, mine, at)] == ["see", "write_minutes", "triage"]
    assert not any(rules.may(person, deed, other, at) for deed in deeds)


@pytest.mark.django_db
def test_roles_count_where_they_are_held():
    at = database_now()
    editor, secretary, officer = (
        AppointmentFactory(role_code=code).person for code in ("editor", "presidents_secretariat", "desk_officer")
    )
    seen = {
        deed: [rules.may(person, deed, None, at) for person in (editor, secretary, officer)]
        for deed in ("plan", "register", "needs", "approve_minutes")
    }
    assert seen == {
        "plan": [True, True, False], "register": [True, True, True], "needs": [False, False, False],
        "approve_minutes": [False, True, False],
    }  # fmt: skip
