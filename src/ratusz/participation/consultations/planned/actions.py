"""Makes a planned consultation of facts that are written already: nobody types them a second time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ratusz.casework.documents.actions import take_number
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.words import slug as slug_of
from ratusz.participation.consultations.applications import terms
from ratusz.participation.consultations.models import Area, Consultation, Form

SERIES = "consultations.consultation"


def make_planned(
    *, facts: dict[str, Any], areas: Iterable[dict[str, Any]], forms: Sequence[str], person: Any
) -> Consultation:  # fmt: skip
    """A plan nobody saw, with areas (facts of Area) and forms (codes of packs/forms.toml); within the caller's transaction."""
    now = database_now()
    made = Consultation.objects.create(**{"slug": free_slug(facts["title"]), "created_at": now, "created_by": person} | facts)
    Area.objects.bulk_create(Area(consultation=made, **each) for each in areas)
    names = terms.form_names(now)
    Form.objects.bulk_create(
        Form(consultation=made, kind=code, title=_capital(names.get(code, code)), position=number)
        for number, code in enumerate(forms)
    )
    number_it(made)
    return made


def number_it(consultation: Consultation) -> None:
    """Gives a plan its number, within the caller's transaction; one that has a number keeps it."""
    if not consultation.number:
        consultation.number = take_number(series=SERIES, subject=consultation.key).text
        consultation.save(update_fields=["number"])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


OTHER_PAGES = frozenset({"jak-to-dziala", "raporty", "wnioski", "plan-roczny", "uwagi"})
"""Words after "konsultacje/" that lead to other pages: a consultation with such an address could not be opened."""


def free_slug(title: str) -> str:
    """An address on the website made of a title, that no consultation and no other page has."""
    plain = slug_of(title, 100) or "konsultacje"
    taken = set(Consultation.objects.filter(slug__startswith=plain).values_list("slug", flat=True)) | OTHER_PAGES
    return next(slug for slug in (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3))) if slug not in taken)
