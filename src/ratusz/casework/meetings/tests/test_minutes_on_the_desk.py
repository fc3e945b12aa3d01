"""Minutes on the desk of the Office: whoever may write sees the screens; what two write at once is shown; steps answer in words."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from ratusz.casework.meetings import moves_of_minutes
from ratusz.casework.meetings.factories import give_task, make_meeting, make_voice
from ratusz.casework.meetings.factories_minutes import make_minute_taker, make_minutes, write_block
from ratusz.casework.meetings.minutes.forms import stamp
from ratusz.casework.meetings.models import Minutes
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(staff_client):
    return staff_client("head", unit=UnitFactory(is_department=True))


def fields_of(block, **typed):
    """What the form of one block sends, drawn as it stands now."""
    key = f"b-{block.key}"
    return {f"{key}-revision": block.revision, f"{key}-was": stamp(block.kind, block.fields)} | {
        f"{key}-{name}": value for name, value in typed.items()
    }


@pytest.mark.slow
def test_minutes_are_begun_written_looked_at_approved_and_published_on_the_desk(desk, client):
    meeting = make_meeting(in_days=-1, title="Spotkanie w Ligocie")
    assert "Spotkanie w Ligocie" in desk.get(reverse("meetings_minutes_register")).text
    assert desk.post(reverse("meetings_minutes_write", args=[meeting.pk])).status_code == 404
    write = reverse("meetings_minutes_write", args=[meeting.pk])
    assert f'href="{write}"' in desk.get(reverse("meetings_meeting", args=[meeting.pk])).text
    assert reverse("meetings_minutes_begin", args=[meeting.pk]) in desk.get(write).text, "the page offers to begin them"
    assert desk.post(reverse("meetings_minutes_begin", args=[meeting.pk])).url == write
    minutes = Minutes.objects.get()
    answer = desk.post(write, {"add": "text"})
    block = minutes.blocks.get(kind="text")
    assert answer.url == f"{write}#b-{block.key}"
    assert desk.post(write, fields_of(block, text="Zebranie otwarto.")).status_code == 302
    assert "Zebranie otwarto." in desk.get(write).text
    look = reverse("meetings_minutes_look", args=[meeting.pk])
    assert "Zebranie otwarto." in desk.get(look).text and "Zebranie otwarto." in desk.get(f"{look}?widok=calosc").text
    step = reverse("meetings_minutes_step", args=[meeting.pk])
    assert desk.post(step, {"deed": "publish"}).status_code == 409
    assert desk.post(step, {"deed": "approve"}).url == look
    assert desk.get(write).url == look
    assert desk.post(step, {"deed": "publish"}).url == look
    minutes.refresh_from_db()
    assert "Zebranie otwarto." in client.get(f"/protokoly/{minutes.number.replace('/', '-').lower()}/").text
    assert desk.post(step, {"deed": "reopen", "words": ""}).status_code == 409
    assert desk.post(step, {"deed": "reopen", "words": "Poprawka."}).url == write
    assert desk.post(step, {"deed": "nic"}).status_code == 404


def test_of_two_on_one_screen_the_second_sees_both_and_autosave_brings_what_others_changed(desk):
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    block = write_block(minutes, "text", person, text="Początek")
    first = fields_of(block, text="Moje słowa")
    write_block(minutes, "notes", person, text="Obok")
    block.fields, block.revision = {"text": "Cudze słowa"}, 2
    block.save()
    page = desk.post(reverse("meetings_minutes_write", args=[minutes.meeting_id]), first)
    assert page.status_code == 409 and "Moje słowa" in page.text and "Cudze słowa" in page.text
    autosave = reverse("meetings_minutes_autosave", args=[minutes.meeting_id])
    said = json.loads(desk.post(autosave, first).content)
    assert [(each["conflict"], each["revision"]) for each in said["theirs"]] == [(True, 2)]
    seen = fields_of(block, text="Cudze słowa") | {f"b-{block.key}-revision": 1}
    said = json.loads(desk.post(autosave, seen).content)
    assert [(each["conflict"], each["fields"][f"b-{block.key}-text"]) for each in said["theirs"]] == [(False, "Cudze słowa")]
    block.refresh_from_db()
    said = json.loads(desk.post(autosave, fields_of(block, text="Razem")).content)
    assert said["kept"][str(block.key)]["revision"] == 3 and said["theirs"] == []


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_of_writing_asks_a_constant_number_of_questions(desk, count, django_assert_num_queries):
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    for number in range(count):
        write_block(minutes, "text", person, text=str(number))
        make_voice(minutes.meeting, f"Pytanie {number}?")
    address = reverse("meetings_minutes_write", args=[minutes.meeting_id])
    desk.get(address)
    with django_assert_num_queries(SCREEN):
        assert desk.get(address).status_code == 200


SCREEN = 31


def test_what_waits_stands_on_the_desk_of_whoever_may_do_it():
    head, host = make_minute_taker(), AppointmentFactory(role_code="employee").person
    meeting, other = make_meeting(in_days=-1, title="Ligota"), make_meeting(in_days=-1, title="Załęże")
    give_task(other, host, "minute_taker")
    at = database_now()
    assert sorted(move.what for move in moves_of_minutes.moves_of(head, at)) == [
        "Zacznij protokół: Ligota",
        "Zacznij protokół: Załęże",
    ]
    assert [move.what for move in moves_of_minutes.moves_of(host, at)] == ["Zacznij protokół: Załęże"]
    make_minutes(meeting, person=head)
    assert "Dokończ protokół: Ligota" in [move.what for move in moves_of_minutes.moves_of(head, at)]
    assert list(moves_of_minutes.moves_of(AppointmentFactory(role_code="employee").person, at)) == []


def test_others_do_not_get_in(staff_client):
    minutes = make_minutes(person=make_minute_taker())
    stranger = staff_client("unit_editor", unit=UnitFactory())
    for name in ("meetings_minutes_write", "meetings_minutes_look", "meetings_minutes_review", "meetings_minutes_word"):
        assert stranger.get(reverse(name, args=[minutes.meeting_id])).status_code in (302, 403)


def test_minutes_nobody_began_say_so_with_the_button(staff_client):
    office, meeting = staff_client("editor"), make_meeting()
    url = f"/admin/spotkania/{meeting.pk}/protokol/"
    page = office.get(url)
    assert (page.status_code, "nie jest jeszcze zaczęty" in page.text, f'action="{url}nowy/"' in page.text) == (200, True, True)
    draft = office.get(f"/admin/spotkania/{make_meeting(announced=False).pk}/protokol/").text
    assert "po ogłoszeniu spotkania" in draft and "protokol/nowy/" not in draft
    office.post(f"{url}nowy/")
    assert "nie jest jeszcze zaczęty" not in office.get(url).text
