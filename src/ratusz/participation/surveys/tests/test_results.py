"""Results of a survey: tables by question, small groups hidden, groups apart, whom we heard, files with every answer."""

import hashlib
import io
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.jobs.actions import run_due
from ratusz.foundation.jobs.models import DueJob
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.territory.models import RegisteredCount
from ratusz.participation.surveys import rules
from ratusz.participation.surveys.actions import ask_export, exports, write_export
from ratusz.participation.surveys.factories import EVERY_KIND, content_of, make_survey, question
from ratusz.participation.surveys.models import Answer, AnswersExport, Channel, Survey
from ratusz.participation.surveys.notes import margin_of_error, selection_note
from ratusz.participation.surveys.results import files, heard, reading
from ratusz.participation.surveys.results.gate import hidden_across, hidden_in_sum
from ratusz.participation.surveys.results.papers import document_of
from ratusz.participation.surveys.views.staff import results

QUERIES = 11
"""Of the page of results without groups, the frame of the site included."""


def _many(survey, *contents, group=""):
    version = survey.versions.get()
    Answer.objects.bulk_create(
        Answer(survey=survey, questionnaire=version, channel=Channel.ONLINE, group=group, content=each) for each in contents
    )


def _over(survey):
    ends = database_now() - timedelta(minutes=1)
    Survey.objects.filter(pk=survey.pk).update(closed_at=ends, close_reason="Wystarczy odpowiedzi.")


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_what_is_hidden_in_a_sum_cannot_be_worked_out(counts):
    shown = hidden_in_sum(counts, 5)
    hidden = [count for count, each in zip(counts, shown, strict=True) if each is None]
    assert all(each is None or each == 0 or each >= 5 for each in shown)
    assert not hidden or len(hidden) > 1 or sum(map(bool, counts)) == 1
    assert not hidden or sum(hidden) >= 5 or sum(hidden) == sum(counts)


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=1, max_size=4))
def test_no_row_and_no_column_hides_one_cell_alone(table):
    shown = hidden_across(table, 5)
    for counts, cells in [*zip(table, shown, strict=True), *zip(zip(*table, strict=True), zip(*shown, strict=True), strict=True)]:
        hidden = [count for count, cell in zip(counts, cells, strict=True) if cell is None]
        assert len(hidden) != 1 or sum(map(bool, counts)) == 1
        assert all(cell is None or cell == 0 or cell >= 5 for cell in cells)


@pytest.mark.django_db
def test_a_tie_is_a_tie_and_no_opinion_stands_apart(client):
    survey = make_survey(content_of(question("p1", text="Czy zakazać?")))
    _many(survey, *[{"p1": "yes"}] * 260, *[{"p1": "no"}] * 260, *[{"p1": "none"}] * 13)
    assert client.get(reverse("surveys:results", args=[survey.slug])).status_code == 404
    _over(survey)
    page = client.get(reverse("surveys:results", args=[survey.slug])).content.decode().replace("\xa0", " ")
    assert "260 (48,8%)" in page and "13 (2,4%)" in page and "n = 533" in page
    assert "Remis: Tak, Nie" in page and "nie jest próba wszystkich mieszkańców" in page
    data = b"".join(client.get(reverse("surveys:open-data", args=[survey.slug])).streaming_content).decode()
    assert data.splitlines()[1].startswith(";Czy zakazać?;;Tak;260;533;")
    assert client.get(reverse("surveys:results-pdf", args=[survey.slug])).content[:5] == b"%PDF-"


@pytest.mark.django_db
def test_groups_are_never_mixed_and_small_ones_are_hidden():
    survey = make_survey(EVERY_KIND)
    _many(survey, *[{"p1": "a", "p3": "yes", "p4": 5, "p7": 40}] * 30, *[{"p1": "a", "p3": "no", "p4": 1, "p7": 20}] * 2, group="a")
    _many(survey, *[{"p1": "b", "p3": "no"}] * 3, group="b")
    people, firms = reading.results(survey)
    assert (people.name, people.answers, firms.name, firms.answers) == ("osoba", 32, "firma", 3)
    by_code = {table.code: table for table in people.tables}
    assert [line.counts for line in by_code["p3"].lines] == [(None,), (None,), (0,)]
    assert by_code["p7"].lines == () and "Mediana: 40" in by_code["p7"].notes[0]
    assert not any(table.lines for table in firms.tables if table.base)
    assert pdf_of_document(document_of(survey)).startswith(b"%PDF-")


