"""Screens of staff, the page of a city's company behind its link, agendas of meetings, councillors' questions, the report."""

from __future__ import annotations

import io
import re
import time
import uuid
from datetime import timedelta

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.meetings.factories import make_meeting, make_voice
from ratusz.casework.meetings.minutes.spoken import voices_of
from ratusz.casework.meetings.registries import agenda_sources, targets
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.registries import moves
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.actions import sync_access
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions import actions, papers, queries
from ratusz.governance.decisions.factories import (
    in_days,
    make_draft,
    make_head,
    make_office,
    make_reported,
    make_running,
    make_taken,
)
from ratusz.governance.decisions.models import CouncillorQuestion, Decision
from ratusz.governance.decisions.rules import DecisionRefused

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
BOARD = "/admin/ustalenia/"


@pytest.fixture
def enter(db):
    """Signs a person in with the rights of their roles, second factor shown just now."""

    def sign_in(person) -> Client:
        sync_access(person=person, at=database_now())
        person.refresh_from_db()
        client = Client()
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp", "reauthenticated": True}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        return client

    return sign_in


def link_of(unit: Unit) -> str:
    """The path of the newest link that was sent to the unit."""
    letter = OutboxMessage.objects.filter(address__value=unit.email, purpose="decisions.unit").latest("pk")
    word = [each for each in letter.content.text.split() if "/ustalenia/jednostka/" in each][0]
    return word[word.index("/ustalenia/") :]


def company() -> Unit:
    return UnitFactory(kind=Unit.Kind.COMPANY, email=f"biuro{uuid.uuid4().hex[:6]}@spolka.example")


def evidence(**facts) -> dict[str, str]:
    """A filled-in formset with one piece."""
    piece = {"kind": "page", "label": "Odbiór", "url": "https://spolka.example/odbior", "is_public": "on"} | facts
    return {"evidence-TOTAL_FORMS": "3", "evidence-INITIAL_FORMS": "0"} | {
        f"evidence-0-{name}": value for name, value in piece.items()
    }


def test_a_company_does_everything_by_its_link_and_opening_it_does_nothing(client):
    unit = company()
    decision = make_taken(lead_unit=unit)
    link = link_of(unit)
    page = client.get(link)
    assert page.status_code == 200 and decision.text in page.content.decode() and page["Cache-Control"] == "no-store"
    assert Decision.objects.get(pk=decision.pk).state == "taken"
    assert client.post(link, {"deed": "accept", "accept-first_step": ""}).status_code == 200
    assert "Dziękujemy." in client.post(link, {"deed": "accept", "accept-first_step": "Zamówimy ławki"}, follow=True).text
    wanted = in_days(45)
    while wanted.weekday() > 3:
        wanted += timedelta(days=1)
    asked = {
        "deed": "ask_later",
        "ask_later-wanted": wanted.isoformat(),
        "ask_later-reason": "Prosimy.",
        "ask_later-keep_day": wanted.isoformat(),
    }
    told = client.post(link, asked, follow=True).text
    assert f"{polish_date(wanted)}, czeka na odpowiedź" in told and "Dziękujemy." in told
    report = {"deed": "report", "report-end": "done", "report-text": "Ławki stoją."}
    refused = client.post(link, report | evidence(url=""))
    assert refused.status_code == 200 and "Ławki stoją." in refused.content.decode()
    assert client.post(link, report | evidence()).status_code == 302
    decision.refresh_from_db()
    assert (decision.state, decision.reported_by, decision.later_requests.count()) == ("reported", None, 1)
    assert "czeka na przyjęcie" in client.get(link).content.decode()


def test_a_link_of_a_former_unit_or_a_damaged_one_opens_nothing(client):
    office, first, second = make_office(), company(), company()
    decision = make_taken(office, lead_unit=first)
    old = link_of(first)
    actions.give_decision(decision=decision, unit=second, person=office)
    assert client.get(old).status_code == 404 and client.get(old[:-9] + "/").status_code == 404
    sent = link_of(second)
    assert client.get(sent).status_code == 200
    actions.send_link(decision=decision, person=office)
    assert client.get(sent).status_code == 404 and client.get(link_of(second)).status_code == 200
    with pytest.raises(DecisionRefused):
        actions.send_link(decision=make_taken(office), person=office)
    with pytest.raises(DecisionRefused):
        actions.accept_decision(decision=decision, by_unit=first, first_step="Nie nasze już")


def test_the_board_shows_units_their_own_and_the_department_all(enter):
    office, unit = make_office(), UnitFactory()
    own, other = make_taken(office, title="Nasze", lead_unit=unit), make_taken(office, title="Cudze")
    text = enter(make_head(unit)).get(BOARD).content.decode()
    assert "Nasze" in text and "Cudze" not in text
    client = enter(office)
    assert all(word in client.get(BOARD).content.decode() for word in ("Nasze", "Cudze"))
    assert "Cudze" not in client.get(f"{BOARD}?unit={unit.pk}&text={own.number}").content.decode()
    assert enter(make_head(unit)).get(f"{BOARD}{other.pk}/").status_code in (302, 403)


