"""Minutes are begun from the template of their kind and written block by block; two editors lose nothing."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, transaction

from ratusz.casework.meetings import actions, rules
from ratusz.casework.meetings.actions import Change
from ratusz.casework.meetings.factories import give_task, make_meeting
from ratusz.casework.meetings.factories_minutes import make_minute_taker, make_minutes, target_of_decisions, write_block
from ratusz.casework.meetings.minutes.checking import NotReady, whole_content
from ratusz.casework.meetings.models import Minutes, MinutesVersion, Voice
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

pytestmark = pytest.mark.django_db


def kinds(minutes):
    return [block.kind for block in minutes.blocks.standing()]


def test_minutes_begin_with_the_blocks_of_their_template_and_are_begun_once():
    UnitFactory(is_department=True)
    person, host = make_minute_taker(), AppointmentFactory(role_code="employee").person
    meeting = make_meeting(in_days=-1)
    give_task(meeting, host, "host")
    minutes = actions.begin_minutes(meeting=meeting, person=person)
    assert actions.begin_minutes(meeting=meeting, person=person) == minutes
    assert kinds(minutes) == ["heading", "presence", "open_decisions", "agenda", "voices", "requests", "next_meeting"]
    assert minutes.blocks.standing()[0].fields["host"] == str(host)
    assert kinds(make_minutes(make_meeting("reception", in_days=-1), person=person)) == ["heading", "presence", "requests"]
    with pytest.raises(rules.NotYours):
        actions.begin_minutes(meeting=make_meeting(in_days=-2), person=host)


def test_of_two_editors_of_one_block_the_second_sees_the_first_and_loses_nothing():
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    text, other = (write_block(minutes, "text", person, text=words) for words in ("Początek", "Obok"))
    first = actions.save_minutes(minutes=minutes, changes=[Change(text.key, 1, {"text": "Pierwsza osoba"})], person=person)
    changes = [Change(text.key, 1, {"text": "Druga osoba"}), Change(other.key, 1, {"text": "Obok, dalej"})]
    second = actions.save_minutes(minutes=minutes, changes=changes, person=person)
    assert (first.revisions, first.conflicts) == ({str(text.key): 2}, [])
    assert second.revisions == {str(other.key): 2}
    assert [(block.fields["text"], block.revision) for block in second.conflicts] == [("Pierwsza osoba", 2)]
    again = [Change(text.key, 2, {"text": "Pierwsza osoba. Druga osoba"})]
    assert actions.save_minutes(minutes=minutes, changes=again, person=person).revisions == {str(text.key): 3}
    same = actions.save_minutes(
        minutes=minutes, changes=[Change(text.key, 1, {"text": "Pierwsza osoba. Druga osoba"})], person=person
    )
    assert (same.revisions, same.conflicts) == ({str(text.key): 3}, [])


def test_a_block_taken_out_comes_back_where_it_stood_and_an_added_one_stands_once():
    person, key = make_minute_taker(), uuid.uuid4()
    minutes = make_minutes(person=person)
    heading = minutes.blocks.standing()[0]
    for _sent_twice in range(2):
        actions.add_block(
            minutes=minutes, kind="text", person=person, after=heading.key, key=key, fields={"text": "Pod nagłówkiem"}
        )
    assert kinds(minutes)[:3] == ["heading", "text", "presence"]
    actions.move_block(minutes=minutes, key=key, up=False, person=person)
    assert kinds(minutes)[:3] == ["heading", "presence", "text"]
    actions.move_block(minutes=minutes, key=heading.key, up=True, person=person)
    actions.remove_block(minutes=minutes, key=key, person=person)
    actions.remove_block(minutes=minutes, key=key, person=person)
    assert "text" not in kinds(minutes)
    gone = actions.save_minutes(minutes=minutes, changes=[Change(key, 1, {"text": "Dopisane"})], person=person)
    assert [block.fields for block in gone.conflicts] == [{"text": "Pod nagłówkiem"}]
    actions.restore_block(minutes=minutes, key=key, person=person)
    actions.restore_block(minutes=minutes, key=key, person=person)
    assert kinds(minutes)[:3] == ["heading", "presence", "text"]
    with pytest.raises(rules.Refused):
        actions.remove_block(minutes=minutes, key=heading.key, person=person)
    with pytest.raises(rules.Refused):
        actions.add_block(minutes=minutes, kind="interpretation", person=person)


def test_many_blocks_put_in_one_place_stay_in_order():
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    first = minutes.blocks.standing()[0].key
    for number in range(9):
        actions.add_block(minutes=minutes, kind="text", person=person, after=first, fields={"text": str(number)})
    texts = [block.fields.get("text") for block in minutes.blocks.standing() if block.kind == "text"]
    assert texts == [str(number) for number in reversed(range(9))]


def add_voices(minutes, count, outcome="answered"):
    now = database_now()
    Voice.objects.bulk_create(
        Voice(
            meeting=minutes.meeting, number=number, who="mieszkanka, Ligota", question=f"Pytanie {number}?", answer="Tak.",
            answered_by="naczelnik", outcome=outcome, triaged_at=now if outcome else None, written_at=now,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def test_fourteen_voices_and_four_decisions_are_frozen_once_and_never_change(as_role):
    """M7: refused with one voice without outcome; then four drafts, fourteen lines."""
    UnitFactory(is_department=True)
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    add_voices(minutes, 14)
    Voice.objects.filter(number=3).update(outcome="", triaged_at=None)
    unit = UnitFactory()
    for number in range(4):
        write_block(
            minutes,
            "decision",
            person,
            text=f"Ustalenie {number}",
            public_text=f"Zrobimy {number}",
            unit=unit.pk,
            due_on="2027-06-30",
        )
    with target_of_decisions() as made:
        with pytest.raises(NotReady) as refused:
            actions.approve_minutes(minutes=minutes, person=person)
        assert len(refused.value.missing) == 1 and "głos 3" in refused.value.missing[0] and not made
        Voice.objects.filter(number=3).update(outcome="answered", triaged_at=database_now())
        version = actions.approve_minutes(minutes=minutes, person=person)
        actions.reopen_minutes(minutes=minutes, what_changes="Poprawiono literówkę.", person=person)
        actions.approve_minutes(minutes=minutes, person=person)
        assert [(facts["text"], facts["unit"]) for facts in made.values()] == [(f"Ustalenie {number}", unit) for number in range(4)]
    voices = next(block for block in whole_content(version)["blocks"] if block["kind"] == "voices")
    assert [row["number"] for row in voices["rows"]] == list(range(1, 15))
    minutes.refresh_from_db()
    assert (minutes.number.startswith("P/"), minutes.state, minutes.versions.count()) == (True, "approved", 2)
    with pytest.raises(rules.Refused):
        write_block(minutes, "text", person, text="Po zatwierdzeniu")
    with pytest.raises(rules.Refused):
        actions.approve_minutes(minutes=minutes, person=person)
    for change in ({"what_changed": "inaczej"}, {"canonical": "{}"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MinutesVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesVersion.objects.create(
            minutes=minutes, number=9, canonical="{}", sha256="0" * 64, public_canonical="{}", public_sha256="0" * 64,
            what_changed="x", approved_by=person, approved_at=database_now(),
        )  # fmt: skip


def test_a_decision_without_words_unit_or_reason_is_named_in_the_list():
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    write_block(minutes, "decision", person)
    write_block(minutes, "decision", person, text="Tak", is_public=False, due_on="31.02")
    write_block(minutes, "decision", person, public_text="x" * 601)
    with target_of_decisions() as made, pytest.raises(NotReady) as refused:
        actions.approve_minutes(minutes=minutes, person=person)
    assert [words.split(":")[0] for words in refused.value.missing] == [
        "Ustalenie 1",
        "Ustalenie 1",
        "Ustalenie 2",
        "Ustalenie 2",
        "Ustalenie 3",
    ]
    assert not made


def test_minutes_of_a_meeting_that_has_not_begun_are_not_approved():
    person = make_minute_taker()
    minutes = make_minutes(make_meeting(in_days=1), person=person)
    with pytest.raises(NotReady):
        actions.approve_minutes(minutes=minutes, person=person)
    assert Minutes.objects.get().number == ""


def test_whether_everybody_reads_them_is_a_choice_with_a_reason():
    person = make_minute_taker()
    minutes = make_minutes(make_meeting("group", in_days=-1), person=person)
    assert not minutes.is_public and minutes.why_not_public
    assert actions.decide_publicity(minutes=minutes, is_public=True, reason="", person=person).is_public
    with pytest.raises(rules.Refused):
        actions.decide_publicity(minutes=minutes, is_public=False, reason=" ", person=person)
    inside = make_minutes(make_meeting("moderators", in_days=-1), person=person)
    with pytest.raises(rules.Refused):
        actions.decide_publicity(minutes=inside, is_public=True, reason="", person=person)


def test_minutes_do_not_grow_without_end(monkeypatch):
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    monkeypatch.setattr(actions.minutes, "MOST_BLOCKS", minutes.blocks.count())
    with pytest.raises(rules.Refused):
        actions.add_block(minutes=minutes, kind="text", person=person)


def test_a_first_block_of_empty_minutes_has_its_place():
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    minutes.blocks.all().delete()
    assert actions.add_block(minutes=minutes, kind="presentation", person=person).position == 100
