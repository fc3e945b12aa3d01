"""Two presses and two superiors at the same moment: one confirmation of each person, one entry of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from ratusz.foundation.audit.models import Entry
from ratusz.publishing.intranet import actions, rules
from ratusz.publishing.intranet.factories import UnitFactory, make_notice, make_staff, make_writer
from ratusz.publishing.intranet.models import Acknowledgement, NoticeTarget

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def both(act: Callable[[], Any], other: Callable[[], Any]) -> list[str]:
    """What came of each, begun at one moment: "done" or the name of the refusal."""
    gate, came = threading.Barrier(2), []

    def run(each: Callable[[], Any]) -> None:
        gate.wait()
        try:
            each()
            came.append("done")
        except rules.Refused as refusal:
            came.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[each]) for each in (act, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came)


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
