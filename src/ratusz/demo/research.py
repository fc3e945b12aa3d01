"""Research of the demo city: a card of the parking survey, a series of two waves with invented numbers, a card that waits."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from ratusz.casework.documents.blocks import Document, Heading, Notice, Text
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.participation.surveys.models import ResearchCard, Survey
from ratusz.participation.surveys.research import actions, comparing, reading
from ratusz.participation.surveys.research.factories import question, table

SERIES = "Jakość życia w mieście (przykład)"
PARKING = "polityka-parkingowa-2021"
AGENCY: dict[str, Any] = {
    "origin": "commissioned", "agency": "Pracownia Przykładowa sp. z o.o.", "task": "many", "method": "cati",
    "sample": "probability", "sample_size": 1000, "population": "dorośli mieszkańcy miasta", "survey": None, "series": None,
}  # fmt: skip
LIFE, SAFE = "Jak się Panu/Pani mieszka w mieście?", "Czy po zmroku czuje się Pan/Pani bezpiecznie?"
GREEN = {2023: "Czy w okolicy domu jest dość zieleni?", 2025: "Czy w pobliżu domu jest wystarczająco dużo zieleni?"}
NEWS = "Skąd dowiaduje się Pan/Pani o sprawach miasta?"
HOW = ("bardzo dobrze", "dobrze", "ani dobrze, ani źle", "źle", "bardzo źle")
WHETHER = ("tak", "nie", "trudno powiedzieć")


def _asked(key: str, text: str, answers: Sequence[str], people: Sequence[int]) -> list[list[Any]]:
    return question(key, text, sum(people), **dict(zip(answers, people, strict=True)))


ROWS = {
    2023: [
        *_asked("P1", LIFE, HOW, (210, 390, 240, 120, 40)),
        *_asked("P2", GREEN[2023], WHETHER, (520, 380, 80)),
        *_asked("P3", SAFE, WHETHER, (640, 290, 60)),
    ],
    2025: [
        *_asked("P1", LIFE, HOW, (240, 420, 200, 105, 35)),
        *_asked("P2", GREEN[2025], WHETHER, (590, 320, 75)),
        *_asked("P3", SAFE, WHETHER, (655, 280, 57)),
        ["P4", NEWS, "wiele", "z internetu", 690, "69,0", "", 1000],
        ["P4", NEWS, "wiele", "od znajomych", 410, "41,0", "", 1000],
        ["P4", NEWS, "wiele", "z informatora miejskiego", 230, "23,0", "", 1000],
    ],
}
SUMMARIES = {
    2023: "Sześć osób na dziesięć mówi, że mieszka się im dobrze albo bardzo dobrze. Zieleni brakuje czterem osobom na dziesięć."
          " Liczby w tej karcie są przykładem i niczego nie mówią o prawdziwym mieście.",
    2025: "Dwie osoby na trzy mówią, że mieszka się im dobrze albo bardzo dobrze. To więcej niż dwa lata wcześniej. Zieleni brakuje"
          " co trzeciej osobie. Liczby w tej karcie są przykładem i niczego nie mówią o prawdziwym mieście.",
}  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: nothing is added where the series is there."""
    if ResearchCard.objects.filter(series__title=SERIES).exists():
        return
    report("badania opinii")
    editor = User.objects.get(email=f"editor@{DOMAIN}")
    unit = Unit.objects.the_department() or Unit.objects.order_by("pk").first()
    assert unit is not None
    with acting(system("demo")):
        _series(editor, unit)
        _of_parking(editor, unit)
        _waiting(editor, unit)


def _made(editor: User, unit: Unit, facts: dict[str, Any], **more: Any) -> ResearchCard:
    return actions.make_card(facts=facts | {"unit": unit}, person=editor, form_key=uuid.uuid4(), **more)


def _series(editor: User, unit: Unit) -> None:
    """Two waves of invented numbers; one question was worded otherwise, and somebody says that it is the same."""
    for year, rows in ROWS.items():
        facts = AGENCY | {
            "title": f"Jakość życia w mieście, fala {year} (przykład)", "summary": SUMMARIES[year],
            "contract": f"umowa przykładowa {year}", "starts_on": date(year, 5, 8), "ends_on": date(year, 5, 26),
        }  # fmt: skip
        card = _made(editor, unit, facts, new_series=SERIES, files=_files(year))
        actions.bring_results(card=card, content=table(rows), name=f"wyniki-{year}.csv", person=editor)
        card = actions.publish_card(card=card, person=editor)
        if year == 2023:
            words = (
                "Wpis przykładowy: posadziliśmy drzewa przy szkołach w tych dzielnicach, w których najczęściej brakowało zieleni."
            )
            actions.tell_use(card=card, unit=unit, used_on=date(2023, 11, 20), words=words, person=editor)
    assert card.series is not None
    for pair in comparing.pairs(reading.waves(card.series, database_now()), {}):
        actions.say_of_wording(card=card, key=pair.key, wordings=pair.wordings, is_same=True, person=editor)


def _files(year: int) -> dict[str, Any]:
    asked = list(dict.fromkeys(row[1] for row in ROWS[year]))
    papers = {
        "questionnaire": Document(f"Kwestionariusz {year} (przykład)", [Text(each) for each in asked]),
        "report": Document(
            f"Raport {year} (przykład)",
            [Notice("To jest przykład: firma, umowa i liczby są zmyślone."), Heading("W skrócie"), Text(SUMMARIES[year])],
        ),
    }
    return {name: (io.BytesIO(pdf_of_document(each)), f"{name}-{year}.pdf") for name, each in papers.items()}


def _of_parking(editor: User, unit: Unit) -> None:
    """The parking survey of 2021, whose numbers of people are public; its results come from the survey itself."""
    survey = Survey.objects.filter(slug=PARKING).first()
    if survey is None:
        return
    facts = AGENCY | {
        "title": "Polityka parkingowa 2021", "origin": "own", "agency": "", "task": "roads", "method": "cawi",
        "sample": "self_selected", "sample_size": 1335, "survey": survey,
        "population": "kto chciał odpowiedzieć: mieszkańcy, firmy i instytucje",
        "starts_on": date(2021, 6, 16), "ends_on": date(2021, 7, 4),
        "summary": "Odpowiedziało 1271 mieszkańców, 57 firm i 7 instytucji. Na każdym odcinku ulicy większość chciała strefy"
        " płatnego parkowania. Większość była za najniższą stawką. Rozkład odpowiedzi w tej karcie jest zmyślony.",
    }  # fmt: skip
    card = actions.publish_card(card=_made(editor, unit, facts), person=editor)
    words = "Wpis przykładowy: wyniki dołączyliśmy do projektu uchwały o strefie płatnego parkowania."
    actions.tell_use(card=card, unit=unit, used_on=date(2021, 9, 1), words=words, person=editor)


def _waiting(editor: User, unit: Unit) -> None:
    """A draft that lacks things: somebody's next move."""
    day = local_day(database_now())
    facts = AGENCY | {
        "title": "Jak czytamy informator miejski (przykład)", "summary": "", "task": "promotion", "contract": "", "method": "focus",
        "sample": "purposive", "sample_size": None, "population": "czytelniczki i czytelnicy informatora",
        "starts_on": day - timedelta(days=20), "ends_on": day - timedelta(days=12),
    }  # fmt: skip
    _made(editor, unit, facts)
