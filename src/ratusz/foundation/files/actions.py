"""Take a file in, read it, scan what waits, delete what is past its time."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record, record_read
from ratusz.foundation.files import rules
from ratusz.foundation.files.adapters import Scanner, ScannerDown, scanner
from ratusz.foundation.files.inspection import inspect
from ratusz.foundation.files.models import FileState, StoredFile
from ratusz.foundation.files.registry import FilePurpose, file_purposes
from ratusz.foundation.kit.clock import database_now

ORPHANS_LIVE = timedelta(days=1)


def storage() -> Storage:
    """The private storage; nothing in it has a public address."""
    return storages["private"]


def accept_upload(
    *, upload: BinaryIO, name: str, purpose: str, uploaded_by: Any = None, subject: str = "", keep_until: datetime | None = None
) -> StoredFile:
    """Checks, scans and keeps a file. Raises rules.FileRefused with a message for the person; then nothing is kept.

    Without a verdict of the scanner the file is kept in quarantine: `state` says so, nobody can read it, and it is scanned
    again by itself.
    `purpose` is a registered one (KeyError otherwise); `subject` is "app_label.Model:id" of what the file belongs to.
    """
    wanted = file_purposes[purpose]
    data = _read(upload)
    inspected = inspect(data, wanted.kinds)
    verdict, is_scanned = _scan(data, scanner())
    if verdict:
        record(deed="files.refuse_infected", subject=f"files.purpose:{purpose}", after={"virus": verdict})
        raise rules.FileRefused(_("There is a virus in the file. Check your computer and send another file."), code="virus")
    kind = rules.KINDS[inspected.kind]
    file = StoredFile(purpose=purpose, subject=subject, kind=inspected.kind, media_type=kind.media_type, size=len(inspected.data))
    file.name, file.sha256 = rules.clean_name(name, kind.extension), hashlib.sha256(inspected.data).hexdigest()
    file.is_personal, file.uploaded_by = wanted.is_personal, uploaded_by
    return _keep(file, inspected.data, wanted, is_scanned, keep_until)


def check_upload(*, upload: BinaryIO, purpose: str) -> None:
    """Raises rules.FileRefused for what `accept_upload` would not take by its kind, size or content; nothing is scanned or kept."""
    inspect(_read(upload), file_purposes[purpose].kinds)


def _read(upload: BinaryIO) -> bytes:
    """At most one byte more than the largest kind may have, whatever the sender said about the length."""
    upload.seek(0)
    return upload.read(rules.LARGEST + 1)


def _scan(data: bytes, by: Scanner) -> tuple[str, bool]:
    try:
        return by.scan(data), True
    except ScannerDown:
        return "", False


@transaction.atomic
def _keep(file: StoredFile, data: bytes, wanted: FilePurpose, is_scanned: bool, keep_until: datetime | None) -> StoredFile:
    now = database_now()
    file.uploaded_at = now
    file.keep_until = keep_until or now + timedelta(days=wanted.keep_days)
    file.state = FileState.CLEAN if is_scanned else FileState.QUARANTINED
    file.scanned_at = now if is_scanned else None
    random = secrets.token_hex(24)
    file.storage_name = storage().save(f"{random[:2]}/{random}", ContentFile(data))
    file.save()
    record(deed="files.accept_upload", subject=file, after={"kind": file.kind, "size": file.size, "state": file.state})
    return file


@transaction.atomic
def keep_made(
    *, content: BinaryIO, name: str, media_type: str, purpose: str, subject: str, keep_until: datetime, person: Any = None
) -> StoredFile:
    """Keeps a file that the program made itself, however large: nothing is inspected or scanned. `name` ends with its extension.

    Read, recorded and deleted like any other; whoever asked for it stands as its sender.
    """
    wanted, now = file_purposes[purpose], database_now()
    digest = hashlib.file_digest(content, "sha256").hexdigest()
    size = content.seek(0, 2)
    content.seek(0)
    random = secrets.token_hex(24)
    file = StoredFile(purpose=purpose, subject=subject, kind=name.rpartition(".")[2][:10], media_type=media_type, size=size)
    file.name, file.sha256, file.is_personal, file.uploaded_by = name[:130], digest, wanted.is_personal, person
    file.uploaded_at, file.scanned_at, file.keep_until, file.state = now, now, keep_until, FileState.CLEAN
    file.storage_name = storage().save(f"{random[:2]}/{random}", File(content))
    file.save()
    record(deed="files.keep_made", subject=file, after={"kind": file.kind, "size": file.size}, actor=person)
    return file


def read_file(*, file: StoredFile, person: Any, reason: str = "") -> File:
    """The open bytes of a checked file; PermissionDenied for whoever may not. Reading a personal file is recorded."""
    if not rules.may(person, "read", file, database_now()):
        raise PermissionDenied
    return read_allowed_file(file=file, person=person, reason=reason)


def read_allowed_file(*, file: StoredFile, person: Any = None, reason: str = "") -> File:
    """The same for a caller that has checked the right by itself, for example by a signed link. Quarantine is never read."""
    if file.state != FileState.CLEAN:
        raise PermissionDenied
    if file.is_personal:
        record_read(subject=file, fields=["content"], actor=person, reason=reason)
    return storage().open(file.storage_name or "")


def scan_quarantined(*, by: Scanner | None = None) -> int:
    """Scans what waits, oldest first, until the scanner fails; gives back how many got a verdict."""
    by, count = by or scanner(), 0
    for pk in list(StoredFile.objects.quarantined().values_list("pk", flat=True)):
        if not _scan_one(pk, by):
            break
        count += 1
    return count


@transaction.atomic
def _scan_one(pk: int, by: Scanner) -> bool:
    file = StoredFile.objects.select_for_update().get(pk=pk)
    if file.state != FileState.QUARANTINED:
        return True
    with storage().open(file.storage_name or "") as kept:
        verdict, is_scanned = _scan(kept.read(), by)
    if not is_scanned:
        return False
    file.scanned_at, file.scan_result = database_now(), verdict[:100]
    if verdict:
        _remove(file, FileState.INFECTED)
    else:
        file.state = FileState.CLEAN
        file.save()
    record(deed="files.scan", subject=file, before={"state": FileState.QUARANTINED}, after={"state": file.state})
    return True


@transaction.atomic
def delete_file(*, file: StoredFile, reason: str = "") -> None:
    """Deletes the bytes and the name; the row stays as proof of what was there and when it went."""
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    if file.deleted_at:
        return
    before = {"state": file.state}
    _remove(file, FileState.DELETED)
    record(deed="files.delete_file", subject=file, before=before, after={"state": file.state, "reason": reason})


def _remove(file: StoredFile, state: str) -> None:
    """The bytes go only after the commit: a rolled back deletion must not lose them."""
    stored = file.storage_name or ""
    file.state, file.storage_name, file.name, file.deleted_at = state, None, "", database_now()
    file.uploaded_by = None
    file.save()
    transaction.on_commit(lambda: storage().delete(stored))


def delete_expired() -> int:
    """Deletes files past their time; gives back how many."""
    expired = list(StoredFile.objects.expired(database_now()))
    for file in expired:
        delete_file(file=file, reason="retention")
    return len(expired)


def delete_orphans() -> int:
    """Deletes bytes whose row never came (a transaction rolled back) or went, when they are over a day old; gives back how many."""
    place, count = storage(), 0
    border = database_now() - ORPHANS_LIVE
    for folder in place.listdir("")[0]:
        names = [f"{folder}/{name}" for name in place.listdir(folder)[1]]
        known = set(StoredFile.objects.filter(storage_name__in=names).values_list("storage_name", flat=True))
        for name in names:
            if name not in known and place.get_modified_time(name) < border:
                place.delete(name)
                count += 1
    return count


@transaction.atomic
def hand_over(*, file: StoredFile, subject: str, person: Any = None) -> StoredFile:
    """From now on the file belongs to something else, under the same purpose: what came with a letter goes with its case.

    `subject` is "app_label.Model:id". A file that is deleted stays as it is.
    """
    file = StoredFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.deleted_at is None:
        before, file.subject = file.subject, subject
        file.save(update_fields=["subject"])
        record(deed="files.hand_over", subject=file, before={"subject": before}, after={"subject": subject}, actor=person)
    return file
