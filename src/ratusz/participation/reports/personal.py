"""The guard of personal data: no name, address or contact of an author stands in what everybody reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Document, plain
from ratusz.foundation.kit.personal_marks import tells_contact
from ratusz.foundation.kit.words import search_key
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.consultations.registries import Gap
from ratusz.participation.remarks.personal_data import LetAddresses
from ratusz.participation.reports.checks import ranges
from ratusz.participation.reports.gathering import Draft
from ratusz.participation.reports.register import Row

WORD = re.compile(r"[\w@.+-]+")


def _columns(rows: Iterable[tuple[str, str, str | None, dict[str, object]]]) -> Iterator[str]:
    for *texts, answers in rows:
        yield from (text for text in texts if text)
        yield from (text for text in (answers or {}).values() if isinstance(text, str))


def words_in(text: str) -> list[str]:
    """Words without accents and case, so that "Jana Kowalskiego," meets "JANA KOWALSKIEGO"."""
    return [each.strip(".-") for each in WORD.findall(search_key(text))]


class Names:
    """Every author's name, address and contact of one consultation, and where they were met. One pass for a text of any length."""

    def __init__(self, known: Iterable[str], let: LetAddresses | None = None):
        self.let = let or LetAddresses({})
        self.by_first: dict[str, list[tuple[str, ...]]] = {}
        self.rows: list[int] = []
        self.looks: list[int] = []
        for text in known:
            words = tuple(words_in(text))
            if len(words) > 1 or (words and "@" in words[0]):
                self.by_first.setdefault(words[0], []).append(words)

    @classmethod
    def of(cls, consultation: Consultation) -> Names:
        """Of whoever handed something in there."""
        rows = consultation.intakes.values_list("author_name", "author_address", "contact__value", "answers").iterator()
        return cls(_columns(rows), LetAddresses.of(consultation))

    def meets(self, text: str) -> bool:
        """Whether one of them stands in the text, word by word."""
        words = words_in(text)
        return any(
            tuple(words[place : place + len(name)]) == name
            for place, first in enumerate(words)
            for name in self.by_first.get(first, ())
        )

    def look_at(self, row: Row) -> None:
        text = f"{self.let.left_out(row.number, row.content)} {row.reasons} {row.where}"
        if self.meets(text) or self.meets(row.organisation):
            self.rows.append(row.number)
        elif tells_contact(text):
            self.looks.append(row.number)

    def sections_of(self, draft: Draft) -> list[str]:
        """Titles of the sections in which one of them stands."""
        return [each.title for each in draft.sections if self.meets(" ".join(_texts(plain(Document("-", each.blocks)))))]


def gaps_of_names(rows: Sequence[int], looks: Sequence[int], sections: Iterable[str], url: str) -> Iterator[Gap]:
    """What was met in rows, and in the sections. The data themselves are never repeated."""
    if rows:
        words = _("The name, address or contact of an author stands in the public text of remarks: %(numbers)s.")
        yield Gap("personal.rows", words % {"numbers": ranges(rows)}, url)
    if looks:
        words = _("Something that looks like a telephone, an e-mail address or a PESEL stands in remarks: %(numbers)s.")
        yield Gap("personal.looks", words % {"numbers": ranges(looks)}, url, is_warning=True)
    for title in sections:
        words = _("The name, address or contact of an author stands in the section “%(title)s”.")
        yield Gap("personal.section", words % {"title": title})


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
