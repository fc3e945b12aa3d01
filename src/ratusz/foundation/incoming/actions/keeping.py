"""One letter is kept: its bytes, what they say, its attachments after the checks of uploads. The same letter again is the same."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload, keep_made
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.incoming import rules
from ratusz.foundation.incoming.adapters import Came
from ratusz.foundation.incoming.models import Attachment, Letter
from ratusz.foundation.incoming.reading import Found, Read, read_letter
from ratusz.foundation.incoming.registry import mailboxes
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.actions import add_address
from ratusz.foundation.notifications.rules import NotDeliverable

AS_IT_CAME = "incoming.as_it_came"
"""Purpose of the bytes of letters."""
KEPT_DAYS = 365 * 6
"""Longer than any module keeps its letters: they are erased with what was made of them, or by the module's own term."""
State = Letter.State


def keep_letter(*, mailbox: str, came: Came) -> Letter:
    """Keeps what came, once: known bytes, or a known Message-ID that says the same, give the letter that is there.

    Whatever cannot be read is kept as unreadable with its reason. Only what the database or the disk refuses is raised: then the
    letter stays unmarked in its mailbox.
    """
    read = read_letter(came.content, is_whole=came.is_whole)
    if not read.problem and read.sender == address_of(mailbox):
        read.problem = "own"
    with transaction.atomic():
        # One after another: of two workers with one letter the second finds what the first has kept.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ratusz_incoming'), hashtext(%s))", [mailbox])
        digests = _digests(came, read)
        known = _known(mailbox, digests)
        if known is not None:
            return known
        return _kept(mailbox, came, read, digests)


def address_of(mailbox: str) -> str:
    """Our own address of a mailbox in small letters; "" when it is not set."""
    return settings.RATUSZ_MAILBOXES.get(mailbox, {}).get("address", "").lower()


def _digests(came: Came, read: Read) -> dict[str, str]:
    said = [read.sender, read.subject, read.text, *(hashlib.sha256(each.content).hexdigest() for each in read.attachments)]
    named = hashlib.sha256(read.message_id.encode()).hexdigest() if read.message_id else ""
    return {
        "bytes_digest": hashlib.sha256(came.content).hexdigest(), "message_digest": named,
        "content_digest": hashlib.sha256("\x00".join(said).encode()).hexdigest(),
    }  # fmt: skip


def _known(mailbox: str, digests: dict[str, str]) -> Letter | None:
    mine = Letter.objects.filter(mailbox=mailbox)
    if (same := mine.filter(bytes_digest=digests["bytes_digest"]).first()) is not None:
        return same
    if not digests["message_digest"]:
        return None
    return mine.filter(message_digest=digests["message_digest"], content_digest=digests["content_digest"]).first()


def _kept(mailbox: str, came: Came, read: Read, digests: dict[str, str]) -> Letter:
    now, first = database_now(), None
    if digests["message_digest"]:
        first = Letter.objects.filter(mailbox=mailbox, message_digest=digests["message_digest"]).first()
    if first is not None:
        digests, read.problem = digests | {"message_digest": ""}, "same_id"
    letter = Letter(
        mailbox=mailbox, arrived_at=min(came.arrived_at or now, now), kept_at=now, dated_at=read.dated_at, size=came.size,
        sender=_sender(read.sender), sender_name=read.sender_name, subject=read.subject, text=read.text, is_cut=read.is_cut,
        tag=_tag(mailbox, read), problem=read.problem, state=_state(read.problem), duplicate_of=first, **digests,
    )  # fmt: skip
    letter.save(force_insert=True)
    if came.is_whole:
        letter.raw = _bytes_kept(letter, came, now)
        letter.save(update_fields=["raw"])
    _attach(letter, read.attachments)
    record(deed="incoming.keep", subject=letter, after={"state": letter.state, "problem": letter.problem, "size": letter.size})
    mailboxes[mailbox].heard(letter)
    return letter


def _sender(address: str) -> Any:
    try:
        return add_address(channel="email", value=address) if address else None
    except NotDeliverable:
        return None


def _tag(mailbox: str, read: Read) -> str:
    """What stands between the plus and the @ of our own address, wherever the letter names it."""
    local, _at, domain = address_of(mailbox).partition("@")
    for each in read.sent_to if local else ():
        name, _at, host = each.partition("@")
        base, plus, tag = name.partition("+")
        if base == local and host == domain and plus:
            return tag[:60]
    return ""


def _state(problem: str) -> str:
    if problem in rules.AUTOMATIC:
        return State.AUTOMATIC
    return State.UNREADABLE if problem else State.WAITING


def _bytes_kept(letter: Letter, came: Came, now: datetime) -> Any:
    return keep_made(
        content=io.BytesIO(came.content), name=f"list-{letter.pk}.eml", media_type="message/rfc822", purpose=AS_IT_CAME,
        subject=f"ratusz_incoming.Letter:{letter.pk}", keep_until=now + timedelta(days=KEPT_DAYS),
    )  # fmt: skip


def _attach(letter: Letter, found: list[Found]) -> None:
    purpose, subject = mailboxes[letter.mailbox].file_purpose, f"ratusz_incoming.Letter:{letter.pk}"
    for number, each in enumerate(found[: rules.MOST_PARTS]):
        kept, refused = None, str(rules.SHUT)
        if number < rules.MOST_ATTACHMENTS and each.media_type not in ("message/rfc822", "text/calendar"):
            try:
                kept, refused = accept_upload(upload=io.BytesIO(each.content), name=each.name, purpose=purpose, subject=subject), ""
            except FileRefused as refusal:
                refused = " ".join(refusal.messages)[:500]
        Attachment.objects.create(letter=letter, name=(kept.name if kept else each.name)[:130], file=kept, refused=refused)
