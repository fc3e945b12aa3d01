"""Constraints of the register of remarks that the database keeps whatever the code does."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.models import Intake, Position, Remark

pytestmark = pytest.mark.django_db


@pytest.fixture
def remark():
    at = database_now()
    consultation = Consultation.objects.create(slug="proba", title="Próba", created_at=at)
    intake = Intake.objects.create(
        consultation=consultation, receipt="KS-0001-7", form_key=uuid.uuid4(), channel="online", received_at=at, entered_at=at
    )
    return Remark.objects.create(consultation=consultation, intake=intake, number=1, content="Więcej drzew", made_at=at)


def refused(name, deed):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        deed()


def test_a_number_is_given_once(remark):
    refused(
        "one_remark_of_each_number",
        lambda: Remark.objects.create(
            consultation=remark.consultation, intake=remark.intake, number=1, content="inna", made_at=remark.made_at
        ),
    )


def test_an_approved_position_has_reasons_and_a_moment(remark):
    at = database_now()
    of = {"remark": remark, "version": 1, "verdict": "rejected", "written_at": at, "state": "approved"}
    refused("an_approved_position_has_reasons", lambda: Position.objects.create(**of, approved_at=at))
    refused("an_approved_position_says_when", lambda: Position.objects.create(**of, reasons="Brak miejsca na chodnik."))


def test_further_analysis_has_a_day(remark):
    refused(
        "further_analysis_has_a_day",
        lambda: Position.objects.create(remark=remark, version=1, verdict="further_analysis", written_at=database_now()),
    )


def test_a_rejected_intake_has_a_code(remark):
    refused("a_rejected_intake_has_a_reason_code", lambda: Intake.objects.filter(pk=remark.intake.pk).update(state="rejected"))


def test_days_of_a_consultation_run_forwards(remark):
    refused(
        "a_consultation_ends_after_it_starts",
        lambda: Consultation.objects.filter(pk=remark.consultation.pk).update(
            starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 1)
        ),
    )
