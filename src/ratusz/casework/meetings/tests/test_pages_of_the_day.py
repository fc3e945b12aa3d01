"""Pages of a meeting's day as people use them: forms without a script, the phone's list, the screen, questions by a link."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.factories import (
    give_task,
    make_meeting,
    make_meeting_request,
    make_point,
    make_question,
    make_registration,
    make_speaker,
    make_voice,
)
from ratusz.casework.meetings.links import door_text, token_of
from ratusz.casework.meetings.models import CheckIn, MeetingRequest, Question, Registration, Support, UnitReply, Voice, WalkIn
from ratusz.casework.meetings.views.screen import PURPOSE
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import sign_link
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PAGES = ("agenda", "preparation", "door", "phone", "room", "requests", "triage")


@pytest.fixture
def editor(staff_client):
    return staff_client("editor")


def url(name: str, *args) -> str:
    return reverse(f"meetings_{name}", args=args)


def said(answer) -> str:
    return answer.content.decode()


def full_meeting():
    meeting = make_meeting(in_days=-1 / 24)
    make_point(meeting)
    make_speaker(meeting)
    make_question(meeting, state="shown")
    make_voice(meeting)
    make_meeting_request(meeting, name="Halina Ukryta")
    return meeting


def test_pages_are_drawn_and_those_without_a_task_there_stay_out(editor, staff_client):
    meeting = full_meeting()
    stranger, registrar = staff_client("unit_verifier"), staff_client("unit_editor")
    give_task(meeting, registrar.person, "registrar")
    seen = [[client.get(url(page, meeting.pk)).status_code == 200 for page in PAGES] for client in (editor, registrar, stranger)]
    assert seen == [[True] * 7, [True, True, True, True, True, True, False], [False] * 7]
    assert editor.get(url("days")).status_code == 200


def test_names_of_people_stand_only_where_somebody_searched_or_triages_and_reading_is_recorded(editor):
    meeting = full_meeting()
    make_registration(meeting, name="Barbara Ukryta")
    shown = [page for page in PAGES if "Ukryta" in said(editor.get(url(page, meeting.pk)))]
    assert shown == []
    found = editor.post(url("door", meeting.pk), {"deed": "search", "text": "UKRYT"})
    assert "Barbara Ukryta" in said(found)
    assert Entry.objects.filter(is_read=True, subject_type="ratusz_meetings.Meeting").exists()


def test_a_point_added_by_the_form_and_a_refused_one_keeps_what_was_typed(editor):
    meeting = make_meeting()
    refused = editor.post(
        url("agenda", meeting.pk),
        {"deed": "add", "title": "", "text": "Bardzo długie słowa", "planned_minutes": "10", "visibility": "public"},
    )
    assert (refused.status_code, "Bardzo długie słowa" in said(refused)) == (200, True)
    editor.post(url("agenda", meeting.pk), {"deed": "add", "title": "Park", "planned_minutes": "10", "visibility": "public"})
    item = meeting.agenda.get()
    editor.post(
        url("point", meeting.pk, item.pk),
        {"deed": "change", "title": "Park Murckowski", "planned_minutes": "15", "visibility": "public"},
    )
    for step in ("up", "down", "start", "end"):
        editor.post(url("agenda", meeting.pk), {"deed": "step", "item": item.pk, "step": step})
    editor.post(url("agenda", meeting.pk), {"deed": "compose"})
    editor.post(url("agenda", meeting.pk), {"deed": "publish"})
    item.refresh_from_db()
    assert (item.title, item.state, meeting.agenda_versions.get().content[0]["planned_minutes"]) == ("Park Murckowski", "done", 15)
    assert editor.get(url("point", meeting.pk, item.pk)).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"deed": "fly"},
        {"deed": "step", "item": "x"},
        {"deed": "step", "item": "99999999999999999999"},
        {"deed": "step", "item": "0"},
    ],
)
def test_odd_buttons_find_nothing(editor, sent):
    assert editor.post(url("agenda", make_meeting().pk), sent).status_code == 404


def test_a_refused_button_says_why(editor):
    answer = editor.post(url("agenda", make_meeting().pk), {"deed": "publish"}, follow=True)
    assert "W porządku nie ma jeszcze punktu dla wszystkich" in said(answer)


def test_the_door_without_a_script(editor):
    meeting = make_meeting(in_days=-1 / 24)
    other = make_meeting(in_days=3, title="Spotkanie w Murckach")
    person, stranger = make_registration(meeting, name="Łucja"), make_registration(other)

    def let_in(code: str) -> str:
        return said(editor.post(url("door", meeting.pk), {"deed": "in", "code": code, "door": "B"}, follow=True))

    assert "Wpuszczono:" in let_in(door_text(person))
    assert "Już na sali:" in let_in(person.door_code.lower())
    assert "To kod innego spotkania: Spotkanie w Murckach," in let_in(door_text(stranger))
    assert "To nie jest kod naszych spotkań." in let_in("R1:999999:AAAAAA")
    assert "Pod tym kodem nie ma miejsca" in let_in("ZZZZZZ")
    press = str(uuid.uuid4())
    for _twice in range(2):
        editor.post(url("door", meeting.pk), {"deed": "walk", "press": press, "step": "1", "group": ""})
    answer = editor.post(url("door", meeting.pk), {"deed": "walk", "press": str(uuid.uuid4()), "step": "-1"}, follow=True)
    editor.post(url("door", meeting.pk), {"deed": "walk", "press": str(uuid.uuid4()), "step": "-1"}, follow=True)
    assert (CheckIn.objects.get().door, WalkIn.objects.count(), answer.status_code) == ("B", 2, 200)
    assert editor.post(url("door", meeting.pk), {"deed": "walk", "press": "x"}).status_code == 404


def test_a_phone_gets_the_list_sends_what_it_gathered_and_is_told(editor):
    meeting = make_meeting(in_days=-1 / 24)
    other = make_meeting(in_days=3, title="Spotkanie w Murckach")
    people = [make_registration(meeting, name=name) for name in ("Żaneta", "Łucja", "Adam")]
    kept = editor.get(url("phone_list", meeting.pk)).json()
    assert [row[1] for row in kept["rows"]] == ["Adam", "Łucja", "Żaneta"]
    assert str(other.pk) in kept["others"]
    moment = int((meeting.starts_at + timedelta(minutes=2)).timestamp() * 1000)
    presses = [
        {"kind": "in", "key": people[0].door_code, "moment": moment},
        {"kind": "walk", "key": str(uuid.uuid4()), "moment": moment, "group": 0, "step": 1},
    ]
    body = json.dumps({"presses": presses, "door": "A", "device": "telefon"})
    answers = [editor.post(url("phone_sync", meeting.pk), body, content_type="application/json").json() for _twice in range(2)]
    assert [[each["result"] for each in answer["answers"]] for answer in answers] == [["in", "in"], ["already", "in"]]
    assert (answers[1]["inside"], Registration.objects.get(pk=people[0].pk).standing) == (2, "checked_in")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "[]",
        '{"presses": [{"kind": "in"}], "door": "A", "device": "x"}',
        '{"presses": [{"kind": "in", "key": "A", "moment": 1e99}], "door": "A", "device": "x"}',
    ],
)
def test_a_phone_that_sends_nonsense_is_told_so(editor, body):
    assert editor.post(url("phone_sync", make_meeting().pk), body, content_type="application/json").status_code == 400


def test_the_page_of_the_phone_holds_nobody_and_its_policy_is_strict(editor):
    meeting = make_meeting()
    make_registration(meeting, name="Ukryta")
    page = editor.get(url("phone", meeting.pk))
    assert "Ukryta" not in said(page)
    assert "unsafe" not in page["Content-Security-Policy"]
    worker = editor.get(url("door_worker"))
    assert (worker.status_code, worker["Content-Type"], worker["Service-Worker-Allowed"]) == (
        200,
        "text/javascript",
        "/admin/spotkania/",
    )


def test_the_list_of_a_thousand_is_light(editor):
    meeting = make_meeting()
    first = make_registration(meeting, name="Osoba z długim nazwiskiem dwuczłonowym")
    rows = [
        Registration(
            meeting=meeting, name=f"{first.name} {number}", standing="confirmed", made_at=first.made_at, confirmed_at=first.made_at,
            door_code=f"{number:06}", code=f"L{number:06}", token_digest=f"{number:064}", public_id=uuid.uuid4(),
        )
        for number in range(999)
    ]  # fmt: skip
    Registration.objects.bulk_create(rows)
    kept = editor.get(url("phone_list", meeting.pk))
    assert (len(kept.json()["rows"]), len(kept.content) <= 150_000) == (1000, True)


def test_the_room_by_forms(editor):
    meeting = make_meeting()
    room = url("room", meeting.pk)
    editor.post(room, {"deed": "sign_up", "who": "mieszkanka, Ligota"})
    speaker = meeting.speakers.get()
    editor.post(room, {"deed": "speaker", "speaker": speaker.pk, "step": "start"})
    editor.post(room, {"deed": "ask", "text": "Kiedy autobus?", "who": ""})
    question = meeting.questions.get()
    refused = editor.post(room, {"deed": "settle", "question": question.pk, "state": "hidden", "group_words": "", "because": ""})
    assert ("Napisz, dlaczego pytania nie pokazujemy" in said(refused), "__all__" in said(refused)) == (True, False)
    editor.post(room, {"deed": "settle", "question": question.pk, "state": "shown", "group_words": "Autobusy", "because": ""})
    editor.post(
        room,
        {
            "deed": "voice",
            "who": "mieszkanka, Ligota",
            "question": "Chodnik.",
            "speaker": speaker.pk,
            "answer": "",
            "answered_by": "",
        },
    )
    voice = Voice.objects.get()
    assert (voice.number, voice.speaker, Question.objects.get().group_words) == (1, speaker, "Autobusy")
    assert "Usuń ostatni głos" in said(editor.get(room))
    editor.post(room, {"deed": "remove_voice", "voice": voice.pk})
    assert not Voice.objects.exists()


def test_the_desk_takes_a_request_in_and_prints_its_receipt(editor):
    meeting = make_meeting()
    editor.post(url("requests", meeting.pk), {"deed": "file", "subject": "Latarnie", "text": "Proszę."})
    filed = MeetingRequest.objects.get()
    printed = editor.get(url("receipt", meeting.pk, filed.pk))
    assert (printed["Content-Type"], printed.content[:4]) == ("application/pdf", b"%PDF")


def test_triage_by_forms_on_one_screen(editor):
    meeting, unit = make_meeting(), UnitFactory()
    voice, filed = make_voice(meeting), make_meeting_request(meeting)
    page = url("triage", meeting.pk)
    refused = editor.post(page, {"deed": "outcome", "key": voice.key, "outcome": "none", "reason": ""})
    assert "Napisz, dlaczego nic z tego nie wynika." in said(refused)
    editor.post(page, {"deed": "outcome", "key": voice.key, "outcome": "follow_up", "unit": unit.pk})
    editor.post(page, {"deed": "outcome", "key": filed.key, "outcome": "application"})
    editor.post(page, {"deed": "number", "key": filed.key, "number": "WK.1511.3.2026"})
    editor.post(page, {"deed": "later", "key": voice.key, "answer": "Chodnik w maju."})
    for thing in (voice, filed):
        thing.refresh_from_db()
    assert (voice.outcome, voice.later_answer, filed.foreign_number) == ("follow_up", "Chodnik w maju.", "WK.1511.3.2026")
    assert "Każdy głos i wniosek ma rozstrzygnięcie." in said(editor.get(page))
    for key in ("x", "meetings.voice:x", "meetings.voice:0"):
        assert editor.post(page, {"deed": "outcome", "key": key, "outcome": "remark"}).status_code == 404


def test_the_preparation_by_forms_and_its_papers(editor):
    meeting, unit = make_meeting(), UnitFactory()
    page = url("preparation", meeting.pk)
    due = (meeting.starts_at - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    for sent in (
        {"deed": "checklist"}, {"deed": "task", "what": "Woda"}, {"deed": "ask", "unit": unit.pk, "question": "Co?", "due_at": due},
        {"deed": "sheet", "note": "Słowo", "equipment": "ekran", "letter": "Zapraszamy", "speaker_minutes": "4"},
    ):  # fmt: skip
        assert editor.post(page, sent).status_code == 302
    item = meeting.checklist.get(what="Woda")
    editor.post(page, {"deed": "tick", "item": item.pk, "step": "done"})
    item.refresh_from_db()
    assert (item.done_at is not None, UnitReply.objects.get().unit, meeting.checklist.count() > 5) == (True, unit, True)
    papers = [url("sheet", meeting.pk), url("letter", meeting.pk), url("poster", meeting.pk, "a4")]
    assert [editor.get(each).content[:4] for each in papers] == [b"%PDF"] * 3
    assert editor.get(url("poster", meeting.pk, "a5")).status_code == 404


def test_a_unit_answers_on_its_own_page(editor):
    meeting, unit = make_meeting(), UnitFactory()
    asker = AppointmentFactory(role_code="editor").person
    asked = actions.ask_unit(meeting=meeting, unit=unit, question="Co z parkiem?", due_at=meeting.starts_at, person=asker)
    page = url("unit_reply", asked.pk)
    assert "Co z parkiem?" in said(editor.get(page))
    editor.post(page, {"deed": "answer", "answer": "Ławki w maju."})
    asked.refresh_from_db()
    assert asked.answer == "Ławki w maju."


def screen_url(meeting, pk=None, lasts=1) -> str:
    return reverse(
        "meetings:screen", args=[pk or meeting.pk, sign_link(PURPOSE, meeting.pk, database_now() + timedelta(hours=lasts))]
    )


def test_the_screen_shows_what_people_gave_for_it_and_refreshes_without_a_script(client):
    meeting = make_meeting(in_days=-1 / 24)
    make_speaker(meeting, "mieszkanka, Ligota", started_at=database_now() - timedelta(seconds=70))
    make_speaker(meeting, "mieszkaniec, Panewniki")
    make_speaker(meeting, "już po", started_at=database_now(), ended_at=database_now())
    make_question(meeting, "Kiedy autobus?", state="shown", who="Ola")
    make_question(meeting, "Nieprzeczytane")
    make_registration(meeting, name="Ukryta")
    page = client.get(screen_url(meeting))
    words = [
        "mieszkanka, Ligota",
        "Zostały 2 minuty",
        "mieszkaniec, Panewniki",
        "Kiedy autobus?",
        "już po",
        "Nieprzeczytane",
        "Ukryta",
        "<script",
    ]
    assert [each in said(page) for each in words] == [True, True, True, True, False, False, False, False]
    assert (page["Refresh"], page["X-Robots-Tag"], "Refresh" in client.get(screen_url(meeting) + "?stoj").headers) == (
        "5",
        "noindex",
        False,
    )
    for wrong in (
        screen_url(meeting, pk=meeting.pk + 1),
        screen_url(meeting, lasts=-1),
        reverse("meetings:screen", args=[meeting.pk, "x"]),
    ):
        assert client.get(wrong).status_code == 404


def test_the_screen_takes_the_same_few_queries_for_one_and_three(client, django_assert_num_queries):
    for count in (1, 3):
        meeting = make_meeting()
        for _each in range(count):
            make_speaker(meeting)
            make_question(meeting, state="shown")
        address = screen_url(meeting)
        client.get(address)
        with django_assert_num_queries(6):
            client.get(address)


def test_by_a_personal_link_one_asks_and_supports_once(client):
    meeting = make_meeting()
    registration = make_registration(meeting)
    shown = make_question(meeting, "Kiedy autobus?", state="shown")
    make_question(meeting, "Nieprzeczytane")
    page = reverse("meetings:questions", args=[token_of(registration)])
    assert ("Kiedy autobus?" in said(client.get(page)), "Nieprzeczytane" in said(client.get(page))) == (True, False)
    for _twice in range(2):
        client.post(page, {"deed": "support", "question": shown.pk})
    client.post(page, {"deed": "ask", "text": "A tramwaj?", "who": ""})
    refused = client.post(page, {"deed": "ask", "text": "", "who": "Ola"})
    assert (Support.objects.count(), Question.objects.filter(text="A tramwaj?", state="new").count(), refused.status_code) == (
        1,
        1,
        200,
    )
    assert client.post(page, {"deed": "support", "question": "x"}).status_code == 404
    hidden = Question.objects.get(text="A tramwaj?")
    assert "nie można teraz poprzeć" in said(client.post(page, {"deed": "support", "question": hidden.pk}))
    assert client.get(reverse("meetings:questions", args=["nie-ma"])).status_code == 404


def test_the_public_page_shows_the_published_agenda_and_hidden_points_only_on_the_day(client, editor):
    seen = []
    for in_days in (14, 0.001):
        meeting = make_meeting(in_days=in_days)
        for visibility in ("public", "on_the_day", "internal"):
            make_point(meeting, f"Punkt {visibility}", visibility=visibility)
        assert "Punkt public" not in said(client.get(meeting.public_path))
        actions.publish_agenda(meeting=meeting, person=editor.person)
        page = said(client.get(meeting.public_path))
        seen.append([f"Punkt {each}" in page for each in ("public", "on_the_day", "internal")])
    assert seen == [[True, False, False], [True, True, False]]


def test_ones_own_place_leads_to_the_questions(client):
    registration = make_registration(make_meeting())
    place = reverse("meetings:my-place", args=[token_of(registration)])
    assert 'href="pytania/"' in said(client.get(place))
