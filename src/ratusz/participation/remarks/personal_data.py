"""Personal data in what everybody reads of remarks: marks that a person has not judged yet, and whether all is signed off."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from ratusz.foundation.kit.personal_marks import HOME, Mark, personal_marks
from ratusz.foundation.kit.words import search_key
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.models import LetMark, Remark, SignOff

MOST_READ = 2000
"""Remarks looked through for one page; the next page goes on from there."""
COVERED = "[dane osobowe]"
"""What stands in place of covered words. It is public text, in the language of the remarks."""


def covered(text: str) -> str:
    """The text with every mark of a person covered; an address alone may be the place it speaks of, and stays."""
    for mark in reversed([each for each in personal_marks(text) if each.kind != HOME]):
        text = text[: mark.start] + COVERED + text[mark.end :]
    return text


@dataclass(frozen=True)
class Piece:
    """A part of public words: with a mark's kind and digest where a person has to look, plain otherwise."""

    words: str
    kind: str = ""
    digest: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Marked:
    """A remark with marks nobody has judged."""

    remark: Remark
    pieces: tuple[Piece, ...]

    @property
    def open(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind]


def digest_of(remark_pk: int, kind: str, words: str) -> str:
    """A keyed digest of marked words in one remark: what was let stand once is not asked again, and nobody reads it back."""
    return salted_hmac("remarks.let_mark", f"{remark_pk}|{kind}|{search_key(words)}", algorithm="sha256").hexdigest()


def public_remarks(consultation: Consultation) -> QuerySet[Remark]:
    """Remarks everybody reads, in the order of their numbers."""
    return Remark.objects.filter(consultation=consultation, is_public=True).order_by("number")


def open_marks(remark: Remark, let: Iterable[str]) -> list[Mark]:
    """Marks in the public words of a remark that nobody let stand; `let` holds digests."""
    known, text = set(let), remark.public_content
    return [each for each in personal_marks(text) if digest_of(remark.pk, each.kind, text[each.start : each.end]) not in known]


def pieces_of(remark: Remark, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The public words cut at the marks, in order, nothing lost."""
    text, place, found = remark.public_content, 0, []
    for mark in marks:
        words = text[mark.start : mark.end]
        found.append(Piece(text[place : mark.start]))
        found.append(Piece(words, mark.kind, digest_of(remark.pk, mark.kind, words), mark.start, mark.end))
        place = mark.end
    found.append(Piece(text[place:]))
    return tuple(piece for piece in found if piece.words)


def _let(remarks: list[Remark]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for remark, digest in LetMark.objects.filter(remark__in=remarks).values_list("remark", "digest"):
        found.setdefault(remark, []).append(digest)
    return found


@dataclass(frozen=True)
class LetAddresses:
    """Addresses in public words that a person let stand: a place a remark speaks of, whoever lives there."""

    by_number: dict[int, tuple[int, frozenset[str]]]
    """Number of the remark to its key and the digests of its addresses."""

    @classmethod
    def of(cls, consultation: Consultation) -> LetAddresses:
        """Of one consultation; one query."""
        let = LetMark.objects.filter(remark__consultation=consultation, kind=HOME).values_list("remark__number", "remark", "digest")
        found: dict[int, tuple[int, frozenset[str]]] = {}
        for number, remark, digest in let:
            found[number] = (remark, found.get(number, (remark, frozenset[str]()))[1] | {digest})
        return cls(found)

    def left_out(self, number: int, text: str) -> str:
        """The public words of a remark without the addresses that may stand in it."""
        pk, digests = self.by_number.get(number, (0, frozenset()))
        marks = personal_marks(text) if digests else []
        for mark in reversed([each for each in marks if digest_of(pk, HOME, text[each.start : each.end]) in digests]):
            text = f"{text[: mark.start]} {text[mark.end :]}"
        return text


def marked_after(consultation: Consultation, number: int, most: int) -> tuple[list[Marked], int | None]:
    """The next remarks with open marks, and the number to go on from (None at the end); it reads at most `MOST_READ`."""
    remarks = list(public_remarks(consultation).filter(number__gt=number).select_related("consultation")[:MOST_READ])
    let = _let(remarks)
    found: list[Marked] = []
    for remark in remarks:
        if marks := open_marks(remark, let.get(remark.pk, ())):
            found.append(Marked(remark, pieces_of(remark, marks)))
        if len(found) == most:
            return found, remark.number
    return found, remarks[-1].number if len(remarks) == MOST_READ else None


def all_marked(consultation: Consultation) -> Iterator[int]:
    """Numbers of all remarks with open marks, one after another."""
    number: int | None = 0
    while number is not None:
        found, number = marked_after(consultation, number, MOST_READ)
        yield from (each.remark.number for each in found)


def digest_of_words(consultation: Consultation) -> tuple[str, int]:
    """A digest of everything everybody reads of the remarks, and how many they are."""
    digest, count = hashlib.sha256(), 0
    for number, words in public_remarks(consultation).values_list("number", "public_content").iterator(chunk_size=2000):
        digest.update(f"{number}:{len(words)}:{words}\n".encode())
        count += 1
    return digest.hexdigest(), count


def sign_off_in_force(consultation: Consultation) -> SignOff | None:
    """The newest sign-off, when no public word has changed since."""
    newest: Any = SignOff.objects.filter(consultation=consultation).select_related("signed_by").first()
    return newest if newest is not None and newest.digest == digest_of_words(consultation)[0] else None
