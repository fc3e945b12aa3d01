"""What somebody tried to break: words that become public late, links of units that have it no more, days that cannot be."""

from __future__ import annotations

import io
import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse

from ratusz.foundation.files import rules as rules_of_files
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import LinkRefused
from ratusz.foundation.kit.registries import moves
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.actions import revoke_invitation
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Invitation
from ratusz.governance.decisions import actions
from ratusz.governance.decisions.factories import in_days, make_draft, make_head, make_office, make_running, make_taken
from ratusz.governance.decisions.models import Decision
from ratusz.governance.decisions.rules import DecisionRefused
from ratusz.governance.decisions.tests.test_staff_and_entities import company, link_of

pytestmark = pytest.mark.django_db
PHONE = "tel. 600 700 800"


def test_words_written_while_it_was_hidden_meet_the_gate_before_everybody_reads_them(client):
    """I7. Moves, evidence and notes of a hidden decision met no gate; one refusal says where all of them stand."""
    office = make_office()
    decision, head = make_running(office, is_public=False, not_public_reason="tender")
    actions.suspend_decision(decision=decision, reason=f"Czekamy na odpowiedź, {PHONE}", person=office)
    actions.resume_decision(decision=decision, due_on=in_days(60), person=office)
    proof = {"kind": "contract", "label": "Umowa", "number": PHONE, "is_public": True}
    actions.report_decision(decision=decision, end="done", text="Stoi.", evidence=[proof], person=head)
    public = {"is_public": True, "not_public_reason": ""}
    with pytest.raises(DecisionRefused) as refusal:
        actions.reword_decision(decision=decision, facts=public, person=office)
    assert "przesunięcia terminu" in str(refusal.value) and "meldunki i dowody" in str(refusal.value)
    assert client.get(decision.get_absolute_url()).status_code == 404
    quiet, _head = make_running(office, is_public=False, not_public_reason="tender")
    assert actions.reword_decision(decision=quiet, facts=public, person=office).is_public


def test_the_number_of_a_piece_of_evidence_meets_the_gate_too():
    decision, head = make_running()
    proof = {"kind": "contract", "label": "Umowa", "number": PHONE, "is_public": True}
    with pytest.raises(DecisionRefused):
        actions.report_decision(decision=decision, end="done", text="Stoi.", evidence=[proof], person=head)


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1), date(2006, 1, 2)])
def test_a_day_that_is_over_or_never_comes_is_not_taken(day):
    """A year typed wrong would stand in public as late by twenty years."""
    with pytest.raises(DecisionRefused):
        actions.take_decision(decision=make_draft(lead_unit=company(), due_on=day), person=make_office())
    office = make_office()
    decision, _head = make_running(office)
    actions.suspend_decision(decision=decision, reason="Przetarg.", person=office)
    with pytest.raises(DecisionRefused):
        actions.resume_decision(decision=decision, due_on=day, person=office)


def test_the_link_of_the_unit_before_opens_nothing_once_another_took_it_over_by_its_own(client):
    first, second = company(), company()
    decision = make_taken(lead_unit=first)
    old = link_of(first)
    actions.delegate_decision(decision=decision, unit=second, reason="To ich park.", person=make_head(first))
    new = link_of(second)
    assert client.post(new, {"deed": "take_over", "take_over-first_step": "Wizja"}).status_code == 302
    assert (client.get(new).status_code, client.get(old).status_code) == (200, 404)


def test_whoever_declined_reads_the_words_of_the_office_no_more(client):
    first, second = company(), company()
    decision = make_taken(lead_unit=first)
    actions.delegate_decision(decision=decision, unit=second, reason="To ich park.", person=make_head(first))
    link = link_of(second)
    assert decision.text in client.get(link).text
    client.post(link, {"deed": "decline", "decline-reason": "Nie nasz."})
    page = client.get(link).text
    assert decision.text not in page and decision.title not in page and "w innej komórce" in page


