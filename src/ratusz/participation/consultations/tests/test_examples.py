"""Example consultations are what their traits say."""

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.consultations.factories import AreaFactory, ConsultationFactory, FormFactory

pytestmark = pytest.mark.django_db


def test_an_example_stands_in_the_stage_asked_for():
    today = local_day(database_now())
    plan, announced, running, ended = (
        ConsultationFactory(**traits) for traits in ({}, {"announced": True}, {"running": True}, {"ended": True})
    )
    told = [(each.is_public(), each.is_running(today), each.has_ended(today)) for each in (plan, announced, running, ended)]
    assert told == [(False, False, False), (True, False, False), (True, True, False), (True, False, True)]
    form, area = FormFactory(consultation=running), AreaFactory(consultation=running, of_district=True)
    assert (form.consultation, area.consultation, area.name) == (running, running, area.district.name)
