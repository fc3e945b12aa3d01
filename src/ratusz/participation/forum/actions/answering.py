"""A unit answers on the platform: marked as official, told to whoever asked."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.forum import rules
from ratusz.participation.forum.actions.counting import locked_thread, recount
from ratusz.participation.forum.actions.telling import tell_of_answer
from ratusz.participation.forum.models import Comment, Thread


@transaction.atomic
def answer_officially(*, thread: Thread, words: str, person: Any, parent: Comment | None = None) -> Comment:
    """The official answer of the topic's unit, to a comment or to the whole thread. A closed topic is still answered.

    Raises NotYours, ForumRefused: without a unit nobody answers; an archive is not added to.
    """
    now = database_now()
    thread = locked_thread(thread.pk)
    rules.check_may(person, "answer", thread.topic, now)
    rules.check_answering(thread)
    if parent is not None:
        parent = Comment.objects.select_for_update(of=("self",)).select_related("author__contact", "root").get(pk=parent.pk)
        rules.check_answered(parent, thread)
    made = Comment.objects.create(
        thread=thread, staff_author=person, unit=thread.topic.unit, words=rules.check_words(words), written_at=now, shown_at=now,
        parent=parent, root=(parent.root or parent) if parent else None,
    )  # fmt: skip
    if parent is not None and parent.answered_at is None:
        parent.answered_at = now
        parent.save(update_fields=["answered_at"])
    record(
        deed="forum.answer_officially", subject=made, after={"unit": thread.topic.unit_id, "to": parent and parent.pk}, actor=person
    )
    recount(thread, made.root)
    tell_of_answer(made)
    return made
