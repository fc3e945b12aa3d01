"""Two presses and two superiors at the same moment: one confirmation of each person, one entry of it."""

from __future__ import annotations

from functools import partial

import pytest
from tests.harness.at_once import outcomes

from ratusz.foundation.audit.models import Entry
from ratusz.publishing.intranet import actions, rules
from ratusz.publishing.intranet.factories import UnitFactory, make_notice, make_staff, make_writer
from ratusz.publishing.intranet.models import Acknowledgement, NoticeTarget

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


both = partial(outcomes, refusals=(rules.Refused,))


def test_a_person_confirms_once_and_superiors_enter_nobody_twice():
    unit = UnitFactory()
    heads = [make_staff(unit, "head"), make_staff(unit, "deputy_head")]
    anna, jan = make_staff(unit), make_staff(unit)
    notice = make_notice(make_writer(), is_required=True, targets=[NoticeTarget(unit=unit)])
    confirm = lambda: actions.acknowledge(notice=notice, person=anna, number=1)  # noqa: E731
    assert both(confirm, confirm) == ["done", "done"]

    def enter(head):
        return lambda: actions.enter_for_people(notice=notice, number=1, unit=unit, people=[jan], person=head)

    assert both(*map(enter, heads)) == ["NotOnTheList", "done"]
    assert sorted(Acknowledgement.objects.values_list("person", flat=True)) == sorted([anna.pk, jan.pk])
    assert Entry.objects.filter(deed="intranet.acknowledge").count() == 1
