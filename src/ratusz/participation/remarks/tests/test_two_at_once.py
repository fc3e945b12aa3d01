"""A moderator decides about a remark at the moment when the register changes it, or its intake: both deeds end."""

from __future__ import annotations

from functools import partial

import pytest
from tests.harness.at_once import cross, outcomes

from ratusz.casework.moderation import actions as moderation
from ratusz.casework.moderation.models import Item
from ratusz.casework.moderation.rules import ModerationRefused
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.remarks.actions import judging, positions, showing
from ratusz.participation.remarks.factories import make_form, make_position, make_remark
from ratusz.participation.remarks.rules import RemarkRefused

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
both = partial(outcomes, refusals=(RemarkRefused, ModerationRefused))


def test_a_decision_of_a_moderator_and_a_deed_of_the_register_do_not_wait_for_one_another(monkeypatch):
    runner, moderator = (AppointmentFactory(role_code="head").person for _each in range(2))
    form = make_form(is_read_before=False)
    deeds = {
        showing: lambda remark: showing.hide_by_staff(remark=remark, person=runner),
        judging: lambda remark: judging.reject(intake=remark.intake, code="N03", note_words="", person=runner),
    }
    for where, deed in deeds.items():
        remark = make_remark(form)
        moderation.put_in_queue(thing=remark.key)
        judge = partial(
            moderation.judge, item=Item.objects.open().get(), deed="hide", person=moderator, reason="insult", facts="Słowo."
        )
        with monkeypatch.context() as patch:
            cross(patch, (where, "put_in_queue" if where is showing else "withdraw_from_queue"), (showing, "_locked"))
            assert "done" in both(judge, lambda deed=deed, remark=remark: deed(remark))
        moderation.withdraw_from_queue(thing=remark.key)


def test_a_position_and_a_rejection_at_one_moment_do_not_wait_for_one_another(monkeypatch):
    writer, approver, runner = (AppointmentFactory(role_code="head").person for _each in range(3))
    remark = make_remark(make_form(is_read_before=False))
    make_position(remark, writer)
    positions.send_to_review(remark=remark, person=writer)
    cross(monkeypatch, (positions, "_tell"), (judging, "_out_of_sight"))
    approve = partial(positions.approve, remark=remark, person=approver)
    assert both(approve, lambda: judging.reject(intake=remark.intake, code="N03", note_words="", person=runner)) == ["done", "done"]
