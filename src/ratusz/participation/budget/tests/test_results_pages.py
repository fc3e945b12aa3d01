"""What residents read: every project with its reason, in order, with the same few queries however long the list is."""

import csv
import hashlib
import json
import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from ratusz.casework.documents.tests.test_tables_as_xlsx import cells_of
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.participation.budget import published
from ratusz.participation.budget.actions import count_pool, publish_result
from ratusz.participation.budget.actions.files import make_published_files
from ratusz.participation.budget.bundle import read_bundle
from ratusz.participation.budget.factories import BallotFactory, EditionFactory, PoolFactory, ProjectFactory
from ratusz.participation.budget.formats import from_csv_zip, from_json
from ratusz.participation.budget.models import Edition, Pool
from ratusz.participation.budget.pabulib import read_bytes
from ratusz.participation.budget.tests.guards import without_guards
from ratusz.publishing.website.actions import bump_content_version

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def edition():
    return EditionFactory(
        number=10,
        year=2023,
        slug="2023",
        voting_starts=date(2023, 9, 11),
        voting_ends=date(2023, 9, 24),
        voters=46_821,
        submitted=296,
    )


def make_pool(edition, number, costs, supporters, budget=500_000_00):
    """A published pool of district `number` whose project i costs `costs[i]` zł and gets 3 points from `supporters[i]` people."""
    district = DistrictFactory(number=number, name=f"Dzielnica {number}", slug=f"dzielnica-{number}")
    pool = PoolFactory(
        edition=edition,
        position=number,
        code=f"L{number}",
        district=district,
        name=district.name,
        slug=district.slug,
        budget_grosze=budget,
    )
    for position, (cost, voters) in enumerate(zip(costs, supporters, strict=True)):
        ProjectFactory(
            pool=pool,
            position=position,
            number=f"L{number}/{position + 1:02}/X",
            cost_grosze=cost * 100,
            name=f"Żółty park {position + 1}",
        )
        BallotFactory.create_batch(voters, pool=pool, choices=[position])
    pool.ballots_are_complete = True
    pool.save()
    publish_result(result=count_pool(pool=pool))
    return pool


@pytest.fixture
def pool(edition):
    return make_pool(edition, 12, [300_000, 250_000, 100_000, 20_000], [40, 30, 20, 10])


def page(client, name, *arguments, **query):
    response = client.get(reverse(f"budget:{name}", args=arguments), query)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_the_pool_page_gives_each_project_its_reason_in_plain_words(client, pool):
    text = page(client, "pool", "2023", "dzielnica-12")
    assert "Pieniądze dostały 2 projekty z 4. Z 500 000 zł przyznano 400 000 zł, zostało 100 000 zł." in text
    assert "zmieścił się w puli: było 500 000 zł, koszt 300 000 zł" in text
    assert "nie zmieścił się w pozostałej puli: zostało 200 000 zł, koszt 250 000 zł" in text
    assert "poniżej progu 50 punktów: dostał 30" in text
    assert text.index("L12/01/X</b>") < text.index("L12/02/X</b>") < text.index("L12/03/X</b>") < text.index("L12/04/X</b>")


def test_a_tie_is_told_and_what_settled_it(client, edition):
    make_pool(edition, 12, [300_000, 250_000], [20, 20])
    text = page(client, "pool", "2023", "dzielnica-12")
    assert "L12/02/X i L12/01/X mają po 60 punktów. O kolejności decyduje: niższy koszt. Ten remis rozstrzygnął" in text


def test_the_project_page_tells_its_result_and_its_neighbours(client, pool):
    text = page(client, "project", "2023", "L12-02-X")
    assert "nie zmieścił się w pozostałej puli: zostało 200 000 zł, koszt 250 000 zł." in text
    assert "90 punktów" in text and "30 osób" in text and "2 z 4" in text
    assert all(f"L12-0{number}-X" in text for number in (1, 3, 4))


def test_the_edition_page_has_the_pools_in_order_and_can_be_sorted(client, edition, pool):
    make_pool(edition, 7, [1_000], [20], budget=600_000_00)
    by_name = page(client, "edition", "2023")
    assert by_name.index("<b>L7</b> Dzielnica 7") < by_name.index("<b>L12</b> Dzielnica 12")
    by_money = page(client, "edition", "2023", sort="pieniadze")
    assert by_money.index("<b>L12</b>") < by_money.index("<b>L7</b>")
    assert 'aria-sort="ascending"' in by_money and "?sort=-pieniadze" in by_money
    assert "46 821" in by_name and "11–24 września 2023 r." in by_name


