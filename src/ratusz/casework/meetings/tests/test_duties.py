"""Tasks at a meeting: given to staff found by name, taken away; things to do, desks, sheet and the series follow."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from ratusz.casework.meetings import actions, rules
from ratusz.casework.meetings.briefing import briefing_of
from ratusz.casework.meetings.day_forms import people_of, staff_called
from ratusz.casework.meetings.factories import give_task, make_meeting
from ratusz.casework.meetings.models import ChecklistItem, Meeting, MeetingDuty, Series
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return AppointmentFactory(role_code="editor").person


@pytest.fixture
def clerk():
    return AppointmentFactory(
        role_code="unit_editor", unit=UnitFactory(), person__first_name="Róża", person__last_name="Zmyślona"
    ).person


def owners(meeting) -> dict[str, object]:
    return {each.code: each.owner for each in meeting.checklist.select_related("owner") if each.owner}


def test_a_task_lets_do_its_deeds_and_brings_its_things(editor, clerk):
    meeting, now = make_meeting(), database_now()
    actions.make_checklist(meeting=meeting, person=editor)
    assert (rules.may(clerk, "write_minutes", meeting, now), owners(meeting)) == (False, {})
    duty = actions.give_duty(meeting=meeting, to=clerk, task="minute_taker", person=editor)
    assert actions.give_duty(meeting=meeting, to=clerk, task="minute_taker", person=editor) == duty
    fresh = Meeting.objects.get()
    assert (rules.may(clerk, "write_minutes", fresh, now), owners(meeting)) == (True, {"minutes": clerk})
    assert [str(each) for each in briefing_of(fresh, now).duties] == [f"protokolant: {clerk}"]
    said = Entry.objects.filter(deed="meetings.give_duty")
    assert [each.detail.content["after"] for each in said] == [{"task": "minute_taker", "person": clerk.pk}]
    actions.take_duty(duty=duty, person=editor)
    actions.take_duty(duty=duty, person=editor)
    fresh = Meeting.objects.get()
    assert (rules.may(clerk, "write_minutes", fresh, now), owners(meeting)) == (False, {})
    assert Entry.objects.filter(deed="meetings.take_duty").count() == 1


def test_things_not_done_go_to_the_next_with_the_task(editor, clerk):
    meeting, other = make_meeting(), AppointmentFactory(role_code="unit_editor").person
    actions.make_checklist(meeting=meeting, person=editor)
    first = actions.give_duty(meeting=meeting, to=clerk, task="helper", person=editor)
    actions.give_duty(meeting=meeting, to=other, task="helper", person=editor)
    actions.tick_task(item=meeting.checklist.get(code="sound"), is_done=True, person=clerk)
    actions.take_duty(duty=first, person=editor)
    assert owners(meeting) == {"posters": other, "sound": clerk}


def test_a_meeting_is_never_without_its_organiser(editor, clerk):
    meeting = make_meeting()
    own = give_task(meeting, editor)
    with pytest.raises(rules.Refused):
        actions.take_duty(duty=own, person=editor)
    actions.give_duty(meeting=meeting, to=clerk, task="organiser", person=editor)
    actions.take_duty(duty=own, person=editor)
    # The new organiser gives tasks at this meeting, at no other.
    actions.give_duty(meeting=meeting, to=editor, task="helper", person=clerk)
    with pytest.raises(rules.NotYours):
        actions.give_duty(meeting=make_meeting(), to=editor, task="helper", person=clerk)
    assert sorted(meeting.duties.values_list("task", "person")) == [("helper", editor.pk), ("organiser", clerk.pk)]


def test_nobody_makes_themselves_the_host_who_approves(editor):
    meeting, head = make_meeting(), AppointmentFactory(role_code="head").person
    with pytest.raises(rules.Refused):
        actions.give_duty(meeting=meeting, to=editor, task="host", person=editor)
    for to in (editor, head):
        actions.give_duty(meeting=meeting, to=to, task="host", person=head)
    assert meeting.duties.filter(task="host").count() == 2


@pytest.mark.parametrize("facts", [{"is_staff": False}, {"is_staff": True, "is_active": False}])
def test_tasks_go_to_staff_only(editor, facts):
    with pytest.raises(rules.Refused):
        actions.give_duty(meeting=make_meeting(), to=UserFactory(**facts), task="helper", person=editor)
    with pytest.raises(rules.Refused):
        actions.give_duty(meeting=make_meeting(), to=editor, task="mayor", person=editor)


def test_a_cancelled_meeting_has_no_new_tasks(editor, clerk):
    meeting = make_meeting()
    duty = give_task(meeting, clerk, "helper")
    actions.cancel_meeting(meeting=meeting, reason="Awaria", person=editor)
    with pytest.raises(rules.Refused):
        actions.give_duty(meeting=meeting, to=clerk, task="host", person=editor)
    with pytest.raises(rules.Refused):
        actions.take_duty(duty=duty, person=editor)


def monthly(editor) -> Series:
    series = actions.plan_series(title="Co miesiąc", kind="moderators", template={"minutes": 60}, meetings=[], person=editor)
    start = database_now().date() + timedelta(days=2)
    return actions.set_recurrence(series=series, recurrence="FREQ=MONTHLY", starts_on=start, hour=time(9), person=editor)


def test_a_series_passes_its_tasks_on(editor, clerk):
    series = monthly(editor)
    first, *later = series.meetings.order_by("starts_at")
    # One of the later meetings is not open to change any more.
    later[0].state, later[0].cancelled_at, later[0].cancel_reason = "cancelled", database_now(), "Święto"
    later[0].save()
    actions.give_duty(meeting=first, to=clerk, task="minute_taker", also_later=True, person=editor)
    assert MeetingDuty.objects.filter(person=clerk).count() == len(later)
    after = database_now() + timedelta(days=200)
    made = actions.extend_series(series=series, at=after)
    new = series.meetings.order_by("-starts_at")[:made]
    tasks = [sorted(each.duties.values_list("task", "person")) for each in new]
    assert made > 3
    assert tasks == [[("minute_taker", clerk.pk), ("organiser", editor.pk)]] * made


def test_meetings_of_a_series_are_locked_in_the_order_of_their_days(editor, clerk):
    """In the order they were planned, two people who begin at different meetings would wait for one another for ever."""
    meetings = list(monthly(editor).meetings.order_by("starts_at")[:3])
    first, second, third = (each.starts_at for each in meetings)
    for each, moment in zip(meetings, (first, third, second), strict=True):
        Meeting.objects.filter(pk=each.pk).update(starts_at=moment, ends_at=moment + timedelta(hours=1))
    actions.give_duty(meeting=meetings[0], to=clerk, task="minute_taker", also_later=True, person=editor)
    given = MeetingDuty.objects.filter(person=clerk).order_by("pk").values_list("meeting__starts_at", flat=True)
    assert list(given) == sorted(given)


def test_the_organiser_of_one_meeting_gives_no_tasks_at_the_others_of_the_series(editor, clerk):
    first, *_later = monthly(editor).meetings.order_by("starts_at")
    give_task(first, clerk)
    actions.give_duty(meeting=first, to=editor, task="helper", also_later=True, person=clerk)
    assert MeetingDuty.objects.filter(task="helper").count() == 1


def test_staff_are_found_by_any_part_of_their_name(clerk):
    UserFactory(is_staff=False, last_name="Zmyślona")
    assert [list(staff_called(words)) for words in ("zmyśl róż", "róża nikt")] == [[clerk], []]
    meeting = make_meeting()
    assert clerk not in people_of(meeting)
    give_task(meeting, clerk, "helper")
    give_task(meeting, clerk, "registrar")
    assert list(people_of(meeting)).count(clerk) == 1


@pytest.mark.slow
def test_tasks_and_owners_from_the_pages(staff_client, clerk):
    office, meeting = staff_client("editor"), make_meeting()
    url = reverse("meetings_duties", args=[meeting.pk])
    assert "Nikt w urzędzie tak się nie nazywa" in office.get(url, {"szukaj": "Qqqq"}).text
    page = office.get(url, {"szukaj": "Zmyślona"}).text
    assert f'<option value="{clerk.pk}">' in page and "Znaleziono 1 osobę" in page
    refused = office.post(url, {"deed": "give", "task": "helper"}).text
    assert 'aria-invalid="true"' in refused
    office.post(url, {"deed": "give", "to": clerk.pk, "task": "helper"})
    assert "Róża Zmyślona" in office.get(reverse("meetings_meeting", args=[meeting.pk])).text
    preparation = reverse("meetings_preparation", args=[meeting.pk])
    office.post(preparation, {"deed": "checklist"})
    place = ChecklistItem.objects.get(code="place")
    due = f"{date(2031, 5, 6)}T09:05"
    answer = office.post(preparation, {"deed": "owner", "item": place.pk, "owner": clerk.pk, "due_at": due})
    place.refresh_from_db()
    assert (answer.status_code, place.owner, place.due_at.year) == (302, clerk, 2031)
    # As browsers take it: a value of any other form would be empty there, and the next saving would lose the term.
    assert f'id="due-{place.pk}" value="{due}"' in office.get(preparation).text
    assert 'role="alert"' in office.post(preparation, {"deed": "owner", "item": place.pk, "owner": "x", "due_at": "zaraz"}).text
    duty = meeting.duties.get()
    assert staff_client("unit_verifier").get(url).url == "/admin/"
    office.post(url, {"deed": "take", "duty": duty.pk})
    assert not meeting.duties.exists()
