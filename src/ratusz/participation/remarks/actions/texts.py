"""A consulted text: read from a file into passages, corrected while it is a draft, published version by version."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload, read_allowed_file
from ratusz.foundation.files.models import FileState, StoredFile
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.models import Form
from ratusz.participation.remarks import rules_texts as rules
from ratusz.participation.remarks.models import ConsultedText, Passage, PlacedPassage, TextVersion
from ratusz.participation.remarks.rules_texts import TextRefused
from ratusz.participation.remarks.texts.aligning import aligned
from ratusz.participation.remarks.texts.pieces import Piece
from ratusz.participation.remarks.texts.reading import passages_of
from ratusz.publishing.website.actions import bump_content_version

FILE = "remarks.text"


@transaction.atomic
def make_text(*, form: Form, person: Any) -> ConsultedText:
    """The text behind a form "document_review"; asked again it gives the same one."""
    facts = {"consultation": form.consultation, "title": form.title, "made_at": database_now(), "made_by": person}
    return ConsultedText.objects.get_or_create(form=form, defaults=facts)[0]


def _locked(text: ConsultedText) -> ConsultedText:
    """Deeds on one text wait for each other. Raises TextRefused once reported."""
    held = ConsultedText.objects.select_for_update(of=("self",)).select_related("consultation", "form").get(pk=text.pk)
    rules.check_open(held.consultation)
    return held


def read_file(*, text: ConsultedText, upload: UploadedFile, person: Any) -> TextVersion:
    """Reads a DOCX or PDF into a draft version; a draft that stands is replaced. The same file sent again gives the same draft.

    Raises TextRefused, and FileRefused with words for the person.
    """
    rules.check_open(text.consultation)
    content = upload.read()
    sha256 = hashlib.sha256(content).hexdigest()
    draft = text.versions.filter(published_at=None).first()
    if draft is not None and draft.sha256 == sha256:
        return draft
    subject = f"ratusz_remarks.ConsultedText:{text.pk}"
    file = accept_upload(upload=io.BytesIO(content), name=upload.name or "", purpose=FILE, uploaded_by=person, subject=subject)
    if file.state != FileState.CLEAN:
        words = _("The virus scanner does not answer, so the document cannot be opened yet. Try in a few minutes.")
        raise FileRefused(words, code="quarantine")
    with read_allowed_file(file=file, person=person) as kept:
        found = passages_of(file.kind, kept.read())
    return keep_draft(text=text, found=found, person=person, file=file, sha256=sha256)


@transaction.atomic
def keep_draft(
    *, text: ConsultedText, found: Sequence[Piece], person: Any, file: StoredFile | None = None, sha256: str = ""
) -> TextVersion:
    """A draft of these passages. Those that stood in the version before keep their ids, changed or moved; others get new ones."""
    held = _locked(text)
    held.versions.filter(published_at=None).delete()
    last = held.versions.order_by("-number").first()
    version = TextVersion.objects.create(
        text=held, number=last.number + 1 if last else 1, file=file, sha256=sha256, made_at=database_now(), made_by=person
    )
    before = list(last.placed.select_related("passage")) if last else []
    same = aligned([each.words for each in before], [each.words for each in found])
    passages = iter(_new_passages(held, sum(place is None for place in same)))
    placed = [
        PlacedPassage(
            version=version, passage=next(passages) if place is None else before[place].passage, position=position,
            kind=piece.kind, words=piece.words,
        )
        for position, (piece, place) in enumerate(zip(found, same, strict=True))
    ]  # fmt: skip
    PlacedPassage.objects.bulk_create(placed)
    record(deed="remarks.read_text", subject=version, after={"passages": len(placed), "sha256": sha256}, actor=person)
    return version


def _new_passages(text: ConsultedText, count: int) -> list[Passage]:
    """Passages with the next numbers of the text; under its lock. Numbers of a dropped draft that nobody saw are not used again."""
    last = Passage.objects.filter(text=text).aggregate(last=Max("number"))["last"] or 0
    made = [Passage(text=text, number=number, code=f"{text.pk}-{number}") for number in range(last + 1, last + 1 + count)]
    return Passage.objects.bulk_create(made)


def _draft_of(placed: PlacedPassage) -> PlacedPassage:
    """The passage anew, under the lock of its text. Raises TextRefused: published, or gone in the meantime."""
    held = _locked(placed.version.text)
    found = PlacedPassage.objects.select_related("version__text__consultation", "passage").filter(pk=placed.pk).first()
    if found is None:
        raise TextRefused(_("Somebody changed this draft a moment ago. Look at it again."))
    rules.check_draft(found.version)
    found.version.text = held
    return found


@transaction.atomic
def correct_passage(*, placed: PlacedPassage, words: str, kind: str, person: Any) -> list[PlacedPassage]:
    """Changes a passage of a draft; an empty line in its words splits it: the first part keeps the id. Raises TextRefused."""
    held = _draft_of(placed)
    parts = [rules.check_words(" ".join(part.split())) for part in words.replace("\r", "").split("\n\n") if part.strip()]
    rules.check_words(words) if not parts else None
    if kind not in PlacedPassage.Kind.values:
        raise TextRefused(_("Choose what the passage is."))
    held.words, held.kind = parts[0], kind
    held.save(update_fields=["words", "kind"])
    later = held.version.placed.filter(position__gt=held.position)
    later.update(position=F("position") + len(parts) - 1)
    passages = _new_passages(held.version.text, len(parts) - 1)
    made = [
        PlacedPassage(version=held.version, passage=passage, position=held.position + step, kind=kind, words=part)
        for step, (passage, part) in enumerate(zip(passages, parts[1:], strict=True), 1)
    ]
    PlacedPassage.objects.bulk_create(made)
    _noted(held, person)
    return [held, *made]


@transaction.atomic
def join_passage(*, placed: PlacedPassage, person: Any) -> PlacedPassage:
    """Joins a passage of a draft to the one above, whose id stays. Raises TextRefused."""
    held = _draft_of(placed)
    above = held.version.placed.filter(position__lt=held.position).order_by("-position").first()
    if above is None:
        raise TextRefused(_("This is the first passage: there is nothing above it."))
    above.words = rules.check_words(f"{above.words} {held.words}")
    held.delete()
    above.save(update_fields=["words"])
    _noted(above, person)
    return above


@transaction.atomic
def take_out(*, placed: PlacedPassage, person: Any) -> None:
    """Takes a passage out of a draft: a page number, a stray line. Remarks on its id stay. Raises TextRefused."""
    held = _draft_of(placed)
    version = held.version
    if version.placed.count() == 1:
        raise TextRefused(_("This is the only passage. Send another file instead."))
    held.delete()
    record(deed="remarks.correct_text", subject=version, after={"passages": version.placed.count()}, actor=person)


def _noted(placed: PlacedPassage, person: Any) -> None:
    record(deed="remarks.correct_text", subject=placed.version, after={"passage": placed.passage_id}, actor=person)


@transaction.atomic
def publish_version(*, version: TextVersion, what_changes: str, person: Any) -> TextVersion:
    """Shows a draft to everybody; from now on it never changes. Raises TextRefused."""
    _locked(version.text)
    held = TextVersion.objects.select_for_update(of=("self",)).select_related("text__consultation").get(pk=version.pk)
    rules.check_draft(held)
    held.what_changes = rules.check_changes(held.number, what_changes)
    held.published_at, held.published_by = database_now(), person
    held.save(update_fields=["what_changes", "published_at", "published_by"])
    record(deed="remarks.publish_text", subject=held, after={"passages": held.placed.count()}, actor=person)
    bump_content_version()
    return held


@transaction.atomic
def drop_draft(*, version: TextVersion, person: Any) -> None:
    """Throws a draft away; what is published stays. Raises TextRefused."""
    _locked(version.text)
    held = TextVersion.objects.select_for_update(of=("self",)).select_related("text__consultation").get(pk=version.pk)
    rules.check_draft(held)
    record(deed="remarks.drop_text", subject=held, before={"passages": held.placed.count()}, actor=person)
    held.delete()
