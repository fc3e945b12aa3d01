"""What came after the end is kept with its number; the pack of the mode says whether the city takes a position on it."""

from __future__ import annotations

from datetime import date

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.consultations.factories import ConsultationFactory, FormFactory
from ratusz.participation.consultations.modes.pack import rules_for
from ratusz.participation.remarks import plugged
from ratusz.participation.remarks.factories import make_intake
from ratusz.participation.remarks.terms import late_ones_are_considered

pytestmark = pytest.mark.django_db
LAUNCHED = date(2026, 3, 2)


def late_remark(*modes):
    """One that came by post after the last day of a consultation launched in these modes, with their rules frozen in it."""
    frozen = rules_for(list(modes), LAUNCHED).content
    made = ConsultationFactory(ended=True, modes=list(modes), rules=frozen)
    desk = AppointmentFactory(role_code="editor", unit=UnitFactory(is_department=True), person=UserFactory(is_staff=True)).person
    intake = make_intake(FormFactory(consultation=made), "Proszę o ekrany.", person=desk, channel="post")
    return made, intake


@pytest.mark.parametrize(
    ("modes", "considered"),
    [(["environment"], False), (["environment_decision"], False), (["art5a"], True), (["art5a", "environment"], False)],
)
def test_a_late_remark_is_kept_and_treated_as_the_packs_of_its_modes_say(modes, considered):
    made, intake = late_remark(*modes)
    assert (intake.state, intake.remarks.get().number) == ("late", 1)
    now = database_now()
    assert late_ones_are_considered(made, now) is considered
    assert plugged.owing(made, now).filter(intake=intake).exists() is considered
    # A pack that changes later changes nothing in what was launched (property 10).
    made.modes = ["art5a"]
    assert late_ones_are_considered(made, now) is (considered or modes == ["art5a"])
