"""Surveys of the demo city: one of every kind of question in three languages, one in parts with groups and street sectors."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.participation.surveys import actions, links, queries, terms
from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions import editing

EVERY, PARKING = "pokaz-ankieta-o-parku", "pokaz-parkowanie"
ANSWERS = 120


def load(report: Report) -> None:
    """Repeatable: nothing is added to a survey that is there."""
    if Survey.objects.filter(slug=EVERY).exists():
        return
    report("ankiety")
    editor = User.objects.get(email=f"editor@{DOMAIN}")
    with acting(system("demo")):
        park = _made(EVERY, PARK, _park(), editor)
        _made(PARKING, CARS, _cars(), editor)
        chance = random.Random(20260917)
        for number in range(ANSWERS):
            actions.submit_answer(version=queries.version_in_force(park), key=links.new_key(), given=_answer(chance, number))
        _paper(park, editor)
        actions.load_population(
            content=PEOPLE.encode(), file_name="ludnosc-przyklad.csv", day=date(2025, 12, 31), person=editor,
            source="liczby przykładowe, zmyślone, w układzie tabeli Banku Danych Lokalnych GUS",
        )  # fmt: skip


def _made(slug: str, facts: dict[str, Any], content: c.Content, editor: User) -> Survey:
    unit = Unit.objects.the_department() or Unit.objects.order_by("pk").first()
    assert unit is not None
    now = database_now()
    survey = actions.make_survey(title=facts["title"], slug=slug, unit=unit, person=editor)
    actions.change_questions(survey=survey, change=lambda _old: content, person=editor)
    survey = actions.save_survey(
        survey=survey, facts=facts | {"opens_at": now - timedelta(days=3), "closes_at": now + timedelta(days=18)}, person=editor
    )
    return actions.publish(survey=survey, person=editor)


PARK: dict[str, Any] = {
    "title": "Park, jakiego chcesz (przykład)",
    "lead": "Pytamy, bo wiosną powstaje projekt parku. Odpowiedzi przeczyta projektantka. Granice parku są już ustalone.",
    "thanks": "Wyniki pokażemy tydzień po zakończeniu ankiety.",
    "languages": ["pl", "en", "uk"],
    "words": {
        "en": {
            "title": "The park you want (example)",
            "lead": "We ask because a park is being designed.",
        },
        "uk": {"title": "Парк, який ви хочете (приклад)", "lead": "Ми питаємо, бо готуємо проєкт парку."},
    },
    "who_could": "wszyscy, którzy bywają w parku",
    "reached_by": "portal miasta, plakaty w parku, biblioteki",
    "population": 8200,
}
CARS: dict[str, Any] = {
    "title": "Parkowanie w śródmieściu (przykład)", "lead": "Pytamy o odcinki ulic i opłaty. Uchwałę podejmie rada miasta.",
    "languages": ["pl"], "who_could": "mieszkańcy, firmy i instytucje śródmieścia", "reached_by": "portal miasta i listy do firm",
    "is_paged": True,
}  # fmt: skip


def _park() -> c.Content:
    """Every kind of question in three languages, with the header: both from the library."""
    library = terms.library()
    return editing.joined(editing.joined(editing.empty(), library["wszystkie"].content), library["metryczka"].content)


def _cars() -> c.Content:
    """Groups of their own way, and twelve street sectors with a yes or no for each."""
    content = editing.joined(editing.empty(), terms.library()["grupy"].content)
    sectors = [{"code": f"r{number}", "text": {"pl": f"Odcinek przykładowy {number}"}} for number in range(1, 13)]
    resident = {"question": "p1", "op": "is", "value": "osoba"}
    content["pages"] += [
        {"code": "s8", "title": {"pl": "Odcinki ulic"}, "items": [
            {"code": "p20", "kind": c.SECTORS, "rows": sectors, "rows_optional": True, "no_opinion": True,
             "text": {"pl": "Czy na tych odcinkach ma być strefa płatnego parkowania?"}}]},
        {"code": "s9", "title": {"pl": "Twoje auto"}, "show_if": resident, "items": [
            {"code": "p21", "kind": c.YES_NO, "text": {"pl": "Czy masz samochód?"}, "required": True},
            {"code": "p22", "kind": c.NUMBER, "lowest": 0, "highest": 20, "whole": True, "text": {"pl": "Ile aut jest w domu?"},
             "show_if": {"question": "p21", "op": "is", "value": "yes"}}]},
        {"code": "s10", "title": {"pl": "Dostawy i klienci"}, "show_if": {**resident, "op": "is_not"}, "items": [
            {"code": "p23", "kind": c.LONG, "text": {"pl": "Czego potrzebuje Twoja firma albo instytucja?"}}]},
    ]  # fmt: skip
    return {**content, "last": 30}


def _answer(chance: random.Random, number: int) -> dict[str, Any]:
    """A made-up answer."""
    visits = chance.random() < 0.8
    given: dict[str, Any] = {
        "p2": "yes" if visits else "no",
        "p4": chance.sample(["s", "d", "p"], chance.randint(1, 2)),
        "p5": chance.choice([2, 3, 3, 4, 4, 5]),
        "p6": {row: chance.choice(["d", "m"]) for row in "lco"},
        "p7": chance.sample(["a", "b", "c"], 3),
        "p8": chance.randint(1, 40),
        "p11": chance.choice(WISHES),
        "p14": chance.choice(["a18", "a25", "a35", "a45", "a55", "a65"]),
        "p16": chance.randint(1, 22),
    }
    if number % 3:
        spots = [[19.02 + chance.random() / 20, 50.24 + chance.random() / 40] for _spot in range(chance.randint(1, 3))]
        given["p12"] = {"features": [{"type": "Point", "coordinates": spot} for spot in spots], "place": ""}
    if visits:
        given["p3"] = chance.choice(["d", "t", "t", "r"])
    if number % 2:
        given["p15"] = chance.choice(["k", "m"])
    return given


PEOPLE = """wiek;mężczyźni;kobiety;ogółem
0–14;19000;18000;37000
15–19;6100;5900;12000
20–24;6400;6600;13000
25–34;19500;20500;40000
35–44;23000;23500;46500
45–54;18500;19000;37500
55–64;15500;18500;34000
65–74;17000;23000;40000
75 i więcej;8500;15500;24000
"""
WISHES = [
    "Więcej cienia przy placu zabaw.", "Ławki z oparciem, bo starszym trudno wstać.", "Kosze na śmieci przy każdym wejściu.",
    "Lampy przy alejce do przystanku.", "Miejsce do puszczania psa, ogrodzone.", "Toaleta, choćby w sezonie.",
]  # fmt: skip


def _paper(park: Survey, editor: User) -> None:
    """A batch of three cards, one typed once: somebody else's move."""
    facts = {"place": "Biblioteka, filia przykładowa", "seal": "0017", "issued": 30, "cards": 3, "second_person": "kierująca filią"}
    batch = actions.count_batch(survey=park, facts=facts, person=editor)
    first = batch.paper_cards.order_by("number")[0]
    actions.type_card(card=first, given={"p2": "yes", "p3": "t", "p5": 3, "p11": "Drzewa."}, person=editor)
