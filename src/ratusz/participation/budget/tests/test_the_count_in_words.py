"""The page on how a pool was counted tells of that city's rules, not of Katowice's."""

import pytest
from django.urls import reverse

from ratusz.participation.budget.actions import ImportChoice, count_pool, import_contest, publish_result
from ratusz.participation.budget.engine import preset, to_plain
from ratusz.participation.budget.explained import steps_of
from ratusz.participation.budget.pabulib import read_bytes
from ratusz.participation.budget.tests.test_importing_and_exporting import SMALL


def steps(code, level):
    return steps_of(to_plain(preset(code).rules.level(level).rules))


@pytest.mark.parametrize(
    "code, level, said, unsaid",
    [
        ("katowice", "district", ["Pomiń projekty poniżej: 50", "liczenie idzie dalej"], ["kończy się"]),
        ("gdynia", "small", ["mniej niż 50 głosów", "kończy się, choć niżej mogą być tańsze", "wyższy koszt"], ["idzie dalej"]),
        ("poznan_2023", "city", ["kończy się.", "co najmniej 80 % jego kosztu", "z rezerwy"], ["idzie dalej"]),
        ("warszawa_2018", "area", ["na mniej niż 10 % kart"], []),
        ("swiecie_2023", "city", ["równych udziałów", "droższy projekt potrzebuje więcej kart"], ["Idź w dół"]),
        ("wroclaw", "local", ["Dodaj głosy"], ["Pomiń"]),
    ],
)
def test_each_way_of_counting_has_its_own_sentences(code, level, said, unsaid):
    text = " ".join(steps(code, level)).replace("\u00a0", " ")
    assert [part for part in said if part not in text] == [], text
    assert [part for part in unsaid if part in text] == []


def test_no_rules_of_ties_no_sentence_about_them():
    assert len(steps_of({"selection": "mes", "tie_chain": []}, {"share": "1234567/2", "walk_won": True})) == 6


@pytest.mark.django_db
def test_a_count_by_equal_shares_is_told_as_one(client):
    text = SMALL.replace("unit;Katowice", "unit;Wieliczka").replace(";1;50.27", ";0;50.27").replace("cumulative", "approval")
    lines = [line for line in text.split("\n") if not line.startswith(("min_sum", "max_sum"))]
    text = (
        "\n".join(lines)
        .replace(";2;4;", ";2;2;")
        .replace(";vote;points;", ";vote;")
        .replace(";2,1;", ";")
        .replace("/X;3;;M", "/X;;M")
    )
    text = text.replace("L10/02/X;2;75", "L10/02/X;75")
    pool = import_contest(contest=read_bytes(text.encode()), choice=ImportChoice("wieliczka_2023"))
    publish_result(result=count_pool(pool=pool))
    pool.refresh_from_db()
    page = client.get(reverse("budget:how-counted", args=[pool.edition.slug, pool.slug])).text.replace("\u00a0", " ")
    assert "Metoda równych udziałów" in page and "W tym liczeniu" in page
