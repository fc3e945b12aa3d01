"""Screens do not read an unchanged register again; a changed row is seen at once; signatures and publishing always read anew."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import Address
from ratusz.participation.remarks.models import Intake, Position
from ratusz.participation.reports import gate, reading, register, rules
from ratusz.participation.reports.actions import begin_publication, sign
from ratusz.participation.reports.factories import Staff, answer, ended_consultation, written_report
from ratusz.participation.reports.personal import Names

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    cache.clear()
    return Staff()


@pytest.fixture
def report(staff):
    consultation = ended_consultation(staff)
    answer(consultation, 3)
    return written_report(staff, consultation)


def tables_in(queries):
    return {name for each in queries for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', each["sql"])}


def test_every_table_that_rows_and_names_come_from_is_watched(report):
    with CaptureQueriesContext(connection) as asked:
        rows = list(register.rows_of(report.consultation))
        Names.of(report.consultation)
    assert len(rows) == 3
    assert tables_in(asked.captured_queries) == set(reading.ROWS_OF)


def changes(report):
    consultation, now = report.consultation, database_now()
    first = consultation.remarks.get(number=1)
    address = Address.objects.create(channel="email", value="ktos@example.pl", lookup="0" * 64, made_at=now)
    yield "remarks.unsettled", lambda: Intake.objects.filter(pk=first.intake_id).update(state="registered")
    yield "personal.rows", lambda: Intake.objects.filter(pk=first.intake_id).update(author_name="Wejście nr")
    yield "remarks.approval", lambda: Position.objects.filter(remark=first).update(state="draft")
    yield "remarks.content", lambda: consultation.remarks.filter(number=2).update(is_public=False)
    yield "", lambda: Intake.objects.filter(pk=first.intake_id).update(contact=address)


@pytest.mark.slow
def test_a_change_of_any_row_is_on_the_next_screen(report, monkeypatch):
    read = []
    whole = register.rows_of
    monkeypatch.setattr(register, "rows_of", lambda consultation: read.append(1) or whole(consultation))

    def shown():
        return {gap.code for gap in gate.look(report, database_now(), kept=True).gaps}

    shown()
    for number, (code, change) in enumerate(changes(report), 2):
        assert code not in shown()
        change()
        assert (code or "remarks.approval") in shown()
        assert shown() == {gap.code for gap in gate.look(report, database_now(), kept=True).gaps}
        assert len(read) == number


@pytest.mark.slow
def test_the_screen_asks_the_same_of_three_and_of_thirty_remarks_and_reads_none_of_them_twice(
    report, staff, staff_client, django_assert_max_num_queries
):
    page = reverse("reports_report", args=[report.pk])
    client = staff_client("editor", unit=staff.department)
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    count = len(asked)
    answer(report.consultation, 27)
    assert client.get(page).status_code == 200
    with django_assert_max_num_queries(count):
        assert client.get(page).status_code == 200


@pytest.mark.slow
def test_what_is_kept_never_decides(report, staff, monkeypatch):
    """A kept reading that says all is well lets nobody sign or publish."""
    used = []
    whole = cache.get_or_set
    monkeypatch.setattr(cache, "get_or_set", lambda key, *rest: used.append(key) or whole(key, *rest), raising=False)
    gate.look(report, database_now(), kept=True)
    well = [cache.get(key) for key in used]
    Position.objects.filter(remark__number=1).update(state="draft")
    used.clear()
    gate.look(report, database_now(), kept=True)
    for key, value in zip(used, well, strict=True):
        cache.set(key, value)
    assert "remarks.approval" not in {gap.code for gap in gate.look(report, database_now(), kept=True).gaps}
    digest = gate.look(report, database_now()).draft.digest
    sign(report=report, step="personal_data", person=staff.editor, digest=digest)
    with pytest.raises(rules.GapsLeft, match="Stanowiska niezatwierdzone"):
        sign(report=report, step="unit", person=staff.unit_head, digest=digest)
    with pytest.raises(rules.GapsLeft, match="Stanowiska niezatwierdzone"):
        begin_publication(report=report, person=staff.head)


def test_who_reads_in_english_signs_the_same_content(report):
    polish = gate.look(report, database_now()).draft
    with translation.override("en"):
        assert gate.look(report, database_now()).draft.digest == polish.digest
