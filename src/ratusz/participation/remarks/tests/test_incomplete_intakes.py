"""A remark without what its mode's form needs is registered with its number, and everybody concerned sees that it is incomplete."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.consultations.factories import ConsultationFactory, FormFactory
from ratusz.participation.remarks.actions.intake import Author
from ratusz.participation.remarks.factories import make_intake
from ratusz.participation.remarks.found_by import find_receipt
from ratusz.participation.remarks.models import Intake

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_what_lacks_a_name_is_registered_as_incomplete_and_says_what_is_missing(staff_client):
    unit = UnitFactory(is_department=True)
    desk = AppointmentFactory(role_code="editor", unit=unit, person=UserFactory(is_staff=True)).person
    form = FormFactory(consultation=ConsultationFactory(running=True, modes=["plan"]))
    nobody = Author("", "", Intake.Category.RESIDENT)
    intake = make_intake(form, "Proszę o park.", author=nobody, person=desk, channel="post")
    assert (intake.state, intake.is_incomplete, intake.remarks.get().number) == ("registered", True, 1)
    client = staff_client("editor", unit=unit)
    page = client.get(reverse("remarks_intake", args=[intake.pk])).content.decode()
    assert "niekompletne" in page and "Imię i nazwisko" in page
    for address in (
        reverse("remarks_register", args=[form.consultation_id]), reverse("remarks_remark", args=[intake.remarks.get().pk])
    ):  # fmt: skip
        assert "niekompletne" in client.get(address).content.decode()
    assert "brakuje danych" in find_receipt(intake.receipt, database_now()).status
