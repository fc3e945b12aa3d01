"""The facts of the domain reference, asserted on the published ballots beside the checkout. Skipped, visibly, where they are absent."""

import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from ratusz.participation.budget.engine import EqualShares, count, preset, tally
from ratusz.participation.budget.pabulib import read_file
from ratusz.participation.budget.recount.compare import recount, rules_for

KNOWN_DEVIATION = "Poland_Warszawa_2018_Las"


@pytest.fixture(scope="module")
def contests(shared_data):
    """name -> contest, all 127 files read once."""
    paths = [path for path in (shared_data / "pabulib").rglob("*.pb*") if path.is_file()]
    return {path.name.removesuffix(".gz").removesuffix(".pb"): read_file(path) for path in sorted(paths)}


@pytest.fixture(scope="module")
def recounts(contests):
    return {name: recount(Path(name), contest) for name, contest in contests.items()}


def katowice(found, ending=""):
    return {name: part for name, part in found.items() if name.startswith("Poland_Katowice_") and name.endswith(ending)}


def outcome(recounts, ending):
    return next(part.outcome for name, part in recounts.items() if name.endswith(ending))


@pytest.mark.slow
def test_all_but_the_known_deviation_are_identical(recounts):
    assert len(recounts) == 127
    assert [name for name, part in recounts.items() if not part.identical] == [KNOWN_DEVIATION]
    assert len(katowice(recounts)) == 92
    las = recounts[KNOWN_DEVIATION]
    assert (las.funded_here, las.funded_there, las.explained) == (("1649",), (), True)
    assert (las.outcome["1649"].voters, las.outcome["1649"].threshold, las.outcome.left >= 0) == (93, 39, True)


@pytest.mark.slow
def test_stop_instead_of_skip_gives_twelve_in_katowice(contests):
    same = 0
    for contest in katowice(contests).values():
        rules = replace(rules_for(contest)[1], selection="stop")
        winners = set(count(rules, contest.budget, contest.engine_projects(), contest.ballots).winners)
        same += winners == {number for number, mark in contest.selected.items() if mark == 1}
    assert same == 12


@pytest.mark.slow
def test_the_city_of_2020_skips_and_continues(recounts):
    city = outcome(recounts, "Poland_Katowice_2020")
    assert city.winners == ("M/66/VII", "M/34/VII", "M/41/VII", "M/60/VII", "M/37/VII", "M/10/VII")
    third = city["M/03/VII"]
    assert (third.reason, third.left_before, third.cost) == ("no_money", 499_999_00, 700_000_00)
    assert (city["M/19/VII"].reason, city.left) == ("no_money", 3_437_00)


@pytest.mark.slow
def test_the_threshold_is_in_points_not_voters(recounts):
    few = [result for part in katowice(recounts).values() for result in part.outcome.projects if result.wins and result.voters < 50]
    assert len(few) == 8
    by_number = {result.number: (result.voters, result.points) for result in few}
    assert (by_number["L20/01/VII"], by_number["L20/09/IX"]) == ((44, 60), (32, 50))


@pytest.mark.slow
def test_under_the_threshold_though_money_is_left(recounts):
    points = {}
    for part in katowice(recounts).values():
        for number in part.aside:
            result = part.outcome[number]
            assert result.reason == "below_threshold" and part.outcome.left > 0
            points[number] = result.points
    assert points == {"L21/05/IX": 41, "L12/02/IX": 35, "L18/09/IX": 9, "L20/05/IX": 46}


@pytest.mark.slow
def test_the_one_decisive_tie_and_the_harmless_ones(recounts):
    ties = [tie for part in katowice(recounts).values() for tie in part.outcome.ties]
    (decisive,) = [tie for tie in ties if tie.decisive]
    assert (decisive.numbers, decisive.support, decisive.settled_by) == (("L12/11/IX", "L12/14/IX"), 140, ("cheaper",))
    koszutka = outcome(recounts, "Katowice_2022_Koszutka")
    assert [(koszutka[n].cost, koszutka[n].voters, koszutka[n].wins) for n in decisive.numbers] == [
        (23_150_00, 88, True),
        (52_000_00, 92, False),
    ]
    assert {276, 312, 566} <= {tie.support for tie in ties if not tie.decisive}


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["2022_Podlesie", "2022_Zarzecze", "2023_Osiedle_Witosa", "2023_Brynow_Czesc_Wschodnia_-_Osiedle_Zgrzebnioka"]
)
def test_all_above_the_threshold_are_funded(recounts, name):
    assert {result.reason for result in outcome(recounts, f"Katowice_{name}").projects} <= {"funded", "below_threshold"}


@pytest.mark.slow
def test_the_recount_gives_the_published_table_of_results(contests, recounts, shared_data):
    table = {}
    for row in csv.DictReader((shared_data / "katowice" / "results_2020_2023.csv").read_text(encoding="utf-8").splitlines()):
        table[row["project_id"]] = (int(row["voters"]), int(row["points"]), int(row["selected"]) == 1)
    counted = {
        result.number: (result.voters, result.points, result.wins)
        for part in katowice(recounts).values()
        for result in part.outcome.projects
    }
    assert len(counted) == 1071 and counted == table


