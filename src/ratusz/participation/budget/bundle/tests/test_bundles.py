"""A bundle reads back as it was made, refuses a changed file, and publishes nothing that tells a person."""

import json
from random import Random

import pytest

from ratusz.participation.budget.bundle import BundleError, for_publication, make_bundle, read_bundle, to_zip, write_folder
from ratusz.participation.budget.bundle.anonymity import BANDS, band
from ratusz.participation.budget.engine import Ballots, Decisions, Exclusion, TieDecision, count, preset, tally
from ratusz.participation.budget.pabulib import PabulibContest

NUMBERS = ["L1/01/X", "L1/02/X"]
DECISIONS = Decisions(
    "ziarno", (Exclusion(frozenset(NUMBERS), "decision", "L1/01/X", "nr 1"),), (TieDecision(tuple(NUMBERS), "protokół"),)
)


def contest(votes, **extras):
    ballots = Ballots.of(NUMBERS, [list(vote) for vote in votes], [list(vote.values()) for vote in votes])
    points, voters = tally(ballots, 2)
    meta = {
        "description": "Budżet",
        "country": "Poland",
        "unit": "Katowice",
        "district": "Dąb",
        "subunit": "Dąb",
        "instance": "2026",
    }
    meta |= {
        "num_projects": "2",
        "num_votes": str(len(votes)),
        "budget": "1000",
        "vote_type": "cumulative",
        "rule": "greedy-threshold",
    }
    meta |= {"date_begin": "2026", "date_end": "2026"}
    rows = tuple(
        {"project_id": n, "cost": "400", "votes": str(v), "score": str(p)} for n, p, v in zip(NUMBERS, points, voters, strict=True)
    )
    return PabulibContest(meta, rows, tuple(f"v{index}" for index in range(len(votes))), ballots, extras)


@pytest.fixture
def bundle():
    votes = [{NUMBERS[0]: 3}] * 20 + [{NUMBERS[1]: 2, NUMBERS[0]: 1}] * 20
    found, rules = contest(votes), preset("katowice").rules.level("district").rules
    outcome = count(rules, found.budget, found.engine_projects(), found.ballots, DECISIONS)
    return make_bundle(found, rules, DECISIONS, outcome, {"edition": "XIII", "pool": "L10"})


def test_reads_back_as_it_was_made(bundle, tmp_path):
    write_folder(bundle, tmp_path / "folder")
    (tmp_path / "a.zip").write_bytes(to_zip(bundle))
    for path in (tmp_path / "folder", tmp_path / "a.zip"):
        again = read_bundle(path)
        assert (again.contest, again.rules, again.decisions, again.manifest) == (
            bundle.contest,
            bundle.rules,
            DECISIONS,
            bundle.manifest,
        )
        assert set(again.files) == {"Poland_Katowice_2026_Dab.pb", "manifest.json"}
    assert to_zip(bundle) == to_zip(bundle)


def test_the_manifest_says_everything_the_count_needs(bundle):
    manifest = json.loads(bundle.files["manifest.json"])
    assert manifest["rules"]["threshold"] == {"kind": "points", "value": 50} and manifest["rules"]["topup"] == 80
    assert manifest["counts"] == {"projects": 2, "ballots": 40, "outside_limits": 0}
    first = manifest["result"]["projects"][0]
    assert first == {
        "number": "L1/01/X",
        "reason": "funded",
        "rank": 1,
        "cost": 400_00,
        "points": 80,
        "voters": 40,
        "threshold": 50,
        "left_before": 1000_00,
        "from_reserve": 0,
    }


def test_a_changed_file_is_refused(bundle, tmp_path):
    write_folder(bundle, tmp_path)
    path = tmp_path / "Poland_Katowice_2026_Dab.pb"
    path.write_bytes(path.read_bytes().replace(b"v0;", b"v9999;"))
    with pytest.raises(BundleError, match="changed"):
        read_bundle(tmp_path)
    path.unlink()
    with pytest.raises(BundleError, match="not those of the manifest"):
        read_bundle(tmp_path)


def test_an_outcome_of_other_ballots_is_refused(bundle):
    other = contest([{NUMBERS[0]: 3}])
    outcome = count(bundle.rules, other.budget, other.engine_projects(), other.ballots)
    with pytest.raises(BundleError, match="other ballots"):
        make_bundle(bundle.contest, bundle.rules, Decisions(), outcome)


def test_publication_drops_ids_order_channel_and_exact_ages():
    votes = [{NUMBERS[index % 2]: 3} for index in range(40)]
    found = contest(votes, age=("33",) * 20 + ("8",) * 20, sex=("F", "F", "M", "M") * 10, voting_method=("internet",) * 40)
    published = for_publication(found, Random(1))
    assert set(published.extras) == {"age", "sex"} and set(published.extras["age"]) == {"0-17", "30-44"}
    assert not set(published.voters) & set(found.voters) and len(set(published.voters)) == 40
    assert published.ballots.choices.tolist() != found.ballots.choices.tolist()
    assert tally(published.ballots, 2) == tally(found.ballots, 2)


@pytest.mark.parametrize(
    "ages, sexes, kept",
    [
        (["20"] * 10 + ["40"] * 10, ["F"] * 5 + ["M"] * 5 + ["F"] * 5 + ["M"] * 5, {"age", "sex"}),
        (["20"] * 10 + ["40"] * 9 + ["50"], ["F"] * 20, {"age", "sex"}),
        (["20"] * 10 + ["40"] * 10, ["F"] * 10 + ["M"] * 9 + ["F"], {"age"}),
        (["20"] * 16 + ["80"] * 4, ["F"] * 20, set()),
        ([""] * 20, [""] * 20, set()),
    ],
)
def test_a_class_of_few_is_merged_or_dropped(ages, sexes, kept):
    votes = [{NUMBERS[index % 2]: 3} for index in range(20)]
    assert set(for_publication(contest(votes, age=tuple(ages), sex=tuple(sexes))).extras) == kept


def test_a_class_of_equal_ballots_is_dropped_too():
    votes = [{NUMBERS[0]: 3}] * 10 + [{NUMBERS[0]: 3}, {NUMBERS[1]: 3}] * 5
    found = contest(votes, age=("20",) * 10 + ("70",) * 10)
    assert for_publication(found).extras == {}, "all the young voted alike: the file would tell how"


@pytest.mark.parametrize(
    "ages, kept",
    [
        (["<18"] * 10 + ["18-29"] * 10, {"0-17", "18-29"}),
        (["<18"] * 6 + ["18-59"] * 8 + ["60+"] * 6, {"0-17", "18-59", "60+"}),
        (["<18"] * 8 + ["18-29"] * 2 + ["60-74"] * 10, {"0-29", "60+"}),
        (["18-59"] * 18 + ["60+"] * 2, None),
    ],
)
def test_bands_of_a_vote_stay_as_they_are_or_grow(ages, kept):
    votes = [{NUMBERS[index % 2]: 3} for index in range(20)]
    published = for_publication(contest(votes, age=tuple(ages))).extras
    assert published == {} if kept is None else set(published["age"]) == kept


def test_bands():
    assert [band(age, BANDS) for age in ("0", "17", "18", "74", "101", "30-44", "dużo", "")] == [
        "0-17",
        "0-17",
        "18-29",
        "60-74",
        "75+",
        "30-44",
        "",
        "",
    ]


def test_an_empty_contest_is_published_empty():
    assert len(for_publication(contest([])).voters) == 0
