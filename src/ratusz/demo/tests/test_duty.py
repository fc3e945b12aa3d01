"""The demo has somebody on duty from today for four weeks, once, however often it is loaded."""

from datetime import timedelta

import pytest

from ratusz.coordination.desk.models import DutyTurn
from ratusz.demo import duty, people
from ratusz.foundation.kit.clock import database_now

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_somebody_is_on_duty_for_four_weeks():
    for load in (people.load, duty.load, duty.load):
        load(lambda words: None)
    at = database_now()
    editing = DutyTurn.objects.filter(kind="editing")
    assert [editing.at(at + timedelta(days=days)).count() for days in range(21)] == [1] * 21
    assert DutyTurn.objects.filter(kind="press").count() == editing.count() == 4
