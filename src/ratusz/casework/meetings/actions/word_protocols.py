"""A whole protocol written in Word: taken in paragraph by paragraph, marked by a person, made into minutes like any other."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.documents.word import paragraphs_of
from ratusz.casework.meetings.actions.minutes import MOST_BLOCKS, STEP, open_for
from ratusz.casework.meetings.actions.requests import file_request
from ratusz.casework.meetings.actions.voices import write_voice
from ratusz.casework.meetings.minutes.content import clean_fields
from ratusz.casework.meetings.minutes.marking import MARKS, Piece, guess, pieces_of, spoken_by
from ratusz.casework.meetings.models import Minutes, MinutesBlock, MinutesUpload
from ratusz.casework.meetings.rules import Refused
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload, read_allowed_file
from ratusz.foundation.files.inspection.apart import open_apart
from ratusz.foundation.files.models import FileState
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now

FILE = "meetings.protocol"
CONVERTED = "ratusz.casework.documents.word:converted"
MOST_PARAGRAPHS = 2000


def upload_protocol(*, minutes: Minutes, upload: UploadedFile, person: Any) -> MinutesUpload:
    """Reads a DOCX into paragraphs with a guess of what each is. The same file sent again is the one sent before.

    Raises NotYours, Refused, and FileRefused with words for the person.
    """
    with transaction.atomic():
        held = open_for(minutes, person)
    name, content = upload.name or "", upload.read()
    sha256 = hashlib.sha256(content).hexdigest()
    if known := held.uploads.filter(sha256=sha256).first():
        return known
    made = _read(name, content, f"ratusz_meetings.Minutes:{held.pk}", person)
    paragraphs = paragraphs_of(made)
    if not paragraphs:
        raise FileRefused(_("There is no text in this document. If it is a scan, type or paste the words."), code="empty")
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise FileRefused(_("This document has more than two thousand paragraphs. Send it in parts."), code="too_long")
    return _keep(held, name, sha256, _guessed(paragraphs), made["notes"], person)


def _read(name: str, content: bytes, subject: str, person: Any) -> dict[str, Any]:
    if name.lower().endswith((".docm", ".dotm")):
        raise FileRefused(_("This document has macros. Save it in Word as DOCX, without macros, and send it again."), code="active")
    if name.lower().endswith((".doc", ".rtf", ".odt", ".pdf")):
        raise FileRefused(_("Save the document in your program as DOCX and send it again."), code="kind")
    file = accept_upload(upload=io.BytesIO(content), name=name, purpose=FILE, uploaded_by=person, subject=subject)
    if file.state != FileState.CLEAN:
        words = _("The virus scanner does not answer, so the document cannot be opened yet. Try in a few minutes.")
        raise FileRefused(words, code="quarantine")
    with read_allowed_file(file=file, person=person) as kept:
        return json.loads(open_apart(CONVERTED, kept.read()))


def _guessed(paragraphs: list[Any]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for each in paragraphs:
        previous = rows[-1]["mark"] if rows else ""
        rows.append({"text": each.text, "style": each.style, "mark": guess(each.text, each.style, previous)})
    return rows


@transaction.atomic
def _keep(minutes: Minutes, name: str, sha256: str, rows: list[dict[str, str]], notes: list[str], person: Any) -> MinutesUpload:
    held = open_for(minutes, person)
    facts = {"file_name": name[-200:], "paragraphs": rows, "notes": notes, "uploaded_at": database_now(), "uploaded_by": person}
    kept, is_new = MinutesUpload.objects.get_or_create(minutes=held, sha256=sha256, defaults=facts)
    if is_new:
        record(deed="meetings.upload_protocol", subject=kept, after={"sha256": sha256, "paragraphs": len(rows)}, actor=person)
    return kept


@transaction.atomic
def mark_protocol(*, upload: MinutesUpload, marks: Mapping[int, str], person: Any) -> MinutesUpload:
    """Keeps what paragraphs are marked as; those not named keep their mark. Raises NotYours, Refused."""
    open_for(upload.minutes, person)
    held = MinutesUpload.objects.select_for_update().get(pk=upload.pk)
    if held.taken_at is not None:
        raise Refused(_("This protocol is in the minutes already: change it there."))
    if any(mark not in MARKS or not 0 <= place < len(held.paragraphs) for place, mark in marks.items()):
        raise Refused(_("Choose of each paragraph what it is."))
    for place, mark in marks.items():
        held.paragraphs[place]["mark"] = mark
    held.save(update_fields=["paragraphs"])
    return held


@transaction.atomic
def take_protocol(*, upload: MinutesUpload, person: Any) -> int:
    """Makes numbered voices and requests, decisions and texts of the marked paragraphs, in their order; gives how many blocks.

    Asked again it does nothing. Raises NotYours, Refused.
    """
    minutes = open_for(upload.minutes, person)
    held = MinutesUpload.objects.select_for_update().get(pk=upload.pk)
    if held.taken_at is not None:
        return 0
    pieces = pieces_of(held.paragraphs)
    standing = list(minutes.blocks.standing())
    if len(pieces) + len(standing) > MOST_BLOCKS:
        words = _("That would be more than a thousand blocks. Mark paragraphs that belong together as going on from the one above.")
        raise Refused(words)
    made = [_block(minutes, piece, person) for piece in pieces]
    _place(standing, made)
    held.taken_at = database_now()
    held.save(update_fields=["taken_at"])
    record(deed="meetings.take_protocol", subject=held, after={"blocks": len(made)}, actor=person)
    return len(made)


def _block(minutes: Minutes, piece: Piece, person: Any) -> MinutesBlock:
    kind, fields = _BLOCKS[piece.mark], {"text": piece.text, "is_public": True}
    if piece.mark == "heading":
        fields["text"] = " ".join(piece.text.split())
    if piece.mark in ("voice", "request"):
        fields = {"row": (_voice if piece.mark == "voice" else _request)(minutes, piece, person)}
    return MinutesBlock(minutes=minutes, kind=kind, fields=clean_fields(kind, fields), changed_at=database_now(), changed_by=person)


_BLOCKS = {
    "heading": "subheading", "text": "text", "note": "notes", "decision": "decision", "voice": "voices", "request": "requests",
}  # fmt: skip


def _place(standing: list[MinutesBlock], made: list[MinutesBlock]) -> None:
    """Behind the agenda, before the voices written down in the room."""
    first = next((place for place, block in enumerate(standing) if block.kind in ("voices", "requests")), len(standing))
    for place, block in enumerate([*standing[:first], *made, *standing[first:]], 1):
        block.position = place * STEP
    MinutesBlock.objects.bulk_update(standing, ["position"])
    MinutesBlock.objects.bulk_create(made)


def _voice(minutes: Minutes, piece: Piece, person: Any) -> int:
    who, words = spoken_by(piece.text)
    by, answer = spoken_by(piece.answer) if piece.answer else ("", "")
    facts: dict[str, Any] = {"who": who[:120], "answer": answer, "answered_by": by[:120]}
    return write_voice(meeting=minutes.meeting, question=words, person=person, **facts).pk


def _request(minutes: Minutes, piece: Piece, person: Any) -> int:
    subject = piece.text.split("\n")[0]
    return file_request(meeting=minutes.meeting, subject=subject[:200], text=piece.text, person=person).pk
