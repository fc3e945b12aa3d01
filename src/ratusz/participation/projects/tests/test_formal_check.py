"""The formal check: queue and substitutes, checklist, call with its clock, passed by one, refused by two."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import working_days_between
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory
from ratusz.participation.projects import actions, rules
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.factories import FACTS, make_application
from ratusz.participation.projects.models import Application, Check, State

pytestmark = pytest.mark.django_db
ALL_MET = {each.code: ("yes", "") for each in criteria("formal")}


@pytest.fixture
def people(staff_client):
    return staff_client("editor"), staff_client("budget_coordinator")


def given(pool, editor, leader):
    made = make_application(pool)
    actions.assign_check(application=made, verifier=editor.person, person=leader.person)
    return made


def post(client, made, deed, **fields):
    return client.post(f"/admin/projekty/{made.pk}/ocena-formalna/", {"deed": deed, **fields})


@pytest.mark.slow
def test_a_checklist_filled_passes_and_the_author_hears(people, pool):
    editor, leader = people
    made = given(pool, editor, leader)
    assert "art. 5a ust. 7 pkt 2" in editor.get(f"/admin/projekty/{made.pk}/").text
    refused = post(editor, made, "pass")
    assert refused.status_code == 200 and "Lista poparcia" in refused.text
    marks = {f"says-{code}": "yes" for code in ALL_MET}
    assert post(editor, made, "mark", **marks).status_code == 302 and post(editor, made, "pass").status_code == 302
    made.refresh_from_db()
    assert (made.state, made.estimates.get().grosze) == (State.FORMAL_YES, 4_600_000)
    assert [message.content.subject for message in OutboxMessage.objects.order_by("pk")][1:] == [
        "Projekt L12/01/XIV przeszedł ocenę formalną"
    ]
    assert editor.get(f"/admin/projekty/{made.pk}/pismo/formal/")["Content-Type"] == "application/pdf"


@pytest.mark.slow
def test_a_refusal_takes_a_reason_and_two_people(people, pool):
    editor, leader = people
    made = given(pool, editor, leader)
    assert post(editor, made, "propose", reasons="Brak zgody").status_code == 200
    assert "Podaj" in post(editor, made, "mark", **{"says-land": "no", "reason-land": ""}).text
    post(editor, made, "mark", **{"says-land": "no", "reason-land": "brak oświadczenia spółdzielni"})
    assert post(editor, made, "propose", reasons="Brak zgody dysponenta terenu.").status_code == 302
    assert post(editor, made, "approve").url == "/admin/"
    assert "Brak zgody dysponenta" in leader.get(f"/admin/projekty/{made.pk}/").text
    assert post(leader, made, "approve").status_code == 302
    made.refresh_from_db()
    assert (made.state, made.course.last().reason) == (State.FORMAL_NO, "Brak zgody dysponenta terenu.")
    assert "Brak zgody dysponenta terenu." in OutboxMessage.objects.latest("pk").content.text


def test_the_one_who_proposed_does_not_approve(people, pool):
    _editor, leader = people
    made = given(pool, leader, leader)
    actions.mark_formal(application=made, answers={"cost": ("no", "za drogo")}, person=leader.person)
    actions.propose_refusal(application=made, reasons="Za drogo.", person=leader.person)
    with pytest.raises(rules.ApplicationRefused):
        actions.approve_refusal(application=made, person=leader.person)


@pytest.mark.slow
def test_a_call_has_seven_working_days_and_the_answer_is_a_new_version(client, people, pool):
    editor, leader = people
    made = given(pool, editor, leader)
    assert post(editor, made, "call", text="Dołącz oświadczenie.").status_code == 302
    call, clock = made.calls.get(), Clock.objects.get(subject=made.key)
    assert clock.due_at == call.due_at
    assert working_days_between(local_day(call.sent_at), local_day(call.due_at - timedelta(seconds=1))) in (7, 8)
    link = re.search(r"/budzet-obywatelski/\S+/odpowiedz/[\w-]+/", OutboxMessage.objects.latest("pk").content.text)[0]
    assert "Dołącz oświadczenie." in client.get(link).text
    fields = {code: value for code, value in FACTS.items() if value not in (None, False)} | {"title": "Ławki w cieniu"}
    costs = {
        "costs-TOTAL_FORMS": "1",
        "costs-INITIAL_FORMS": "0",
        "costs-0-name": "ławka",
        "costs-0-quantity": "1",
        "costs-0-price": "10",
    }
    answer = client.post(link, fields | costs | {"running_grosze": "5", "answer": "Dołączam."})
    made.refresh_from_db()
    assert (answer.status_code, made.state, made.title, made.version) == (302, State.SUBMITTED, "Ławki w cieniu", 2)
    assert (made.pool, made.number, Clock.objects.get(subject=made.key).stop_event) == (pool, "L12/01/XIV", "answered")
    assert client.post(link, fields | costs | {"running_grosze": "5", "answer": "Drugi raz"}).status_code == 200
    made.refresh_from_db()
    assert made.version == 2


def test_after_the_term_nobody_answers_and_the_check_goes_on(people, pool, monkeypatch):
    editor, leader = people
    made = given(pool, editor, leader)
    call = actions.call_author(application=made, kind="complete", text="Uzupełnij.", person=editor.person)
    with pytest.raises(rules.ApplicationRefused):
        actions.close_call(call=call, person=editor.person)
    from ratusz.participation.projects.actions import calling

    monkeypatch.setattr(calling, "database_now", lambda: call.due_at)
    with pytest.raises(rules.ApplicationRefused):
        actions.answer_call(call=call, answer="Za późno")
    actions.close_call(call=call, person=editor.person)
    assert Application.objects.get().state == State.SUBMITTED


@pytest.mark.slow
def test_checks_are_shared_out_evenly_and_a_substitute_may_check(staff_client, people, pool):
    editor, leader = people
    other = staff_client("editor")
    made = [make_application(pool) for _each in range(5)]
    actions.share_out(edition=pool.edition, verifiers=[editor.person, other.person], person=leader.person)
    assert sorted(Check.objects.filter(verifier=each.person).count() for each in (editor, other)) == [2, 3]
    actions.assign_check(application=made[0], verifier=editor.person, substitute=other.person, person=leader.person)
    actions.mark_formal(application=made[0], answers=ALL_MET, person=other.person)
    with pytest.raises(rules.NotYours):
        actions.mark_formal(application=made[0], answers=ALL_MET, person=leader.person)
    assert made[0].number in other.get("/admin/projekty/?moje=1").text
    with pytest.raises(rules.ApplicationRefused):
        actions.assign_check(application=made[0], verifier=editor.person, substitute=editor.person, person=leader.person)


def test_the_desk_shows_what_waits(people, pool):
    from ratusz.participation.projects.moves import moves_of

    editor, leader = people
    made = given(pool, editor, leader)
    assert [move.url for move in moves_of(editor.person, database_now())] == [f"/admin/projekty/{made.pk}/"]
    assert list(moves_of(leader.person, database_now())) == []


def refusal_proposed(pool, editor, leader):
    made = given(pool, editor, leader)
    actions.mark_formal(application=made, answers=ALL_MET | {"land": ("no", "brak zgody")}, person=editor.person)
    actions.propose_refusal(application=made, reasons="Brak zgody.", person=editor.person)
    return made


@pytest.mark.slow
def test_a_proposed_refusal_comes_back_with_a_word_why(people, pool):
    from ratusz.participation.projects.moves import moves_of

    editor, leader = people
    made = refusal_proposed(pool, editor, leader)
    assert list(moves_of(editor.person, database_now())) == [] and len(list(moves_of(leader.person, database_now()))) == 1
    assert post(leader, made, "back", reason="").status_code == 200
    assert post(leader, made, "back", reason="Zgoda jest w załączniku.").status_code == 302
    assert len(list(moves_of(editor.person, database_now()))) == 1 and list(moves_of(leader.person, database_now())) == []
    assert "Zgoda jest w załączniku." in editor.get(f"/admin/projekty/{made.pk}/").text
    assert post(editor, made, "back", reason="x").url == "/admin/"


@pytest.mark.parametrize("change", ["marks", "call"])
def test_a_refusal_proposed_on_another_state_of_things_is_not_approved(people, pool, change):
    editor, leader = people
    made = refusal_proposed(pool, editor, leader)
    if change == "marks":
        actions.mark_formal(application=made, answers=ALL_MET, person=editor.person)
    else:
        call = actions.call_author(application=made, kind="complete", text="Dołącz zgodę.", person=editor.person)
        actions.answer_call(call=call, answer="Dołączam.")
    with pytest.raises(rules.ApplicationRefused):
        actions.approve_refusal(application=made, person=leader.person)


@pytest.mark.slow
def test_an_answer_on_paper_is_entered_by_the_moment_it_came(people, pool):
    editor, leader = people
    made = given(pool, editor, leader)
    call = actions.call_author(application=made, kind="complete", text="Dołącz zgodę.", person=editor.person)
    assert "Kiedy wpłynęła odpowiedź" in editor.get(f"/admin/projekty/{made.pk}/").text
    for wrong in ({"received_at": "", "answer": "Zgoda"}, {"received_at": "2020-01-01T10:00", "answer": "Zgoda"}):
        page = post(editor, made, "answered", **wrong)
        assert page.status_code == 200 and "Zgoda</textarea>" in page.text
    with pytest.raises(rules.NotYours):
        actions.enter_answer(call=call, answer="Zgoda", received_at=call.sent_at, person=UserFactory())
    with pytest.raises(rules.ApplicationRefused):
        actions.enter_answer(call=call, answer=" ", received_at=call.sent_at, person=editor.person)
    actions.enter_answer(call=call, answer="Zgoda spółdzielni.", received_at=call.sent_at, person=editor.person)
    made.refresh_from_db()
    call.refresh_from_db()
    assert (made.state, call.answered_at, Clock.objects.get().stop_event) == (State.SUBMITTED, call.sent_at, "answered")
    with pytest.raises(rules.ApplicationRefused):
        actions.enter_answer(call=call, answer="Drugi raz", received_at=call.sent_at, person=editor.person)


def test_an_answer_that_came_after_the_term_is_not_entered(people, pool, monkeypatch):
    from ratusz.participation.projects.actions import calling, drafts

    editor, leader = people
    made = given(pool, editor, leader)
    call = actions.call_author(application=made, kind="complete", text="Dołącz zgodę.", person=editor.person)
    for module in (calling, drafts):
        monkeypatch.setattr(module, "database_now", lambda: call.due_at)
    with pytest.raises(rules.ApplicationRefused):
        actions.enter_answer(call=call, answer="Zgoda", received_at=call.due_at, person=editor.person)
    with pytest.raises(rules.ApplicationRefused):
        actions.add_attachment(application=made, upload=io.BytesIO(b"%PDF-1.4"), name="zgoda.pdf", what="land")


@pytest.mark.parametrize("wrong", [{"title": ""}, {"place": ""}, {"costs": "9999999"}])
def test_completing_does_not_take_away_what_was_needed_to_submit(client, people, pool, wrong):
    editor, leader = people
    made = given(pool, editor, leader)
    actions.call_author(application=made, kind="complete", text="Dołącz oświadczenie.", person=editor.person)
    link = re.search(r"/budzet-obywatelski/\S+/odpowiedz/[\w-]+/", OutboxMessage.objects.latest("pk").content.text)[0]
    fields = {code: value for code, value in FACTS.items() if value not in (None, False)} | {"answer": "Dołączam."}
    costs = {"costs-TOTAL_FORMS": "1", "costs-INITIAL_FORMS": "0", "costs-0-name": "ławka", "costs-0-quantity": "1"}
    price = {"costs-0-price": wrong.pop("costs", "10"), "running_grosze": "5"}
    page = client.post(link, fields | costs | price | wrong)
    made.refresh_from_db()
    assert (page.status_code, made.state, made.version) == (200, State.COMPLETING, 1) and "Dołączam." in page.text
