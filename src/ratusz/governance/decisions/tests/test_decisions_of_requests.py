"""A request of the Office's register becomes a draft once, without its words; whoever asked by e-mail is told."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ratusz.casework.requests.factories import make_request
from ratusz.casework.requests.models import Contact
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.governance.decisions import actions, from_requests
from ratusz.governance.decisions.factories import in_days, make_office, make_taken
from ratusz.governance.decisions.models import Decision, PublicChange
from ratusz.governance.decisions.rules import NotYours

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_request_becomes_a_draft_with_a_press_and_both_lead_to_one_another(staff_client):
    client, made = staff_client("head"), make_request(text="Pani Kanarkowska pyta o ławki")
    page = reverse("requests_request", args=[made.pk])
    way = reverse("decisions_from_request", args=[made.pk])
    assert f'action="{way}"' in client.get(page).text
    first, again = client.post(way), client.post(way)
    decision = Decision.objects.get()
    assert first.url == again.url == reverse("decisions_draft", args=[decision.pk])
    assert (decision.origin, decision.source_key, decision.askers.get().address.value) == ("request", made.key, "pyta@example.pl")
    assert "Kanarkowska" not in f"{decision.title} {decision.text} {decision.asked_words}"
    shown = client.get(page).text
    assert decision.number in shown and way not in shown
    assert page in client.get(reverse("decisions_decision", args=[decision.pk])).text
    actions.withdraw_decision(decision=decision, reason="Nie.", person=make_office())
    assert client.post(way).url == reverse("decisions_decision", args=[decision.pk])
    assert client.post(reverse("decisions_from_request", args=[made.pk + 1])).status_code == 404
    assert client.get(way).status_code == 405


@pytest.mark.slow
def test_whoever_only_registers_requests_writes_no_decision(staff_client):
    client, made = staff_client("desk_officer"), make_request()
    way = reverse("decisions_from_request", args=[made.pk])
    assert way not in client.get(reverse("requests_request", args=[made.pk])).text
    assert client.post(way).status_code in (302, 403) and client.post(f"{way[:-2]}99/").status_code in (302, 403)
    assert not Decision.objects.exists()
    with pytest.raises(NotYours):
        actions.draft_from_request(request=made, person=AppointmentFactory(role_code="desk_officer").person)


def test_whoever_asked_is_told_when_it_is_taken_and_not_without_an_address():
    head = AppointmentFactory(role_code="head", unit=UnitFactory(is_department=True)).person
    asked, silent = make_request(), make_request(contact=Contact.NONE, contact_value="")
    made = [actions.draft_from_request(request=each, person=head) for each in (asked, silent)]
    assert [each.askers.count() for each in made] == [1, 0]
    facts = {"lead_unit": UnitFactory(), "due_on": in_days(30), "public_text": "Ustawimy ławki."}
    actions.edit_draft(decision=made[0], facts=facts, person=head)
    actions.take_decision(decision=made[0], person=make_office())
    assert actions.tell_changes() == PublicChange.objects.count() == 1
    at = database_now()
    assert from_requests.made_of(asked, head, at) == (made[0].number, reverse("decisions_decision", args=[made[0].pk]))
    stranger = AppointmentFactory(role_code="unit_editor").person
    assert from_requests.made_of(asked, stranger, at) == (made[0].number, "")
    assert from_requests.request_of(made[0], stranger, at) == from_requests.request_of(make_taken(), head, at) == ""


def test_an_address_that_cannot_be_written_to_makes_no_asker():
    head = AppointmentFactory(role_code="head", unit=UnitFactory(is_department=True)).person
    made = make_request()
    type(made).objects.update(contact_value="to nie adres")
    assert actions.draft_from_request(request=made, person=head).askers.count() == 0
