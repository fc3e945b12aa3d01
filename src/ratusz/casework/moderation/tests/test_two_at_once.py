"""Two at the same moment: one item, one judgement, one appeal, one decision of it."""

from __future__ import annotations

from functools import partial

import pytest
from tests.harness.at_once import outcomes

from ratusz.casework.moderation import actions, rules
from ratusz.casework.moderation.models import Appeal, Flag, Item, Judgement
from ratusz.casework.moderation.tests.test_judging import WHY, moderator, posts
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
