"""Statutes of single districts: Dąb 2015 without one remark, Zawodzie 2015, Śródmieście 2019."""

from __future__ import annotations

from datetime import date

from ratusz.demo.cases.past import AGAIN, announced, district, person, planned, reported
from ratusz.participation.consultations import actions
from ratusz.participation.consultations.models import Consultation

DAB, ZAWODZIE, CENTRE = "Statut dzielnicy Dąb", "Statut dzielnicy Zawodzie", "Statut dzielnicy Śródmieście"
SINGLES = [
    # title, district, ordinance, its day, first and last day, what of it is made up
    (DAB, "Dąb", "83/2015", date(2015, 2, 10), date(2015, 2, 23), date(2015, 3, 9), "treść projektu i raportu."),
    (ZAWODZIE, "Zawodzie", "125/2015", date(2015, 3, 13), date(2015, 4, 1), date(2015, 4, 17),
     "treść projektu i raportu. Ile uwag przyszło, nie wiemy: tu nie ma żadnej."),
    (CENTRE, "Śródmieście", "237/2019", date(2019, 4, 9), date(2019, 4, 24), date(2019, 5, 13),
     "treść projektu i raportu. Ile uwag przyszło, nie wiemy: tu nie ma żadnej."),
]  # fmt: skip


def load() -> None:
    """Repeatable."""
    for row in SINGLES:
        if not Consultation.objects.filter(title=f"{row[0]} {AGAIN}").exists():
            _statute(*row)


def _statute(title: str, name: str, order: str, ordered: date, first: date, last: date, made_up: str) -> None:
    made = planned(
        title, areas=[district(name)], starts_on=first, ends_on=last, made_up=made_up, modes=["district_statutes"],
        order_number=order, ordered_on=ordered, decided_by="Rada Miasta Katowice",
        subject=f"Projekt statutu dzielnicy {name}.", purpose="Dzielnica dostaje statut, a mieszkańcy mogą go ocenić.",
        open_questions="Treść statutu. Granice dzielnicy są ustalone.",
        summary=f"Pytaliśmy mieszkańców dzielnicy {name} o projekt jej statutu.",
    )  # fmt: skip
    form = {"title": "Formularz w internecie i na papierze"}
    actions.add_form(consultation=made, kind="remarks", facts=form, person=person("editor"))
    announced(made)
    known = "Nie przyszła żadna uwaga." if title == DAB else f"Zmyślone: {made_up}"
    reported(made, in_short=f"Pytaliśmy mieszkańców o statut. {known}", what_next="Projekt statutu idzie do Rady Miasta.")