def test_the_page_offers_deeds_and_keeps_what_was_typed_in_a_refused_one(enter):
    office, unit = make_office(), UnitFactory()
    decision = make_taken(office, lead_unit=unit)
    head = make_head(unit)
    client = enter(head)
    page = client.get(f"{BOARD}{decision.pk}/").content.decode()
    assert 'value="accept"' in page and 'value="return"' in page and 'value="settle"' not in page
    refused = client.post(
        f"{BOARD}{decision.pk}/zmiana/", {"deed": "delegate", "delegate-unit": unit.pk, "delegate-reason": "Powód X"}
    )
    assert "Powód X" in refused.content.decode()
    done = client.post(f"{BOARD}{decision.pk}/zmiana/", {"deed": "accept", "accept-first_step": "Wizja"})
    assert done.status_code == 302 and Decision.objects.get(pk=decision.pk).person == head
    assert client.post(f"{BOARD}{decision.pk}/zmiana/", {"deed": "grant"}).status_code in (200, 403)
    assert client.post(f"{BOARD}{decision.pk}/zmiana/", {"deed": "fly"}).status_code == 404


def test_the_presidents_office_sends_a_report_back_and_refuses_a_later_day_on_the_page(enter):
    office = make_office()
    client, (reported, _head) = enter(office), make_reported(office)
    asked, _lead = make_running(office)
    actions.ask_later_day(decision=asked, wanted=in_days(60), reason="Prosimy.", by_unit=asked.lead_unit)
    answers = {"send_back": (reported, "note", reported.reports.get()), "refuse": (asked, "answer", asked.later_requests.get())}
    for deed, (decision, field, row) in answers.items():
        page = f"{BOARD}{decision.pk}/"
        assert f'value="{deed}"' in client.get(page).text
        posted = {"deed": deed, f"{deed}-{field}": "Brakuje jednego słupka.", "expected": row.pk}
        assert client.post(f"{page}zmiana/", posted).status_code == 302
    states = [Decision.objects.get(pk=each.pk).state for each in (reported, asked)]
    assert (states, asked.later_requests.get().state) == (["in_progress", "in_progress"], "refused")


def test_a_draft_is_written_once_and_24_december_is_warned_of(enter):
    client, unit = enter(make_office()), UnitFactory()
    key = str(uuid.uuid4())
    form = {
        "title": "Ławki", "text": "Pięć ławek", "origin": "own", "public_text": "Pięć ławek", "is_public": "on", "lead_unit": unit.pk,
        "due_on": "2030-12-24", "form_key": key, "helpers-TOTAL_FORMS": "3", "helpers-INITIAL_FORMS": "0",
    }  # fmt: skip
    warned = client.post(f"{BOARD}nowe/", form).content.decode()
    assert "23 grudnia 2030" in warned and 'value="2030-12-24"' in warned and not Decision.objects.exists()
    for _time in range(2):
        assert client.post(f"{BOARD}nowe/", form | {"keep_day": "2030-12-24"}).status_code == 302
    decision = Decision.objects.get()
    assert (decision.due_on.isoformat(), decision.state) == ("2030-12-24", "draft")
    assert client.get(f"{BOARD}{decision.pk}/szkic/").status_code == 200
    assert "not_public_reason" in client.post(f"{BOARD}nowe/", form | {"is_public": ""}).context["form"].errors


def test_what_waits_stands_on_the_desk(enter):
    office, at = make_office(), database_now()
    make_draft()
    decision, head = make_reported(office)
    new = make_taken(office)
    words = lambda person: [each.what for each in moves["decisions"](person, at)]  # noqa: E731
    assert sorted(each.split(":")[0] for each in words(office)) == ["Oceń meldunek", "Przyjmij albo porzuć"]
    assert words(head) == []
    assert words(make_head(new.lead_unit)) == [f"Przyjmij albo zwróć: {new}"]
    assert words(AppointmentFactory(role_code="editor").person) == []


