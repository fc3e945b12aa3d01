"""Sheets of paper are issued with their numbers, come back with a scan, and are opened line by line."""

from __future__ import annotations

from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ratusz.casework.signatures import rules
from ratusz.casework.signatures.models import Collection, Sheet, SheetLine
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload, delete_file
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code

SCAN = "signatures.scan"
"""Purpose of the files."""
CODE_LENGTH = 12


@transaction.atomic
def issue_sheets(*, collection: Collection, count: int, person: Any = None) -> list[Sheet]:
    """Numbers new sheets to be printed; without `person` a resident prints them. Raises SignatureRefused, NotYours."""
    now = database_now()
    if person is not None:
        rules.check_may(person, "manage", collection, now)
    rules.check_sheets(count, is_staff=person is not None)
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    rules.check_printing(collection, now, is_staff=person is not None)
    last = collection.sheets.aggregate(last=Max("number"))["last"] or 0
    made = [
        Sheet(collection=collection, number=last + step, code=random_code(CODE_LENGTH), made_at=now) for step in range(1, count + 1)
    ]
    sheets = Sheet.objects.bulk_create(made)
    record(deed="signatures.issue_sheets", subject=collection, after={"first": last + 1, "count": count}, actor=person)
    return sheets


@transaction.atomic
def hand_in_scan(*, collection: Collection, number: int, scan: tuple[BinaryIO, str]) -> Sheet:
    """Whoever collects sends the scan of a sheet: it waits for the Office to receive it, and until then may be sent again.

    `scan` is (open file, its name). Raises SignatureRefused.
    """
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    now = database_now()
    rules.check_open(collection, now)
    sheet = Sheet.objects.select_for_update(of=("self",)).filter(collection=collection, number=number).first()
    if sheet is None:
        raise rules.SignatureRefused(_("There is no sheet with this number. It stands in the upper right corner of the sheet."))
    if sheet.received_at is not None:
        raise rules.SignatureRefused(_("This sheet has been received already."))
    _swap(sheet, scan, None)
    sheet.handed_in_at = now
    sheet.save(update_fields=["scan", "handed_in_at"])
    record(deed="signatures.hand_in_scan", subject=sheet)
    return sheet


def _swap(sheet: Sheet, scan: tuple[BinaryIO, str] | None, person: Any) -> None:
    """Keeps the new scan, if there is one, in place of the old one."""
    if scan is None:
        return
    old, sheet.scan = sheet.scan, _kept(scan, sheet, person)
    if old is not None:
        # After the row points at the new one.
        Sheet.objects.filter(pk=sheet.pk).update(scan=sheet.scan)
        delete_file(file=old, reason="replaced")


def receive_sheet(*, sheet: Sheet, filled: int, scan: tuple[BinaryIO, str] | None, person: Any) -> Sheet:
    """A sheet came back: its scan is kept where only the department reads it, and its lines wait to be typed twice.

    `scan` is (open file, its name). Raises NotYours, SignatureRefused (also with the words of the files module).
    """
    with transaction.atomic():
        rules.check_may(person, "enter", sheet.collection, database_now())
        rules.check_filled(filled)
        # The collection first, as everywhere: a protocol is made while nothing new comes.
        collection = Collection.objects.select_for_update().get(pk=sheet.collection_id)
        sheet = Sheet.objects.select_for_update(of=("self",)).select_related("collection").get(pk=sheet.pk)
        if sheet.received_at is not None:
            raise rules.SignatureRefused(_("This sheet has been received already."))
        if collection.closed_at is not None:
            raise rules.SignatureRefused(_("The collection is closed. Open it again to receive more sheets."))
        sheet.received_at, sheet.received_by, sheet.filled = database_now(), person, filled
        _swap(sheet, scan, person)
        sheet.save()
        SheetLine.objects.bulk_create([SheetLine(sheet=sheet, number=number) for number in range(1, filled + 1)])
        record(
            deed="signatures.receive_sheet", subject=sheet, after={"filled": filled, "scan": sheet.scan is not None}, actor=person
        )
        return sheet


def _kept(scan: tuple[BinaryIO, str], sheet: Sheet, person: Any):
    upload, name = scan
    try:
        return accept_upload(
            upload=upload, name=name, purpose=SCAN, uploaded_by=person, subject=f"ratusz_signatures.Sheet:{sheet.pk}",
            keep_until=sheet.collection.keep_until,
        )  # fmt: skip
    except FileRefused as refusal:
        raise rules.SignatureRefused(" ".join(refusal.messages)) from refusal


@transaction.atomic
def replace_scan(*, sheet: Sheet, scan: tuple[BinaryIO, str], person: Any) -> Sheet:
    """A scan that was missing or cannot be read is replaced; the old one is deleted. Raises NotYours, SignatureRefused."""
    rules.check_may(person, "enter", sheet.collection, database_now())
    rules.check_kept(Collection.objects.select_for_update().get(pk=sheet.collection_id))
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("collection", "scan").get(pk=sheet.pk)
    if sheet.received_at is None:
        raise rules.SignatureRefused(_("This sheet has not been received yet."))
    _swap(sheet, scan, person)
    sheet.save(update_fields=["scan"])
    record(deed="signatures.replace_scan", subject=sheet, actor=person)
    return sheet
