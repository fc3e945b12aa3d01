"""Contests come in whole or not at all, and go out as they came."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ratusz.participation.budget.actions import count_pool, import_contest
from ratusz.participation.budget.contests import contest_of
from ratusz.participation.budget.factories import PoolFactory
from ratusz.participation.budget.formats import FormatError, from_csv_zip, from_json, read_any, to_csv_zip, to_json
from ratusz.participation.budget.models import Ballot, Edition, Pool, Project
from ratusz.participation.budget.pabulib import read_bytes, read_file, to_text
from ratusz.participation.budget.rules import NotPossible

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SMALL = '''META
key;value
description;District PB in Katowice, Dąb
country;Poland
unit;Katowice
district;Dąb
subunit;Dąb
instance;2023
num_projects;2
num_votes;3
budget;434115.50
vote_type;cumulative
rule;greedy-threshold
date_begin;11.09.2023
date_end;24.09.2023
min_sum_points;1
max_sum_points;3
edition;10
language;pl
currency;PLN
comment;#1: próba
PROJECTS
project_id;cost;votes;score;name;category;selected;latitude;longitude
L10/02/X;1000;2;4;"Ławki; i ""kosze""";public space;1;50.27000;19.00
L10/01/X;250000.5;2;4;Żółw;education;1;;
VOTES
voter_id;vote;points;age;sex;voting_method
8;L10/02/X,L10/01/X;2,1;18-29;F;internet
9;L10/01/X;3;;M;paper
7;L10/02/X;2;75+;;internet
'''


@pytest.fixture
def contest():
    return read_bytes(SMALL.encode())


def counts():
    return Edition.objects.count(), Pool.objects.count(), Project.objects.count(), Ballot.objects.count()


def test_a_contest_comes_in_with_its_edition_pool_projects_and_ballots(contest):
    pool = import_contest(contest=contest)
    edition = pool.edition
    assert (edition.city, edition.roman, edition.year, edition.slug) == ("Katowice", "X", 2023, "2023")
    assert edition.rules_preset == "katowice"
    assert (str(edition.voting_starts), str(edition.voting_ends)) == ("2023-09-11", "2023-09-24")
    assert (pool.code, pool.name, pool.budget_grosze, pool.threshold, pool.most_points) == ("L10", "Dąb", 43411550, 50, 3)
    assert list(pool.projects.values_list("number", "slug", "name", "cost_grosze", "category", "latitude")) == [
        ("L10/02/X", "L10-02-X", 'Ławki; i "kosze"', 100000, "public space", 50.27),
        ("L10/01/X", "L10-01-X", "Żółw", 25000050, "education", None),
    ]
    assert list(pool.ballots.order_by("pk").values_list("label", "choices", "points", "age", "columns")) == [
        ("8", [0, 1], [2, 1], "18-29", {"sex": "F", "voting_method": "internet"}),
        ("9", [1], [3], "", {"sex": "M", "voting_method": "paper"}),
        ("7", [0], [2], "75+", {"voting_method": "internet"}),
    ]


def test_the_round_trip_loses_nothing(contest):
    pool = import_contest(contest=contest)
    assert contest_of(pool) == contest
    assert to_text(contest_of(pool)) == to_text(contest)


def test_a_pool_without_one_project_is_written_and_read_too():
    made = contest_of(PoolFactory())
    again = read_bytes(to_text(made).encode())
    assert (again.meta, again.projects, again.voters) == (made.meta, (), ())


@pytest.mark.parametrize(("encode", "decode"), [(to_json, from_json), (to_csv_zip, from_csv_zip)])
def test_json_and_csv_hold_all_that_the_file_holds(contest, encode, decode):
    assert decode(encode(contest)) == contest


def test_the_same_pool_is_not_imported_twice(contest):
    import_contest(contest=contest)
    before = counts()
    with pytest.raises(NotPossible):
        import_contest(contest=contest)
    assert counts() == before == (1, 1, 2, 3)


@pytest.mark.parametrize(
    ("wrong", "by", "reason"),
    [
        (
            "num_projects;2",
            "num_projects;3",
            r"^Plik odrzucony: b.pb. Wiersz 9: META podaje liczbę projektów 3, a w pliku jest ich 2. Niczego nie wczytano.$",
        ),
        ("L10/01/X;3;;M", "L10/09/X;3;;M", r"Wiersz 29: głos wymienia projekt L10/09/X, którego nie ma na liście"),
        ("2,1;18-29", "3,1;18-29", r"Wiersz 28: głos ma 4 pkt, a najwięcej może mieć 3"),
        ("L10/02/X;1000;2;4", "L10/02/X;1000;2;5", r"Wiersz 24: projekt L10/02/X: kolumna score"),
        ('"Ławki; i ""kosze"""', "Ławki; i kosze", "Wiersz 24: liczba pól w wierszu to 10, a w nagłówku 9"),
        ("instance;2023", "instance;99999", "Wiersz 8: rok głosowania .instance. to „99999”"),
        ("edition;10", "edition;0", "Wiersz 18: numer edycji to „0”"),
        ("24.09.2023", "01.09.2023", "Wiersz 15: głosowanie kończy się, zanim się zaczyna"),
        ("unit;Katowice", "unit;Atlantyda", "Atlantyda"),
        ("L10/02/X", "X10/02/X", "Wiersz 24: numer projektu „X10/02/X” powinien wyglądać jak L12/03/X"),
    ],
)
def test_a_malformed_file_is_refused_with_line_and_reason_and_nothing_of_it_stays(tmp_path, wrong, by, reason):
    good, bad = tmp_path / "a.pb", tmp_path / "b.pb"
    good.write_text(SMALL.replace("Dąb", "Koszutka").replace("L10/", "L12/"), encoding="utf-8")
    bad.write_text(SMALL.replace(wrong, by), encoding="utf-8")
    with pytest.raises(CommandError, match=reason):
        call_command("budget_import", str(tmp_path), stdout=StringIO())
    assert counts() == (0, 0, 0, 0)


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "a.pb").write_bytes(SMALL.encode("cp1250"))
    with pytest.raises(CommandError, match="Wiersz 3: znaki nie są w kodowaniu UTF-8"):
        call_command("budget_import", str(tmp_path), stdout=StringIO())
    assert counts() == (0, 0, 0, 0)


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"meta": 1}'])
def test_json_that_is_no_contest_is_refused(content):
    with pytest.raises(FormatError):
        from_json(content)


@pytest.mark.parametrize("format", ["pb", "json", "csv"])
def test_import_and_export_from_the_command_line(tmp_path, contest, format):
    (tmp_path / "in.pb").write_text(SMALL, encoding="utf-8")
    call_command("budget_import", str(tmp_path / "in.pb"), stdout=StringIO())
    call_command("budget_export", "2023", str(tmp_path / "out"), format=format, stdout=StringIO())
    (written,) = (tmp_path / "out").iterdir()
    assert written.name.startswith("Poland_Katowice_2023_Dab.")
    assert read_any(written) == contest


def test_real_contests_survive_the_round_trip_and_are_counted_as_published(shared_data):
    for name in ("katowice/Poland_Katowice_2022_Koszutka.pb", "katowice/Poland_Katowice_2022_Zarzecze.pb"):
        contest = read_file(shared_data / "pabulib" / name)
        pool = import_contest(contest=contest)
        assert contest_of(pool) == contest
        result = count_pool(pool=pool)
        funded = {end.project.number for end in result.projects.select_related("project") if end.is_funded}
        assert funded == {number for number, selected in contest.selected.items() if selected == 1}


def test_contests_of_every_city_survive_the_round_trip(shared_data):
    for path in sorted((shared_data / "pabulib").glob("*/*.pb")):
        contest = read_file(path)
        try:
            pool = import_contest(contest=contest)
        except NotPossible as refusal:
            pytest.fail(f"{path.name}: {refusal}")
        assert contest_of(pool) == contest, path.name


def test_a_project_marked_as_withdrawn_by_its_cost_is_counted_so(tmp_path):
    content = SMALL.replace("L10/02/X;1000;", "L10/02/X;999999999;")
    result = count_pool(pool=import_contest(contest=read_bytes(content.encode())))
    assert [(end.project.number, end.outcome) for end in result.projects.select_related("project")] == [
        ("L10/01/X", "below_threshold"), ("L10/02/X", "withdrawn"),
    ]  # fmt: skip
