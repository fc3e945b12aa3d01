"""What stopped the first newcomer at a report: nobody to sign, a file to add, an address let stand, ballots without remarks."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import UnitFactory
from ratusz.participation.polls.factories import make_poll
from ratusz.participation.remarks import personal_data
from ratusz.participation.remarks.actions import signing_off
from ratusz.participation.remarks.actions.signing_off import sign_off
from ratusz.participation.remarks.models import Intake, Position, Remark
from ratusz.participation.reports import actions, gate, moves, rules
from ratusz.participation.reports.factories import (
    NEXT,
    SHORT,
    Staff,
    answer,
    ended_consultation,
    hang,
    intakes_for,
    paper,
    publish,
    sign_all,
    written_report,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return Staff()


def gaps_of(report):
    return {gap.code: gap.words for gap in gate.look(report, database_now()).refusing}


@pytest.mark.slow
def test_a_unit_that_nobody_heads_is_named_and_the_person_of_the_plan_reads_and_signs(staff, staff_client):
    empty = UnitFactory(name="Zakład Zieleni")
    consultation = ended_consultation(staff, owner_unit=empty, owner_person=None)
    report = written_report(staff, consultation)
    assert "nikt nie kieruje komórką: Zakład Zieleni" in gaps_of(report)["sign.unit"]
    home = reverse("reports_report", args=[report.pk])
    page = staff_client("editor", unit=staff.department).get(home).content.decode()
    assert page.count("nikt nie kieruje komórką: Zakład Zieleni") >= 2 and "kierujący wydziałem" in page

    client = staff_client("moderator", unit=empty)
    named = client.person
    assert client.get(home).status_code != 200
    type(consultation).objects.filter(pk=consultation.pk).update(owner_person=named)
    report.refresh_from_db()
    assert gaps_of(report)["sign.unit"] == "Brak podpisu: komórka merytoryczna."
    assert rules.may(named, "sign.unit", report, database_now())
    page = client.get(home)
    assert page.status_code == 200 and "Zapisz teksty" not in page.content.decode()
    assert reverse("reports_list") + '"' not in page.text, "a way that would be refused is not shown"
    assert client.get(reverse("reports_effects", args=[report.pk])).status_code == 200
    assert client.get(reverse("reports_preview", args=[report.pk])).status_code == 200


def tasks(person):
    return [(each.what, each.url) for each in moves.moves_of(person, database_now()) if "podpisz" in each.what]


@pytest.mark.slow
def test_whoever_signs_next_finds_the_report_on_the_desk(staff, staff_client, django_assert_num_queries):
    named = staff_client("moderator", unit=staff.unit).person
    consultation = ended_consultation(staff, owner_person=named, title="Próbny skwer")
    (remark,) = answer(consultation, 1)
    report = actions.begin_report(consultation=consultation, person=staff.editor)
    task = [("Przeczytaj i podpisz raport: Próbny skwer", reverse("reports_report", args=[report.pk]) + "#podpisy")]
    assert tasks(named) == [], "nothing is written yet"
    report = actions.write_texts(
        report=report, person=staff.editor, in_short=SHORT, what_next=NEXT, contact="Punkt Miejski, pokój 7"
    )
    Position.objects.update(state="review")
    assert tasks(named) == [], "a remark waits for its position"
    Position.objects.update(state="approved")
    assert (tasks(named), tasks(staff.unit_head), tasks(staff.head), tasks(staff.office)) == (task, [], [], [])
    sign_off(consultation=consultation, person=staff.editor)
    who = {"personal_data": staff.editor, "unit": named, "department": staff.head, "president": staff.office}
    turns = []
    for step, person in who.items():
        digest = gate.look(report, database_now()).draft.digest
        note = "pismo" if step == "president" else ""
        actions.sign(report=report, step=step, person=person, digest=digest, note=note)
        turns.append([name for name, each in who.items() if tasks(each)])
    assert turns == [["unit"], ["department"], ["president"], []]
    Position.objects.filter(remark=remark).update(approved_at=database_now())
    assert tasks(named) == task, "what was answered since is signed anew"
    nobody, now = UserFactory(is_staff=True), database_now()
    assert not rules.may(nobody, "see", None, now), "roles are read once for a moment, by whoever asks first"
    with django_assert_num_queries(1):
        assert not list(moves.moves_of(nobody, now))


@pytest.mark.slow
def test_a_row_without_its_file_gets_one_in_its_place(staff, staff_client):
    report = written_report(staff, ended_consultation(staff))
    row = hang(report, staff, "ordinance", "Zarządzenie nr 1", with_file=False)
    client = staff_client("editor", unit=staff.department)
    address = reverse("reports_annex", args=[report.pk])
    assert "Najpierw wybierz plik" in client.post(address, {"deed": "file", "annex": row.pk}, follow=True).content.decode()
    assert "annex.file" in gaps_of(report)
    page = client.post(address, {"deed": "file", "annex": row.pk, "upload": paper()}, follow=True).content.decode()
    assert "Plik załącznika jest dodany." in page
    row.refresh_from_db()
    assert row.file is not None and (row.number, "annex.file" in gaps_of(report)) == (1, False)
    again = client.post(address, {"deed": "file", "annex": row.pk, "upload": paper()}, follow=True).content.decode()
    assert "Ten załącznik ma już plik." in again
    actions.remove_annex(annex=report.annexes.get(pk=row.pk), person=staff.editor)
    late = "wyjął ten załącznik"
    with pytest.raises(rules.ReportRefused, match=late):
        actions.give_file(annex=row, upload=paper(), person=staff.editor)
    with pytest.raises(rules.ReportRefused, match=late):
        actions.move_annex(annex=row, up=True, person=staff.editor)


def test_an_address_that_a_person_let_stand_stops_the_report_no_more(staff):
    consultation = ended_consultation(staff)
    remark, other = answer(consultation, 2)
    words = "Mówią mieszkańcy bloku przy Zmyślonej 5: więcej cienia."
    Remark.objects.filter(pk=remark.pk).update(public_content=words)
    Intake.objects.filter(pk=other.intake_id).update(author_name="Ola Zmyślona-Próbna", author_address="Zmyślonej 5")
    report = written_report(staff, consultation)
    assert "personal.rows" in gaps_of(report) and gate.look(report, database_now(), kept=True).refusing
    (marked,), _later = personal_data.marked_after(consultation, 0, 10)
    for piece in marked.open:
        signing_off.let_stand(remark=marked.remark, kind=piece.kind, digest=piece.digest, person=staff.editor)
    kept = {gap.code for gap in gate.look(report, database_now(), kept=True).refusing}
    assert "personal.rows" not in gaps_of(report) and "personal.rows" not in kept
    Remark.objects.filter(pk=remark.pk).update(public_content=f"{words} Ola Zmyślona-Próbna")
    assert "personal.rows" in gaps_of(report)


@pytest.mark.slow
def test_a_report_of_a_ballot_alone_counts_ballots_and_tells_the_decision(staff, client):
    consultation = ended_consultation(staff)
    poll = make_poll(consultation, residence="anybody", decision="Prezydent wybrał zakaz.", decided_on=date(2023, 3, 31))
    intakes_for(consultation, 2, form=poll.form, state="rejected", reason_code="N05")
    report = written_report(staff, consultation)
    sections = {each.code: str(each.blocks) for each in gate.look(report, database_now()).draft.sections}
    assert "formularz internetowy" in sections["numbers"] and "'online'" not in sections["numbers"]
    sign_all(report, staff)
    publish(report, staff)
    page = client.get(f"/konsultacje/{consultation.slug}/raport/").content.decode()
    assert "Wpłynęły 2 głosy" in page and "0 uwag" not in page
    assert "Prezydent wybrał zakaz." in page and "Decyzji jeszcze nie ma" not in page


@pytest.mark.slow
def test_nothing_missing_is_not_counted(staff, staff_client):
    report = written_report(staff, ended_consultation(staff))
    actions.suggest_annexes(report=report, person=staff.editor)
    sign_all(report, staff)
    page = staff_client("head", unit=staff.department).get(reverse("reports_report", args=[report.pk])).content.decode()
    assert "Brakuje 0" not in page and "Czego brakuje" in page and "Niczego nie brakuje" in page