@pytest.mark.slow
def test_voters_of_an_edition(contests):
    unique = {2020: 44_075, 2021: 43_098, 2022: 38_985, 2023: 46_821}
    patterns = set()
    for year, expected in unique.items():
        local, city = defaultdict(int), set()
        for contest in katowice(contests).values():
            if contest.year != year:
                continue
            if contest.place == "city":
                city.update(contest.voters)
            else:
                for voter in contest.voters:
                    local[voter] += 1
            points, starts = contest.ballots.points.tolist(), contest.ballots.starts.tolist()
            patterns.update(tuple(sorted(points[a:b], reverse=True)) for a, b in zip(starts, starts[1:], strict=False))
        assert max(local.values()) == 1, "somebody voted in two districts"
        assert len(city | set(local)) == expected
    assert patterns == {(3,), (2, 1), (1, 1, 1), (2,), (1, 1), (1,)}


@pytest.mark.slow
def test_krakow_ballots_hold_exactly_three(contests, recounts):
    for name in contests:
        if "Krakow" in name:
            assert recounts[name].odd_ballots == 0 and recounts[name].identical


@pytest.mark.slow
def test_stop_and_skip_differ_in_wroclaw_2025(contests):
    contest = contests["Poland_Wroclaw_2025_Local"]
    skip = count(replace(rules_for(contest)[1], selection="skip"), contest.budget, contest.engine_projects(), contest.ballots)
    assert set(skip.winners) != {number for number, mark in contest.selected.items() if mark == 1}


@pytest.mark.slow
def test_a_tie_in_gdynia_goes_to_the_dearer_and_cheaper_would_fail(contests):
    contest = contests["Poland_Gdynia_2020_Babie_Doly__small"]
    rules = rules_for(contest)[1]
    told = {number for number, mark in contest.selected.items() if mark == 1}
    for chain, agrees in ((("dearer",), True), (("earlier_number",), True), (("cheaper",), False)):
        found = count(replace(rules, tie_chain=chain), contest.budget, contest.engine_projects(), contest.ballots)
        assert (set(found.winners) == told) is agrees
        assert [tie.support for tie in found.ties if tie.decisive] == [101]


@pytest.mark.slow
def test_no_top_up_fires_in_poznan_and_the_best_case_is_under_61_percent(recounts):
    best = []
    for name, part in recounts.items():
        if "Poznan" in name:
            assert all(result.reason != "top_up" for result in part.outcome.projects)
            best += [result for result in part.outcome.projects if result.reason == "no_money"]
    closest = max(best, key=lambda result: result.left_before / result.cost)
    assert (closest.left_before, closest.cost) == (486_000_00, 800_000_00)


@pytest.mark.slow
def test_ursynow_needs_the_decisions_on_record(contests, recounts):
    part = recounts["Poland_Warszawa_2021_Ursynow"]
    assert {n: part.outcome[n].reason.value for n in ("459", "1687", "2150")} == {
        "459": "excluded",
        "1687": "excluded",
        "2150": "funded",
    }
    assert part.outcome["2150"].voters == min(part.outcome[n].voters for n in ("459", "1687", "2150"))
    (tie,) = [tie for tie in part.outcome.ties if tie.decisive]
    assert (tie.support, tie.numbers, tie.settled_by, tie.waits) == (1923, ("2150", "1821"), ("decision",), False)


@pytest.mark.slow
def test_swiecie_by_equal_shares(shared_data):
    contest = read_file(shared_data / "pabulib" / "swiecie" / "Poland_Swiecie_2023.pb")
    rules = preset("swiecie_2023").rules.level("city").rules
    projects, told = contest.engine_projects(), {number for number, mark in contest.selected.items() if mark == 1}
    by_completion = {
        completion: count(replace(rules, mes=replace(rules.mes, completion=completion)), contest.budget, projects, contest.ballots)
        for completion in ("none", "add1_exhaustive", "add1_until_exceed")
    }
    assert (contest.budget, len(contest.voters)) == (1_070_000_00, 2553)
    first = by_completion["none"]
    assert (len(first.winners), first.spent) == (13, 647_787_00)
    for completion, share in (("add1_exhaustive", 646), ("add1_until_exceed", 662)):
        found = by_completion[completion]
        assert (found.shares.share, len(found.winners), found.spent, set(found.winners)) == (share * 100, 17, 1_040_337_00, told)
        assert (found.shares.prefer_shares, found.shares.prefer_walk, found.shares.walk_won) == (1245, 363, False)
        assert found["c22"].reason == "below_threshold"
    walk = count(replace(rules, selection="skip", mes=EqualShares()), contest.budget, projects, contest.ballots)
    assert (len(walk.winners), walk.spent) == (9, 1_067_287_00)


def test_scores_recount_in_one_city_wide_file(shared_data):
    contest = read_file(shared_data / "pabulib" / "katowice" / "Poland_Katowice_2020.pb.gz")
    points, voters = tally(contest.ballots, len(contest.projects))
    assert [(row["votes"], row["score"]) for row in contest.projects] == [
        (str(v), str(p)) for p, v in zip(points, voters, strict=True)
    ]
