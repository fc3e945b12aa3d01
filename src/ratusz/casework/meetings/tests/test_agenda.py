"""The agenda: filled from what is open, changed by hand, published in versions, run with real times, passed on to the next meeting."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.actions.agenda import placed
from ratusz.casework.meetings.factories import make_meeting, make_point, make_voice
from ratusz.casework.meetings.models import PointState, Series, Visibility, Voice
from ratusz.casework.meetings.registries import AgendaSource, OpenPoint, agenda_sources
from ratusz.casework.meetings.rules import NotYours, Refused
from ratusz.casework.meetings.sources import unfinished
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return AppointmentFactory(role_code="editor").person


@pytest.fixture
def try_source(monkeypatch):
    """A source as another module would register it; the test says what is open."""
    found: list[OpenPoint] = []
    monkeypatch.setitem(agenda_sources._entries, "moderation.month", AgendaSource("sprawy", lambda meeting, at: list(found)))
    return found


def titles(meeting) -> list[str]:
    return [each.title for each in meeting.agenda.order_by("order")]


def test_a_moderators_agenda_comes_from_a_source_another_module_registered(editor, try_source):
    meeting = make_meeting("moderators", is_public=False)
    actions.add_point(meeting=meeting, title="Sprawy różne", person=editor)
    try_source += [
        OpenPoint("moderation.case:1", "Odwołanie 1", unit="Wydział", is_late=True),
        OpenPoint("moderation.case:2", "Spór", is_public=False),
    ]
    made = actions.compose_agenda(meeting=meeting, person=editor)
    assert [each.source_key for each in made] == ["moderation.case:1", "moderation.case:2"]
    assert titles(meeting) == ["Odwołanie 1", "Spór", "Sprawy różne"]
    assert [each.visibility for each in meeting.agenda.order_by("order")] == ["public", "internal", "public"]


def test_composed_again_a_point_stands_once_gets_its_newest_facts_and_keeps_its_words(editor, try_source):
    meeting = make_meeting("moderators")
    try_source.append(OpenPoint("moderation.case:1", "Odwołanie 1", due="1 grudnia"))
    (item,) = actions.compose_agenda(meeting=meeting, person=editor)
    actions.change_point(item=item, title="Odwołanie pani z forum", person=editor)
    try_source[:] = [OpenPoint("moderation.case:1", "Odwołanie 1", due="8 grudnia", is_late=True)]
    assert actions.compose_agenda(meeting=meeting, person=editor) == []
    item.refresh_from_db()
    assert (item.title, item.facts["due"], item.facts["is_late"]) == ("Odwołanie pani z forum", "8 grudnia", True)


def test_published_versions_hold_public_points_only_and_stay_when_nothing_changed(editor):
    meeting = make_meeting()
    with pytest.raises(Refused):
        actions.publish_agenda(meeting=meeting, person=editor)
    actions.add_point(meeting=meeting, title="Park", person=editor)
    actions.add_point(meeting=meeting, title="Niespodzianka", visibility=Visibility.ON_THE_DAY, person=editor)
    actions.add_point(meeting=meeting, title="Notatka", visibility=Visibility.INTERNAL, person=editor)
    first = actions.publish_agenda(meeting=meeting, person=editor)
    assert (first.number, [each["title"] for each in first.content]) == (1, ["Park"])
    assert actions.publish_agenda(meeting=meeting, person=editor) == first
    actions.add_point(meeting=meeting, title="Szkoła", person=editor)
    assert actions.publish_agenda(meeting=meeting, person=editor).number == 2
    assert meeting.agenda_versions.get(number=1).content == first.content


def test_hidden_points_come_out_on_the_day():
    meeting = make_meeting()
    make_point(meeting, "Park")
    make_point(meeting, "Niespodzianka", visibility=Visibility.ON_THE_DAY)
    make_point(meeting, "Notatka", visibility=Visibility.INTERNAL)
    seen = [
        [each.title for each in meeting.agenda.for_public(meeting.starts_at, at)]
        for at in (meeting.starts_at - timedelta(days=1), meeting.starts_at)
    ]
    assert seen == [["Park"], ["Park", "Niespodzianka"]]


@given(
    st.lists(st.integers(), unique=True, min_size=1, max_size=9).flatmap(
        lambda items: st.tuples(st.just(items), st.sampled_from(items))
    ),
    st.integers(-3, 12),
)
def test_wherever_a_point_goes_the_others_keep_their_order(items_and_one, place):
    items, one = items_and_one
    found = placed(items, one, place)
    assert [each for each in found if each != one] == [each for each in items if each != one]
    assert found.index(one) == min(max(place, 1), len(items)) - 1


def test_a_moved_point_pushes_the_others_and_places_stay_one_to_n(editor):
    meeting = make_meeting()
    items = [make_point(meeting, title) for title in "ABCD"]
    actions.move_point(item=items[3], place=1, person=editor)
    actions.move_point(item=items[0], place=9, person=editor)
    assert [(each.order, each.title) for each in meeting.agenda.order_by("order")] == [(1, "D"), (2, "B"), (3, "C"), (4, "A")]


def test_points_run_one_after_another_with_real_times(editor):
    meeting = make_meeting()
    first, second, third = (make_point(meeting, title) for title in "ABC")
    for item, step in ((first, "start"), (second, "start"), (second, "end"), (third, "carry_over")):
        actions.run_point(item=item, step=step, person=editor)
    assert [(each.state, each.started_at is not None, each.ended_at is not None) for each in meeting.agenda.order_by("order")] == [
        ("done", True, True), ("done", True, True), ("carried_over", False, False)
    ]  # fmt: skip
    with pytest.raises(Refused):
        actions.remove_point(item=first, person=editor)
    with pytest.raises(Refused):
        actions.run_point(item=first, step="fly", person=editor)
    actions.run_point(item=first, step="reopen", person=editor)
    actions.run_point(item=third, step="drop", person=editor)
    actions.remove_point(item=first, person=editor)
    assert titles(meeting) == ["B", "C"]


def test_wrong_words_and_strangers_are_refused(editor):
    meeting = make_meeting()
    with pytest.raises(Refused):
        actions.add_point(meeting=meeting, title=" ", person=editor)
    with pytest.raises(Refused):
        actions.add_point(meeting=meeting, title="Park", planned_minutes=0, person=editor)
    with pytest.raises(NotYours):
        actions.add_point(meeting=meeting, title="Park", person=AppointmentFactory(role_code="unit_editor").person)
    meeting.state = "archived"
    meeting.save()
    with pytest.raises(Refused):
        actions.add_point(meeting=meeting, title="Park", person=editor)


def test_the_january_meeting_of_a_series_opens_with_what_november_left_though_december_was_skipped(editor):
    series = Series.objects.create(**_series())
    november = make_meeting("moderators", in_days=-60, series=series, state="held")
    make_point(november, "Spory o wulgaryzmy", state=PointState.CARRIED_OVER)
    make_point(november, "Zrobione", state=PointState.DONE)
    make_meeting("moderators", in_days=-30, series=series, state="cancelled", cancelled_at=database_now(), cancel_reason="święta")
    january = make_meeting("moderators", in_days=3, series=series)
    made = actions.compose_agenda(meeting=january, person=editor)
    assert [(each.title, each.carried_from.meeting_id) for each in made] == [("Spory o wulgaryzmy", november.pk)]


def test_voices_a_unit_has_not_answered_come_back_late_ones_first(editor):
    meeting = make_meeting(in_days=-40, state="held", group_name="Rada Rodziców")
    unit = UnitFactory()
    for text in ("Późny", "Świeży", "Odpowiedziany"):
        voice = make_voice(meeting, text)
        actions.give_outcome(thing=voice, outcome="follow_up", unit=unit, person=editor)
    actions.answer_later(thing=voice, answer="Tak.", person=editor)
    nearest = make_meeting(group_name="Rada Rodziców")
    later: datetime = database_now() + timedelta(days=20)
    found = list(unfinished(nearest, later))
    assert [(each.title, each.text, each.is_late) for each in found] == [
        ("Odpowiedź na głos: Późny", "", True),
        ("Odpowiedź na głos: Świeży", "", True),
    ]
    Voice.objects.filter(question="Świeży").update(question="ą" * 201)
    assert [len(each.text) for each in unfinished(nearest, later)] == [0, 201]
    assert list(unfinished(make_meeting(), later)) == []


def test_points_of_the_series_template_come_once_after_what_is_open(editor, try_source):
    agenda = [
        {"title": "Powitanie", "minutes": 3},
        {"title": "Sprawy wewnętrzne", "visibility": "internal", "minutes": 0},
        {"title": " "},
    ]
    series = Series.objects.create(**_series(), template={"agenda": agenda})
    meeting = make_meeting("moderators", series=series)
    try_source.append(OpenPoint("moderation.case:1", "Odwołanie 1"))
    made = actions.compose_agenda(meeting=meeting, person=editor)
    assert (len(made), actions.compose_agenda(meeting=meeting, person=editor)) == (3, [])
    assert [(each.title, each.planned_minutes, each.visibility) for each in meeting.agenda.order_by("order")] == [
        ("Odwołanie 1", 5, "public"), ("Powitanie", 3, "public"), ("Sprawy wewnętrzne", 10, "internal")
    ]  # fmt: skip


def _series() -> dict:
    return {"title": "Zebrania moderatorów", "kind": "moderators"}
