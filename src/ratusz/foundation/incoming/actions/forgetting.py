"""Letters are forgotten when their time is over, or when somebody asks: that one came, when and what became of it stays."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import delete_file
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.incoming.models import Attachment, Letter
from ratusz.foundation.incoming.registry import mailboxes
from ratusz.foundation.kit.clock import database_now

BATCH = 200


def forget_past() -> int:
    """Every night: letters whose time is over, as the module of each mailbox says. Gives how many."""
    count, now = 0, database_now()
    for name, mailbox in mailboxes.items():
        while mailbox.past and (
            pks := list(mailbox.past(now).filter(mailbox=name, erased_at=None).values_list("pk", flat=True)[:BATCH])
        ):
            count += erase_letters(letters=Letter.objects.filter(pk__in=pks))
    return count


@transaction.atomic
def erase_letters(*, letters: QuerySet[Letter]) -> int:
    """Empties what they say and who wrote, deletes the bytes and the files nobody took on; gives how many letters."""
    rows = list(Letter.objects.filter(pk__in=letters.values("pk"), erased_at=None).select_for_update(of=("self",)).order_by("pk"))
    subjects = [f"ratusz_incoming.Letter:{each.pk}" for each in rows]
    for file in StoredFile.objects.filter(subject__in=subjects, deleted_at=None):
        delete_file(file=file, reason="retention")
    pks = [each.pk for each in rows]
    Attachment.objects.filter(letter__in=pks).update(name="", file=None, refused="")
    empty: dict[str, Any] = {
        "subject": "",
        "text": "",
        "sender_name": "",
        "sender": None,
        "raw": None,
        "signals": [],
        "content_digest": "",
        "tag": "",
    }
    Letter.objects.filter(pk__in=pks).update(erased_at=database_now(), **empty)
    for each in rows:
        record(deed="incoming.erase", subject=each)
    return len(rows)
