"""Among opened ballots: a planted age, planted equal choices and cut ballots stand out; an ordinary city does not; on screen and paper."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from django.urls import reverse

from ratusz.participation.budget.actions import publish_known_results
from ratusz.participation.budget.engine import count_tallied
from ratusz.participation.budget.factories import BallotFactory, EditionFactory, PoolFactory, ProjectFactory
from ratusz.participation.budget.queries import engine_projects, rules_of
from ratusz.participation.voting import protocol
from ratusz.participation.voting.expected_choices import Popularity
from ratusz.participation.voting.factories import edition_to_vote_on, number, open_vote_on
from ratusz.participation.voting.models import VoteTable
from ratusz.participation.voting.odd_choices import OddAge, OpenedPart, blank_rates, odd_ages, odd_equals
from ratusz.participation.voting.searching_opened import earlier_rates, odd_opened

BANDS, WEIGHTS = ("<18", "18-29", "30-44", "45-59", "60-74", "75+"), (18, 14, 26, 20, 16, 6)


def a_pool(voters: int, chance: random.Random) -> list[OpenedPart]:
    """Twelve projects, some liked more; points 3, or 2 and 1, or 1, 1 and 1; ages have nothing to do with choices."""
    projects, liked = [f"L1/{each:02}" for each in range(12)], [1 / (each + 1) for each in range(12)]
    made = []
    for _voter in range(voters):
        split = chance.choice(((3,), (2, 1), (1, 1, 1)))
        chosen: list[str] = []
        while len(chosen) < len(split):
            if (one := chance.choices(projects, liked)[0]) not in chosen:
                chosen.append(one)
        made.append(OpenedPart(tuple(sorted(zip(chosen, split, strict=True))), chance.choices(BANDS, WEIGHTS)[0]))
    return made


def test_what_was_planted_stands_out_and_an_ordinary_pool_does_not():
    city = a_pool(2500, random.Random(2027))
    ages = odd_ages(city, 20, 3.0)
    assert odd_equals(city, 20, 3.0) == [] and ages.compared == 72 and len(ages.found) <= 2
    assert round(ages.by_chance(3.0), 2) == 0.19
    pair = (("L1/07", 2), ("L1/11", 1))
    planted = [OpenedPart(pair, "75+")] * 120
    found = odd_equals(city + planted, 20, 3.0)
    assert [(each.given, each.seen >= 120, each.expected < 40) for each in found] == [(pair, True, True)]
    odd = {(each.number, each.age) for each in odd_ages(city + planted, 20, 3.0).found}
    assert {("L1/07", "75+"), ("L1/11", "75+")} <= odd


def test_ages_that_are_not_known_and_few_voters_tell_nothing():
    parts = [OpenedPart((("A", 3),), "")] * 50 + [OpenedPart((("A", 3),), "75+")] * 20 + [OpenedPart((("B", 3),), "<18")] * 30
    assert odd_ages(parts, 20, 3.0).found == (OddAge("B", "75+", 0, 30, 12.0), OddAge("B", "<18", 30, 30, 18.0))
    assert odd_ages(parts[:50], 20, 3.0).compared == 0


def test_the_fit_gives_back_the_sums_it_was_made_from_and_what_was_left_out():
    """Pairs that follow the popularity of four projects exactly, with one cell made ten times what it should be."""
    first, second = {"A": 8, "B": 4, "C": 2, "D": 1}, {"A": 1, "B": 2, "C": 3, "D": 4}
    counts = {
        tuple(sorted([(one, 2), (other, 1)])): first[one] * second[other] for one in first for other in second if one != other
    }
    planted = (("A", 1), ("D", 2))
    assert Popularity((2, 1), counts).expected(planted) == pytest.approx(1, rel=0.02)
    assert Popularity((2, 1), counts | {planted: 10}).expected_without(planted) == pytest.approx(1, rel=0.02)
    triples = {tuple((each, 1) for each in combination): 12 for combination in combinations("ABCDE", 3)}
    planted = (("A", 1), ("B", 1), ("C", 1))
    assert Popularity((1, 1, 1), triples | {planted: 90}).expected_without(planted) == pytest.approx(12, rel=0.02)


@pytest.mark.parametrize(
    ("now", "earlier", "odd"),
    [
        ((9500, 0, 500), (0.04, 0.06, 0.05), [False, None]),
        ((7400, 0, 2600), (0.04, 0.06, 0.05), [True, None]),
        ((9500, 0, 500), (), [None, None]),
        ((9500, 0, 500), (0.05,), [False, None]),
        ((9300, 0, 700), (0.05,), [True, None]),
    ],
)  # fmt: skip
def test_a_blank_part_is_compared_with_earlier_years(now, earlier, odd):
    counts = dict(zip(("both", "local", "city"), now, strict=True))
    rates = list(blank_rates(counts, {2020 + place: {"local": rate} for place, rate in enumerate(earlier)}, 3.0))
    assert [(each.part, each.is_odd) for each in rates] == list(zip(("local", "city"), odd, strict=True))
    assert list(blank_rates(dict.fromkeys(counts, 0), {}, 3.0)) == []


def an_earlier_year(year: int, voters: int | None, **ballots: int) -> None:
    edition, outcomes = EditionFactory(number=year - 2013, year=year, voters=voters), {}
    for position, (code, count) in enumerate(ballots.items()):
        pool = PoolFactory(edition=edition, code=code, position=position, place="city" if code == "M" else "district")
        ProjectFactory(pool=pool, position=0, number=f"{code}/01/{edition.roman}")
        if count:
            outcomes[pool.pk] = count_tallied(rules_of(pool), pool.budget_grosze, engine_projects(pool), [90], [30], count)
    if all(ballots.values()):
        publish_known_results(edition=edition, outcomes=outcomes)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_screen_and_the_protocol_say_what_stands_out(staff_client):
    an_earlier_year(2020, 1000, M=950, L1=500, L2=460)
    an_earlier_year(2021, 1000, M=940, L1=480, L2=470)
    an_earlier_year(2022, None, M=940, L1=480)
    an_earlier_year(2023, 900, M=940, L1=480)
    an_earlier_year(2024, 1000, M=940, L1=0)
    edition = edition_to_vote_on(number=20, year=2033)
    assert {year: {part: round(rate, 2) for part, rate in rates.items()} for year, rates in earlier_rates(edition).items()} == {
        2020: {"city": 0.05, "local": 0.04}, 2021: {"city": 0.06, "local": 0.05},
    }  # fmt: skip
    city = edition.pools.get(code="M")
    other = PoolFactory(edition=edition, code="L9", place="district", position=9, slug="l9", rules=city.rules)
    ProjectFactory(pool=other, position=0, number=number(edition, "M", 5), slug="l9-m-05", name="Ten sam numer gdzie indziej")
    ordinary = [([each % 5, (each + 1 + each // 5 % 4) % 5], BANDS[each % 6]) for each in range(300)]
    for choices, age in [*ordinary, *([([0, 4], "75+")] * 90)]:
        BallotFactory(pool=city, choices=choices, points=[2, 1], age=age)
    assert odd_opened(open_vote_on(edition_to_vote_on(number=21))) is None
    vote = open_vote_on(edition, state="opened")
    VoteTable.objects.create(vote=vote, name="parts", content={"both": 740, "local": 50, "city": 260})
    found = odd_opened(vote)
    names = {pool.code: [each.given for each in pool.equals] for pool in found.pools}
    assert names == {"M": [((number(edition, "M", 1), 2), (number(edition, "M", 5), 1))]}
    assert [(rate.part, rate.is_odd) for rate in found.blanks] == [("local", True), ("city", False)]
    member = staff_client("key_holder")
    shown = member.get(reverse("voting_staff_anomalies", args=[vote.pk])).text
    assert "260 z 1\u00a0050, 24,8%" in shown and "2020: 4,0%, 2021: 5,0%" in shown and "inaczej niż w innych latach" in shown
    assert f"({number(edition, 'M', 5)}): 1" in shown and "75+" in shown and "Przed otwarciem" in shown
    assert "Ten sam numer" not in shown, "a number is unique within its pool alone"
    assert "Obejrzyj przed ogłoszeniem" in member.get(reverse("voting_staff_result", args=[vote.pk])).text
    assert any("Puste części" in str(getattr(block, "caption", "")) for block in protocol.document_of(vote).blocks)
