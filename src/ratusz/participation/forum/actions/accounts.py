"""Accounts of the platform: made after a code came back from a mailbox; what one wrote on the old forum is claimed the same way."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.actions import add_address, confirm_address
from ratusz.foundation.notifications.models import Channel
from ratusz.foundation.people.keys import keyed_digest, plain_address
from ratusz.participation.forum import rules
from ratusz.participation.forum.models import Comment, OldAuthor, Participant, Thread

OLD_NAME, OLD_ADDRESS = "old-name", "old-address"
KEY = "forum"


def old_address_digest(email: str) -> bytes:
    """By which a mailbox of the old forum is known again."""
    return keyed_digest(KEY, OLD_ADDRESS, plain_address(email))


@transaction.atomic
def make_participant(*, email: str, nickname: str) -> Participant:
    """An account for a mailbox that has just proved itself by a code; the one it has already, if it has one.

    Raises ForumRefused for a name that somebody has or that may not be chosen.
    """
    address = add_address(channel=Channel.EMAIL, value=email)
    known = Participant.objects.filter(contact=address).first()
    if known is not None:
        return known
    name = rules.check_name(nickname)
    try:
        with transaction.atomic():
            made = Participant.objects.create(nickname=name, contact=address, made_at=database_now())
    except IntegrityError as problem:
        known = Participant.objects.filter(contact=address).first()
        if known is not None:
            return known
        raise rules.ForumRefused(rules.taken_name_words()) from problem
    confirm_address(address=address)
    record(deed="forum.make_account", subject=made)
    return made


@transaction.atomic
def rename_participant(*, participant: Participant, nickname: str) -> Participant:
    """Another name under everything one wrote. Raises ForumRefused."""
    rules.check_participant(participant, database_now())
    participant.nickname = rules.check_name(nickname)
    try:
        with transaction.atomic():
            participant.save(update_fields=["nickname"])
    except IntegrityError as problem:
        raise rules.ForumRefused(rules.taken_name_words()) from problem
    record(deed="forum.rename_account", subject=participant)
    return participant


def claimable(participant: Participant) -> Any:
    """Authors of the old forum who had the mailbox of this account."""
    if participant.contact is None:
        return OldAuthor.objects.none()
    return OldAuthor.objects.filter(address_digest=old_address_digest(participant.contact.value), claimed_by=None)


@transaction.atomic
def claim_old_author(*, participant: Participant) -> int:
    """What was written from this mailbox on the old forum stands under the account's name; gives how many comments. ForumRefused.

    The account was made by a code to the mailbox, and its digest is that of the old author: nothing more is asked.
    """
    now = database_now()
    participant = rules.check_participant(Participant.objects.select_related("contact").get(pk=participant.pk), now)
    old = list(claimable(participant).select_for_update(of=("self",)))
    if not old:
        raise rules.ForumRefused(_("On the old forum nobody wrote from your mailbox, or it is claimed already."))
    of = [each.participant_id for each in old]
    count = Comment.objects.filter(author__in=of).update(author=participant)
    Thread.objects.filter(author__in=of).update(author=participant)
    OldAuthor.objects.filter(pk__in=[each.pk for each in old]).update(claimed_by=participant, claimed_at=now)
    record(deed="forum.claim", subject=participant, after={"comments": count})
    return count
