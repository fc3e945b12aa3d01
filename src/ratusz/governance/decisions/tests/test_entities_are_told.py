"""A unit of the city without accounts hears by mail, and on its page, what the President's office answered."""

from __future__ import annotations

import pytest

from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.governance.decisions import actions
from ratusz.governance.decisions.factories import in_days, make_office, make_taken
from ratusz.governance.decisions.tests.test_staff_and_entities import company, evidence, link_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_a_company_is_told_of_every_answer_and_reads_what_is_missing(client):
    office, unit = make_office(), company()
    decision = make_taken(office, lead_unit=unit)
    link = link_of(unit)
    client.post(link, {"deed": "accept", "accept-first_step": "Zamówimy ławki"})
    actions.ask_later_day(decision=decision, wanted=in_days(60), reason="Prosimy.", by_unit=unit)
    actions.answer_later_day(decision=decision, grant=False, answer="Zdążycie.", person=office)
    client.post(link, {"deed": "report", "report-end": "done", "report-text": "Stoją."} | evidence())
    actions.send_report_back(decision=decision, note="Brakuje jednej ławki.", person=office)
    page = client.get(link).text
    assert "Wasz meldunek odesłano" in page and "Brakuje jednej ławki." in page
    actions.suspend_decision(decision=decision, reason="Czekamy na ławki.", person=office)
    actions.resume_decision(decision=decision, due_on=in_days(50), person=office)
    client.post(link, {"deed": "report", "report-end": "done", "report-text": "Stoją wszystkie."} | evidence())
    actions.accept_report(decision=decision, note="Dobrze.", person=office)
    letters = OutboxMessage.objects.filter(address__value=unit.email, purpose="decisions.unit").order_by("pk")
    said = [each.content.text for each in letters[1:]]
    beginnings = ("Termin zostaje", "Wasz meldunek odesłano. Brakuje", "Ustalenie jest wstrzymane", "Ustalenie jest wznowione")
    for text, words in zip(said, (*beginnings, "Wasz meldunek jest przyjęty"), strict=True):
        assert words in text and "/ustalenia/jednostka/" in text
