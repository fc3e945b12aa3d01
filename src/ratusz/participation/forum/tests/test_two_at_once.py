"""Two at the same moment: one support of a person, one remark of a comment, crossed merges and judgements that end."""

from __future__ import annotations

from functools import partial

import pytest
from tests.harness.at_once import cross, outcomes

from ratusz.casework.moderation import actions as moderation
from ratusz.casework.moderation.models import Item
from ratusz.casework.moderation.rules import ModerationRefused
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations.factories import ConsultationFactory
from ratusz.participation.forum import actions, rules
from ratusz.participation.forum.actions import erasing, writing
from ratusz.participation.forum.factories import TopicFactory, make_opening
from ratusz.participation.forum.models import Comment, Support, Thread
from ratusz.participation.remarks.models import Intake

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
both = partial(outcomes, refusals=(rules.ForumRefused, ModerationRefused))


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


DEEDS = {
    "flag": (writing, lambda comment, ewa, jan, head: actions.flag(comment=comment, reason="spam", words="", participant=jan)),
    "edit": (
        writing,
        lambda comment, ewa, jan, head: actions.edit_comment(comment=comment, words="Inaczej.", reason="", participant=ewa),
    ),
    "erase": (erasing, lambda comment, ewa, jan, head: actions.erase_words(comment=comment, ground="art. 17", person=head)),
}


@pytest.mark.parametrize("name", DEEDS)
def test_whoever_changes_a_comment_and_whoever_judges_it_do_not_wait_for_one_another(name, ewa, jan, monkeypatch):
    head, opening = AppointmentFactory(role_code="head").person, make_opening(TopicFactory(moderation="pre"), ewa)
    actions.restore_comment(comment=opening, person=head)
    item = Item.objects.get()
    where, deed = DEEDS[name]
    cross(monkeypatch, (where, "withdraw_from_queue" if name == "erase" else "put_in_queue"), (actions, "hide_comment"))
    why = {"reason": "insult", "facts": "Słowo w drugim zdaniu."}
    judge = partial(moderation.judge, item=item, deed="hide", person=AppointmentFactory(role_code="head").person, **why)
    assert "done" in both(judge, lambda: deed(opening, ewa, jan, head))
