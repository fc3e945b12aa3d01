"""What the law asks to be erased: an account becomes a made-up name, and numbers and mailboxes go from what it wrote."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.moderation.actions import erase_items, hold, withdraw_from_queue
from ratusz.casework.moderation.models import Item
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import delete_file
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.lemmas import long_lemmas
from ratusz.foundation.kit.plain_numbers import long_number
from ratusz.participation.forum import rules
from ratusz.participation.forum.actions.counting import SOURCE, locked_thread, recount
from ratusz.participation.forum.actions.judging import gave_title
from ratusz.participation.forum.models import Comment, CommentVersion, Participant, Thread
from ratusz.publishing.website.actions import refresh_after_commit

_MAILBOX = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.\w+")
MASK = "[…]"


def without_personal(words: str, *names: str) -> str:
    """The words without mailboxes, numbers by which a person is known, and the erased names."""
    masked = _MAILBOX.sub(MASK, words)
    while number := long_number(masked):
        if number not in masked:
            break
        masked = masked.replace(number, MASK)
    for name in filter(None, names):
        masked = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", MASK, masked, flags=re.IGNORECASE)
    return masked


@transaction.atomic
def erase_participants(*, participants: Any, names: tuple[str, ...] = ()) -> int:
    """Accounts lose name and mailbox; what they wrote stays under a made-up name. Gives how many. Part of erase_person.

    `names` are those the person is known by elsewhere: they go from the words too.
    """
    found = list(participants.select_for_update(of=("self",)))
    for each in found:
        _mask_words(each, names)
        each.nickname, each.contact = _("Erased account %(number)s") % {"number": each.pk}, None
        each.erased_at = database_now()
        each.save(update_fields=["nickname", "contact", "erased_at"])
        record(deed="forum.erase_account", subject=each)
    return len(found)


def _mask_words(participant: Participant, names: tuple[str, ...]) -> None:
    for comment in Comment.objects.filter(author=participant, erased_at=None).iterator():
        words = without_personal(comment.words, participant.nickname, *names)
        if words != comment.words:
            Comment.objects.filter(pk=comment.pk).update(words=words)
    for version in CommentVersion.objects.filter(comment__author=participant).iterator():
        words = without_personal(version.words, participant.nickname, *names)
        if words != version.words:
            CommentVersion.objects.filter(pk=version.pk).update(words=words)
    for thread in Thread.objects.filter(author=participant):
        _retitle(thread, without_personal(thread.title, participant.nickname, *names))


def _retitle(thread: Thread, title: str) -> None:
    """Another title, also where it is searched for."""
    if title != thread.title:
        thread.title, thread.lemmas = title, long_lemmas(title)
        thread.save(update_fields=["title", "lemmas"])
        refresh_after_commit(source=SOURCE, key=f"thread:{thread.pk}")


@transaction.atomic
def erase_words(*, comment: Comment, ground: str, person: Any) -> None:
    """Takes words, earlier wordings and files of one comment away for good, on a ground of the law, also what moderation keeps of
    it and the title its author gave the thread; its place stays. NotYours.
    """
    now = database_now()
    rules.check_may(person, "erase", comment, now)
    if not ground.strip():
        raise rules.ForumRefused(_("Write the ground of the erasure: whose request it is and by which article."))
    hold(comment.key)
    thread = locked_thread(comment.thread_id)
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if comment.erased_at is not None:
        raise rules.ForumRefused(_("These words were erased already."))
    comment.words, comment.erased_at, comment.edit_reason = "", now, ""
    comment.save(update_fields=["words", "erased_at", "edit_reason"])
    comment.versions.update(words="", is_public=False)
    for each in comment.attachments.select_related("file"):
        delete_file(file=each.file, reason=ground.strip())
    record(deed="forum.erase_words", subject=comment, after={"ground": ground.strip()[:300]}, actor=person)
    withdraw_from_queue(thing=comment.key)
    erase_items(items=Item.objects.filter(thing=comment.key))
    if gave_title(comment):
        _retitle(thread, _("Title erased"))
    recount(thread, comment.root)
