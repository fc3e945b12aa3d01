"""What moderation does to comments, threads and accounts: each in the transaction of the judgement, with its own record."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.forum import rules
from ratusz.participation.forum.actions.counting import locked_thread, recount
from ratusz.participation.forum.actions.telling import tell_of_answer
from ratusz.participation.forum.actions.writing import keep_version
from ratusz.participation.forum.models import Comment, Thread

LOCKED = "decyzja moderacji"


def _locked(comment: Comment) -> tuple[Comment, Thread]:
    thread = locked_thread(comment.thread_id)
    found = Comment.objects.select_for_update(of=("self",)).select_related("author__contact", "parent__author__contact", "root")
    made = found.get(pk=comment.pk)
    made.thread = thread
    return made, thread


@transaction.atomic
def hide_comment(*, comment: Comment, person: Any) -> None:
    """Nobody reads it any more; its words stay."""
    comment, thread = _locked(comment)
    if comment.hidden_at is None:
        comment.hidden_at = database_now()
        comment.save(update_fields=["hidden_at"])
    record(deed="forum.hide", subject=comment, actor=person)
    recount(thread, comment.root)


@transaction.atomic
def restore_comment(*, comment: Comment, person: Any) -> None:
    """Everybody reads it: what was hidden comes back, what waited comes out, and only then are people told of it."""
    comment, thread = _locked(comment)
    is_first = comment.shown_at is None
    comment.hidden_at, comment.shown_at = None, comment.shown_at or database_now()
    comment.save(update_fields=["hidden_at", "shown_at"])
    record(deed="forum.show", subject=comment, actor=person)
    recount(thread, comment.root)
    if is_first:
        tell_of_answer(comment)


@transaction.atomic
def change_words(*, comment: Comment, words: str, person: Any) -> None:
    """By a moderator's decision, or by the author whom a moderator asked; the words from before stay for staff."""
    comment, thread = _locked(comment)
    if comment.erased_at is not None:
        return
    now = database_now()
    keep_version(comment, now, is_public=False)
    comment.words, comment.edited_at, comment.edit_reason = rules.check_words(words), now, LOCKED
    comment.save(update_fields=["words", "edited_at", "edit_reason"])
    record(deed="forum.change_words", subject=comment, actor=person)
    recount(thread, comment.root)


@transaction.atomic
def set_lock(*, thread: Thread, is_locked: bool, person: Any, reason: str = LOCKED) -> None:
    """Nobody adds anything to the thread any more, or they may again."""
    thread = locked_thread(thread.pk)
    thread.locked_at, thread.lock_reason = (thread.locked_at or database_now(), reason[:300]) if is_locked else (None, "")
    thread.save(update_fields=["locked_at", "lock_reason"])
    record(deed="forum.lock" if is_locked else "forum.unlock", subject=thread, after={"reason": reason}, actor=person)
