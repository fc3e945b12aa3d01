"""The page on how a pool was counted tells of that city's rules, not of Katowice's."""

import re

import pytest
from django.urls import reverse

from ratusz.participation.budget import queries, wording
from ratusz.participation.budget.actions import ImportChoice, count_pool, import_contest, publish_result
from ratusz.participation.budget.engine import preset, to_plain
from ratusz.participation.budget.explained import steps_of
from ratusz.participation.budget.factories import BallotFactory, EditionFactory, PoolFactory, ProjectFactory
from ratusz.participation.budget.models import Edition, Pool
from ratusz.participation.budget.pabulib import read_bytes
from ratusz.participation.budget.tests.guards import without_guards
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
    assert len(steps_of({"selection": "mes", "tie_chain": []}, {"share": "1234567/2", "walk_won": True})) == 8


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


def made_shares_pool(*others):
    """A dear project of 40 ballots that the plain count would fund first, and two small ones of `others`: (ballots, choices)."""
    edition = EditionFactory(city="Katowice", number=10, year=2023, slug="2023")
    rules = to_plain(preset("wieliczka_2023").rules.level("city").rules)
    pool = PoolFactory(edition=edition, budget_grosze=1_000_00, rules=rules, threshold=None, name="Próba", slug="proba")
    for position, (number, cost) in enumerate((("c1", 900), ("c2", 300), ("c3", 300))):
        ProjectFactory(pool=pool, position=position, number=number, cost_grosze=cost * 100)
    BallotFactory.create_batch(40, pool=pool, choices=[0], points=[])
    for ballots, choices in others or ((31, [1]), (30, [2])):
        BallotFactory.create_batch(ballots, pool=pool, choices=choices, points=[])
    Pool.objects.filter(pk=pool.pk).update(ballots_are_complete=True)
    pool.refresh_from_db()
    publish_result(result=count_pool(pool=pool))
    pool.refresh_from_db()
    return pool


@pytest.mark.django_db
def test_each_projects_reason_follows_equal_shares_and_the_order_is_that_of_buying(client):
    pool = made_shares_pool()
    ends = queries.ends_of(pool, pool.result_id)
    assert [(end.number, end.place, end.outcome) for end in ends] == [
        ("c2", 1, "funded"), ("c3", 2, "funded"), ("c1", None, "no_money"),
    ]  # fmt: skip
    text = " | ".join(wording.reason(end) for end in ends).replace("\u00a0", " ")
    assert text.count("karty, które go wskazały, zapłaciły razem jego koszt 300 zł, każda najwyżej") == 2, text
    assert "karty, które go wskazały, miały razem 440 zł" in text and "zmieścił" not in text and ": zostało" not in text
    page = client.get(reverse("budget:how-counted", args=["2023", "proba"])).text.replace("\u00a0", " ")
    before = re.findall(r'data-label="(?:Było|Zostaje)"[^>]*><span class="table__value">([^<]*)', page)
    assert before == ["1 000 zł", "700 zł", "700 zł", "400 zł", "–", "–"]
    assert "Kolejność jest kolejnością zakupów" in client.get(pool.get_absolute_url()).text


@pytest.mark.django_db
def test_where_the_comparison_chose_the_plain_count_the_reasons_are_the_walks():
    pool = made_shares_pool((35, [1, 2]))
    ends = queries.ends_of(pool, pool.result_id)
    assert [(end.number, end.place, end.outcome) for end in ends][0] == ("c1", 1, "funded")
    assert [wording.reason(end).replace("\u00a0", " ") for end in ends[:2]] == [
        "zmieścił się w puli: było 1 000 zł, koszt 900 zł",
        "nie zmieścił się w pozostałej puli: zostało 100 zł, koszt 300 zł",
    ]


@pytest.mark.parametrize(
    "number, ending", [(1, ("projekt", "punkt", "osoba")), (2, ("projekty", "punkty", "osoby")), (5, ("projektów", "punktów", "osób")),
                       (12, ("projektów", "punktów", "osób")), (22, ("projekty", "punkty", "osoby"))],
)  # fmt: skip
def test_numbers_have_their_polish_forms(number, ending):
    said = [phrase(number).split() for phrase in (wording.projects, wording.points, wording.voters)]
    assert said == [[str(number), word] for word in ending]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["pool", "how-counted"])
def test_before_the_ballots_both_pages_say_that_the_bundle_comes(client, name):
    pool = made_shares_pool()
    address = reverse(f"budget:{name}", args=["2023", "proba"])
    assert "pakiet.zip" in client.get(address).text
    Edition.objects.update(ballots_are_made_up=True)
    without_guards("ratusz_budget_pool")
    Pool.objects.filter(pk=pool.pk).update(ballots_are_complete=False)
    page = client.get(address).text
    assert "Pakiet do samodzielnego przeliczenia pojawi się za kilka minut." in page and "pakiet.zip" not in page
