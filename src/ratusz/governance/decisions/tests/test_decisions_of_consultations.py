"""What the report of a consultation promised becomes a decision with one press; its page tells how the decision goes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.governance.decisions import actions
from ratusz.governance.decisions.factories import in_days, make_office
from ratusz.governance.decisions.models import Decision
from ratusz.governance.decisions.rules import NotYours
from ratusz.participation.reports import actions as report_actions
from ratusz.participation.reports.factories import Staff, published_report
from ratusz.participation.reports.models import Effect
from ratusz.participation.reports.registries import decisions

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def staff():
    return Staff()


@pytest.fixture
def effect(staff):
    report = published_report(staff, 1).report
    return report_actions.add_effect(
        report=report, title="Drzewa przy wejściu do parku", unit=staff.unit, due_on=in_days(60), person=staff.editor, remarks=[1]
    )


def test_an_effect_becomes_a_decision_and_its_report_tells_how_it_goes(staff, effect, staff_client, client):
    staff_side, page = staff_client("head", unit=staff.department), reverse("reports_effects", args=[effect.report_id])
    way = reverse("decisions_from_effect", args=[effect.pk])
    assert f'action="{way}"' in staff_side.get(page).text
    first, again = staff_side.post(way), staff_side.post(way)
    decision = Decision.objects.get()
    assert first.url == again.url == reverse("decisions_draft", args=[decision.pk])
    assert (decision.origin, decision.source_key, decision.lead_unit, decision.due_on) == (
        "consultation", effect.key, staff.unit, effect.due_on,
    )  # fmt: skip
    shown = staff_side.get(page).text
    assert decision.number in shown and way not in shown
    assert page in staff_side.get(reverse("decisions_decision", args=[decision.pk])).text
    public = effect.report.consultation.get_absolute_url() + "raport/"
    assert "Ustalenia Prezydenta, które to wykonują" not in client.get(public).text, "a draft is nobody's business yet"
    actions.edit_draft(decision=decision, facts={"public_text": "Posadzimy drzewa."}, person=staff.head)
    actions.take_decision(decision=decision, person=make_office())
    at = database_now()
    told = list(decisions["decisions.decision"](effect.report.consultation, at))
    assert [(each.title, each.url) for each in told] == [(effect.title, decision.get_absolute_url())]
    shown = client.get(public).text
    assert "Ustalenia Prezydenta, które to wykonują" in shown and decision.get_absolute_url() in shown


def test_whoever_writes_no_decisions_makes_none(staff, effect, staff_client):
    client, way = staff_client("unit_editor", unit=staff.unit), reverse("decisions_from_effect", args=[effect.pk])
    assert way not in client.get(reverse("reports_effects", args=[effect.report_id])).text
    for address in (way, reverse("decisions_from_effect", args=[effect.pk + 1])):
        assert client.post(address).status_code in (302, 403)
    with pytest.raises(NotYours):
        actions.draft_from_effect(effect=effect, person=AppointmentFactory(role_code="unit_editor", unit=staff.unit).person)
    Effect.objects.filter(pk=effect.pk).update(state="done")
    with pytest.raises(NotYours):
        actions.draft_from_effect(effect=effect, person=staff.head)
    assert not Decision.objects.exists()
