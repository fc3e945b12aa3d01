"""The parking survey of 2021 (acceptance case 4) with its public numbers: 1,271 residents, 57 firms, 7 institutions, 42 sectors.

The city published support of 75 to 97 % without a list by sector: shapes and shares of sectors here are invented within that.
Sources: katowice.gosc.pl 7014439; wnp.pl 485965; katowice.eu Aktualności ID=340.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import make_aware

from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.participation.surveys import links
from ratusz.participation.surveys.models import Answer, Channel, Questionnaire, Submission, Survey
from ratusz.participation.surveys.questions import content as c

SLUG = "polityka-parkingowa-2021"
GROUPS = {"m": ("mieszkaniec", 1271), "f": ("firma", 57), "i": ("instytucja", 7)}
OPENS, CLOSES = make_aware(datetime(2021, 6, 16)), make_aware(datetime(2021, 7, 5))
DAYS = 19
STREETS = [
    "Mickiewicza",
    "Sokolska",
    "Słowackiego",
    "Opolska",
    "3 Maja",
    "Stawowa",
    "Mielęckiego",
    "Staromiejska",
    "Dyrekcyjna",
    "Kochanowskiego",
    "Mariacka",
    "Wojewódzka",
    "Jagiellońska",
    "Francuska",
    "Kobylińskiego",
    "Królowej Jadwigi",
    "Plebiscytowa",
    "Wita Stwosza",
    "Powstańców",
    "Rymera",
    "Ligonia",
    "Żwirki i Wigury",
    "Skłodowskiej-Curie",
    "Podgórna",
    "Kopernika",
    "Kościuszki",
    "Andrzeja",
    "Batorego",
    "Kordeckiego",
    "Drzymały",
    "Szafranka",
    "Gliwicka",
    "Matejki",
    "Sądowa",
    "Młyńska",
    "Pocztowa",
    "Teatralna",
    "Szkolna",
    "Moniuszki",
    "Uniwersytecka",
    "Damrota",
    "Krasińskiego",
]
LEAST, MOST = 0.75, 0.97
WEST, SOUTH, WIDE, HIGH, IN_A_ROW = 19.008, 50.251, 0.0040, 0.0024, 7


def load(report: Report) -> None:
    """Repeatable: nothing is added where the survey is there."""
    if Survey.objects.filter(slug=SLUG).exists():
        return
    report("polityka parkingowa 2021")
    editor = User.objects.get(email=f"editor@{DOMAIN}")
    unit = Unit.objects.the_department() or Unit.objects.order_by("pk").first()
    assert unit is not None
    survey = Survey.objects.create(slug=SLUG, unit=unit, made_at=OPENS, made_by=editor, **FACTS)
    version = Questionnaire.objects.create(
        survey=survey, number=1, content=questionnaire(), made_at=OPENS, changed_at=OPENS, published_at=OPENS
    )
    _answered(survey, version)
    Survey.objects.filter(pk=survey.pk).update(published_at=OPENS, published_by=editor)


FACTS: dict[str, Any] = {
    "title": "Polityka parkingowa (2021)",
    "lead": (
        "Pytaliśmy, na których odcinkach ulic ma być strefa płatnego parkowania, o stawki i godziny. "
        "Liczby osób, firm i instytucji są prawdziwe. Kształty odcinków i rozkład odpowiedzi są zmyślone: "
        "miasto podało tylko, że poparcie wyniosło od 75 do 97%."
    ),
    "languages": ["pl"], "who_could": "mieszkańcy, firmy i instytucje", "reached_by": "portal miasta, media",
    "population": 280_000, "opens_at": OPENS, "closes_at": CLOSES,
}  # fmt: skip


def questionnaire() -> c.Content:
    """Who answers, 42 sectors, four closed questions."""
    rows = [
        {"code": f"r{number + 1}", "text": {"pl": f"{number + 1}. ul. {street}"}, "shape": _shape(number)}
        for number, street in enumerate(STREETS)
    ]
    groups = [{"code": code, "text": {"pl": name}} for code, (name, _count) in GROUPS.items()]
    closed = {
        "p3": ("Jaka ma być stawka za pierwszą godzinę?", ["najniższa z proponowanych", "średnia", "najwyższa"]),
        "p4": ("Czy opłata ma być naliczana za mniej niż godzinę?", ["tak", "nie"]),
        "p5": ("Do której godziny ma działać strefa?", ["do 17.00", "do 20.00"]),
        "p6": ("Czy strefa ma działać w soboty?", ["tak", "nie"]),
    }
    items = [
        {"code": "p1", "kind": c.SINGLE, "text": {"pl": "Kim jesteś?"}, "choices": groups, "required": True, "measures": "group"},
        {"code": "p2", "kind": c.SECTORS, "rows": rows, "rows_optional": True, "no_opinion": False,
         "text": {"pl": "Na których odcinkach ma być strefa płatnego parkowania?"}},
        *({"code": code, "kind": c.SINGLE, "text": {"pl": text},
           "choices": [{"code": chr(97 + place), "text": {"pl": each}} for place, each in enumerate(said)]}
          for code, (text, said) in closed.items()),
    ]  # fmt: skip
    return {"pages": [{"code": "s1", "title": {}, "items": items}], "last": 6}


def _shape(number: int) -> dict[str, Any]:
    """An invented rectangle in a grid over the middle of the city."""
    row, place = divmod(number, IN_A_ROW)
    west, south = WEST + place * WIDE, SOUTH + row * HIGH
    east, north = west + WIDE * 0.9, south + HIGH * 0.85
    return {"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]}


def _answered(survey: Survey, version: Questionnaire) -> None:
    chance, answers, receipts = random.Random(2021), [], []
    for group, (_name, count) in GROUPS.items():
        for content in _contents(chance, group, count):
            answers.append(Answer(survey=survey, questionnaire=version, channel=Channel.ONLINE, group=group, content=content))
            digest = links.key_digest(survey, links.new_key())
            day = date(2021, 6, 16) + timedelta(days=chance.randrange(DAYS))
            receipts.append(
                Submission(survey=survey, key=digest, receipt=links.receipt_of(digest), channel=Channel.ONLINE, day=day)
            )
    Answer.objects.bulk_create(answers, batch_size=500)
    Submission.objects.bulk_create(receipts, batch_size=500)


def _contents(chance: random.Random, group: str, count: int) -> list[dict[str, Any]]:
    """Answers of one group: in every sector a whole number of people agrees, 75 to 97 % of them where the group is large enough."""
    sectors = {}
    for number in range(1, len(STREETS) + 1):
        agree = round(count * chance.uniform(LEAST, MOST))
        said = [c.YES] * agree + [c.NO] * (count - agree)
        chance.shuffle(said)
        sectors[f"r{number}"] = said
    return [
        {
            "p1": group, "p2": {row: said[place] for row, said in sectors.items()}, "p3": chance.choice("aaaabc"),
            "p4": chance.choice("aaab"), "p5": chance.choice("aaab"), "p6": chance.choice("abbb"),
        }
        for place in range(count)
    ]  # fmt: skip