def test_the_report_and_the_public_page_count_the_same(enter, client):
    """D7: the unit's report equals the page."""
    office, unit = make_office(), UnitFactory(name="Zakład Zieleni")
    decision, _head = make_reported(office, lead_unit=unit)
    actions.accept_report(decision=decision, note="Dobrze.", person=office)
    late = make_taken(office, lead_unit=unit)
    Decision.objects.filter(pk=late.pk).update(due_on=in_days(-10))
    at = database_now()
    [row] = [each for each in queries.figures(Decision.objects.all(), at, "lead_unit") if each["id"] == unit.pk]
    shown = queries.figures(Decision.objects.shown().filter(lead_unit=unit), at)[0]
    assert {name: row[name] for name in shown} == shown
    assert (row["all"], row["open"], row["late"], row["late_month"], row["done"], row["share"], row["median_days"]) == (
        2,
        1,
        1,
        1,
        1,
        100,
        0,
    )
    staff = enter(office)
    assert "Zakład Zieleni" in staff.get(f"{BOARD}raport/?rok={local_day(at).year}").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(staff.get(f"{BOARD}raport/xlsx/?wg=district").content))
    assert book.active["B2"].value == 2
    assert staff.get(f"{BOARD}raport/?rok=kiedys&wg=nic").status_code == 200
    assert "Ustaleń: 2. Zrobione: 1. W toku: 1, w tym po terminie: 1." in client.get("/ustalenia/").content.decode()


def test_what_could_not_be_done_is_not_done_in_time(enter):
    """A share of nothing is a dash; a refusal on the day counts neither for nor against."""
    office, unit = make_office(), UnitFactory(name="Zakład Zieleni")
    decision, _head = make_reported(office, lead_unit=unit)
    actions.accept_report(decision=decision, note="Dobrze.", person=office)
    Decision.objects.filter(pk=decision.pk).update(state="not_feasible")
    figures = lambda: queries.figures(Decision.objects.all(), database_now())[0]  # noqa: E731
    assert (figures()["not_feasible"], figures()["share"]) == (1, None)
    page = enter(office).get(f"{BOARD}raport/").content.decode()
    assert '<td data-label="Zrobione w terminie, %">–</td>' in page
    heads = re.findall(r'<th scope="col">([^<]+)</th>', page)
    assert {head for head in heads if heads.count(head) > 1} == {"Komórka"}
    Decision.objects.filter(pk=decision.pk).update(state="done")
    assert figures()["share"] == 100


def test_a_title_that_looks_like_a_formula_is_text_in_the_workbook(enter):
    make_taken(title="=1+1")
    book = openpyxl.load_workbook(io.BytesIO(enter(make_office()).get(f"{BOARD}raport/xlsx/").content))
    cell = book.worksheets[1]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.slow
def test_report_promises_and_the_file_of_the_case_are_documents(enter):
    office = make_office()
    decision, _head = make_reported(office)
    client = enter(office)
    for path in ("raport/pdf/", "co-obiecalismy/"):
        assert client.get(f"{BOARD}{path}").content.startswith(b"%PDF")
    [paper] = papers.papers_of(decision.key)
    assert (paper.name, paper.content[:4]) == (f"ustalenie-{decision.slug}.pdf", b"%PDF")


def test_the_agenda_opens_with_open_decisions_of_the_district_late_ones_first():
    district, at = DistrictFactory(), database_now()
    office = make_office()
    later, late = make_taken(office, district=district), make_taken(office, district=district, title="Spóźnione")
    Decision.objects.filter(pk=late.pk).update(due_on=in_days(-1))
    make_taken(office)
    actions.withdraw_decision(decision=make_taken(office, district=district), reason="Nie.", person=office)
    source = agenda_sources["decisions.open"]
    points = list(source.points(make_meeting(district=district), at))
    assert [(each.key, each.is_late, each.state) for each in points] == [
        (late.key, True, "po terminie"),
        (later.key, False, "przyjęte"),
    ]
    assert list(source.points(make_meeting(), at)) == []


def test_a_voice_becomes_a_draft_once():
    meeting, unit = make_meeting(district=DistrictFactory()), UnitFactory()
    target = targets["decisions.decision"]
    facts = {
        "text": "Ustawić ławki",
        "public_text": "Ustawimy ławki",
        "unit": unit.short_name,
        "due_on": "2030-01-08",
        "who": "mieszkanka",
    }
    made = [target.take(meeting=meeting, key="meetings.voice:7", facts=facts, person=None) for _time in range(2)]
    decision = Decision.objects.get()
    assert made == [(decision.key, decision.number, f"{BOARD}{decision.pk}/")] * 2
    assert (decision.lead_unit, decision.district, decision.due_on.isoformat(), decision.origin) == (
        unit,
        meeting.district,
        "2030-01-08",
        "meeting",
    )
    voice = make_voice(meeting, outcome="decision", target_key=decision.key, triaged_at=database_now())
    words = f"ustalenie Prezydenta: Ustawimy ławki ({unit}, do 8 stycznia 2030 r.)"
    assert [row["outcome"] for row in voices_of(meeting)] == [words]
    Decision.objects.update(is_public=False, not_public_reason="tender")
    assert ([row["outcome"] for row in voices_of(meeting)], voice.number) == (["ustalenie Prezydenta"], 1)
    bare = target.take(meeting=meeting, key="meetings.request:1", facts={"text": "Latarnia", "unit": unit.pk}, person=None)
    assert Decision.objects.get(number=bare[1]).origin == "request"


