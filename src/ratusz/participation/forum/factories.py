"""Topics, accounts and comments for tests and the demo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory

from ratusz.casework.moderation.models import Mode
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.actions import add_address
from ratusz.foundation.units.factories import UnitFactory
from ratusz.participation.forum import actions
from ratusz.participation.forum.models import Category, Comment, Participant, Thread, Topic


class CategoryFactory(factory.django.DjangoModelFactory):
    """A shelf of topics."""

    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"Zieleń i parki {n + 1}")
    slug = factory.Sequence(lambda n: f"zielen-{n + 1}")


class TopicFactory(factory.django.DjangoModelFactory):
    """A topic open for a week already and three more, where nothing waits for a moderator."""

    class Meta:
        model = Topic

    category = factory.SubFactory(CategoryFactory)
    title = factory.Sequence(lambda n: f"Próbny park nr {n + 1}")
    slug = factory.Sequence(lambda n: f"probny-park-{n + 1}")
    unit = factory.SubFactory(UnitFactory)
    opens_at = factory.LazyFunction(lambda: database_now() - timedelta(days=7))
    closes_at = factory.LazyFunction(lambda: database_now() + timedelta(days=21))
    moderation = Mode.POST
    created_at = factory.LazyFunction(database_now)


def make_participant(nickname: str = "Zielony Listek", **facts: Any) -> Participant:
    """An account with a mailbox of its own."""
    number = Participant.objects.count() + 1
    contact = add_address(channel="email", value=facts.pop("email", f"pks{number}@example.pl"))
    return Participant.objects.create(nickname=nickname, contact=contact, made_at=database_now(), **facts)


def make_thread(topic: Topic | None = None, participant: Participant | None = None, **facts: Any) -> Thread:
    """A thread with its first comment."""
    return make_opening(topic, participant, **facts).thread


def make_opening(topic: Topic | None = None, participant: Participant | None = None, **facts: Any) -> Comment:
    """The first comment of a thread."""
    start = {"title": "Więcej cienia na placu zabaw", "words": "Latem nie da się tam usiąść."} | facts
    writer = participant or Participant.objects.filter(erased_at=None).first() or make_participant()
    return actions.start_thread(topic=topic or TopicFactory(), participant=writer, **start)


def make_many(thread: Thread, number: int, participant: Participant, *, answers_to_each: int = 0) -> None:
    """So many shown comments at once, without the ways of the actions: for figures of long threads."""
    now = thread.started_at
    roots = [
        Comment(
            thread=thread, author=participant, words=f"Wpis **{each}**: proszę o więcej drzew i ławek przy alejce.",
            stance=("for", "against", "neutral")[each % 3], written_at=now + timedelta(seconds=each), shown_at=now,
            support_count=each * 7 % 50, answer_count=answers_to_each,
        )
        for each in range(number)
    ]  # fmt: skip
    Comment.objects.bulk_create(roots)
    answers = [
        Comment(
            thread=thread, author=participant, words="Zgadzam się.", root=root, parent=root, shown_at=now,
            written_at=root.written_at + timedelta(seconds=each + 1),
        )
        for root in roots for each in range(answers_to_each)
    ]  # fmt: skip
    Comment.objects.bulk_create(answers)
    thread.comment_count += len(roots) + len(answers)
    thread.save(update_fields=["comment_count"])
