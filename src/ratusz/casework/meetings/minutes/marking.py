"""Paragraphs of a protocol from Word: what each may be marked as, and a first guess that a person checks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MARKS = {
    "heading": pgettext_lazy("mark", "heading"),
    "text": pgettext_lazy("mark", "text for everybody"),
    "voice": pgettext_lazy("mark", "voice: question or remark"),
    "answer": pgettext_lazy("mark", "answer to the voice above"),
    "request": pgettext_lazy("mark", "request (wniosek)"),
    "decision": pgettext_lazy("mark", "decision"),
    "more": pgettext_lazy("mark", "goes on from the paragraph above"),
    "note": pgettext_lazy("mark", "note that stays in the Office"),
    "leave_out": pgettext_lazy("mark", "leave out (kept with the file)"),
}
_PEOPLE = r"Pan|Pani|Mieszkan\w+|Radn\w+|Przedstawiciel\w*|Uczestni\w+|Głos z sali|Właściciel\w*|Rodzic|Senior\w*"
_POSTS = r"Odpowiedź|Odp\.|Prezydent|Wiceprezydent|Naczelni\w+|Dyrektor|Pełnomocni\w+|Sekretarz"
_WHO = re.compile(rf"^(?:{_PEOPLE})\b[^:\n]{{0,100}}:")
_ANSWERS = re.compile(rf"^(?:{_POSTS})\b[^:\n]{{0,100}}:")
_REQUEST = re.compile(r"^(?:Wniosek|Wnioskuj\w+|Wnosz\w+)\b", re.IGNORECASE)
_DECIDED = r"Ustalono|Ustaleni\w+|Postanowiono|Zdecydowano|Prezydent (?:zdecydował|zobowiązał|polecił)"
_DECISION = re.compile(rf"^(?:{_DECIDED})\b", re.IGNORECASE)


def guess(text: str, style: str, previous: str) -> str:
    """What a paragraph most likely is."""
    if style == "edge":
        return "leave_out"
    if style == "heading":
        return "heading"
    for mark, pattern in (("request", _REQUEST), ("decision", _DECISION), ("voice", _WHO)):
        if pattern.match(text):
            return mark
    if previous in ("voice", "answer", "more") and _ANSWERS.match(text):
        return "answer"
    return "text"


@dataclass
class Piece:
    """Paragraphs that belong together: what they are, their words, and for a voice its answer."""

    mark: str
    text: str
    answer: str = ""


def pieces_of(paragraphs: Sequence[dict[str, str]]) -> list[Piece]:
    """In order; what goes on joins the piece above, an answer joins its voice. Left out are only those marked so."""
    pieces: list[Piece] = []
    in_answer = False
    for each in paragraphs:
        mark, text = each["mark"], each["text"]
        if mark == "leave_out":
            continue
        last = pieces[-1] if pieces else None
        if last and mark == "more" and not in_answer:
            last.text = f"{last.text}\n{text}"
        elif last and last.mark == "voice" and (mark == "answer" or (mark == "more" and in_answer)):
            last.answer = f"{last.answer}\n{text}".strip()
            in_answer = True
        else:
            pieces.append(Piece("text" if mark in ("more", "answer") else mark, text))
            in_answer = False
    return pieces


def spoken_by(text: str) -> tuple[str, str]:
    """Of “Mieszkanka, Ligota: Kiedy remont?” who speaks, and the words; who is empty where the text does not begin so."""
    who, colon, words = text.partition(":")
    if colon and 0 < len(who) <= 100 and words.strip() and "\n" not in who and not re.search(r"[.?!]\s", who):
        return who.strip(), words.strip()
    return "", text.strip()


NOTES = {
    "tracked": _("The document had changes tracked. What was deleted is left out, what was added is kept: check the text."),
    "comments": _("The document had comments. They are left out."),
    "drawings": _("Some drawings cannot be shown. Add them as attachments."),
}


def note_words(codes: Sequence[str]) -> list[str]:
    """What to look at in a document, in words."""
    return [str(words) for code, words in NOTES.items() if code in codes]
