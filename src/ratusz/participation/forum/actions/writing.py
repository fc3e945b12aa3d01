"""Residents write, answer, change within their time, support and flag. What waits for a moderator is told to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from ratusz.casework.moderation.actions import hold, put_in_queue
from ratusz.casework.moderation.actions.admitting import admit, look_again, mode_in_place
from ratusz.casework.moderation.models import Source
from ratusz.casework.moderation.queries import suspension_of
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.lemmas import long_lemmas
from ratusz.participation.forum import rules
from ratusz.participation.forum.actions.counting import locked_thread, recount
from ratusz.participation.forum.actions.telling import tell_of_answer
from ratusz.participation.forum.models import Attachment, Comment, CommentVersion, Participant, Support, Thread, Topic

FILES = "forum.attachment"


@transaction.atomic
def start_thread(
    *, topic: Topic, title: str, words: str, participant: Participant | None, stance: str = Comment.Stance.NEUTRAL,
    asks_office: bool = False, files: Sequence[Any] = (),
) -> Comment:  # fmt: skip
    """A new thread with its first comment, which is given back. Raises ForumRefused, files.rules.FileRefused."""
    writer, now = _writer(participant)
    topic = Topic.objects.select_for_update(of=("self",), no_key=True).get(pk=topic.pk)
    rules.check_writing(topic, None, now)
    _check_pace(writer, now, is_thread=True)
    title, words = " ".join(rules.check_words(title).split())[:200], rules.check_words(words)
    thread = Thread.objects.create(topic=topic, title=title, lemmas=long_lemmas(title), author=writer, started_at=now, last_at=now)
    made = Comment(thread=thread, author=writer, words=words, stance=stance, asks_office=asks_office, written_at=now)
    return _keep(made, files)


@transaction.atomic
def write_comment(
    *, thread: Thread, words: str, participant: Participant | None, parent: Comment | None = None,
    stance: str = Comment.Stance.NEUTRAL, asks_office: bool = False, files: Sequence[Any] = (),
) -> Comment:  # fmt: skip
    """A comment in a thread, or an answer to `parent`. Raises ForumRefused, files.rules.FileRefused."""
    writer, now = _writer(participant)
    thread = locked_thread(thread.pk)
    rules.check_writing(thread.topic, thread, now)
    _check_pace(writer, now)
    if parent is not None:
        parent = Comment.objects.get(pk=parent.pk)
        rules.check_answered(parent, thread)
    made = Comment(
        thread=thread, author=writer, words=rules.check_words(words), stance=stance, asks_office=asks_office, written_at=now,
        parent=parent, root=(parent.root or parent) if parent else None,
    )  # fmt: skip
    return _keep(made, files)


def _writer(participant: Participant | None) -> tuple[Participant, Any]:
    """Whoever writes, under their lock, with what moderation says of them: a suspension that comes at the same moment is seen."""
    now = database_now()
    if participant is not None:
        found = Participant.objects.select_for_update(of=("self",), no_key=True).select_related("contact")
        participant = with_suspension(found.get(pk=participant.pk), now)
    return rules.check_participant(participant, now), now


def _check_pace(writer: Participant, now: datetime, *, is_thread: bool = False) -> None:
    """Under the lock of the writer, so that two at once are counted one after another. Raises ForumRefused."""
    comments = Comment.objects.filter(author=writer, written_at__gt=now - timedelta(hours=1)).count()
    threads = Thread.objects.filter(author=writer, started_at__gt=now - timedelta(days=1)).count() if is_thread else 0
    rules.check_pace(comments, threads, now)


def with_suspension(participant: Participant, at: datetime) -> Participant:
    """The account with the moment until which it only reads."""
    suspension = suspension_of(address=participant.address, at=at) if participant.contact_id else None
    participant.suspended_until = suspension.ends if suspension else None
    return participant


def _keep(made: Comment, files: Sequence[Any]) -> Comment:
    """Keeps a checked comment; moderation lets it out at once, or has it wait."""
    made.save(force_insert=True)
    for each in files:
        file = accept_upload(upload=each, name=each.name, purpose=FILES, subject=f"ratusz_forum.Comment:{made.pk}")
        Attachment.objects.create(comment=made, file=file, name=file.name, sha256=file.sha256)
    waits = not admit(thing=made.key).is_published
    if not waits:
        made.shown_at = made.written_at
        made.save(update_fields=["shown_at"])
    record(deed="forum.write", subject=made, after={"thread": made.thread_id, "waits": waits})
    recount(made.thread, made.root)
    if not waits:
        tell_of_answer(made)
    return made


@transaction.atomic
def edit_comment(*, comment: Comment, words: str, reason: str, participant: Participant | None) -> Comment:
    """Its author changes it within their time; the earlier wording stays for everybody. Raises NotYours, ForumRefused."""
    hold(comment.key)
    writer, now = _writer(participant)
    thread = locked_thread(comment.thread_id)
    comment = Comment.objects.select_for_update(of=("self",)).select_related("author").get(pk=comment.pk)
    rules.check_editing(comment, writer, now)
    rules.check_writing(thread.topic, thread, now)
    plain = rules.check_words(words)
    if plain == comment.words:
        raise rules.ForumRefused(rules.nothing_changed_words())
    keep_version(comment, now)
    if comment.is_shown and rules.waits_again(mode_in_place(thread.topic.key, now), plain):
        comment.shown_at = None
    comment.words, comment.edited_at, comment.edit_reason = plain, now, " ".join(reason.split())[:200]
    comment.save(update_fields=["words", "edited_at", "edit_reason", "shown_at"])
    record(deed="forum.edit", subject=comment, after={"waits": comment.shown_at is None})
    if comment.shown_at is None:
        put_in_queue(thing=comment.key, source=Source.BEFORE)
    elif look_again(thing=comment.key):
        comment.refresh_from_db(fields=["hidden_at"])
    recount(thread, comment.root)
    return comment


def keep_version(comment: Comment, now: Any, *, is_public: bool = True) -> None:
    """Keeps the words as they stand, before they change."""
    number = comment.versions.count() + 1
    CommentVersion.objects.create(comment=comment, number=number, words=comment.words, replaced_at=now, is_public=is_public)


@transaction.atomic
def support(*, comment: Comment, participant: Participant | None) -> bool:
    """One more voice for a comment; False when this person's was there already. Raises ForumRefused."""
    writer, now = _writer(participant)
    comment = Comment.objects.select_related("thread__topic").get(pk=comment.pk)
    rules.check_supporting(comment, writer, now)
    _row, is_new = Support.objects.get_or_create(comment=comment, participant=writer, defaults={"given_at": now})
    if is_new:
        Comment.objects.filter(pk=comment.pk).update(support_count=F("support_count") + 1)
    return is_new


@transaction.atomic
def take_support_back(*, comment: Comment, participant: Participant | None) -> bool:
    """The person supports it no more; False when they did not. Raises ForumRefused."""
    writer, now = _writer(participant)
    comment = Comment.objects.select_related("thread__topic").get(pk=comment.pk)
    rules.check_writing(comment.thread.topic, comment.thread, now)
    gone, _rows = Support.objects.filter(comment=comment, participant=writer).delete()
    if gone:
        Comment.objects.filter(pk=comment.pk).update(support_count=F("support_count") - 1)
    return bool(gone)


@transaction.atomic
def flag(*, comment: Comment, reason: str, words: str, participant: Participant | None = None, sender: str = "") -> None:
    """Asks the moderators to look. `sender` is a keyed digest of the connection of whoever has no account. Raises ForumRefused."""
    hold(comment.key)
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if not comment.is_shown:
        raise rules.ForumRefused(rules.not_shown_words())
    if participant is not None and comment.author_id == participant.pk:
        raise rules.ForumRefused(rules.own_flag_words())
    put_in_queue(thing=comment.key, reason=reason, words=words, sender=participant.key if participant else sender)
