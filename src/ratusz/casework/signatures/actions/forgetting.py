"""Who signed is forgotten: at the person's request, a day after a code never typed, and when the time of keeping is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from ratusz.casework.signatures import rules
from ratusz.casework.signatures.models import Collection, LineEntry, LineSettlement, Sheet, SheetLine, Signature, State
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import delete_file
from ratusz.foundation.kit.clock import database_now

BLANK: dict[str, Any] = {"name": "", "home": "", "guardian": "", "digest": ""}


@transaction.atomic
def erase_signatures(*, signatures: Iterable[Signature], person: Any = None) -> int:
    """Erases at the request of whoever signed: until the collection ran out, erasing takes the signature back.

    `person` is staff who do it for somebody who signed on paper and has no link. Raises NotYours.
    """
    count = 0
    for each in list(signatures):
        now = database_now()
        if person is not None:
            rules.check_may(person, "manage", each.collection, now)
        mine = Signature.objects.select_for_update().get(pk=each.pk)
        if mine.erased_at is None:
            # Before the typings of its line: a signature that counts must have them.
            if rules.is_withdrawable(mine):
                mine.state, mine.ended_at = State.WITHDRAWN, now
            blank(mine, now)
            mine.save()
            if mine.line_id:
                SheetLine.objects.filter(pk=mine.line_id).update(note="")
                for model in (LineEntry, LineSettlement):
                    model.objects.filter(line=mine.line_id, erased_at=None).update(**BLANK, erased_at=now)
            record(deed="signatures.erase_signature", subject=mine, after={"state": mine.state}, actor=person)
            count += 1
    return count


def blank(mine: Signature, now: datetime) -> None:
    """Takes out whoever it was; the count stays. The caller saves."""
    mine.name = mine.home = mine.guardian = mine.digest = mine.note = ""
    mine.contact = mine.code_handle = mine.district = None
    mine.erased_at = now


def forget_past(*, at: datetime | None = None) -> int:
    """Every night: collections whose time of keeping is over lose names, addresses and scans; the numbers and reasons stay."""
    now, count = at or database_now(), 0
    for collection in Collection.objects.past(now):
        count += _forget(collection)
    return count


@transaction.atomic
def _forget(collection: Collection) -> int:
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    now = database_now()
    unsigned = collection.signatures.filter(state=State.UNCONFIRMED)
    gone = unsigned.delete()[0]
    gone += collection.signatures.filter(erased_at=None).update(
        **BLANK, note="", contact=None, code_handle=None, district=None, erased_at=now
    )
    for model in (LineEntry, LineSettlement):
        model.objects.filter(line__sheet__collection=collection, erased_at=None).update(**BLANK, erased_at=now)
    SheetLine.objects.filter(sheet__collection=collection).exclude(note="").update(note="")
    for sheet in Sheet.objects.filter(collection=collection).exclude(scan=None).select_related("scan"):
        if sheet.scan is not None:
            delete_file(file=sheet.scan, reason="retention")
    Collection.objects.filter(pk=collection.pk).update(erased_at=now)
    record(deed="signatures.forget_past", subject=collection, after={"signatures": gone})
    return gone


@transaction.atomic
def forget_unconfirmed(*, at: datetime | None = None) -> int:
    """Every night: signatures whose code was never typed within a day are deleted."""
    border = (at or database_now()) - rules.UNCONFIRMED_LIVES
    return Signature.objects.filter(state=State.UNCONFIRMED, made_at__lt=border).delete()[0]