@pytest.mark.django_db
def test_a_district_with_5_percent_of_the_answers_and_12_of_the_people_is_under_heard():
    rows = heard.compared({"A": 50, "B": 950}, {"A": 12_000, "B": 88_000}, 5)
    assert [(round(row.ratio, 2), row.verdict) for row in rows] == [(0.42, "under"), (1.08, "")]
    survey = make_survey(content_of(question("p1", "district", measures="district")))
    for number, people in ((1, 900), (2, 100)):
        district = DistrictFactory(number=number, name=f"Dzielnica {number}")
        RegisteredCount.objects.create(district=district, day=date(2026, 1, 1), people=people, source="ewidencja")
    _many(survey, *[{"p1": 1}] * 20, *[{"p1": 2}] * 20)
    (found,) = heard.comparisons(survey, database_now())
    assert found.under_heard == []
    assert [(row.label, row.answers, row.verdict) for row in found.rows] == [("Dzielnica 1", 20, "less"), ("Dzielnica 2", 20, "")]
    RegisteredCount.objects.create(
        district=DistrictFactory(number=3, name="Dzielnica 3"), day=date(2026, 1, 1), people=900, source="ewidencja"
    )
    assert heard.comparisons(survey, database_now(), [1, 2])[0].rows == found.rows, (
        "a district that was not asked is not under-heard"
    )
    assert heard.comparisons(survey, database_now(), [1]) == []


@pytest.mark.django_db
def test_every_answer_leaves_with_its_codebook_count_and_checksum(staff_client):
    survey = make_survey(EVERY_KIND)
    own = '=HYPERLINK("http://zle.example")'
    sent = {"p1": "a", "p2": ["a", "x"], "p2_other": own, "p3": "yes", "p5": {"r1": "a", "r2": "b"}, "p6": ["b", "a", "c"]}
    _many(survey, sent, {"p1": "b", "p3": "no", "p9": own})
    client = staff_client("head")
    came = client.get(reverse("surveys_answers", args=[survey.pk, "zip"]))
    package = zipfile.ZipFile(io.BytesIO(b"".join(came.streaming_content)))
    answers, told = package.read("odpowiedzi.csv"), package.read("opis.txt").decode()
    lines = answers.decode("utf-8-sig").splitlines()
    assert len(lines) == 3 and "Wierszy: 2." in told and hashlib.sha256(answers).hexdigest() in told
    assert lines[0].startswith("wersja;kanal;grupa;p1;p2.a;p2.b;p2.x;p2_other;p3;p4;p5.r1;p5.r2;p6.a;p6.b;p6.c;p7")
    assert any(line.startswith("1;online;;a;1;0;1;\"'=HYPERLINK") and ";a;b;2;1;3;" in line for line in lines)
    assert "p6.a;Pytanie p6?;park;ranking" in package.read("ksiazka-kodow.csv").decode()
    book = b"".join(client.get(reverse("surveys_answers", args=[survey.pk, "xlsx"])).streaming_content)
    note = [cell.value for (cell,) in load_workbook(io.BytesIO(book)).worksheets[2].iter_rows()]
    assert f"SHA-256 pliku odpowiedzi.csv: {hashlib.sha256(answers).hexdigest()}" in note[3], "both files tell the same checksum"
    page = client.get(reverse("surveys_results", args=[survey.pk]), {"wiersze": "p1", "kolumny": "p3"}).content.decode()
    assert "Dwa pytania obok siebie" in page and "n = 2" in page
    assert client.get(reverse("surveys_heard", args=[survey.pk])).status_code == 200


@pytest.mark.django_db
def test_only_a_drawn_sample_has_a_margin_of_error():
    assert round(margin_of_error(1000), 3) == 0.031
    assert "±" not in selection_note(make_survey(), 1000)
    assert "±3,1" in selection_note(make_survey(slug="proba", sample="probability"), 1000)