def test_units_that_help_come_along_from_the_minutes():
    """Once each, never the one in the lead, with the words of the whole."""
    lead, first, second = (UnitFactory() for _each in range(3))
    facts = {"text": "Ławki", "unit": lead.pk, "due_on": "2030-01-08", "helpers": [first.pk, second.pk, first.pk, lead.pk, 0]}
    targets["decisions.decision"].take(meeting=make_meeting(), key="meetings.minutes:1:b", facts=facts, person=None)
    parts = Decision.objects.get().parts.order_by("pk")
    assert [(part.unit, part.text, part.due_on.isoformat()) for part in parts] == [
        (first, "Ławki", "2030-01-08"),
        (second, "Ławki", "2030-01-08"),
    ]


def test_d8_a_question_of_a_friday_has_14_days_and_is_published_with_its_answer(enter):
    """D8: 14 days counted, answer and question published together."""
    office = make_office()
    today = local_day(database_now())
    friday = today - timedelta(days=(today.weekday() - 4) % 7 or 7)
    facts = {
        "kind": "interpelacja",
        "councillor": "Radna",
        "subject": "Światło",
        "text": "Kiedy?",
        "received_on": friday.isoformat(),
        "unit": UnitFactory().pk,
    }
    client = enter(office)
    answer = client.post(f"{BOARD}interpelacje/nowa/", facts)
    question = CouncillorQuestion.objects.get()
    assert answer.status_code == 302
    clock = Clock.objects.of(question.key).get()
    assert local_day(clock.due_at - timedelta(seconds=1)) == friday + timedelta(days=14)
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncillorQuestion.objects.update(published_at=database_now())
    path = f"{BOARD}interpelacje/{question.pk}/"
    assert client.post(path, {"answer": "Jutro.", "bip_url": "", "publish": "on"}).status_code == 200
    assert client.post(path, {"answer": "Jutro.", "bip_url": "https://bip.example/1", "publish": "on"}).status_code == 302
    assert Clock.objects.of(question.key).get().stop_event == "published"
    assert client.get(f"{BOARD}interpelacje/").status_code == client.get(path).status_code == 200
    with pytest.raises(DecisionRefused):
        actions.answer_question(question=question, answer="x", bip_url="https://bip.example/2", publish=True, person=office)
    with pytest.raises(DecisionRefused):
        actions.enter_question(facts={**facts, "received_on": in_days(1)}, person=office)


def test_staff_report_reword_waive_and_give_numbers_on_their_screens(enter):
    office, helper = make_office(), UnitFactory()
    decision, head = make_running(office, helpers=[{"unit": helper, "text": "Część", "due_on": in_days(9)}])
    client = enter(office)
    part = decision.parts.get()
    client.post(f"{BOARD}czesc/{part.pk}/", {"deed": "waive", f"part{part.pk}-reason": "Zbędne."})
    client.post(f"{BOARD}{decision.pk}/kto-pytal/", {"asker-email": ""})
    words = {"title": "Nowy tytuł", "asked_words": "", "asker_words": "", "public_text": "Nowe słowa.", "is_public": "on"}
    assert client.post(f"{BOARD}{decision.pk}/slowa/", words).status_code == 302
    assert client.post(f"{BOARD}{decision.pk}/slowa/", words | {"public_text": "Tel. 601 234 567"}).status_code == 200
    client = enter(head)
    assert client.get(f"{BOARD}{decision.pk}/meldunek/").status_code == 200
    assert (
        client.post(f"{BOARD}{decision.pk}/meldunek/", {"end": "done", "text": "Stoi."} | evidence(kind="photo")).status_code == 200
    )
    fake = io.BytesIO(b"to nie jest zdjecie")
    fake.name = "zdjecie.jpg"
    wrong = {"end": "done", "text": "Stoi.", **evidence(kind="photo", alt="Ławka"), "evidence-0-upload": fake}
    assert client.post(f"{BOARD}{decision.pk}/meldunek/", wrong).status_code == 200
    assert client.post(f"{BOARD}{decision.pk}/meldunek/", {"end": "done", "text": "Stoi."} | evidence()).status_code == 302
    decision.refresh_from_db()
    assert (decision.state, decision.title, decision.askers.count(), decision.parts.get().state) == (
        "reported",
        "Nowy tytuł",
        1,
        "waived",
    )


def test_the_board_asks_the_same_number_of_questions_for_one_row_and_for_three(enter):
    office = make_office()
    client, counts = enter(office), []
    for number in (1, 2):
        for _each in range(number):
            make_taken(office)
        client.get(BOARD)
        with CaptureQueriesContext(connection) as found:
            client.get(BOARD)
        counts.append(len(found))
    assert counts[0] == counts[1]
