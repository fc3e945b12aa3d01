"""Colleagues comment under a notice, where its author lets them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ratusz.casework.moderation.actions import hold, put_in_queue, withdraw_from_queue
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.intranet import rules
from ratusz.publishing.intranet.models import Comment, Notice


@transaction.atomic
def write_comment(*, notice: Notice, text: str, person: Any) -> Comment:
    """A comment in the person's name. Raises PermissionDenied, rules.NotOnView, rules.CommentsClosed."""
    now = database_now()
    notice = Notice.objects.select_for_update(of=("self",), no_key=True).get(pk=notice.pk)
    if not rules.may(person, "comment", notice, now):
        raise PermissionDenied
    rules.check_comment(notice, now)
    comment = Comment.objects.create(notice=notice, author=person, text=text.strip(), written_at=now)
    record(deed="intranet.write_comment", subject=comment, actor=person)
    return comment


@transaction.atomic
def remove_comment(*, comment: Comment, person: Any) -> Comment:
    """Its author or whoever answers for the notice takes the words away; that there was a comment stays. PermissionDenied."""
    now = database_now()
    hold(comment.key)
    comment = Comment.objects.select_for_update(of=("self",)).select_related("notice__owner_unit").get(pk=comment.pk)
    if not rules.may(person, "remove", comment, now):
        raise PermissionDenied
    if comment.removed_at is None:
        comment.text, comment.removed_at = "", now
        comment.save(update_fields=["text", "removed_at"])
        record(deed="intranet.remove_comment", subject=comment, after={"by_author": comment.author_id == person.pk}, actor=person)
        withdraw_from_queue(thing=comment.key)
    return comment


@transaction.atomic
def flag_comment(*, comment: Comment, reason: str, words: str, person: Any) -> None:
    """Asks the moderators to look at a comment. Raises PermissionDenied, rules.NotThere."""
    now = database_now()
    hold(comment.key)
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if not rules.may(person, "comment", comment.notice, now):
        raise PermissionDenied
    if comment.removed_at or comment.hidden_at or comment.author_id == person.pk:
        raise rules.NotThere
    put_in_queue(thing=comment.key, reporter=person, reason=reason, words=words)


@transaction.atomic
def hide_comment(*, comment: Comment, person: Any) -> None:
    """By a moderator's decision: its words stay, nobody sees them."""
    Comment.objects.filter(pk=comment.pk, hidden_at=None).update(hidden_at=database_now())
    record(deed="intranet.hide_comment", subject=comment, actor=person)


@transaction.atomic
def restore_comment(*, comment: Comment, person: Any) -> None:
    """Everybody sees it again."""
    Comment.objects.filter(pk=comment.pk).update(hidden_at=None)
    record(deed="intranet.restore_comment", subject=comment, actor=person)


@transaction.atomic
def edit_comment(*, comment: Comment, words: str, person: Any) -> None:
    """By a moderator's decision, or by the author whom a moderator asked; moderation keeps the words from before."""
    Comment.objects.filter(pk=comment.pk, removed_at=None).update(text=words[:2000])
    record(deed="intranet.edit_comment", subject=comment, actor=person)


@transaction.atomic
def open_comments(*, notice: Notice, is_open: bool, person: Any) -> None:
    """By a moderator's decision: colleagues may comment, or no longer."""
    Notice.objects.filter(pk=notice.pk).update(comments_open=is_open)
    record(deed="intranet.open_comments", subject=notice, after={"comments_open": is_open}, actor=person)


@transaction.atomic
def erase_comments(*, person: Any) -> int:
    """Takes the words of everything a person wrote away; gives back how many comments."""
    written = Comment.objects.shown().filter(author=person)
    keys = [comment.key for comment in written]
    hold(*keys)
    erased = written.update(text="", removed_at=database_now())
    for key in keys:
        withdraw_from_queue(thing=key)
    return erased
