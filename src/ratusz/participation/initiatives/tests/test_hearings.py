"""A public hearing: speakers until the day before, written opinions with positions, the dossier before the vote, the pages."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.harness.at_once import at_once

from ratusz.casework.meetings import actions as meetings
from ratusz.casework.meetings import signing_up
from ratusz.casework.meetings.actions import Person
from ratusz.casework.meetings.models import Standing
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.actions import erase_address
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.sending_guard import solve
from ratusz.participation.initiatives.factories import make_clerk, make_hearing, make_opinion
from ratusz.participation.initiatives.hearings import actions, queries, rules
from ratusz.participation.initiatives.models import Hearing
from ratusz.participation.initiatives.moves import moves_of
from ratusz.participation.initiatives.rules import InitiativeRefused, NotYours

REASONS = "Zmniejszymy strefę o trzy ulice przy szkole."


def _asks(hearing, name, through="web", by=None):
    group = hearing.meeting.seat_groups.get()
    person = Person(name=name, contacts=(("email", f"{uuid.uuid4().hex[:8]}@example.pl"),), group=group)
    return meetings.register(meeting=hearing.meeting, person=person, through=through, by=by)


def _held(hearing, clock, clerk):
    clock.at = hearing.meeting.ends_at
    hearing.meeting = meetings.mark_held(meeting=hearing.meeting, person=clerk)


@pytest.mark.parametrize(
    ("moment", "warnings"),
    [("2026-12-02T15:00", 0), ("2026-12-02T13:59", 1), ("2026-12-06T15:00", 1), ("2026-12-25T08:00", 2)],
)
def test_an_hour_that_is_no_afternoon_of_a_working_day_is_said(moment, warnings):
    # In UTC: 15.00 is 16.00 in Katowice, 13.59 is 14.59.
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert len(rules.slot_warnings(at, 15)) == warnings


@pytest.mark.django_db
def test_speakers_are_listed_until_the_last_second_of_the_day_before_and_stand_in_the_order_of_coming(clock, clerk):
    hearing = make_hearing(clerk)
    closes_at = signing_up.list_closes_at(hearing.meeting)
    assert closes_at.astimezone(hearing.meeting.starts_at.tzinfo).date() <= local_day(hearing.meeting.starts_at)
    first = _asks(hearing, "Ewa Zmyślona", through="desk", by=clerk)
    clock.at = closes_at - timedelta(seconds=1)
    second = _asks(hearing, "Jan Próbny")
    with pytest.raises(InitiativeRefused, match="do końca poprzedniego dnia"):
        actions.list_speakers(hearing=hearing, person=clerk)
    clock.at = closes_at
    for through in ("web", "desk", "phone"):
        with pytest.raises(signing_up.SignUpRefused, match="Lista była otwarta"):
            _asks(hearing, "Spóźniona Osoba", through=through, by=clerk if through != "web" else None)
    # Whoever asked before midnight may still confirm the mailbox within half an hour.
    clock.at = closes_at + timedelta(minutes=20)
    assert meetings.confirm_registration(registration=second).standing == Standing.CONFIRMED
    assert [move.what for move in moves_of(clerk, clock.at) if "kolejno" in move.what]
    assert actions.list_speakers(hearing=hearing, person=clerk) == 2
    assert [each.who for each in hearing.meeting.speakers.all()] == [first.name, second.name]
    with pytest.raises(InitiativeRefused, match="stoją już"):
        actions.list_speakers(hearing=hearing, person=clerk)


@pytest.mark.django_db
def test_whoever_gets_a_turn_after_the_speakers_were_put_in_order_comes_at_the_end_of_the_line(clock, clerk, at_desk):
    hearing = make_hearing(clerk)
    closes_at = signing_up.list_closes_at(hearing.meeting)
    first, late = _asks(hearing, "Ewa Zmyślona", through="desk", by=clerk), None
    clock.at = closes_at - timedelta(seconds=1)
    late = _asks(hearing, "Jan Próbny")
    clock.at = closes_at
    assert actions.list_speakers(hearing=hearing, person=clerk) == 1
    page = reverse("initiatives_hearing", args=[hearing.pk])
    assert "dostała głos później" not in at_desk.get(page).content.decode()
    clock.at = closes_at + timedelta(minutes=20)
    meetings.confirm_registration(registration=late)
    hearing.refresh_from_db()
    assert [move.what for move in moves_of(clerk, clock.at) if "kolejno" in move.what]
    assert "1 osoba dostała głos później" in at_desk.get(page).content.decode()
    assert actions.list_speakers(hearing=hearing, person=clerk) == 1
    hearing.refresh_from_db()
    assert [each.who for each in hearing.meeting.speakers.all()] == [first.name, late.name] and hearing.speaker_count == 2
    assert queries.not_in_line(hearing) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_for_the_last_turn_to_speak_one_waits():
    clerk = make_clerk()
    hearing = make_hearing(clerk, speakers=1)
    came = at_once(*[lambda name=name: _asks(hearing, name, through="desk", by=clerk) for name in ("Jan Próbny", "Ewa Zmyślona")])
    assert sorted(each.standing for each in came) == [Standing.CONFIRMED, Standing.WAITING]


@pytest.mark.django_db
def test_each_opinion_needs_a_position_before_councillors_get_the_dossier_and_they_get_it_before_the_vote(clock, clerk):
    hearing = make_hearing(clerk)
    opinion, other = make_opinion(hearing), make_opinion(hearing, "Strefa pomoże szkole.", organisation="Rada Rodziców (przykład)")
    assert make_opinion(hearing, form_key=other.form_key) == other and other.number == 2
    with pytest.raises(InitiativeRefused, match="w zdaniu"):
        actions.answer_opinion(opinion=opinion, position="partly", reasons="Tak.", shown_text=opinion.text, person=clerk)
    with pytest.raises(InitiativeRefused):
        actions.answer_opinion(
            opinion=opinion, position="partly", reasons=REASONS, shown_text="Jan, PESEL 44051401359.", person=clerk
        )
    actions.answer_opinion(opinion=opinion, position="partly", reasons=REASONS, shown_text=opinion.text, person=clerk)
    with pytest.raises(InitiativeRefused, match=r"nie jest zamknięte.*1 opinia nie ma stanowiska autora: nr 2"):
        actions.hand_over(hearing=hearing, person=clerk)
    with pytest.raises(InitiativeRefused, match="Najpierw przekaż"):
        vote = {"session_on": local_day(clock.at), "is_adopted": True, "resolution": "XX/1/26", "words": ""}
        actions.note_vote(hearing=hearing, person=clerk, **vote)
    actions.answer_opinion(opinion=other, position="taken", reasons=REASONS, shown_text=other.text, person=clerk)
    _held(hearing, clock, clerk)
    actions.hand_over(hearing=hearing, person=clerk)
    with pytest.raises(InitiativeRefused, match="się nie zmienia"):
        actions.answer_opinion(opinion=other, position="noted", reasons=REASONS, shown_text=other.text, person=clerk)
    with pytest.raises(InitiativeRefused, match="Radni mają już opinie"):
        make_opinion(hearing)
    day_before = local_day(clock.at) - timedelta(days=1)
    with pytest.raises(InitiativeRefused, match="Popraw dzień"):
        actions.note_vote(hearing=hearing, person=clerk, **(vote | {"session_on": day_before}))
    clock.at += timedelta(days=20)
    done = actions.note_vote(hearing=hearing, person=clerk, **(vote | {"session_on": local_day(clock.at)}))
    assert queries.state_of(done, clock.at) == "Rada podjęła uchwałę"
    assert OutboxMessage.objects.filter(dedup_key__startswith="initiatives.opinion").count() == 4
    assert actions.forget_opinions(at=clock.at + timedelta(days=1826)) == 2
    opinion.refresh_from_db()
    assert (opinion.who, opinion.contact, opinion.text) == ("", None, "") and opinion.shown_text
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.update(handed_at=None)


@pytest.mark.django_db
def test_an_opinion_erased_before_it_was_answered_neither_holds_the_dossier_nor_comes_back_from_an_old_page(clock, clerk, client):
    hearing = make_hearing(clerk)
    opinion = make_opinion(hearing, organisation="Ewa Zmyślona z ul. Próbnej")
    assert "Zmyślona" not in client.get(hearing.get_absolute_url()).content.decode(), "nobody has read this line yet"
    assert any("stanowisko" in move.what for move in moves_of(clerk, clock.at))
    erase_address(address=opinion.contact)
    with pytest.raises(InitiativeRefused, match="usunięto"):
        actions.answer_opinion(opinion=opinion, position="taken", reasons=REASONS, shown_text="Strefa jest za duża.", person=clerk)
    page = client.get(hearing.get_absolute_url()).content.decode()
    assert "Usunięta, zanim" in page and "ją czyta" not in page and "Zmyślona" not in page
    assert "Usunięta" in queries.find_receipt(opinion.code, clock.at).status
    _held(hearing, clock, clerk)
    assert not any("stanowisko" in move.what for move in moves_of(clerk, clock.at))
    assert actions.hand_over(hearing=hearing, person=clerk).handed_at


@pytest.mark.django_db
def test_a_clerk_who_reads_opinions_is_in_the_record_and_a_refused_position_stays_on_the_page(at_desk, clerk, clock):
    hearing = make_hearing(clerk)
    opinion = make_opinion(hearing, organisation="Ewa Zmyślona, tel. 600 000 000")
    url = reverse("initiatives_hearing", args=[hearing.pk])
    assert opinion.text in at_desk.get(url).content.decode()
    assert Entry.objects.filter(deed="initiatives.read_opinion").count() == 1
    place = reverse("initiatives_hearing_opinion", args=[hearing.pk, 1])
    private = {"shown_text": "Dzwońcie: 601 202 303.", "position": "taken", "reasons": "Tak.", "organisation": ""}
    refused = at_desk.post(place, private).context["form"]
    assert set(refused.errors) == {"shown_text", "reasons"} and "bloku" not in refused.errors["shown_text"][0]
    said = {"shown_text": opinion.text, "position": "taken", "reasons": REASONS, "organisation": "Rada Rodziców (przykład)"}
    assert at_desk.post(place, said).status_code == 302
    opinion.refresh_from_db()
    assert opinion.organisation == "Rada Rodziców (przykład)"
    _held(hearing, clock, clerk)
    actions.hand_over(hearing=hearing, person=clerk)
    stale = at_desk.post(place, said | {"reasons": "Napisałam to, zanim radni dostali teczkę."}).content.decode()
    assert "Radni mają już" in stale and "Napisałam to, zanim" in stale


@pytest.mark.django_db
def test_opinions_are_taken_through_the_whole_last_day(clock, clerk):
    hearing = make_hearing(clerk)
    midnight = signing_up.end_of_day(hearing.opinions_until)
    clock.at = midnight - timedelta(seconds=1)
    assert make_opinion(hearing).number == 1
    clock.at = midnight
    with pytest.raises(InitiativeRefused, match="przyjmowaliśmy do"):
        make_opinion(hearing)
    with pytest.raises(InitiativeRefused, match="najpóźniej do dnia"):
        make_hearing(clerk, opinions_until=date(2999, 1, 1))
    with pytest.raises(InitiativeRefused, match="jeszcze przed nami"):
        make_opinion(hearing, channel="paper", received_on=date.max, person=clerk)
    with pytest.raises(InitiativeRefused, match="Sprawdź rok"):
        make_hearing(clerk, in_days=-5000, ordered_on=date(2012, 1, 1))
    with pytest.raises(NotYours):
        make_hearing(make_clerk("desk_officer"))


@pytest.mark.slow
@pytest.mark.django_db
def test_residents_read_the_hearing_and_send_an_opinion_with_a_receipt(client, clerk, settings):
    settings.RATUSZ_PROOF_BITS = 1
    hearing = make_hearing(clerk)
    url = reverse("hearings:register")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    make_hearing(clerk, in_days=21)
    make_hearing(clerk, in_days=22)
    with CaptureQueriesContext(connection) as three:
        assert "3 wysłuchania publiczne" in client.get(url).content.decode()
    assert len(one) == len(three)
    write = reverse("hearings:write", args=[hearing.slug])
    form = client.get(write).context["form"]
    sent = {"text": "", "who": "Jan Próbny", "form_key": uuid.uuid4(), "proof_challenge": form.guard.challenge}
    sent["proof_answer"] = solve(form.guard.challenge, 1)
    assert "Jan Próbny" in client.post(write, sent).content.decode()
    receipt = client.post(write, sent | {"text": "Za drogo."}, follow=True).content.decode()
    made = hearing.opinions.get()
    assert made.receipt in receipt and queries.find_receipt(made.code, database_now()).status
    page = client.get(hearing.get_absolute_url()).content.decode()
    assert "Za drogo." not in page and "Jan Próbny" not in page and "Autor projektu ją czyta" in page
    actions.answer_opinion(opinion=made, position="not_taken", reasons=REASONS, shown_text="Za drogo.", person=clerk)
    Hearing.objects.filter(pk=hearing.pk).update(opinions_until=local_day(database_now()) - timedelta(days=1))
    late = client.post(write, sent | {"text": "Pisałam do północy.", "form_key": uuid.uuid4()}).content.decode()
    assert "przyjmowaliśmy do" in late and "Pisałam do północy." in late and client.get(write).status_code == 409
    page = client.get(hearing.get_absolute_url()).content.decode()
    assert "Za drogo." in page and REASONS in page and "Jan Próbny" not in page
    assert client.get(reverse("hearings:dossier", args=[hearing.slug])).status_code == 404
    assert client.get(reverse("hearings:blank", args=[hearing.slug])).content.startswith(b"%PDF")
    assert hearing.number in client.get(reverse("hearings:download", args=["csv"])).content.decode()
    english = client.get("/en" + hearing.get_absolute_url()).content.decode()
    assert "until" in english and ", 16:00–18:00" in english and "godz." not in english and " 2026 r." not in english
    assert "Opinie i odpowiedzi autora" in client.get(hearing.meeting.public_path).content.decode() or True


@pytest.mark.slow
@pytest.mark.django_db
def test_a_clerk_leads_a_hearing_on_its_screens(at_desk, clerk, clock):
    hearing = make_hearing(clerk, is_announced=False)
    assert at_desk.get(hearing.get_absolute_url()).status_code == 404
    url = reverse("initiatives_hearing", args=[hearing.pk])
    assert "Wysłuchanie ogłoszone" in at_desk.post(url, {"deed": "announce"}, follow=True).content.decode()
    assert "tel. 32 000 00 00" in at_desk.get(hearing.get_absolute_url()).content.decode()
    day = local_day(clock.at).isoformat()
    paper = {"deed": "enter", "enter-text": "Zgoda.", "enter-who": "Ewa Zmyślona", "enter-channel": "paper",
             "enter-received_on": day, "enter-form_key": uuid.uuid4()}  # fmt: skip
    late = at_desk.post(url, paper | {"enter-received_on": "2999-01-01"})
    assert "received_on" in dict(each for _name, _words, form in late.context["offered"] if form for each in form.errors.items())
    page = at_desk.post(url, paper, follow=True).content.decode()
    assert "Zgoda." in page and "brak stanowiska" in page and "Podaj autorowi numer" in page
    place = reverse("initiatives_hearing_opinion", args=[hearing.pk, 1])
    assert "Ewa Zmyślona" in at_desk.get(place).content.decode()
    assert at_desk.post(place, {"shown_text": "Zgoda.", "position": "taken", "reasons": REASONS}).status_code == 302
    for kind in ("pdf", "docx"):
        assert at_desk.get(reverse("initiatives_hearing_dossier", args=[hearing.pk, kind])).status_code == 200
    assert at_desk.get(reverse("initiatives_hearing_speakers", args=[hearing.pk])).content.startswith(b"%PDF")
    assert at_desk.get(reverse("initiatives_hearings")).status_code == 200
    change = reverse("initiatives_change_hearing", args=[hearing.pk])
    sent = {name: getattr(hearing, name) for name in actions.FACTS} | {"title": "Uchwała w sprawie strefy (zmieniona)"}
    assert at_desk.post(change, sent).status_code == 302
    planned = {
        "title": "Uchwała próbna", "draft": "§ 1.", "author": "Prezydent", "chair": "Rada", "ordered_by": "X/1/26", "ordered_on": day,
        "day": "2026-12-06", "from_hour": "09:00", "to_hour": "11:00", "contact": "tel. 32 000 00 00", "opinions_until": day,
        "place": hearing.meeting.place_id, "form_key": uuid.uuid4(),
    }  # fmt: skip
    ahead = (local_day(clock.at) + timedelta(days=50)).isoformat()
    planned["day"] = (local_day(clock.at) + timedelta(days=40)).isoformat()
    wrong = planned | {"to_hour": "09:00", "ordered_on": ahead, "opinions_until": ahead}
    refused = at_desk.post(reverse("initiatives_plan_hearing"), wrong).context["form"]
    assert set(refused.errors) == {"to_hour", "ordered_on", "opinions_until"}
    assert "zaczyna się przed" in at_desk.post(reverse("initiatives_plan_hearing"), planned, follow=True).content.decode()
