"""Statutes of all 22 districts, 2021 and 2023–24: one template, 22 consultations, 22 reports and one of them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ratusz.demo.cases.past import AGAIN, MADE_UP, announced, person, reported
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models import Consultation, Series
from ratusz.participation.consultations.series import actions


@dataclass(frozen=True)
class Statutes:
    """One series: its ordinance, its day, first and last day."""

    year: str
    order: str
    ordered_on: date
    starts_on: date
    ends_on: date

    @property
    def title(self) -> str:
        return f"Statuty 22 dzielnic, {self.year} {AGAIN}"


SERIES = (
    Statutes("2021", "1667/2021", date(2021, 6, 11), date(2021, 6, 25), date(2021, 7, 4)),
    Statutes("2023–2024", "3711/2023", date(2023, 12, 12), date(2023, 12, 27), date(2024, 1, 15)),
)


def load() -> None:
    """Repeatable."""
    for each in SERIES:
        if not Series.objects.filter(title=each.title).exists():
            _series(each)


def _series(said: Statutes) -> None:
    editor = person("editor")
    template = {
        "title": f"Statut dzielnicy {{dzielnica}}, {said.year} {AGAIN}",
        "subject": "Projekt statutu dzielnicy nr {numer}, {dzielnica}.",
        "purpose": "Rada Miasta zmienia statuty wszystkich dzielnic.", "open_questions": "Treść statutu. Granice zostają.",
        "decided_by": "Rada Miasta Katowice", "alternative": "Zostawić statut taki, jaki jest.",
        "what_next": "Projekt statutu idzie do Rady Miasta.", "contact": "Wydział Komunikacji Społecznej",
        "target_group": "mieszkańcy dzielnicy {dzielnica}",
        "summary": "Pytaliśmy mieszkańców dzielnicy {dzielnica} o projekt jej statutu. "
        f"{MADE_UP} treść projektu i to, że nie ma uwag: ile ich było, nie wiemy.",
    }  # fmt: skip
    facts = {
        "title": said.title, "template": template, "forms": ["remarks"], "modes": ["district_statutes"], "label": "formal",
        "owner_unit": Unit.objects.get(short_name="KS"), "owner_person": person("head"),
        "starts_on": said.starts_on, "ends_on": said.ends_on,
        "order_number": said.order, "ordered_on": said.ordered_on,
    }  # fmt: skip
    series = actions.begin_series(facts=facts, person=editor)
    for instance in actions.make_instances(series=series, districts=District.objects.order_by("number"), person=editor):
        _closed(instance.consultation)


def _closed(made: Consultation) -> None:
    """Announced on the day of the ordinance, over since long, reported."""
    announced(made)
    reported(
        made, what_next="Projekt statutu idzie do Rady Miasta.",
        in_short="Pytaliśmy mieszkańców o statut dzielnicy. Ile uwag przyszło, nie wiemy: w tym przykładzie nie ma żadnej.",
    )  # fmt: skip
