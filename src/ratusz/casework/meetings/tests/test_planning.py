"""Meetings are moved, changed and cancelled; series come back by their rule; calendars follow; reminders go by day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as some

from ratusz.casework.meetings import actions, rules
from ratusz.casework.meetings.actions.planning import days_of
from ratusz.casework.meetings.factories import make_meeting, make_place, make_registration
from ratusz.casework.meetings.ics import calendar_of
from ratusz.casework.meetings.models import Meeting, Official, Registration, Series, Standing
from ratusz.casework.meetings.reminding import DAYS, HOURS, goes_at
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.rules import WARSAW
from ratusz.foundation.units.factories import AppointmentFactory

ADDRESS = "https://miasto.example"


def warsaw(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=WARSAW)


def calendar(meeting: Meeting) -> str:
    return calendar_of([meeting], stamp=warsaw(2026, 9, 1), address=ADDRESS).decode().replace("\r\n ", "")


@pytest.mark.django_db
def test_a_meeting_moved_across_the_change_of_clocks_keeps_its_hour_in_the_calendar(clock, editor, told):
    clock.to(warsaw(2026, 10, 1, 10))
    meeting = make_meeting(starts_at=warsaw(2026, 10, 22, 17))
    make_registration(meeting, email="ala@example.pl")
    before = calendar(meeting)
    meeting = actions.move_meeting(
        meeting=meeting, starts_at=warsaw(2026, 10, 29, 17), ends_at=warsaw(2026, 10, 29, 19), reason="Remont", person=editor
    )
    assert told() == [("ala", "moved")]
    after = calendar(meeting)
    clock.on(hours=1)
    cancelled = calendar(actions.cancel_meeting(meeting=meeting, reason="Awaria", person=editor))
    assert told() == [("ala", "moved"), ("ala", "called_off")]
    for text, sequence, start in ((before, 0, "20261022T170000"), (after, 1, "20261029T170000"), (cancelled, 2, "20261029T170000")):
        assert f"SEQUENCE:{sequence}\r\n" in text and f"DTSTART;TZID=Europe/Warsaw:{start}\r\n" in text
        assert f"UID:{meeting.uid}@ratusz\r\n" in text and "TZOFFSETTO:+0100" in text
    assert "METHOD:CANCEL" in cancelled and "STATUS:CANCELLED" in cancelled and "METHOD:PUBLISH" in after
    assert (meeting.starts_at - warsaw(2026, 10, 22, 17)) == timedelta(days=7), "wall clocks; an hour more passes between them"


@pytest.mark.django_db
def test_a_second_reader_understands_the_rules_of_the_time_zone():
    """The offsets written into the file are those of the zone on both sides of each change, as dateutil reads them."""
    text = calendar(make_meeting())
    for year in (2026, 2027, 2030):
        for kind, offset in (("DAYLIGHT", 2), ("STANDARD", 1)):
            block = text.split(f"BEGIN:{kind}\r\n")[1].split(f"END:{kind}")[0]
            lines = dict(line.split(":", 1) for line in block.strip().split("\r\n"))
            rule = rrulestr(lines["RRULE"], dtstart=datetime.strptime(lines["DTSTART"], "%Y%m%dT%H%M%S"))
            changes = rule.after(datetime(year, 1, 1))
            later = (changes + timedelta(hours=1)).replace(tzinfo=WARSAW)
            assert later.utcoffset() == timedelta(hours=offset) and lines["TZOFFSETTO"] == f"+0{offset}00"


@pytest.mark.django_db
def test_everybody_is_told_of_a_move_once_and_says_whether_they_come(clock, editor, told):
    meeting = make_meeting(in_days=20, capacity=1)
    seated, _waiting = (
        make_registration(meeting, email="a@example.pl"),
        make_registration(meeting, email="b@example.pl", standing="waiting"),
    )
    when = {"starts_at": meeting.starts_at + timedelta(days=1), "ends_at": meeting.ends_at + timedelta(days=1)}
    actions.move_meeting(meeting=meeting, **when, reason="Sala", person=editor)
    with pytest.raises(rules.Refused):
        actions.move_meeting(meeting=meeting, **when, reason="Sala", person=editor)
    assert told() == [("a", "moved"), ("b", "moved")]
    seated.refresh_from_db()
    assert seated.asked_again_at == clock.at and seated.standing == "confirmed"
    assert actions.keep_seat_after_move(registration=seated).asked_again_at is None


@pytest.mark.django_db
def test_a_place_changed_after_announcing_is_told_once_and_a_title_is_not(clock, editor, told):
    meeting = make_meeting(in_days=20)
    make_registration(meeting, email="a@example.pl")
    actions.change_meeting(meeting=meeting, facts={"title": "Inny tytuł"}, person=editor)
    for _time in range(2):
        actions.change_meeting(meeting=meeting, facts={"place": make_place("Inna sala")}, person=editor)
    assert told() == [("a", "changed")]
    with pytest.raises(rules.Refused):
        actions.change_meeting(meeting=meeting, facts={}, person=editor, starts_at=meeting.starts_at + timedelta(days=2))


@pytest.mark.django_db
def test_what_may_not_be_done_is_refused(clock, editor):
    draft, over, moderators = make_meeting(announced=False), make_meeting(in_days=-2), make_meeting("moderators")
    nobody = AppointmentFactory(role_code="unit_editor").person
    when = {"starts_at": clock.at + timedelta(days=3), "ends_at": clock.at + timedelta(days=3, hours=1)}
    refused = [
        lambda: actions.announce(meeting=draft, person=editor), lambda: actions.announce(meeting=make_meeting(in_days=-1), person=nobody),
        lambda: actions.move_meeting(meeting=draft, **when, reason="x", person=editor),
        lambda: actions.move_meeting(meeting=over, **when, reason="x", person=editor),
        lambda: actions.move_meeting(meeting=moderators, **when, reason=" ", person=editor),
        lambda: actions.cancel_meeting(meeting=moderators, reason=" ", person=editor),
        lambda: actions.mark_held(meeting=moderators, person=editor),
        lambda: actions.change_meeting(meeting=moderators, facts={}, person=editor, ends_at=moderators.starts_at),
    ]  # fmt: skip
    for deed in refused:
        with pytest.raises((rules.Refused, rules.NotYours)):
            deed()
    held = actions.mark_held(meeting=over, person=editor)
    assert actions.mark_held(meeting=over, person=editor).state == held.state == "held"
    for deed in (actions.announce, lambda **facts: actions.cancel_meeting(reason="x", **facts)):
        with pytest.raises(rules.Refused):
            deed(meeting=over, person=editor)


@pytest.mark.django_db
def test_closing_says_who_was_absent_only_where_the_door_was_kept(clock, editor):
    kept, open_door = make_meeting(in_days=-1), make_meeting(in_days=-1)
    make_registration(kept, standing="checked_in")
    absent, waited = make_registration(kept), make_registration(kept, standing="waiting")
    unknown = make_registration(open_door)
    for meeting in (kept, open_door):
        actions.mark_held(meeting=meeting, person=editor)
    for each in (absent, waited, unknown):
        each.refresh_from_db()
    assert (absent.standing, waited.standing, unknown.standing) == ("absent", "expired", "confirmed")


@pytest.mark.django_db
def test_a_monthly_series_stands_a_year_ahead_and_december_is_left_out(clock, editor):
    clock.to(warsaw(2026, 9, 1, 10))
    series = actions.plan_series(
        title="Zebrania moderatorów", kind="moderators", template={"contact": "x"}, meetings=[], person=editor
    )
    actions.set_recurrence(
        series=series, recurrence="FREQ=MONTHLY;BYDAY=2TU", starts_on=date(2026, 9, 1), hour=time(9), skipped_days=[date(2026, 12, 8)],
        person=editor,
    )  # fmt: skip
    days = [local_day(each.starts_at) for each in series.meetings.order_by("starts_at")]
    assert days[:4] == [date(2026, 9, 8), date(2026, 10, 13), date(2026, 11, 10), date(2027, 1, 12)]
    assert (len(days), {each.starts_at.astimezone(WARSAW).hour for each in series.meetings.all()}) == (11, {9})
    moved = series.meetings.order_by("starts_at")[1]
    Meeting.objects.filter(pk=moved.pk).update(starts_at=warsaw(2026, 10, 15, 9), ends_at=warsaw(2026, 10, 15, 11))
    moved.moves.create(was_starting_at=moved.starts_at, was_ending_at=moved.ends_at, reason="x", moved_at=clock.at)
    assert actions.extend_all_series() == 0, "a moved meeting is not made again"
    clock.to(warsaw(2026, 11, 1, 10))
    assert actions.extend_all_series() == 2
    with pytest.raises(rules.Refused):
        actions.set_recurrence(series=series, recurrence="co wtorek", starts_on=date(2026, 9, 1), hour=time(9), person=editor)


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=HOURLY;INTERVAL=24", "FREQ=DAILY;BYHOUR=9,10", "FREQ=DAILY;BYMINUTE=1,2", "FREQ=DAILY\nRDATE:20260101"],
)
def test_a_series_meets_at_most_once_a_day(rule):
    """By seconds it would make thirty million meetings and stop the Office."""
    with pytest.raises(rules.Refused):
        days_of(Series(recurrence=rule, starts_on=date(2026, 9, 1), skipped_days=[]), date(2026, 9, 1), date(2026, 9, 2))


@pytest.mark.parametrize("rule", ["FREQ=DAILY;INTERVAL=0", "FREQ=MONTHLY;INTERVAL=+00;BYDAY=2TU", "INTERVAL=-0;FREQ=YEARLY"])
def test_a_series_moves_on_from_day_to_day(rule):
    """Every no days would be the same day without end: the Office would hang until its memory is full."""
    with pytest.raises(rules.Refused):
        days_of(Series(recurrence=rule, starts_on=date(2026, 9, 1), skipped_days=[]), date(2026, 9, 1), date(2026, 9, 2))


@given(
    some.dates(date(2026, 1, 1), date(2028, 12, 31)),
    some.sampled_from(["FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=-1TH", "FREQ=MONTHLY;BYMONTHDAY=31"]),
)
def test_days_of_a_series_are_in_their_period_and_never_among_those_left_out(first, rule):
    series = Series(recurrence=rule, starts_on=first, skipped_days=[])
    days = days_of(series, first, first + timedelta(days=366))
    assert days == sorted(set(days)) and all(first <= day <= first + timedelta(days=366) for day in days)
    series.skipped_days = [day.isoformat() for day in days[::2]]
    assert days_of(series, first, first + timedelta(days=366)) == days[1::2]


@pytest.mark.django_db
def test_a_room_taken_within_a_series_is_refused_whole(clock, editor):
    place, at = make_place(), clock.at + timedelta(days=10)
    with pytest.raises(actions.Clashes):
        actions.plan_series(
            title="Cykl",
            kind="residents",
            template={},
            person=editor,
            meetings=[{"starts_at": at, "place": place} for _each in range(2)],
        )
    assert not Series.objects.exists()


@pytest.mark.django_db
def test_an_official_needs_time_for_the_way_to_another_place(clock, editor):
    president, at = Official.objects.create(name="Prezydent"), clock.at + timedelta(days=10)

    def plan(starts, place):
        ends = starts + timedelta(hours=1)
        facts = {"title": "x", "place": place}
        return actions.plan_meeting(
            kind="residents", starts_at=starts, ends_at=ends, facts=facts, officials=[president], person=editor
        )

    plan(at, make_place("A"))
    with pytest.raises(actions.Clashes):
        plan(at + timedelta(minutes=75), make_place("B"))
    assert plan(at + timedelta(minutes=60), make_place("A")) and plan(at + timedelta(minutes=180), make_place("B"))


@pytest.mark.parametrize(
    ("starts", "before", "goes"),
    [
        (warsaw(2026, 9, 15, 17), DAYS, warsaw(2026, 9, 12, 17)), (warsaw(2026, 9, 15, 17), HOURS, warsaw(2026, 9, 15, 14)),
        (warsaw(2026, 9, 15, 9), HOURS, warsaw(2026, 9, 14, 20)), (warsaw(2026, 9, 15, 22), DAYS, warsaw(2026, 9, 12, 20)),
        (warsaw(2026, 10, 27, 17), DAYS, warsaw(2026, 10, 24, 17)),
    ],
)  # fmt: skip
def test_reminders_never_go_at_night(starts, before, goes):
    assert goes_at(starts, before) == goes


@pytest.mark.django_db
def test_reminders_go_once_each_to_those_with_a_seat(clock, told):
    starts = datetime.combine(clock.at.astimezone(WARSAW).date() + timedelta(days=9), time(17), WARSAW)
    meeting = make_meeting(starts_at=starts)
    make_registration(meeting, email="a@example.pl")
    make_registration(meeting, email="b@example.pl", standing="waiting")
    Meeting.objects.update(announced_at=starts - timedelta(days=9))
    Registration.objects.filter(standing="confirmed").update(confirmed_at=starts - timedelta(days=8))
    counts = []
    for moment in (
        starts - timedelta(days=3, minutes=1),
        starts - DAYS,
        starts - timedelta(days=2),
        starts - HOURS,
        starts - timedelta(hours=1),
    ):
        clock.to(moment)
        counts.append(actions.remind())
    assert counts == [0, 1, 0, 1, 0]
    assert [event for _who, event in told()] == ["in_days", "in_hours"]


@pytest.mark.django_db
def test_data_go_when_their_time_is_over_and_numbers_stay(clock):
    meeting = make_meeting(in_days=-1)
    seated = make_registration(meeting, email="a@example.pl", needs=["loop"], persons=2)
    make_registration(meeting, email="b@example.pl", standing="waiting")
    ended = meeting.ends_at
    found = []
    for days in (6, 7, 29, 30, 31):
        clock.to(ended + timedelta(days=days))
        actions.forget_registrations()
        rows = meeting.registrations.order_by("pk")
        found.append([(bool(each.name), bool(each.needs), bool(each.address_id)) for each in rows])
    everything, no_needs, nothing = (True, True, True), (True, False, True), (False, False, False)
    assert found == [
        [everything, (True, False, True)], [no_needs, nothing], [no_needs, nothing], [nothing, nothing], [nothing, nothing],
    ]  # fmt: skip
    seated.refresh_from_db()
    assert (seated.persons, seated.standing) == (2, Standing.CONFIRMED)
