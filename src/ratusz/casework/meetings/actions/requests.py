"""The desk for individual requests: written down, numbered, with a receipt."""

from __future__ import annotations

from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.documents.actions import take_number
from ratusz.casework.meetings import rules
from ratusz.casework.meetings.actions.one_at_a_time import lock_for
from ratusz.casework.meetings.models import AgendaItem, Meeting, MeetingRequest
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.notifications.actions import add_address, send

SERIES, SCAN, RECEIPT = "meetings.request", "meetings.scan", "meetings.receipt"
"""Series of numbers, purpose of scans, purpose of receipts by mail."""


@transaction.atomic
def file_request(
    *, meeting: Meeting, subject: str, person: Any, text: str = "", name: str = "", email: str = "", is_complaint: bool = False,
    scan: tuple[BinaryIO, str] | None = None, agenda_item: AgendaItem | None = None,
) -> MeetingRequest:  # fmt: skip
    """Takes a request in: it gets its number and a receipt, by mail too where there is an address. Nobody has to give a name.

    `scan` is (open file, its name). Raises NotYours, Refused, and Refused with the words of the files module for a scan that is
    not what its name says.
    """
    meeting = lock_for(meeting, "take_requests", person)
    if not subject.strip():
        raise rules.Refused(_("Write in a few words what the request is about."))
    if not text.strip() and scan is None:
        raise rules.Refused(_("Write the text of the request, or add its scan."))
    request = MeetingRequest(
        meeting=meeting, subject=subject.strip()[:200], text=text.strip(), name=name.strip(), is_complaint=is_complaint,
        agenda_item=agenda_item, filed_at=database_now(), written_by=person, code=random_code(12),
    )  # fmt: skip
    request.scan = _scan(scan, meeting, person)
    request.address = add_address(channel="email", value=email) if email.strip() else None
    request.save()
    request.number = take_number(series=SERIES, subject=request.key, at=request.filed_at).text
    request.save(update_fields=["number"])
    record(deed="meetings.file_request", subject=request, after={"number": request.number}, actor=person)
    if request.address is not None:
        _mail_receipt(request)
    return request


def _scan(scan: tuple[BinaryIO, str] | None, meeting: Meeting, person: Any):
    if scan is None:
        return None
    upload, name = scan
    try:
        return accept_upload(
            upload=upload, name=name, purpose=SCAN, uploaded_by=person, subject=f"ratusz_meetings.Meeting:{meeting.pk}"
        )
    except FileRefused as refusal:
        raise rules.Refused(" ".join(refusal.messages)) from refusal


def _mail_receipt(request: MeetingRequest) -> None:
    facts = {"number": request.number, "receipt": request.receipt, "day": polish_date(request.filed_at)}
    send(
        to=request.address, purpose=RECEIPT, dedup_key=f"{request.key}:receipt",
        subject=_("We have your request %(number)s") % facts,
        text=_(
            "We took your request %(number)s at the meeting on %(day)s.\n\nIts number for checking: %(receipt)s.\n"
            "On our page “Check by number” you will see what happens with it."
        ) % facts,
    )  # fmt: skip
