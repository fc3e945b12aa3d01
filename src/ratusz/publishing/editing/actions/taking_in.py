"""Takes in what a person wrote, pasted or sent as a Word document: blocks, pictures kept, words about what was left out."""

from __future__ import annotations

import base64
import binascii
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from ratusz.foundation.files.actions import accept_upload, read_allowed_file
from ratusz.foundation.files.inspection.apart import open_apart
from ratusz.foundation.files.models import FileState
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.publishing.editing import rules
from ratusz.publishing.editing.models import Submission
from ratusz.publishing.editing.word.blocks import Block, Placed, blocks_of_html, picture_block
from ratusz.publishing.editing.word.cleaning import clean
from ratusz.publishing.editing.word.notes import words_of

from .pictures import keep_picture

DOCUMENT = "editing.document"
CONVERTED = "ratusz.casework.documents.word:converted"


@dataclass
class TakenIn:
    """What became of it: blocks, a title found above the text, sentences for the person, and pictures that were refused."""

    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass
class _Taking:
    """One text on its way in: where its pictures come from, and what the person has to be told."""

    submission: Submission
    person: Any
    pictures: Sequence[dict[str, str]] = ()
    pasted: Sequence[UploadedFile] = ()
    codes: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def take(self, source: str, alt: str) -> Block | None:
        """The block of one picture in the text; refusals become sentences and the text goes on."""
        found = self._bytes(source)
        if found is None:
            self.codes += ["pictures_elsewhere"] if source else []
            return None
        return self.keep(found[1], found[0], alt)

    def keep(self, content: bytes, name: str, alt: str = "") -> Block | None:
        try:
            kept = keep_picture(submission=self.submission, upload=io.BytesIO(content), name=name, person=self.person)
        except FileRefused as refusal:
            self.refusals.append(f"{_short(name)}: {refusal.message}")
            return None
        self.codes.append("pictures")
        return picture_block(kept.pk, alt[:250])

    def _bytes(self, source: str) -> tuple[str, bytes] | None:
        scheme, _colon, rest = source.partition(":")
        number = plain_number(rest)
        if scheme == "picture" and number is not None and number < len(self.pictures):
            picture = self.pictures[number]
            return picture["name"], base64.b64decode(picture["content"])
        if scheme == "pasted" and number is not None and number < len(self.pasted):
            return self.pasted[number].name or "obrazek", self.pasted[number].read()
        if scheme != "data":
            return None
        kind, _comma, content = rest.partition(",")
        if ";base64" not in kind:
            return "obrazek", content.encode()
        try:
            return "obrazek", base64.b64decode("".join(content.split()), validate=True)
        except (binascii.Error, ValueError):
            return "obrazek", b""


def _short(name: str) -> str:
    """The last part of a name as people see it, however long and whatever folders stand before it."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return last if len(last) <= 60 else f"{last[:57]}…"


def take_in_html(
    *, submission: Submission, html: str, placed: Placed, person: Any, pasted: Sequence[UploadedFile] = ()
) -> TakenIn:  # fmt: skip
    """Pasted or written text. Scripts, styles and deleted words go; pictures within it are kept or refused one by one.

    `pasted` are the files that the text names by `pasted:0`, `pasted:1` and so on.
    """
    rules.check(person, "edit", submission, database_now())
    return _taken(clean(html), placed, _Taking(submission, person, pasted=pasted))


def take_in_document(*, submission: Submission, upload: UploadedFile, person: Any) -> TakenIn:
    """A Word document, checked and opened as files do. Raises FileRefused with words for the person."""
    rules.check(person, "edit", submission, database_now())
    name = upload.name or ""
    if name.lower().endswith((".docm", ".dotm")):
        raise FileRefused(_("This document has macros. Save it in Word as DOCX, without macros, and send it again."), code="active")
    subject = f"ratusz_editing.Submission:{submission.pk}"
    file = accept_upload(upload=io.BytesIO(upload.read()), name=name, purpose=DOCUMENT, uploaded_by=person, subject=subject)
    if file.state != FileState.CLEAN:
        raise FileRefused(
            _("The virus scanner does not answer, so the document cannot be opened yet. Paste the text, or try in a few minutes."),
            code="quarantine",
        )
    with read_allowed_file(file=file, person=person) as kept:
        made = json.loads(open_apart(CONVERTED, kept.read()))
    cleaned = clean(made["html"])
    cleaned.notes += made["notes"]
    return _taken(cleaned, Placed(), _Taking(submission, person, made["pictures"]))


def take_in_pictures(*, submission: Submission, uploads: Sequence[UploadedFile], person: Any) -> TakenIn:
    """Pictures sent beside the text; they stand at its end until somebody moves their marks."""
    taking = _Taking(submission, person)
    blocks = [block for each in uploads if (block := taking.keep(each.read(), each.name or "obrazek")) is not None]
    return TakenIn(blocks, "", taking.refusals + words_of(taking.codes))


def _taken(cleaned: Any, placed: Placed, taking: _Taking) -> TakenIn:
    made = blocks_of_html(cleaned.html, placed, taking.take)
    known = {id(block) for block in placed.others.values()}
    if any(block["type"] == "table" and id(block) not in known for block in made.blocks):
        taking.codes.append("tables")
    return TakenIn(made.blocks, made.title, taking.refusals + words_of(cleaned.notes + taking.codes, made.stray_marks))
