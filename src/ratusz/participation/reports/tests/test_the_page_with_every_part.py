"""The page of one consultation with every part that modules bring: as many queries however many forms there are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations import actions as consultation_actions
from ratusz.participation.consultations import queries
from ratusz.participation.consultations.factories import AreaFactory, ConsultationFactory, FormFactory
from ratusz.participation.consultations.models import Consultation, Extension, Notice, Opinion
from ratusz.participation.forum.factories import TopicFactory
from ratusz.participation.polls.factories import make_poll
from ratusz.participation.remarks.actions import texts
from ratusz.participation.remarks.factories import make_remark
from ratusz.participation.remarks.texts.pieces import Piece
from ratusz.participation.reports import actions
from ratusz.participation.reports.factories import Staff, published_report

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def fill(made, rows):
    """So many of each form, with what stands behind it."""
    editor, now = AppointmentFactory(role_code="editor").person, database_now()
    AreaFactory(consultation=made, of_district=True)
    for number in range(rows):
        make_remark(FormFactory(consultation=made, title=f"Uwagi {number}"))
        review = FormFactory(consultation=made, kind="document_review", title=f"Regulamin {number}")
        text = texts.make_text(form=review, person=editor)
        draft = texts.keep_draft(text=text, found=[Piece("paragraph", "§ 1. Park jest otwarty.")], person=editor)
        texts.publish_version(version=draft, what_changes="", person=editor)
        for kind in ("survey", "open_meeting"):
            hours = {"starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=1, hours=2)}
            form = FormFactory(consultation=made, kind=kind, title=f"{kind} {number}", **hours)
            consultation_actions.prepare_form(form=form, person=editor)
        make_poll(made)
        TopicFactory(consultation=made)
        Notice.objects.create(consultation=made, channel="bip", published_on=made.starts_on, entered_at=now)
        Opinion.objects.create(
            consultation=made, body_kind="other", body=f"Rada próbna {number}", asked_on=made.starts_on, due_on=made.starts_on
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_a_running_one(client, django_assert_num_queries, rows):
    made = ConsultationFactory(running=True)
    fill(made, rows)
    client.get(made.get_absolute_url())
    # One of them is the frame of the page, which is kept between requests in service.
    with django_assert_num_queries(12):
        page = client.get(made.get_absolute_url()).content.decode()
    for words in ("Regulamin 0", "Próbny park", "Rada próbna 0"):
        assert words in page
    assert page.count("Formularz opinii") >= rows


@pytest.mark.parametrize("rows", [1, 3])
def test_one_with_its_report(client, django_assert_num_queries, rows):
    staff, today = Staff(), local_day(database_now())
    report = published_report(staff, rows).report
    made = report.consultation
    rows_of, was = Consultation.objects.filter(pk=made.pk), {name: getattr(made, name) for name in ("starts_on", "ends_on")}
    made.refresh_from_db()
    reported = made.reported_at
    rows_of.update(starts_on=today - timedelta(days=1), ends_on=today + timedelta(days=9), reported_at=None)
    made.refresh_from_db()
    fill(made, rows)
    rows_of.update(**was, reported_at=reported)
    for number in range(rows):
        was_last = today + timedelta(days=number)
        facts = {"reason": f"Powód próbny {number}", "extended_at": database_now(), "extended_by": staff.editor}
        Extension.objects.create(consultation=made, was_ends_on=was_last, ends_on=was_last + timedelta(days=1), **facts)
        actions.add_effect(
            report=report, title=f"Skutek próbny {number}", unit=staff.unit, due_on=today + timedelta(days=30), person=staff.head
        )
    actions.note_outcome(report=report, kind="adopted", decided_on=today, words="Rada przyjęła.", person=staff.editor)
    client.get(made.get_absolute_url())
    with django_assert_num_queries(12):
        page = client.get(made.get_absolute_url()).content.decode()
    for words in (
        f"Raport opublikowano {polish_date(today)}", f"{polish_date(today)} Rada przyjęła.", f"Powód próbny {rows - 1}",
        f"Skutek próbny {rows - 1}: w toku, do {polish_date(today + timedelta(days=30))}", "Rada próbna 0", "Regulamin 0",
    ):  # fmt: skip
        assert words in page
    found = queries.whole(rows_of)
    for name, model in queries.FEW.items():
        assert [stored(each) for each in getattr(found, name).all()] == [stored(each) for each in model.objects.all()]


def stored(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
