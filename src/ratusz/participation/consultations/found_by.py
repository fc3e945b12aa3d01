"""How consultations are found: the portal's search and the number of a consultation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day, polish_range
from ratusz.foundation.kit.registries import Receipt, SearchEntry
from ratusz.participation.consultations import rules
from ratusz.participation.consultations.models import Consultation

KIND = "consultations"
_NUMBER = re.compile(r"KS[/-]?(\d{4})[/-]?(\d{1,6})")


def search_entries() -> Iterator[SearchEntry]:
    """Each that everybody may see."""
    for consultation in Consultation.objects.public().prefetch_related("areas").iterator(200):
        yield _entry(consultation)


def search_entry(key: str) -> SearchEntry | None:
    """One of them; None when it is not public."""
    number = key.partition(":")[2]
    found = Consultation.objects.public().filter(pk=number).first() if number.isdecimal() else None
    return _entry(found) if found else None


def _entry(consultation: Consultation) -> SearchEntry:
    words = [
        consultation.subject, consultation.purpose, consultation.open_questions, consultation.alternative,
        consultation.number or "", *(area.name for area in consultation.areas.all()),
    ]  # fmt: skip
    return SearchEntry(
        key=f"consultation:{consultation.pk}", url=consultation.get_absolute_url(), title=consultation.title,
        summary=consultation.summary, body=" ".join(filter(None, words)), kind=KIND, day=consultation.starts_on,
    )  # fmt: skip


def find_consultation(typed: str, at: datetime) -> Receipt | None:
    """A public consultation by its number, however it is typed."""
    found = _NUMBER.fullmatch(typed)
    if found is None:
        return None
    consultation = Consultation.objects.public().filter(number=f"KS/{found[1]}/{int(found[2]):04}").first()
    if consultation is None or consultation.starts_on is None or consultation.ends_on is None:
        return None
    badge = rules.badge_of(consultation, local_day(at))
    days = (_("From when until when"), polish_range(consultation.starts_on, consultation.ends_on))
    return Receipt(f"{consultation.number} {consultation.title}", badge.words, consultation.get_absolute_url(), (days,))
