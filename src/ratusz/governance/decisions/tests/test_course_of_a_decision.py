"""A decision on its way: drafted, taken, accepted or returned, handed on, reported, accepted or sent back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ratusz.casework.documents.models import Case
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions import actions
from ratusz.governance.decisions.factories import (
    in_days,
    make_draft,
    make_head,
    make_office,
    make_reported,
    make_running,
    make_taken,
    page_proof,
)
from ratusz.governance.decisions.models import Decision, DecisionPart, Handover, PublicChange
from ratusz.governance.decisions.rules import DecisionRefused, NotYours

pytestmark = pytest.mark.django_db


def kinds(decision: Decision) -> list[str]:
    """What changed for everybody."""
    return list(decision.changes.values_list("kind", flat=True))


def chain(decision: Decision) -> list[tuple[str, str, str]]:
    """The chain of owners."""
    rows = decision.handovers.select_related("from_unit", "to_unit")
    return [
        (each.kind, each.from_unit.short_name if each.from_unit else "", each.to_unit.short_name if each.to_unit else "")
        for each in rows
    ]


def test_the_whole_way_from_a_draft_to_done():
    office = make_office()
    decision, head = make_running(office, lead_unit=UnitFactory(short_name="ZZM"))
    actions.report_decision(decision=decision, end="done", text="Pięć ławek stoi.", evidence=[page_proof()], person=head)
    done = actions.accept_report(decision=decision, note="Odebrane na miejscu.", person=office)
    assert (done.state, done.settle_note, done.proof.kind, done.first_due_on) == (
        "done",
        "Odebrane na miejscu.",
        "page",
        done.due_on,
    )
    assert kinds(done) == ["taken", "in_progress", "done"]
    assert chain(done) == [("given", "", "ZZM"), ("accepted", "", "ZZM")]
    case = Case.objects.get(subject=done.key)
    assert case.closed_at is not None and ".0058." in case.sign
    deeds = Entry.objects.filter(deed__startswith="decisions.").order_by("pk").values_list("deed", flat=True)
    assert list(deeds) == [f"decisions.{deed}_decision" for deed in ("draft", "take", "accept", "report")] + [
        "decisions.accept_report"
    ]


def test_numbers_follow_one_another_and_one_source_makes_one_decision():
    first, second = make_draft(), make_draft()
    year, number = first.number.split("/")[1:]
    assert second.number == f"U/{year}/{int(number) + 1:04}"
    facts = {"title": "Latarnia", "text": "Naprawić latarnię."}
    made = [actions.draft_decision(facts=facts, person=None, source_key="meetings.voice:1", trusted=True) for _time in range(2)]
    assert made[0] == made[1] and Decision.objects.count() == 3


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"lead_unit": None}, "komórki"), ({"due_on": None}, "termin"), ({"public_text": ""}, "tekst publiczny"),
        ({"public_text": "PESEL 44051401359"}, "PESEL"), ({"public_text": "Telefon pani Anny: 601 234 567"}, "komórkowy"),
    ],
)  # fmt: skip
def test_what_is_not_ready_is_not_taken(facts, words):
    decision = make_draft(**facts)
    with pytest.raises(DecisionRefused):
        actions.take_decision(decision=decision, person=make_office())
    decision.refresh_from_db()
    assert decision.state == "draft" and not decision.changes.exists()


def test_public_words_over_600_letters_are_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_draft(public_text="x" * 601)


def test_a_closed_unit_gets_nothing():
    decision = make_draft(lead_unit=UnitFactory(closed_date=in_days(-1)))
    with pytest.raises(DecisionRefused):
        actions.take_decision(decision=decision, person=make_office())


def test_only_the_presidents_office_or_the_head_of_the_department_takes():
    editor = AppointmentFactory(role_code="editor").person
    with pytest.raises(NotYours):
        actions.take_decision(decision=make_draft(), person=editor)
    head = AppointmentFactory(role_code="head").person
    assert actions.take_decision(decision=make_draft(), person=head).state == "taken"
    with pytest.raises(NotYours):
        actions.draft_decision(facts={"title": "x", "text": "x"}, person=make_head(UnitFactory()))


def test_a_hidden_decision_tells_nobody_and_says_why():
    decision = make_taken(is_public=False, not_public_reason="tender", public_text="")
    assert kinds(decision) == [] and list(Decision.objects.shown()) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(not_public_reason="")


def test_d2_returned_given_again_handed_on_to_a_company_by_link():
    """D2: the day does not move, the chain is shown, the report by link is accepted."""
    office, first = make_office(), UnitFactory(short_name="IR")
    second, company = (
        UnitFactory(short_name="MZD"),
        UnitFactory(short_name="KTBS", kind=Unit.Kind.COMPANY, email="biuro@ktbs.example"),
    )
    decision = make_taken(office, lead_unit=first)
    due = decision.due_on
    actions.return_decision(decision=decision, reason="To droga powiatowa.", proposed=second, person=make_head(first))
    actions.give_decision(decision=decision, unit=second, person=office)
    head = make_head(second)
    decision = actions.accept_decision(decision=decision, person=head, first_step="Przegląd")
    actions.delegate_decision(decision=decision, unit=company, reason="To ich budynek.", person=head)
    decision.refresh_from_db()
    assert (decision.lead_unit, decision.offered_to, decision.state) == (second, company, "in_progress")
    actions.take_over_decision(decision=decision, by_unit=company, first_step="Zamówimy ławki")
    actions.report_decision(decision=decision, by_unit=company, end="done", text="Ławki stoją.", evidence=[page_proof()])
    done = actions.accept_report(decision=decision, note="Dziękujemy.", person=office)
    assert (done.state, done.due_on, done.reported_by) == ("done", due, None)
    assert chain(done) == [
        ("given", "", "IR"), ("returned", "IR", "MZD"), ("given", "IR", "MZD"), ("accepted", "", "MZD"), ("offered", "MZD", "KTBS"),
        ("taken_over", "MZD", "KTBS"),
    ]  # fmt: skip
    assert kinds(done) == ["taken", "handed", "in_progress", "handed", "done"]


def test_at_most_two_steps_of_handing_on_and_a_decline_leaves_it_where_it_was():
    units = [UnitFactory() for _each in range(4)]
    decision, head = make_running(lead_unit=units[0])
    for earlier, unit in zip(units, units[1:3], strict=False):
        decision = actions.delegate_decision(decision=decision, unit=unit, reason="Bliżej.", person=head)
        head = make_head(unit)
        decision = actions.take_over_decision(decision=decision, first_step="Dalej", person=head)
        assert decision.lead_unit == unit != earlier
    with pytest.raises(DecisionRefused):
        actions.delegate_decision(decision=decision, unit=units[3], reason="Jeszcze dalej.", person=head)
    other, other_head = make_running()
    with pytest.raises(DecisionRefused):
        actions.delegate_decision(decision=other, unit=other.lead_unit, reason="Sobie.", person=other_head)
    actions.delegate_decision(decision=other, unit=units[0], reason="Bliżej.", person=other_head)
    with pytest.raises(DecisionRefused):
        actions.delegate_decision(decision=other, unit=units[1], reason="Jeszcze raz.", person=other_head)
    declined = actions.decline_decision(decision=other, reason="Nie mamy ludzi.", person=make_head(units[0]))
    assert (declined.offered_to, declined.lead_unit) == (None, other.lead_unit)


def test_not_ours_can_be_said_for_three_working_days():
    decision = make_taken()
    head = make_head(decision.lead_unit)
    Decision.objects.filter(pk=decision.pk).update(given_at=decision.given_at - timedelta(days=10))
    with pytest.raises(DecisionRefused):
        actions.return_decision(decision=decision, reason="Nie nasze.", person=head)
    with pytest.raises(NotYours):
        actions.return_decision(decision=decision, reason="Nie nasze.", person=make_office())


def test_d1_the_lead_waits_for_helpers_or_a_waiver():
    """D1: one of two helpers is late; a waiver with a reason lets the lead report."""
    office, helpers = make_office(), [UnitFactory(), UnitFactory()]
    parts = [{"unit": unit, "text": "Część", "due_on": in_days(20)} for unit in helpers]
    decision, head = make_running(office, helpers=parts)
    first, second = decision.parts.order_by("pk")
    actions.report_part(part=first, text="Zrobione.", person=make_head(helpers[0]))
    report = {"decision": decision, "end": "done", "text": "Stoi.", "evidence": [page_proof()], "person": head}
    with pytest.raises(DecisionRefused, match=helpers[1].short_name):
        actions.report_decision(**report)
    with pytest.raises(NotYours):
        actions.report_part(part=second, text="Nie moje.", person=make_head(UnitFactory()))
    with pytest.raises(NotYours):
        actions.waive_part(part=second, reason="Nie trzeba.", person=head)
    with pytest.raises(DecisionRefused):
        actions.waive_part(part=second, reason=" ", person=office)
    actions.waive_part(part=second, reason="Chodnik zrobił deweloper.", person=office)
    with pytest.raises(DecisionRefused):
        actions.report_part(part=second, text="A jednak.", person=make_head(helpers[1]))
    actions.report_decision(**report)
    assert Decision.objects.get(pk=decision.pk).state == "reported"


def test_a_helpers_day_is_not_later_than_the_whole_and_a_unit_helps_once():
    unit = UnitFactory()
    late = make_draft(helpers=[{"unit": unit, "text": "Część", "due_on": in_days(31)}])
    with pytest.raises(DecisionRefused, match=unit.short_name):
        actions.take_decision(decision=late, person=make_office())
    twice = [{"unit": unit, "text": "Część"}] * 2
    with pytest.raises(DecisionRefused), transaction.atomic():
        make_draft(helpers=twice)


def test_d5_the_reporter_cannot_accept_and_done_needs_evidence():
    """D5: refused by rule and by the database."""
    office = make_office()
    decision, head = make_reported(office)
    AppointmentFactory(role_code="presidents_secretariat", unit=UnitFactory(), person=head)
    with pytest.raises(DecisionRefused):
        actions.accept_report(decision=decision, note="Sam sobie.", person=head)
    now = decision.made_at
    with pytest.raises(IntegrityError, match="nobody_accepts"), transaction.atomic():
        proof = decision.reports.get().evidence.get()
        Decision.objects.filter(pk=decision.pk).update(state="done", proof=proof, settled_by=head, settled_at=now)
    with pytest.raises(IntegrityError, match="done_decision_has_proof"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(state="done", settled_by=office, settled_at=now)
    decision.reports.get().evidence.all().delete()
    with pytest.raises(DecisionRefused):
        actions.accept_report(decision=decision, note="Bez dowodu.", person=office)


def test_a_report_needs_evidence_of_the_expected_kind_and_words():
    decision, head = make_running(expected_proof="act")
    good = {"decision": decision, "end": "done", "text": "Uchwała podjęta.", "person": head}
    act = {"kind": "act", "label": "Uchwała", "number": "XV/1/26"}
    for wrong in ({"evidence": []}, {"evidence": [page_proof()]}, {"evidence": [act], "text": " "}, {"evidence": [act], "end": "taken"},
                  {"evidence": [act], "end": "partly_done"}, {"evidence": [act], "text": "Dzwonić: 601 234 567"}):  # fmt: skip
        with pytest.raises(DecisionRefused):
            actions.report_decision(**{**good, **wrong})
    assert not decision.reports.exists()
    report = actions.report_decision(**good, evidence=[page_proof(), act])
    accepted = actions.accept_report(decision=decision, note="Dobrze.", person=make_office(), expected=report.pk)
    assert accepted.proof.number == "XV/1/26"


def test_what_cannot_be_done_says_what_instead_and_needs_no_evidence():
    office = make_office()
    decision, head = make_running(office)
    words = {"text": "Teren nie należy do Miasta.", "instead": "Ławki staną po drugiej stronie ulicy."}
    actions.report_decision(decision=decision, end="not_feasible", person=head, **words)
    ended = actions.accept_report(decision=decision, note="Przyjęto.", person=office)
    assert (ended.state, ended.proof) == ("not_feasible", None)


def test_a_report_sent_back_counts_from_the_due_day_again():
    office = make_office()
    decision, head = make_reported(office)
    with pytest.raises(DecisionRefused):
        actions.send_report_back(decision=decision, note="Brak zdjęcia.", person=office, expected=0)
    back = actions.send_report_back(decision=decision, note="Brak zdjęcia.", person=office)
    assert (back.state, back.reported_at, back.reported_by) == ("in_progress", None, None)
    Decision.objects.filter(pk=decision.pk).update(due_on=in_days(-1))
    back.refresh_from_db()
    assert back.is_overdue(back.made_at)
    actions.report_decision(decision=back, end="done", text="Już ze zdjęciem.", evidence=[page_proof()], person=head)
    back.refresh_from_db()
    assert not back.is_overdue(back.made_at) and back.reports.count() == 2


def test_final_states_stay_and_a_new_decision_follows():
    office = make_office()
    decision, _head = make_reported(office)
    with pytest.raises(DecisionRefused):
        actions.reopen_decision(decision=decision, facts={}, person=office)
    actions.accept_report(decision=decision, note="Dobrze.", person=office)
    new = actions.reopen_decision(decision=decision, facts={"due_on": in_days(60)}, person=office)
    assert (new.state, new.follows, new.title, new.due_on) == ("draft", decision, decision.title, in_days(60))
    assert actions.reopen_decision(decision=decision, facts={}, person=office) == new
    with pytest.raises(DecisionRefused):
        actions.withdraw_decision(decision=decision, reason="Już nie.", person=office)


def test_withdrawn_and_replaced_say_why_and_by_what():
    office = make_office()
    old, new = make_reported(office)[0], make_taken(office)
    with pytest.raises(DecisionRefused):
        actions.replace_decision(decision=old, by=make_draft(), reason="Szkic.", person=office)
    with pytest.raises(DecisionRefused):
        actions.replace_decision(decision=old, by=old, reason="Samo.", person=office)
    replaced = actions.replace_decision(decision=old, by=new, reason="Szersze ustalenie.", person=office)
    assert (replaced.state, replaced.replaced_by, replaced.reports.get().answer) == ("replaced", new, "sent_back")
    withdrawn = actions.withdraw_decision(decision=new, reason="Plac sprzedano.", person=office)
    assert (withdrawn.state, kinds(withdrawn)) == ("withdrawn", ["taken", "withdrawn"])
    dropped = actions.withdraw_decision(
        decision=make_draft(), reason="Pomyłka.", person=AppointmentFactory(role_code="editor").person
    )
    assert (dropped.state, kinds(dropped), dropped.number != "") == ("withdrawn", [], True)


def test_the_history_of_owners_and_days_is_append_only():
    """I8."""
    decision = make_taken()
    for change in (lambda: Handover.objects.update(reason="x"), lambda: Handover.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert decision.handovers.count() == 1


def test_words_are_mended_in_public_and_a_hidden_one_is_gone():
    editor = AppointmentFactory(role_code="editor").person
    decision = make_taken()
    facts = {"title": "Ławki", "asked_words": "", "asker_words": "", "public_text": "Sześć ławek.", "is_public": True}
    assert kinds(actions.reword_decision(decision=decision, facts=facts, person=editor)) == ["taken", "corrected"]
    with pytest.raises(DecisionRefused):
        actions.reword_decision(decision=decision, facts=facts | {"public_text": "Tel. 601 234 567"}, person=editor)
    with pytest.raises(DecisionRefused):
        actions.reword_decision(decision=make_draft(), facts=facts, person=editor)
    hidden = facts | {"is_public": False, "not_public_reason": "privacy"}
    actions.reword_decision(decision=decision, facts=hidden, person=editor)
    assert list(Decision.objects.shown()) == [] and PublicChange.objects.count() == 2


def test_drafts_are_mended_until_they_are_taken():
    editor = AppointmentFactory(role_code="editor").person
    unit = UnitFactory()
    decision = make_draft()
    actions.edit_draft(decision=decision, facts={"title": "Inaczej"}, helpers=[{"unit": unit, "text": "Część"}], person=editor)
    decision.refresh_from_db()
    assert (decision.title, decision.parts.get().due_on) == ("Inaczej", decision.due_on)
    with pytest.raises(ValueError, match="state"):
        actions.edit_draft(decision=decision, facts={"state": "done"}, person=editor)
    actions.edit_draft(decision=decision, facts={"title": "Ławki"}, person=editor)
    actions.take_decision(decision=decision, person=make_office())
    with pytest.raises(DecisionRefused):
        actions.edit_draft(decision=decision, facts={"title": "Za późno"}, person=editor)
    assert DecisionPart.objects.count() == 1
