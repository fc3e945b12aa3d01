"""Tables of the population: read with every fault named, taken in once, compared with answers and weighted to, by age, sex, district."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.surveys import actions, rules
from ratusz.participation.surveys.factories import content_of, make_survey, question, words
from ratusz.participation.surveys.models import Answer, PopulationCount, PopulationTable
from ratusz.participation.surveys.results import heard, papers, population_file
from ratusz.participation.surveys.results.ages import ages_of, shared
from ratusz.participation.surveys.results.weighted import by_population

DAY = date(2025, 12, 31)
CITY = "wiek;mężczyźni;kobiety;ogółem\n0–14;100;100;200\n15–17;50;50;100\n18–39;300;300;600\n40–64;250;250;500\n65 i więcej;100;200;300\nogółem;800;900;1700\n"
ASKED = content_of(
    question("p1"),
    question("p2", "single", measures="age", not_applicable=words("wolę nie mówić"), choices=[
        {"code": "a", "text": words("do 17 lat")}, {"code": "b", "text": words("18–39")}, {"code": "c", "text": words("40 lat i więcej")},
    ]),
    question("p3", "single", measures="sex", choices=[
        {"code": "k", "text": words("kobieta")}, {"code": "m", "text": words("mężczyzna")}, {"code": "i", "text": words("inna")},
    ]),
    question("p4", "district", measures="district"),
)  # fmt: skip


@pytest.mark.parametrize(
    "text, ages",
    [
        ("18–24", (18, 24)), ("18-24 lata", (18, 24)), ("od 18 do 24 lat", (18, 24)), ("do 17 lat", (0, 17)), ("poniżej 18 lat", (0, 17)),
        ("65 lat i więcej", (65, None)), ("65+", (65, None)), ("powyżej 64", (65, None)), ("85 i starsi", (85, None)), ("18", (18, 18)),
        ("dorośli", None), ("24–18", None), ("1950–1960", None), ("wolę nie mówić", None),
    ],
)  # fmt: skip
def test_an_age_group_is_read_as_people_write_it(text, ages):
    assert ages_of(text) == ages


@given(st.integers(0, 99), st.integers(0, 40), st.integers(0, 99))
def test_two_answers_that_meet_share_an_age_group_of_the_table_without_loss(first, width, border):
    group = (first, min(first + width, 100))
    assert shared((0, border), group) + shared((border + 1, None), group) == pytest.approx(1)


def _loaded(text=CITY, *, person, day=DAY):
    return actions.load_population(content=text.encode(), file_name="gus.csv", day=day, source="GUS, BDL", person=person)


@pytest.fixture
def head(db):
    return AppointmentFactory(role_code="head", unit__is_department=True).person


def test_every_fault_of_a_table_is_named_with_its_row_and_column(db):
    DistrictFactory(number=1, name="Śródmieście")
    text = (
        "dzielnica;wiek;płeć;liczba\n1;0–17;K;10\nsrodmiescie;18–24;K;5\nL1;30–39;K;7\nNibylandia;18–24;K;1\n1;dorośli;M;3\n1;0–17;X;3\n"
        "1;0–17;M;-5\n1;10–20;M;4\n1;15–30;M;2,5\n1;12–19;M;4\n"
    )
    found = population_file.read(text.encode("cp1250"))
    assert [(each.line, each.column) for each in found.faults] == [
        (4, "wiek"), (5, "dzielnica"), (6, "wiek"), (7, "płeć"), (8, "liczba"), (10, "liczba"), (11, "wiek"),
    ]  # fmt: skip
    assert "25 do 29" in found.faults[0].words and "Nibylandia" in found.faults[1].words
    refused_between = population_file.read("wiek;płeć;liczba\n0–17;K;10\n18–24;K;dużo\n25–29;K;7\n".encode())
    assert [(each.line, each.column) for each in refused_between.faults] == [(3, "liczba")]
    uneven = population_file.read("wiek;mężczyźni;kobiety;ogółem\n0–17;10;10;21\n18+;1;1;2\n".encode())
    assert [(each.line, each.column) for each in uneven.faults] == [(2, "ogółem")]
    for bad in (b"", b"nazwa;ile\nx;1\n", b"wiek;liczba\n", b"\xd0\xcf\x11\xe0" + b"0" * 600, b"%PDF-1.7 x"):
        with pytest.raises(rules.SurveyRefused):
            population_file.read(bad)


@pytest.mark.slow
def test_a_table_is_checked_then_taken_in_once_and_taken_out_again(staff_client):
    client, page = staff_client("head"), reverse("surveys_population")
    facts = {"day": "2025-12-31", "source": "GUS, BDL"}
    wrong = SimpleUploadedFile("gus.csv", "wiek;liczba\n0–17;tysiąc\n18+;5\n".encode())
    answer = client.post(page, facts | {"file": wrong}).content.decode()
    assert not PopulationTable.objects.exists() and "<td>2</td><td>liczba</td>" in answer
    for turn in range(2):
        answer = client.post(page, facts | {"file": SimpleUploadedFile("gus.csv", CITY.encode())})
        confirm = answer.context["confirm"]
        assert answer.context["found"].in_all == 1700
        assert client.post(page, confirm).status_code == 302
        assert (PopulationTable.objects.count(), PopulationCount.objects.count()) == (1, 10), turn
    assert Entry.objects.filter(deed="surveys.load_population").count() == 1
    table = PopulationTable.objects.get()
    assert client.post(reverse("surveys_population_drop", args=[table.pk])).status_code == 302
    assert not PopulationCount.objects.exists()
    pattern = population_file.read(client.get(reverse("surveys_population_pattern")).content)
    assert (pattern.in_all, pattern.faults, len(pattern.people)) == (0, [], 36)
    assert staff_client("unit_editor").get(page).status_code in (302, 403)


def _saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_numbers_that_no_city_has_are_faults_of_the_file(db):
    book = Workbook()
    for row in (["wiek", "liczba"], ["0-17", 10], ["18 i więcej", 1e308]):
        book.active.append(row)
    endless = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_saved(book))) as packed, zipfile.ZipFile(endless, "w") as written:
        for name in packed.namelist():
            written.writestr(name, packed.read(name).replace(b"<v>1e+308</v>", b"<v>1e999</v>"))
    found = population_file.read(endless.getvalue())
    assert [(each.line, each.column) for each in found.faults] == [(3, "liczba")]
    rows = "".join(f"{age};{population_file.MOST_PEOPLE}\n" for age in range(50))
    (fault,) = population_file.read(f"wiek;liczba\n{rows}".encode()).faults
    assert "więcej niż może mieć miasto" in fault.words


def test_a_workbook_of_the_office_is_read_with_districts_as_they_are_called(db):
    DistrictFactory(number=5, name="Koszutka")
    book = Workbook()
    for row in (
        ["Dzielnica", "Wiek", "Płeć", "Liczba"],
        ["Koszutka", "0-17", "K", 10],
        ["L5", "18 i więcej", "kobiety", 20.0],
        [None] * 4,
    ):
        book.active.append(row)
    found = population_file.read(_saved(book))
    assert [(each.district.number, each.sex, each.ages, each.people) for each in found.people] == [
        (5, "k", (0, 17), 10), (5, "k", (18, None), 20),
    ]  # fmt: skip


def _answers(survey):
    version = survey.versions.get()
    given = [
        *[{"p1": "yes", "p2": "b", "p3": "k"}] * 60, *[{"p1": "no", "p2": "c", "p3": "m"}] * 30, *[{"p1": "no", "p2": "a", "p3": "m"}] * 10,
        *[{"p1": "yes", "p2": "na", "p3": "i"}] * 7,
    ]  # fmt: skip
    Answer.objects.bulk_create(Answer(survey=survey, questionnaire=version, channel="online", content=one) for one in given)


def test_answers_are_compared_by_age_and_sex_and_weighted_to_both(head, staff_client):
    _loaded(person=head)
    survey = make_survey(ASKED)
    _answers(survey)
    age, sex = heard.comparisons(survey, database_now())
    assert [(row.label, row.answers, row.people, row.verdict) for row in age.rows] == [
        ("do 17 lat", 10, 100, ""), ("18–39", 60, 600, ""), ("40 lat i więcej", 30, 800, "less"),
    ]  # fmt: skip
    assert [(row.label, row.people, round(row.ratio, 2)) for row in sex.rows] == [("kobieta", 800, 1.12), ("mężczyzna", 700, 0.86)]
    assert (age.left_out, sex.left_out, age.trait.day) == (7, 7, DAY)
    found = by_population(survey, database_now())
    assert found.traits == ["Wiek", "Płeć"] and found.weighting.weights.sum() == pytest.approx(107)
    page = staff_client("editor").get(reverse("surveys_heard", args=[survey.pk])).content.decode().replace("\xa0", " ")
    assert "GUS, BDL" in page and "wiek, płeć" in page and "słabiej słysz" in page
    blocks = papers.heard_blocks(survey, [age, sex], found)
    assert [each.columns[0] for each in blocks if hasattr(each, "columns")] == ["Wiek", "Płeć", "Pytanie"]


def test_the_newest_table_before_the_end_of_a_survey_holds_and_firms_are_not_compared(head):
    _loaded(person=head)
    newer, _is_new = _loaded(CITY.replace("300;300;600", "400;400;800"), person=head, day=local_day(database_now()))
    days = {"opens_at": datetime(2026, 1, 2, tzinfo=UTC), "closes_at": datetime(2026, 1, 5, tzinfo=UTC)}
    survey = make_survey(ASKED, **days)
    (age, _sex) = heard.comparisons(survey, database_now())
    assert age.trait.day == DAY and newer.people == 1900
    grouped = make_survey(
        content_of(*ASKED["pages"][0]["items"], question("p9", "single", measures="group", choices=[
            {"code": "os", "text": words("mieszkaniec")}, {"code": "fi", "text": words("firma")},
        ])), slug="grupy",
    )  # fmt: skip
    version = grouped.versions.get()
    for group, count in (("os", 20), ("fi", 9)):
        Answer.objects.bulk_create(
            Answer(survey=grouped, questionnaire=version, channel="online", group=group, content={"p2": "b", "p9": group})
            for _each in range(count)
        )
    found = heard.comparisons(grouped, database_now())[0]
    assert ([row.answers for row in found.rows], found.group) == ([0, 20, 0], "mieszkaniec")
    assert by_population(grouped, database_now()) is None


def test_the_thresholds_are_settings_and_a_fraction_below_them_is_told():
    rows = heard.compared({"A": 50, "B": 950}, {"A": 12_000, "B": 88_000}, 5, heard.Bounds(under=0.4, less=0.45))
    assert [(round(row.ratio, 2), row.verdict) for row in rows] == [(0.42, "less"), (1.08, "")]
