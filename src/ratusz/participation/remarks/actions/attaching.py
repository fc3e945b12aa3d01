"""Files added to an intake by its author or a clerk: kept privately with it, read by whoever reads the register."""

from __future__ import annotations

from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.models import Intake

FILE, SCAN = "remarks.file", "remarks.scan"
"""Purposes of files: what authors add, and scans of paper."""
MOST = 10


def files_of(intake: Intake) -> QuerySet[StoredFile]:
    """What was added to an intake, oldest first."""
    return StoredFile.objects.filter(purpose=FILE, subject=subject_of(intake), deleted_at=None).order_by("pk")


def subject_of(intake: Intake) -> str:
    """How files name the intake they belong to."""
    return f"ratusz_remarks.Intake:{intake.pk}"


def attach(*, intake: Intake, upload: tuple[BinaryIO, str], person: Any = None) -> StoredFile:
    """Keeps a file with the intake. `upload` is (open file, its name). Raises NotYours, RemarkRefused."""
    now = database_now()
    if person is not None:
        rules.check_may(person, "enter", intake, now)
    elif not rules.takes_files(intake):
        raise rules.RemarkRefused(_("Files are not added to this intake any more. Write to us."))
    if files_of(intake).count() >= MOST:
        raise rules.RemarkRefused(
            _("There are %(most)s files already: more do not fit. Put several into one PDF.") % {"most": MOST}
        )
    file = keep(upload, FILE, subject_of(intake), person)
    record(deed="remarks.attach", subject=intake, after={"file": file.pk}, actor=person)
    return file


def keep(upload: tuple[BinaryIO, str], purpose: str, subject: str, person: Any) -> StoredFile:
    """A file or a scan is kept, or refused in the words of the files module. Raises RemarkRefused."""
    content, name = upload
    try:
        return accept_upload(upload=content, name=name, purpose=purpose, uploaded_by=person, subject=subject)
    except FileRefused as refusal:
        raise rules.RemarkRefused(" ".join(refusal.messages)) from refusal