def test_the_count_is_told_step_by_step(client, pool):
    text = page(client, "how-counted", "2023", "dzielnica-12")
    assert "Na początku w puli jest 500 000 zł." in text and "Na końcu zostaje 100 000 zł." in text
    assert "python3 ratusz_verify.py budzet-2023-dzielnica-12-pakiet.zip" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["L12/01/X", "L12/02/X", "L12/03/X", "L12/04/X"]),
        ({"q": "zolty 3"}, ["L12/03/X"]),
        ({"q": "l12/02"}, ["L12/02/X"]),
        ({"wynik": "dostal"}, ["L12/01/X", "L12/03/X"]),
        ({"wynik": "ponizej-progu"}, ["L12/04/X"]),
        ({"wynik": "nie-zmiescil-sie", "sort": "koszt"}, ["L12/02/X"]),
        ({"pula": "dzielnica-12", "sort": "koszt"}, ["L12/04/X", "L12/03/X", "L12/02/X", "L12/01/X"]),
        ({"sort": "-punkty"}, ["L12/01/X", "L12/02/X", "L12/03/X", "L12/04/X"]),
        ({"pula": "nie-ma-takiej", "wynik": "x", "sort": "y"}, ["L12/01/X", "L12/02/X", "L12/03/X", "L12/04/X"]),
        ({"q": "kosmodrom"}, []),
    ],
)
def test_the_list_of_projects_is_searched_filtered_and_sorted(client, pool, query, found):
    response = client.get(reverse("budget:projects", args=["2023"]), query)
    text = response.content.decode()
    assert [number for number in sorted(PROJECTS, key=lambda n: text.find(f"{n}</b>")) if f"{number}</b>" in text] == found
    assert ("Żaden projekt nie pasuje" in text) == (not found)


PROJECTS = ["L12/01/X", "L12/02/X", "L12/03/X", "L12/04/X"]


@pytest.mark.parametrize("address", ["1999/", "2023/nie-ma/", "2023/projekty/L99-01-X/", "2023/dzielnica-12/pobierz/haslo.txt"])
def test_what_is_not_there_is_not_found(client, pool, address):
    assert client.get(f"/budzet-obywatelski/{address}").status_code == 404


def test_an_edition_is_not_shown_before_its_results_are_published(client, pool):
    without_guards("ratusz_budget_edition")
    Edition.objects.update(state="counted")
    for name, arguments in [
        ("edition", ["2023"]), ("projects", ["2023"]), ("pool", ["2023", "dzielnica-12"]), ("project", ["2023", "L12-01-X"]),
        ("pool-file", ["2023", "dzielnica-12", "wynik.json"]),
    ]:  # fmt: skip
        assert client.get(reverse(f"budget:{name}", args=arguments)).status_code == 404
    assert "Nie ma jeszcze wyników" in page(client, "editions")