@pytest.mark.django_db
def test_more_questions_and_answers_ask_the_database_no_more(client, django_assert_num_queries):
    for rows in (1, 3):
        survey = make_survey(content_of(*(question(f"p{number}") for number in range(1, rows + 1))), slug=f"a{rows}")
        _many(survey, *[{f"p{number}": "yes" for number in range(1, rows + 1)}] * rows * 10)
        _over(survey)
        address = reverse("surveys:results", args=[survey.slug])
        client.get(address)
        with django_assert_num_queries(QUERIES):
            client.get(address)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_large_file_is_written_in_the_background_with_its_progress_rows_and_checksum(staff_client, monkeypatch):
    survey, client = make_survey(content_of(question("p1"))), staff_client("head")
    _many(survey, *[{"p1": "yes"}] * 7)
    monkeypatch.setattr(files, "TOLD_EACH", 3)
    monkeypatch.setattr(results, "MOST_AT_ONCE", 6)
    page = reverse("surveys_exports", args=[survey.pk])
    assert client.get(reverse("surveys_answers", args=[survey.pk, "zip"])).url == page
    for _turn in range(2):
        assert client.post(page, {"kind": "zip"}).status_code == 302
    export = AnswersExport.objects.get()
    assert "czeka" in client.get(page).content.decode() and "0 / 7" in client.get(page).content.decode()
    told: list[int] = []
    files.csv_package(survey, told.append)[0].close()
    assert told == [3, 6]
    run_due()
    export.refresh_from_db()
    assert (export.state, export.written, export.file.name) == ("done", 7, "ankieta-ankieta.zip")
    shown = client.get(page).content.decode()
    assert export.digest in shown and reverse("files:download", args=[export.file.public_id]) in shown
    came = b"".join(client.get(reverse("files:download", args=[export.file.public_id])).streaming_content)
    assert hashlib.sha256(zipfile.ZipFile(io.BytesIO(came)).read("odpowiedzi.csv")).hexdigest() == export.digest
    assert hashlib.sha256(came).hexdigest() == export.file.sha256
    assert staff_client("desk_officer").get(reverse("files:download", args=[export.file.public_id])).status_code == 404
    monkeypatch.setitem(exports.WRITERS, "zip", lambda _survey, _tell: 1 / 0)
    client.post(page, {"kind": "zip"})
    run_due()
    assert AnswersExport.objects.first().state == "failed" and "nie udało" in client.get(page).content.decode()


@pytest.mark.slow
@pytest.mark.django_db
def test_answers_in_own_words_are_read_on_record_looked_through_and_put_together(staff_client):
    survey = make_survey(content_of(question("p1", "long_text"), question("p2")))
    plea = "Na placu brakuje drzew, latem nikt tu nie wytrzyma, więc posadźcie drzewa i krzewy wzdłuż całej ulicy i przy szkole"
    trees = [f"{plea}, proszę, numer {each}." for each in range(4)]
    _many(
        survey,
        {"p1": {"na": True}},
        *({"p1": words, "p2": "a"} for words in [*trees, "Ławki są niewygodne.", "<script>alert(1)</script>"]),
    )
    page = reverse("surveys_open_answers", args=[survey.pk])
    head = staff_client("head")
    found = head.get(page).text
    assert "Napisało 6 osób." in found and "Ławki są niewygodne." in found and "<script>alert" not in found
    assert Entry.objects.filter(is_read=True).count() == 1
    assert "posadźcie" not in head.get(page, {"szukaj": "lawki"}).text
    grouped = head.get(page, {"grupy": "1"}).text
    assert "prawie te same słowa" in grouped and "<td>4</td>" in grouped
    of_one = head.get(page, {"grupy": "1", "grupa": "1"}).text
    assert "numer 3" in of_one and "<li>Ławki" not in of_one
    assert staff_client("unit_editor").get(page).status_code in (302, 403)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_file_that_is_ready_stays_as_it_is_and_one_without_a_job_is_written_after_all(staff_client, monkeypatch):
    survey, head = make_survey(content_of(question("p1"))), staff_client("head").person
    _many(survey, *[{"p1": "yes"}] * 3)
    export = ask_export(survey=survey, kind="zip", person=head)
    DueJob.objects.update(state="cancelled")
    assert ask_export(survey=survey, kind="zip", person=head) == export
    monkeypatch.setattr(rules, "MOST_CELLS", 3 * 4 - 1)
    client = staff_client("editor")
    refused = client.post(reverse("surveys_exports", args=[survey.pk]), {"kind": "xlsx"}, follow=True).text
    assert "Odpowiedzi: 3, kolumny: 4. To za dużo na skoroszyt" in refused and "Przygotuj CSV (ZIP)" in refused
    assert survey.exports.count() == 1

    def overtaken(_survey, tell):
        monkeypatch.setitem(exports.WRITERS, "zip", files.csv_package)
        write_export(export=export.pk)
        tell(99)
        raise ValueError

    monkeypatch.setitem(exports.WRITERS, "zip", overtaken)
    assert run_due() == 1
    export.refresh_from_db()
    assert (export.state, export.written) == ("done", 3)
