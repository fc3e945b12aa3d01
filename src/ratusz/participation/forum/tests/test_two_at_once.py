"""Two at the same moment: one support of a person, one remark of a comment, crossed merges that end, a closed topic that stays shut."""

from __future__ import annotations

from functools import partial

import pytest
from tests.harness.at_once import outcomes

from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations.factories import ConsultationFactory
from ratusz.participation.forum import actions, rules
from ratusz.participation.forum.factories import TopicFactory, make_opening
from ratusz.participation.forum.models import Comment, Support, Thread
from ratusz.participation.remarks.models import Intake

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
both = partial(outcomes, refusals=(rules.ForumRefused,))


def test_one_support_one_remark_and_merges_that_end(ewa, jan):
    topic = TopicFactory(consultation=ConsultationFactory(running=True), is_formal=True)
    head = AppointmentFactory(role_code="head").person
    one, two = make_opening(topic, ewa, title="Pierwszy"), make_opening(topic, ewa, title="Drugi")
    assert both(*[lambda: actions.support(comment=one, participant=jan)] * 4) == ["done"] * 4
    one.refresh_from_db()
    assert (Support.objects.count(), one.support_count) == (1, 1)
    assert both(*[lambda: actions.mark_remark(comment=one, content="", person=head)] * 2) == ["done"] * 2
    assert Intake.objects.count() == 1
    crossed = [(one.thread, two.thread), (two.thread, one.thread)]
    deeds = [partial(actions.merge_threads, thread=each, into=into, person=head) for each, into in crossed]
    assert both(*deeds) == ["ForumRefused", "done"]
    assert Comment.objects.count() == 2 and sum(Thread.objects.values_list("comment_count", flat=True)) == 2
