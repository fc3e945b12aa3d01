"""A report fills itself, is refused while anything lacks, is published once for ever, and corrected only by a new version."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.factories import make_address
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.participation.consultations.models import Extension, Notice, Opinion
from ratusz.participation.remarks.actions.judging import withdraw
from ratusz.participation.remarks.actions.showing import edit_public_words
from ratusz.participation.remarks.models import Position, Remark
from ratusz.participation.reports import actions, gate, rules
from ratusz.participation.reports.factories import (
    Staff,
    answer,
    ended_consultation,
    hang,
    publish,
    published_report,
    sign_all,
    written_report,
)
from ratusz.participation.reports.models import Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return Staff()


def codes(report):
    return [gap.code for gap in gate.look(report, database_now()).refusing]


@pytest.mark.slow
def test_the_landscape_report_of_62_rows_and_6_annexes_is_refused_without_one_reason(staff, client):
    """Case 3: ordinances 1235/2017 and 1629/2017, the survey with its own annexes, materials of meetings, the register last."""
    consultation = ended_consultation(staff, title="Uchwała krajobrazowa", number="KS/2017/0003")
    answer(consultation, 62)
    report = written_report(staff, consultation)
    hang(report, staff, "ordinance", "Zarządzenie nr 1235/2017")
    hang(report, staff, "ordinance", "Zarządzenie nr 1629/2017")
    survey = hang(report, staff, "survey", "Raport z badania ankietowego", with_file=False)
    hang(report, staff, "survey", "Kwestionariusz", parent=survey)
    hang(report, staff, "survey", "Zestawienie odpowiedzi", parent=survey)
    hang(report, staff, "meeting", "Materiały ze spotkań")
    hang(report, staff, "other", "Prezentacja")
    tree = [(each.number, each.title) for each in gate.look(report, database_now()).draft.annexes]
    assert [number for number, _title in tree] == ["1", "2", "3", "3.1", "3.2", "4", "5", "6"]
    assert tree[-1] == ("6", "Wykaz uwag")

    lost = Position.objects.get(remark__consultation=consultation, remark__number=17)
    Position.objects.create(
        remark=lost.remark, version=2, verdict="rejected", state="draft", unit=staff.unit, written_at=lost.written_at
    )
    with pytest.raises(rules.GapsLeft) as refused:
        actions.begin_publication(report=report, person=staff.head)
    told = {gap.code: gap.words for gap in refused.value.gaps}
    assert told["remarks.reasons"] == "Stanowiska bez uzasadnienia przy uwagach: 17"
    assert {"remarks.approval", "sign.personal_data", "sign.unit", "sign.department", "sign.president"} <= set(told)
    assert not Version.objects.exists()

    Position.objects.filter(remark=lost.remark, version=2).delete()
    sign_all(report, staff)
    version = publish(report, staff)
    assert (version.refused, version.remarks, version.rows.count()) == ("", 62, 62)
    assert all(row.cells[6] and row.cells[7] for row in version.rows.all())
    consultation.refresh_from_db()
    assert consultation.reported_at == version.published_at
    report.refresh_from_db()
    assert report.number.startswith("RK/")
    page = client.get(f"/konsultacje/{consultation.slug}/raport/")
    assert page.status_code == 200
    for file in version.files.all():
        answer_ = client.get(f"/konsultacje/{consultation.slug}/raport/v/1/plik/{file.name}")
        assert hashlib.sha256(answer_.content).hexdigest() == file.sha256
        assert file.sha256 in page.content.decode()


@pytest.mark.slow
def test_a_published_version_never_changes_and_a_correction_says_what_it_changes(staff, client):
    version = published_report(staff)
    report, slug = version.report, version.report.consultation.slug
    author = make_address("autorka.uwagi")
    report.consultation.intakes.update(contact=author)
    for change in (
        lambda: Version.objects.filter(pk=version.pk).update(title="Inny"),
        lambda: version.rows.update(cells=[]),
        lambda: version.files.first().delete(),
        lambda: version.rows.model.objects.create(version=version, number=99, cells=[]),
    ):
        with pytest.raises(IntegrityError, match="a published version never changes"), transaction.atomic():
            change()

    with pytest.raises(rules.ReportRefused, match="co poprawia nowa wersja"):
        actions.begin_publication(report=report, person=staff.head)
    remark = Remark.objects.get(consultation=report.consultation, number=2)
    Position.objects.create(
        remark=remark, version=2, verdict="accepted", reasons="Po rozmowie z wodociągami drzewo jednak się zmieści.", unit=staff.unit,
        state="approved", written_at=version.published_at, approved_at=version.published_at,
    )  # fmt: skip
    assert set(codes(report)) == {f"sign.{step}" for step in ("personal_data", "unit", "department", "president")}
    sign_all(report, staff)
    second = publish(report, staff, reason="Stanowisko wobec uwagi 2 zmieniło się po uzgodnieniach.")
    assert second.number == 2 and "Uwagi, których wiersz w wykazie się zmienił: 2." in second.changes
    assert OutboxMessage.objects.filter(address=author, purpose="reports.report").count() == 1

    first_page, newest = (client.get(f"/konsultacje/{slug}/raport/{part}").content.decode() for part in ("v/1/", ""))
    assert "Czytasz starszą wersję" in first_page and "Czytasz starszą" not in newest
    assert "zmieniło się po uzgodnieniach" in newest and f"/konsultacje/{slug}/raport/v/1/" in newest
    assert "Drzewa posadzimy" in client.get(f"/konsultacje/{slug}/raport/v/1/uwagi/?nr=2").content.decode()
    assert "drzewo jednak się zmieści" in client.get(f"/konsultacje/{slug}/raport/v/2/uwagi/").content.decode()


def test_a_report_without_remarks_is_one_action_and_the_same_gate(staff):
    """Dąb 2015: nobody wrote. The summary and what happens next write themselves; signatures are still needed."""
    consultation = ended_consultation(staff, title="Statut dzielnicy Dąb")
    report = actions.begin_report(consultation=consultation, person=staff.editor)
    assert set(codes(report)) == {f"sign.{step}" for step in ("personal_data", "unit", "department", "president")}
    sections = {each.code: each for each in gate.look(report, database_now()).draft.sections}
    assert [block.text for block in sections["register"].blocks] == ["Nie wpłynęły uwagi."]
    assert {"in_short", "basis", "frame", "forms", "numbers", "next"} <= set(sections)
    assert actions.begin_report(consultation=consultation, person=staff.editor) == report


def take_back(remark, person):
    withdraw(intake=remark.intake)


def cover_a_name(remark, person):
    edit_public_words(remark=remark, words="Proszę o cień. [dane osobowe]", person=person)


@pytest.mark.slow
@pytest.mark.parametrize("change", [take_back, cover_a_name])
def test_what_changes_while_the_gate_looks_is_not_published_as_it_was(staff, monkeypatch, change):
    consultation = ended_consultation(staff)
    remarks = answer(consultation, 2)
    report = written_report(staff, consultation)
    sign_all(report, staff)
    version = actions.begin_publication(report=report, person=staff.head)
    look = gate.look

    def looked(*given):
        found = look(*given)
        change(remarks[0], staff.editor)
        return found

    monkeypatch.setattr(gate, "look", looked)
    actions.make_version(version_id=version.pk)
    version.refresh_from_db()
    consultation.refresh_from_db()
    assert "zmieniła się" in version.refused and version.published_at is None and consultation.reported_at is None


def test_a_cancelled_consultation_has_its_report_too(staff):
    consultation = ended_consultation(staff, cancelled_at=database_now(), cancel_reason="Miasto wycofało projekt.")
    report = actions.begin_report(consultation=consultation, person=staff.editor)
    frame = next(each for each in gate.look(report, database_now()).draft.sections if each.code == "frame")
    assert "Miasto wycofało projekt." in str(frame.blocks)
    assert not [code for code in codes(report) if code.startswith("form.")]


def test_whoever_may_not_is_refused_and_steps_are_signed_in_order(staff):
    report = written_report(staff, ended_consultation(staff))
    digest = gate.look(report, database_now()).draft.digest
    with pytest.raises(rules.NotYours):
        actions.sign(report=report, step="president", person=staff.editor, digest=digest)
    with pytest.raises(rules.ReportRefused, match="komórka merytoryczna"):
        actions.sign(report=report, step="department", person=staff.head, digest=digest)
    with pytest.raises(rules.ReportRefused, match="Przejrzyj ją jeszcze raz"):
        actions.sign(report=report, step="unit", person=staff.unit_head, digest="0" * 64)
    actions.sign(report=report, step="unit", person=staff.unit_head, digest=digest)
    report = actions.write_texts(report=report, person=staff.editor, what_next="Inaczej.")
    told = [gap.words for gap in gate.look(report, database_now()).refusing if gap.code == "sign.unit"]
    assert told == ["Treść zmieniła się po podpisie, więc podpis jest potrzebny znowu: komórka merytoryczna."]
    with pytest.raises(rules.NotYours):
        actions.begin_publication(report=report, person=staff.editor)


def test_notices_extensions_and_opinions_fill_it_and_a_notice_without_evidence_refuses(staff):
    """Case 6: the noise programme was extended; the new notice needs its own evidence."""
    consultation = ended_consultation(staff, what_next="Program trafi do Rady.", contact="Wydział Środowiska, pokój 3")
    limit = {"kind": "channel", "of": ["website"], "severity": "error", "counting": "", "number": 0, "grounds": []}
    consultation.rules = {"limits": [limit]}
    consultation.save(update_fields=["rules"])
    day, now = consultation.ends_on, database_now()
    extension = Extension.objects.create(
        consultation=consultation, was_ends_on=day - timedelta(days=7), ends_on=day, reason="Prosiła o to rada dzielnicy.",
        extended_at=now, extended_by=staff.editor,
    )  # fmt: skip
    Opinion.objects.create(consultation=consultation, body_kind="rjp", body="RJP nr 12", asked_on=day, due_on=day)
    proof = hang(written_report(staff, ended_consultation(staff, number="KS/2026/7777")), staff, "other", "Dowód").file
    facts = {"consultation": consultation, "channel": "website", "published_on": day, "file": proof, "sha256": proof.sha256}
    Notice.objects.create(occasion="launch", entered_at=now, **facts)
    report = actions.begin_report(consultation=consultation, person=staff.editor)
    looked = gate.look(report, now)
    told = {gap.code: gap.words for gap in looked.refusing}
    assert told["notice"].startswith("Ogłoszenie o przedłużeniu do")
    assert [(each.number, each.annex.kind) for each in looked.draft.annexes] == [("1", "notice"), ("1.1", "notice")]
    assert (report.what_next, report.contact) == ("Program trafi do Rady.", "Wydział Środowiska, pokój 3")
    text = " ".join(str(each.blocks) for each in looked.draft.sections)
    for words in ("Prosiła o to rada dzielnicy.", "RJP nr 12", "uznajemy, że opinii nie ma", proof.sha256[:16]):
        assert words in text
    Notice.objects.create(occasion="extension", extension=extension, entered_at=now, **facts)
    assert "notice" not in codes(report)


@pytest.mark.slow
def test_a_promise_to_analyse_further_has_a_clock_until_a_new_version_answers(staff):
    consultation = ended_consultation(staff)
    answer(consultation, 1)
    position = Position.objects.get(remark__consultation=consultation)
    promised = {"verdict": "further_analysis", "due_on": consultation.ends_on + timedelta(days=90)}
    Position.objects.filter(pk=position.pk).update(**promised)
    report = written_report(staff, consultation)
    sign_all(report, staff)
    publish(report, staff)
    running = Clock.objects.running().filter(rule_code="consultation.further_analysis")
    assert [clock.unit for clock in running] == [staff.unit]
    now = database_now()
    Position.objects.create(
        remark=position.remark, version=2, verdict="accepted", reasons=f"{position.reasons} Zmierzyliśmy: zmieści się.",
        unit=staff.unit, state="approved", written_at=now, approved_at=now,
    )  # fmt: skip
    sign_all(report, staff)
    assert publish(report, staff, reason="Wynik zapowiedzianej analizy.").number == 2
    assert not running.all().exists()