def test_downloads_are_made_once_and_the_bundle_holds_the_result(client, pool, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name in ("projekty.csv", "projekty.xlsx", "wynik.json", "glosy.pb", "glosy.json", "glosy.csv.zip", "pakiet.zip"):
        address = reverse("budget:pool-file", args=["2023", "dzielnica-12", name])
        first, second = (b"".join(client.get(address).streaming_content) for _ in range(2))
        assert first == second and first
    (tmp_path / "bundle.zip").write_bytes(BytesIO(first).getvalue())
    bundle = read_bundle(tmp_path / "bundle.zip")
    assert bundle.manifest["result"]["winners"] == ["L12/01/X", "L12/03/X"]
    assert bundle.manifest["counts"] == {"projects": 4, "ballots": 100, "outside_limits": 0}
    lines = client.get(reverse("budget:edition-file", args=["2023", "projekty.csv"])).content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("L12;L12/01/X;Żółty park 1;;300000;1;120;40;funded;1;500000;")


def test_a_count_under_a_number_that_was_given_out_before_has_files_of_its_own(pool):
    """As in a database put back from a copy, whose files were not."""
    pool = Pool.objects.select_related("result", "edition").get(pk=pool.pk)
    kept = published.file_of(pool, "wynik.json")
    pool.result.counted_at += timedelta(microseconds=1)
    assert published.file_of(pool, "wynik.json") != kept


FRAME = 2
"""Queries of what stands around every page: the site and its menu."""
QUERIES = {"editions": 4, "edition": 6, "projects": 3, "pool": 5, "project": 10, "how-counted": 3}
"""The list: the hour, editions with results, those that go on, profiles. The edition: two for how its winners are built, one for
how people voted, one for places on its map. A project: seven for its building, with days, moves, photos, steps and its
application."""


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", QUERIES)
def test_pages_cost_the_same_queries_with_1_and_3_rows(client, edition, django_assert_num_queries, count, name):
    for number in range(1, count + 1):
        make_pool(edition, number, [1_000] * count, [20] * count)
    arguments = {"editions": [], "edition": ["2023"], "projects": ["2023"], "project": ["2023", "L1-01-X"]}.get(
        name, ["2023", "dzielnica-1"]
    )
    address = reverse(f"budget:{name}", args=arguments)
    client.get(address)
    with django_assert_num_queries(FRAME + QUERIES[name]):
        client.get(address)


def test_the_worker_makes_the_files_after_publication(client, edition, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    with django_capture_on_commit_callbacks(execute=False):
        pool = make_pool(edition, 12, [1_000], [20])
    make_published_files.func(pool.pk)
    make_published_files.func(pool.pk)
    (folder,) = (tmp_path / "budget").iterdir()
    with zipfile.ZipFile(folder / "pakiet.zip") as bundle:
        digest = hashlib.sha256(bundle.read("manifest.json")).hexdigest()
    for page in (pool.get_absolute_url(), reverse("budget:how-counted", args=[edition.slug, pool.slug])):
        assert digest in client.get(page).text
    assert sorted(file.name for file in folder.iterdir()) == [
        "glosy.csv.zip",
        "glosy.json",
        "glosy.pb",
        "manifest.sha256",
        "pakiet.zip",
        "projekty.csv",
        "projekty.xlsx",
        "wynik.json",
    ]


MADE_UP_PAGES = {
    "edition": ["2023"], "projects": ["2023"], "pool": ["2023", "dzielnica-12"], "project": ["2023", "L12-01-X"],
    "how-counted": ["2023", "dzielnica-12"],
}  # fmt: skip


@pytest.mark.parametrize("name", MADE_UP_PAGES)
def test_every_page_says_when_the_ballots_are_made_up(client, pool, name):
    assert "zmyślone" not in page(client, name, *MADE_UP_PAGES[name])
    Edition.objects.update(ballots_are_made_up=True)
    bump_content_version()
    assert "zmyślone" in page(client, name, *MADE_UP_PAGES[name])


def test_a_file_of_made_up_ballots_says_so_itself(client, pool, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    Edition.objects.update(ballots_are_made_up=True)
    for name, says in (("glosy.pb", b'comment;"#1: Pokaz: pojedyncze karty'), ("glosy.json", "karty są zmyślone".encode())):
        address = reverse("budget:pool-file", args=["2023", "dzielnica-12", name])
        assert says in b"".join(client.get(address).streaming_content)


def test_kept_tables_follow_a_publication_at_once(client, edition, settings, django_assert_num_queries):
    settings.KEEP_PARTS = True
    make_pool(edition, 1, [100, 450, 300], [9, 8, 7])
    pages = {
        reverse("budget:edition", args=["2023"]): 1,
        reverse("budget:projects", args=["2023"]): 1,
        reverse("budget:pool", args=["2023", "dzielnica-1"]): 1,
        reverse("budget:project", args=["2023", "L1-01-X"]): 1,
    }
    for address, queries in pages.items():
        first = client.get(address).content
        with django_assert_num_queries(queries):
            assert client.get(address).content == first
    make_pool(edition, 2, [100], [9])
    for address in list(pages)[:2]:
        assert "Dzielnica 2" in client.get(address).content.decode()


def downloaded(client, name):
    return b"".join(client.get(reverse("budget:pool-file", args=["2023", "dzielnica-12", name])).streaming_content)


def test_all_forms_of_a_result_hold_the_same(client, pool, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ballots = read_bytes(downloaded(client, "glosy.pb"))
    assert from_json(downloaded(client, "glosy.json")) == from_csv_zip(downloaded(client, "glosy.csv.zip")) == ballots
    whole = json.loads(downloaded(client, "wynik.json"))["projects"]
    lines = list(csv.DictReader(downloaded(client, "projekty.csv").decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [{name: str("" if cell is None else cell) for name, cell in row.items()} for row in whole] == lines
    _head, *rows = cells_of(downloaded(client, "projekty.xlsx"))
    letters = dict(zip(lines[0], "ABCDEFGHIJKL", strict=True))
    for number, (row, line) in enumerate(zip(rows, lines, strict=True), 2):
        texts = {name: row.get(f"{letter}{number}", "") for name, letter in letters.items()}
        assert {name: f"{cell:g}" if isinstance(cell, float) else cell for name, cell in texts.items()} == {
            name: f"{float(cell):g}" if cell and name in NUMBERS else cell for name, cell in line.items()
        }
    of_edition = client.get(reverse("budget:edition-file", args=["2023", "projekty.xlsx"]))
    assert [list(row.values()) for row in cells_of(of_edition.content)][1:] == [
        list(row.values()) for row in sorted(rows, key=lambda row: next(v for k, v in row.items() if k.startswith("B")))
    ]
    assert client.get(reverse("budget:edition-file", args=["2023", "haslo.txt"])).status_code == 404


NUMBERS = ("cost_zl", "place", "points", "voters", "funded", "left_before_zl")
