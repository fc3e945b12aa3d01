"""What moderation does to comments, threads and accounts: each in the transaction of the judgement, with its own record."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ratusz.casework.moderation.catalogue import reason_name
from ratusz.casework.moderation.models import Appeal, Deed
from ratusz.casework.moderation.queries import decided
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.lemmas import long_lemmas
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


def gave_title(comment: Comment) -> bool:
    """Whether it is the comment of a resident that opened the thread, with a title in their own words."""
    if comment.root_id is not None or comment.author_id is None or comment.author_id != comment.thread.author_id:
        return False
    return not Comment.objects.filter(thread=comment.thread_id, root=None, pk__lt=comment.pk).exists()


@transaction.atomic
def change_words(*, comment: Comment, words: str, title: str = "", person: Any) -> None:
    """By a moderator's decision, or by the author whom a moderator asked; all words from before stay for staff alone.

    `title` is the new one of the thread that the comment opened, where it changes too.
    """
    comment, thread = _locked(comment)
    if comment.erased_at is not None:
        return
    now = database_now()
    keep_version(comment, now, is_public=False)
    comment.versions.filter(is_public=True).update(is_public=False)
    comment.words, comment.edited_at, comment.edit_reason = rules.check_words(words), now, _why(comment)
    comment.save(update_fields=["words", "edited_at", "edit_reason"])
    if title and title != thread.title:
        thread.title = " ".join(title.split())[:200]
        thread.lemmas = long_lemmas(thread.title)
        thread.save(update_fields=["title", "lemmas"])
    record(deed="forum.change_words", subject=comment, actor=person)
    recount(thread, comment.root)


def _why(comment: Comment) -> str:
    """The stamp of a change names the reason of the decision; what an appeal gave back, or its author mended, has none."""
    judgement = decided([comment.key]).get(comment.key)
    if judgement is None or judgement.deed != Deed.EDIT or Appeal.objects.open().filter(judgement=judgement).exists():
        return LOCKED
    return f"{reason_name(judgement.reason, judgement.judged_at)}, {LOCKED}"[:200]


@transaction.atomic
def set_lock(*, thread: Thread, is_locked: bool, person: Any, reason: str = LOCKED) -> None:
    """Nobody adds anything to the thread any more, or they may again."""
    thread = locked_thread(thread.pk)
    thread.locked_at, thread.lock_reason = (thread.locked_at or database_now(), reason[:300]) if is_locked else (None, "")
    thread.save(update_fields=["locked_at", "lock_reason"])
    record(deed="forum.lock" if is_locked else "forum.unlock", subject=thread, after={"reason": reason}, actor=person)