def test_a_link_taken_back_between_the_look_and_the_press_does_nothing(client, monkeypatch):
    unit = company()
    decision = make_taken(lead_unit=unit)

    def taken_back(**facts):
        raise LinkRefused

    link = link_of(unit)
    monkeypatch.setattr(actions, "use_link", taken_back)
    assert client.post(link, {"deed": "accept", "accept-first_step": "Wizja"}).status_code == 404
    assert Decision.objects.get(pk=decision.pk).state == "taken"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_press_of_an_entity_and_a_new_link_of_staff_at_once_do_not_wait_for_one_another(client):
    """Staff lock the decision and then its links; so does the entity, or both would stand still."""
    unit, office = company(), make_office()
    decision = make_taken(office, lead_unit=unit)
    link, [invitation] = link_of(unit), Invitation.objects.all()
    began, failed = threading.Event(), []

    def press() -> None:
        try:
            began.set()
            failed.append(client.post(link, {"deed": "accept", "accept-first_step": "Wizja"}).status_code)
        finally:
            connection.close()

    thread = threading.Thread(target=press)
    with transaction.atomic():
        Decision.objects.select_for_update().get(pk=decision.pk)
        thread.start()
        began.wait(5)
        thread.join(0.5)
        revoke_invitation(invitation=invitation)
    thread.join(10)
    assert failed == [404]
    assert Decision.objects.get(pk=decision.pk).state == "taken"


def test_d8_the_desk_of_the_stand_in_has_what_waits_from_the_first_day_to_the_last():
    """D8, the desk: a decision to accept and one in the head's charge."""
    unit, office = UnitFactory(), make_office()
    new, head = make_taken(office, lead_unit=unit), make_head(unit)
    running = make_taken(office, lead_unit=unit, title="Latarnie")
    actions.accept_decision(decision=running, person=head, first_step="Wizja")
    now, stand_in = database_now(), UserFactory(is_staff=True)
    leave = {"starts": now - timedelta(days=1), "ends": now + timedelta(days=1)}
    AppointmentFactory(role_code="head", unit=unit, person=stand_in, standing_in_for=head.appointments.get(), **leave)
    found = {days: {each.url for each in moves["decisions"](stand_in, now + timedelta(days=days))} for days in (-2, 0, 2)}
    both = {reverse("decisions_decision", args=[each.pk]) for each in (new, running)}
    assert found == {-2: set(), 0: both, 2: set()}


def test_the_name_of_a_file_of_evidence_does_not_go_out(client):
    office = make_office()
    decision, head = make_running(office)
    upload = io.BytesIO(make_pdf())
    upload.name = "Umowa Zdzisław Kanarkowski.pdf"
    proof = {"kind": "document", "label": "Protokół odbioru", "upload": upload, "is_public": True}
    report = actions.report_decision(decision=decision, end="done", text="Stoi.", evidence=[proof], person=head)
    actions.accept_report(decision=decision, note="Dobrze.", person=office)
    piece = report.evidence.get()
    sent = client.get(reverse("decisions:evidence", args=[piece.public_id]))
    assert b"".join(sent.streaming_content).startswith(b"%PDF")
    assert sent["Content-Disposition"] == f'attachment; filename="dowod-{decision.slug}-{piece.pk}.pdf"'
    assert "Kanarkowski" not in client.get(decision.get_absolute_url()).text


def test_evidence_kept_in_the_office_is_read_by_those_who_see_the_decision():
    decision, head = make_running()
    proof = {"kind": "document", "label": "Protokół odbioru", "upload": io.BytesIO(make_pdf()), "is_public": False}
    actions.report_decision(decision=decision, end="done", text="Stoi.", evidence=[proof], person=head)
    file, at = StoredFile.objects.get(), database_now()
    assert rules_of_files.may(head, "read", file, at) and rules_of_files.may(make_office(), "read", file, at)
    assert not rules_of_files.may(make_head(UnitFactory()), "read", file, at)
