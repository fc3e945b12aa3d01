"""An appeal: one click of the author, within its window, decided by somebody who has judged nothing of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.moderation import actions, queries, rules
from ratusz.casework.moderation.models import Appeal, Judgement, State
from ratusz.casework.moderation.moves import moves_of
from ratusz.casework.moderation.registries import rules_listeners
from ratusz.casework.moderation.tests.test_judging import WHY, moderator, posts, running
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory

pytestmark = pytest.mark.django_db
__all__ = ["posts"]


def judged(posts, deed="hide", **facts):
    item = posts.in_queue(posts.write(author=UserFactory()))
    return actions.judge(item=item, deed=deed, person=facts.pop("person", None) or moderator(), **(WHY | facts))


def test_filed_twice_it_is_one_with_one_clock(posts):
    made = judged(posts)
    first = actions.appeal(judgement=made, words="To był cytat.")
    assert actions.appeal(judgement=made, words="") == first
    assert (Appeal.objects.count(), running(), first.words) == (1, ["moderation.appeal"], "To był cytat.")
    clock = Clock.objects.running().get()
    assert (local_day(clock.due_at) - local_day(clock.started_at)).days == 8  # seven days, and the last one to its end


def test_the_window_is_half_a_year_and_dated(posts, monkeypatch):
    made = judged(posts)
    assert 180 <= (made.appeal_until - made.judged_at).days <= 185
    monkeypatch.setattr("ratusz.casework.moderation.actions.appealing.database_now", lambda: made.appeal_until)
    with pytest.raises(rules.ModerationRefused):
        actions.appeal(judgement=made)
    monkeypatch.setattr(
        "ratusz.casework.moderation.actions.appealing.database_now", lambda: made.appeal_until - timedelta(microseconds=1)
    )
    actions.appeal(judgement=made)


def test_only_the_newest_decision_and_only_a_deed_is_appealed(posts):
    asked = judged(posts, "ask")
    with pytest.raises(rules.ModerationRefused):
        actions.appeal(judgement=asked)
    quarantined = actions.judge(item=asked.item, deed="quarantine", person=moderator(), **WHY)
    actions.judge(item=asked.item, deed="hide", person=moderator(), **WHY)
    with pytest.raises(rules.ModerationRefused):
        actions.appeal(judgement=quarantined)


@pytest.mark.parametrize(
    ("deed", "outcome", "hidden", "locked", "words"),
    [
        ("hide", "upheld", True, False, "Tylko idiota mógł to wymyślić."),
        ("hide", "reversed", False, False, "Tylko idiota mógł to wymyślić."),
        ("hide", "partly", False, False, "Kto to wymyślił?"),
        ("lock", "reversed", False, False, "Tylko idiota mógł to wymyślić."),
        ("edit", "reversed", False, False, "Tylko idiota mógł to wymyślić."),
        ("edit", "upheld", False, False, "Zmienione."),
        ("quarantine", "reversed", False, False, "Tylko idiota mógł to wymyślić."),
    ],
)
def test_what_an_appeal_gives_back(posts, deed, outcome, hidden, locked, words):
    made = judged(posts, deed, words="Zmienione.")
    filed = actions.appeal(judgement=made)
    facts = {"outcome": outcome, "answer": "Bo tak wynika z zasad.", "words": "Kto to wymyślił?"}
    found = actions.decide_appeal(appeal=filed, person=moderator("head"), **facts)
    post = posts.made[1]
    assert (post.is_hidden, post.is_locked, post.words, running()) == (
        hidden, locked, words, [],
    )  # fmt: skip
    assert made.item.__class__.objects.get().state == State.JUDGED
    answer = OutboxMessage.objects.get(purpose="moderation.answer").content.text
    assert "Bo tak wynika z zasad." in answer and (found.words_after == "Kto to wymyślił?") == (outcome == "partly")


def test_a_thing_that_is_gone_is_not_brought_back(posts):
    filed = actions.appeal(judgement=judged(posts))
    posts.made[1].is_gone = True
    actions.decide_appeal(appeal=filed, outcome="reversed", answer="Zgoda.", person=moderator())
    assert posts.made[1].is_hidden is True


def test_whoever_judged_anything_of_it_does_not_decide(posts):
    first, second, third = moderator(), moderator(), moderator()
    asked = judged(posts, "ask", person=first)
    made = actions.judge(item=asked.item, deed="hide", person=second, **WHY)
    filed = actions.appeal(judgement=made)
    at = database_now()
    open_one = queries.open_appeals().get()
    assert [rules.may(each, "decide", open_one, at) for each in (first, second, third)] == [False, False, True]
    assert [[move.what[:7] for move in moves_of(each, at)] for each in (first, third)] == [[], ["Rozstrz"]]
    with pytest.raises(rules.NotYours):
        actions.decide_appeal(appeal=filed, outcome="upheld", answer="x", person=second)
    for cheat in (first, second):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appeal.objects.update(outcome="upheld", answer="x", decided_by=cheat, decided_at=at)


def test_an_appeal_is_decided_once_whole_and_stays(posts):
    filed = actions.appeal(judgement=judged(posts))
    for wrong in ({"outcome": "no"}, {"answer": " "}, {"outcome": "partly", "words": ""}):
        with pytest.raises(rules.ModerationRefused):
            actions.decide_appeal(appeal=filed, person=moderator(), **({"outcome": "upheld", "answer": "x"} | wrong))
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.update(outcome="upheld")
    actions.decide_appeal(appeal=filed, outcome="upheld", answer="x", person=moderator())
    with pytest.raises(rules.ModerationRefused):
        actions.decide_appeal(appeal=filed, outcome="reversed", answer="x", person=moderator())
    for change in ({"outcome": "reversed"}, {"answer": "y"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appeal.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.all().delete()
    actions.erase_items(items=filed.judgement.item.__class__.objects.all())
    assert Appeal.objects.values("answer", "words", "outcome").get() == {"answer": "", "words": "", "outcome": "upheld"}


def test_nobody_judges_over_the_head_of_an_appeal(posts):
    made = judged(posts, "quarantine")
    actions.appeal(judgement=made)
    with pytest.raises(rules.ModerationRefused):
        actions.judge(item=made.item, deed="hide", person=moderator(), **WHY)
    assert Judgement.objects.count() == 1


def test_the_month_brings_appeals_reversals_others_and_what_is_late_or_open(posts):
    start = database_now() - timedelta(minutes=1)
    reversed_one, waiting = judged(posts), judged(posts)
    other = judged(posts, reason="other")
    for made in (reversed_one, waiting):
        actions.appeal(judgement=made)
    actions.decide_appeal(appeal=reversed_one.appeal, outcome="reversed", answer="x", person=moderator())
    late = posts.in_queue()
    Clock.objects.filter(subject=late.key).update(due_at=database_now())
    Clock.objects.filter(subject=waiting.appeal.key).update(due_at=database_now())
    until = database_now() + timedelta(minutes=1)
    told = [(each.about, each.item.pk) for each in queries.month(start, until)]
    assert told == [
        ("reversed", reversed_one.item_id), ("appeal", waiting.item_id), ("other", other.item_id), ("late", late.pk),
        ("late", waiting.item_id), ("open", late.pk),
    ]  # fmt: skip
    later = queries.month(until, until + timedelta(days=30))
    assert [(each.about, each.item.pk) for each in later] == [("appeal", waiting.item_id), ("open", late.pk)]


def test_examples_of_the_catalogue(posts, monkeypatch):
    head = moderator("head")
    with pytest.raises(rules.NotYours):
        actions.add_example(reason="insult", case="x", reading="y", person=moderator())
    made = actions.add_example(reason="insult", case="„Idiota”", reading="Ukrywamy.", person=head, is_public=True)
    actions.add_example(reason="insult", case="„Głupi pomysł”", reading="Zostaje.", person=head)
    assert [len(queries.examples(public_only=only)["insult"]) for only in (False, True)] == [2, 1]
    heard: list[bool] = []
    monkeypatch.setitem(rules_listeners._entries, "test", lambda: heard.append(True))
    for _time in range(2):
        actions.retire_example(example=made, person=head)
    assert heard == [True]
    assert [list(queries.examples(public_only=only)) for only in (False, True)] == [["insult"], []]
    with pytest.raises(IntegrityError), transaction.atomic():
        type(made).objects.create(reason="insult", case="", reading="x", added_at=database_now())
    assert made.label_in_record == f"insult #{made.pk}"
