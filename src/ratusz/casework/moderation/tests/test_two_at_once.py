"""Two at the same moment: one item, one judgement, one appeal, one decision of it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from tests.harness.at_once import at_once, outcomes

from ratusz.casework.moderation import actions, rules
from ratusz.casework.moderation.factories import NAME
from ratusz.casework.moderation.models import Admission, Appeal, Flag, Item, Judgement, MonthTable
from ratusz.casework.moderation.tests.test_judging import WHY, moderator, posts
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
__all__ = ["posts"]


both = partial(outcomes, refusals=(rules.ModerationRefused,))


def test_flagged_by_four_at_once_it_is_one_item(posts):
    post = posts.write()
    assert both(*[lambda number=number: posts.in_queue(post, sender=str(number)) for number in range(4)]) == ["done"] * 4
    assert (Item.objects.count(), Flag.objects.count()) == (1, 4)


def test_one_of_two_decisions_stands(posts):
    item, people = posts.in_queue(posts.write(author=UserFactory())), [moderator(), moderator()]
    deeds = [lambda each=each: actions.judge(item=item, deed="hide", person=each, seen=0, **WHY) for each in people]
    assert both(*deeds) == ["ModerationRefused", "done"]
    assert (Judgement.objects.count(), OutboxMessage.objects.count()) == (1, 1)


def test_one_appeal_and_one_decision_of_it(posts):
    item = posts.in_queue(posts.write(author=UserFactory()))
    made = actions.judge(item=item, deed="hide", person=moderator(), **WHY)
    assert both(*[lambda: actions.appeal(judgement=made)] * 2) == ["done", "done"]
    filed, people = Appeal.objects.get(), [moderator(), moderator()]
    decide = [lambda each=each: actions.decide_appeal(appeal=filed, outcome="upheld", answer="x", person=each) for each in people]
    assert both(*decide) == ["ModerationRefused", "done"]
    assert OutboxMessage.objects.filter(purpose="moderation.answer").count() == 1


def test_one_thing_sent_twice_at_once_is_admitted_once(posts):
    thing = f"{NAME}:{posts.write(words='Proszę o ławkę.').number}"
    came = at_once(*[lambda: actions.admit(thing=thing)] * 3)
    assert len({each.pk for each in came}) == 1 == Admission.objects.count()


def test_one_month_counted_twice_at_once_has_one_first_version():
    month = (local_day(database_now()).replace(day=1) - timedelta(days=1)).replace(day=1)
    assert both(*[lambda: actions.freeze_month(month=month)] * 2) == ["ModerationRefused", "done"]
    assert MonthTable.objects.get().version == 1
