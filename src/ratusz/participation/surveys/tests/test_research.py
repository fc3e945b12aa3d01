"""Research cards: from a draft to what the Office did with it, results of an agency, waves compared."""

from __future__ import annotations

import io
import uuid
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import make_aware
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.harness.at_once import at_once

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.factories import UnitFactory
from ratusz.participation.surveys.factories import content_of, make_survey
from ratusz.participation.surveys.factories import question as asked
from ratusz.participation.surveys.models import Answer, Channel, ResearchCard, ResearchResults, Survey
from ratusz.participation.surveys.research import actions, comparing, moves, queries, reading, results_file, rules
from ratusz.participation.surveys.research.content import questions_of
from ratusz.participation.surveys.research.factories import make_card, make_editor, question, table
from ratusz.participation.surveys.rules import NotYours
from ratusz.publishing.website.models import SearchDocument

GOOD = question("P1", "Jak się mieszka?", 1000, dobrze=620, źle=250, trudno=130)


@pytest.fixture
def editor(db):
    return make_editor()


def published(editor, **facts):
    return actions.publish_card(card=make_card(editor, **facts), person=editor)


def wave(editor, year, rows, **facts):
    days = {"starts_on": date(year, 5, 6), "ends_on": date(year, 5, 24)}
    card = make_card(editor, new_series="Jakość życia", title=f"Jakość życia {year}", **days | facts)
    actions.bring_results(card=card, content=table(rows), name="wyniki.csv", person=editor)
    return actions.publish_card(card=card, person=editor)


@pytest.mark.slow
def test_a_card_says_what_is_missing_and_is_published_with_the_duty_to_tell_what_was_done(editor):
    card = make_card(editor, summary="", agency="", with_files=False)
    with pytest.raises(rules.ResearchRefused) as refusal:
        actions.publish_card(card=card, person=editor)
    for words in ("co z badania wyszło", "która firma", "Dodaj raport", "Dodaj kwestionariusz"):
        assert words in str(refusal.value)
    card = published(editor)
    clock = Clock.objects.running().get(subject=card.key)
    assert card.number.startswith("BO/") and clock.unit == card.unit and clock.rule.certainty == "verify"
    assert [move.due_at for move in moves.moves_of(editor, database_now())] == [clock.due_at]
    today = local_day(database_now())
    with pytest.raises(rules.ResearchRefused, match="jeszcze nie nadszedł"):
        actions.tell_use(card=card, unit=card.unit, used_on=today + timedelta(days=1), words="Zrobimy.", person=editor)
    for url in ("/nie-ma/", "//zle.example/", "http://zle.example/", "https://[", "https://ktos@zle.example/", "javascript:x"):
        with pytest.raises(rules.ResearchRefused, match="nie ma konsultacji|zaczyna się od https"):
            actions.tell_use(card=card, unit=card.unit, used_on=today, words="Skwer.", url=url, person=editor)
    with pytest.raises(rules.ResearchRefused, match="długi numer"):
        actions.tell_use(card=card, unit=card.unit, used_on=today, words="Dzwonić: 600 700 800.", person=editor)
    SearchDocument.objects.create(source="x", key="1", url="/konsultacje/skwer/", title="Skwer", lemma_version="1", vector="")
    use = actions.tell_use(card=card, unit=card.unit, used_on=today, words="Skwer.", url="/konsultacje/skwer/?a=1#b", person=editor)
    assert (use.url, use.url_title) == ("/konsultacje/skwer/", "Skwer")
    assert queries.use_due(card) is None and not list(moves.moves_of(editor, database_now()))
    actions.take_back_use(use=use, person=editor)
    assert queries.use_due(card) == clock.due_at and not queries.uses_of(card).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        card.uses.update(words="inaczej")


def test_a_unit_writes_its_own_cards_and_the_department_publishes(editor):
    mine, other = UnitFactory(), UnitFactory()
    writer = make_editor("unit_editor", mine)
    card = make_card(writer, unit=mine)
    with pytest.raises(NotYours):
        make_card(writer, unit=other)
    with pytest.raises(NotYours):
        actions.publish_card(card=card, person=writer)
    hidden = make_card(editor, unit=other, starts_on=date(2023, 5, 6), ends_on=date(2023, 5, 7))
    (thing,) = moves.dated_things(make_aware(datetime(2024, 5, 10)), make_aware(datetime(2024, 5, 11)))
    assert (thing.url, thing.is_public) == (reverse("research_card", args=[card.pk]), False)
    assert thing.may_open(writer, database_now()) and not thing.may_open(make_editor("unit_editor", other), database_now())
    assert set(queries.seen_by(writer, database_now())) == {card} and hidden in queries.seen_by(editor, database_now())
    actions.publish_card(card=card, person=editor)
    with pytest.raises(NotYours):
        actions.save_card(card=card, facts={"title": "Inaczej"}, person=writer)
    actions.tell_use(card=card, unit=mine, used_on=card.ends_on, words="Zmieniliśmy rozkład.", person=writer)
    gone = actions.withdraw_card(card=card, reason="Błąd w próbie.", person=editor)
    assert gone.state == "withdrawn"


def test_a_draft_begun_by_mistake_goes_and_another_unit_takes_the_duty_over(editor):
    card, other = make_card(editor), UnitFactory()
    actions.drop_card(card=card, person=editor)
    assert not ResearchCard.objects.exists() and set(StoredFile.objects.values_list("state", flat=True)) == {"deleted"}
    card = make_card(editor)
    actions.bring_results(card=card, content=table(GOOD), name="w.csv", person=editor)
    with pytest.raises(rules.ResearchRefused, match="Usunąć można tylko"):
        actions.drop_card(card=card, person=editor)
    card = actions.publish_card(card=card, person=editor)
    facts = {name: getattr(card, name) for name in actions.cards.FACTS} | {"unit": other}
    actions.save_card(card=card, facts=facts, person=editor)
    assert Clock.objects.running().get(subject=card.key).unit == other
    with pytest.raises(rules.ResearchRefused, match="co z badania wyszło"):
        actions.save_card(card=card, facts=facts | {"summary": " "}, person=editor)


@pytest.mark.slow
def test_the_register_is_narrowed_taken_away_and_asks_no_more_for_three(client, editor):
    card = published(editor, task="greenery", method="capi")
    url = reverse("research:register")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    published(editor, title="Autobusy", task="transport", origin="own", agency="")
    published(editor, title="Szkic", task="transport")
    make_card(editor, title="Nieopublikowane")
    with CaptureQueriesContext(connection) as three:
        page = client.get(url).content.decode()
    assert len(one) == len(three) and "3 badania" in page and "Nieopublikowane" not in page
    narrowed = client.get(url, {"zadanie": "greenery", "rok": 2024, "rodzaj": "commissioned", "metoda": "capi", "slowa": "życia"})
    assert "1 badanie" in narrowed.content.decode()
    assert "Żadne badanie nie pasuje" in client.get(url, {"zadanie": "health"}).content.decode()
    assert card.number in client.get(reverse("research:download", args=["csv"])).content.decode()
    assert client.get(reverse("research:download", args=["xlsx"])).content[:2] == b"PK"
    assert "Autobusy" in client.get(reverse("research:feed", args=["atom"])).content.decode()
    assert client.get(reverse("research:feed", args=["json"])).json()["items"][0]["title"] == "Szkic"
    shown = client.get(card.get_absolute_url()).content.decode().replace("\xa0", " ")
    assert "Urząd nie napisał jeszcze, co zrobił z tymi wynikami" in shown and "±3,1" in shown and "art. 7 ust. 1 pkt 12" in shown
    kept = client.get(reverse("research:file", args=[card.slug, "report"]))
    assert b"".join(kept.streaming_content).startswith(b"%PDF") and "raport-" in kept["Content-Disposition"]
    assert client.get(reverse("research:pdf", args=[card.slug])).content.startswith(b"%PDF")
    actions.withdraw_card(card=card, reason="Błąd w próbie.", person=editor)
    gone = client.get(card.get_absolute_url()).content.decode()
    assert "Błąd w próbie." in gone and card.summary not in gone
    assert client.get(reverse("research:file", args=[card.slug, "report"])).status_code == 404


FAULTS = [
    (["P1", "A?", "jedna", "tak", "", "135", "", 100], 2, "procent", "135,0 to nie procent"),
    (["P1", "A?", "jedna", "tak", "", "12,5", "", ""], 2, "podstawa", "ile osób"),
    (["P1", "A?", "jedna", "tak", "", "", "", 100], 2, "procent", "liczbę osób albo procent"),
    (["P1", "A?", "jedna", "tak", 120, "", "", 100], 2, "liczba", "więcej niż podstawa"),
    (["P1", "A?", "jedna", "tak", "dużo", "", "", 100], 2, "liczba", "to nie liczba"),
    (["P1", "A?", "jedna", "tak", "1,5", "", "", 100], 2, "liczba", "liczbami całkowitymi"),
    (["P 1", "A?", "jedna", "tak", 1, "", "", 100], 2, "klucz", "bez polskich znaków"),
    (["P1", "A?", "różnie", "tak", 1, "", "", 100], 2, "rodzaj", "jedna"),
    (["P1", "A?", "jedna", "", 1, "", "", 100], 2, "odpowiedź", "Nic tu nie wpisano"),
    (["P1", "A?", "jedna", "tak", 20, "60", "", 100], 2, "procent", "to 20,0%"),
]


@pytest.mark.parametrize(("row", "line", "column", "words"), FAULTS)
def test_a_fault_is_named_by_row_and_column(row, line, column, words):
    (fault,) = results_file.read(table([row])).faults
    assert (fault.line, fault.column) == (line, column) and words in fault.words.replace("\xa0", " ")


def test_rows_that_contradict_one_another_are_named():
    rows = [
        ["P1", "A?", "", "tak", 60, "60", "", 100], ["P1", "B?", "", "nie", 40, "40", "", 100], ["P1", "A?", "wiele", "x", 1, "", "", 100],
        ["P1", "A?", "", "TAK", 1, "1", "", 100], ["P1", "A?", "", "y", 1, "", "", 99], ["P1", "A?", "", "z", "", "43,2", "", 100],
    ]  # fmt: skip
    faults = [(each.line, each.column) for each in results_file.read(table(rows)).faults]
    assert faults == [(3, "pytanie"), (4, "rodzaj"), (5, "odpowiedź"), (6, "podstawa"), (7, "procent")]
    several = [["P1", "A?", "wiele", f"{answer}", "", "70%", "ogółem", 100] for answer in range(3)]
    found = results_file.read(table(several, encoding="cp1250"))
    assert not found.faults and found.content["questions"][0]["cuts"][0]["answers"][2] == ["2", None, 70.0]


def _book(change=lambda sheet: None):
    book = openpyxl.Workbook()
    for row in results_file.pattern():
        book.active.append(row)
    change(book.active)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _as_percent(sheet):
    sheet["F2"], sheet["F2"].number_format = 0.62, "0.0%"


def test_a_workbook_is_read_with_shares_shown_as_percentages_and_its_formulas_and_merged_headings_refused():
    found = results_file.read(_book(_as_percent))
    assert not found.faults and found.content["questions"][0]["cuts"][0]["answers"][0] == ["dobrze", 620, 62.0]
    for cell in (True, "#DZIEL/0!"):
        (fault,) = results_file.read(_book(lambda sheet, cell=cell: sheet.__setitem__("E3", cell))).faults
        assert (fault.line, fault.column) == (3, "liczba")
    (fault,) = results_file.read(_book(lambda sheet: sheet.__setitem__("E3", "=SUM(E2:E2)"))).faults
    assert (fault.line, fault.column) == (3, "liczba") and "formuła" in fault.words
    with pytest.raises(rules.ResearchRefused, match="scalone komórki"):
        results_file.read(_book(lambda sheet: sheet.merge_cells("A1:B1")))
    for odd in (float("inf"), 10**400):
        with pytest.raises(results_file._Wrong, match="nie stoi liczba"):
            results_file._whole({"podstawa": odd}, "podstawa")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Plik jest pusty"), (make_pdf(), "XLSX"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "starego"),
        (table([]), "nie ma wierszy"), (table(GOOD, head=list("abcdefgh")), "Brakuje: klucz, pytanie"), (b"a\x00b", "To nie tabela"),
        (b"PK\x03\x04zepsuty", "XLSX"), (b"\xef\xbb\xbf" + b"x" * 60_000, "Wiersza 1"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(content, words):
    with pytest.raises(rules.ResearchRefused) as refusal:
        results_file.read(content)
    assert words in str(refusal.value)


FEW = settings(max_examples=30)
WORDS = st.text("abcdefghijklmnop ąćęłńóśźż", min_size=1, max_size=12).map(lambda text: " ".join(f"x{text}".split()))


@FEW
@given(
    st.dictionaries(WORDS, st.integers(0, 400), min_size=1, max_size=6), st.sampled_from(["utf-8", "utf-8-sig", "cp1250", "utf-16"])
)
def test_what_is_written_is_read_the_same(answers, encoding):
    base = sum(answers.values()) or 1
    found = results_file.read(table(question("P1", "Jak?", base, **answers), encoding=encoding))
    (kept,) = found.content["questions"][0]["cuts"]
    assert not found.faults and found.rows == len(answers) and kept["base"] == base
    assert {text: people for text, people, _percent in kept["answers"]} == answers


@FEW
@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_small_groups_of_an_agency_stay_hidden(counts):
    base = sum(counts) or 1
    answers = [[f"o{number}", None, 100 * count / base] for number, count in enumerate(counts)]
    (found,) = questions_of({"questions": [{"key": "P", "text": "A?", "multiple": False,
                             "cuts": [{"name": "", "base": base, "answers": answers}]}]}, 5)  # fmt: skip
    hidden = [count for count, each in zip(counts, found.whole.answers, strict=True) if each.is_hidden]
    assert base < 5 or sum(hidden) == 0 or sum(hidden) >= 5 or sum(map(bool, counts)) == 1
    assert all(each.percent is None and each.people is None for each in found.whole.answers if each.is_hidden)


@pytest.mark.django_db
def test_a_file_comes_whole_and_once_and_a_corrected_one_is_the_next_version(editor):
    card = make_card(editor)
    wrong = table([*GOOD, ["P2", "B?", "", "tak", "", 135, "", 10]])
    assert actions.bring_results(card=card, content=wrong, name="w.csv", person=editor).made is None
    assert not card.results.exists()
    looked = actions.bring_results(card=card, content=table(GOOD), name="w.csv", person=editor, only_look=True)
    assert looked.rows == 3 and not card.results.exists()
    first = actions.bring_results(card=card, content=table(GOOD), name="w.csv", person=editor).made
    assert actions.bring_results(card=card, content=table(GOOD), name="w2.csv", person=editor).known == first.number == 1
    better = table(question("P1", "Jak się mieszka?", 1000, dobrze=630, źle=250, trudno=120))
    assert actions.bring_results(card=card, content=better, name="w.csv", person=editor).made.number == 2
    assert reading.questions(card, database_now())[0].whole.answers[0].people == 630
    with pytest.raises(IntegrityError), transaction.atomic():
        ResearchResults.objects.update(rows=1)
    with pytest.raises(rules.ResearchRefused, match="10 MB"):
        actions.bring_results(card=card, content=b" " * (rules.MOST_BYTES + 1), name="w.csv", person=editor)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_by_two_at_once_is_one_version():
    editor = make_editor()
    card = make_card(editor)
    deed = lambda: actions.bring_results(card=card, content=table(GOOD), name="w.csv", person=editor)  # noqa: E731
    at_once(deed, deed)
    assert card.results.count() == 1


def test_waves_are_compared_by_key_and_another_wording_only_when_somebody_says_so(client, editor):
    wave(editor, 2022, question("P1", "Jak się mieszka?", 1000, dobrze=550, źle=450))
    later = wave(editor, 2024, question("P1", "Jak się Panu/Pani mieszka?", 1000, dobrze=620, źle=380))
    series, at = later.series, database_now()
    found = lambda: comparing.trends(reading.waves(series, at), reading.said(series))  # noqa: E731
    assert found() == []
    page = client.get(series.get_absolute_url()).content.decode()
    assert "Żadnego pytania nie można jeszcze porównać" in page
    (pair,) = comparing.pairs(reading.waves(series, at), {})
    with pytest.raises(rules.ResearchRefused, match="zmieniło się"):
        actions.say_of_wording(card=later, key="P1", wordings="x", is_same=True, person=editor)
    actions.say_of_wording(card=later, key="P1", wordings=pair.wordings, is_same=True, person=editor)
    (trend,) = found()
    assert [column.is_reworded for column in trend.columns] == [False, True]
    good = trend.rows[0]
    assert round(good.difference, 1) == 7.0 and round(good.margin, 1) == 4.3 and not good.is_within_margin
    page = client.get(series.get_absolute_url()).content.decode().replace("\xa0", " ")
    assert "brzmienie zmienione" in page and "+7,0 p.p. (±4,3)" in page and "<svg" in page
    rows = client.get(reverse("research:series-file", args=[series.slug, "csv"])).content.decode()
    assert "P1;Jak się Panu/Pani mieszka?;dobrze;05.2024;620;62.0;1000;tak;7.0;4.3" in rows
    changed = table(question("P1", "Czy dobrze się mieszka?", 1000, dobrze=620, źle=380))
    actions.bring_results(card=later, content=changed, name="w.csv", person=editor)
    assert found() == []


def test_a_wave_that_nobody_drew_has_no_margin(editor):
    rows = question("P1", "Jak?", 500, dobrze=300, źle=200)
    wave(editor, 2022, rows)
    later = wave(editor, 2024, rows, sample="quota")
    (trend,) = comparing.trends(reading.waves(later.series, database_now()), {})
    assert [(row.difference, row.margin) for row in trend.rows] == [(0.0, None), (0.0, None)]


def test_results_of_an_own_survey_come_by_themselves_with_small_groups_hidden(client, editor):
    survey = make_survey(content_of(asked("p1", text="Czy zakazać?")))
    version = survey.versions.get()
    given_answers = [*["yes"] * 40, *["no"] * 20, *["none"] * 2]
    Answer.objects.bulk_create(
        Answer(survey=survey, questionnaire=version, channel=Channel.ONLINE, content={"p1": each}) for each in given_answers
    )
    own = {"origin": "own", "agency": "", "survey": survey, "sample": "self_selected", "with_files": False}
    card = make_card(editor, **own)
    with pytest.raises(rules.ResearchRefused, match="ma już kartę"):
        make_card(editor, **own)
    with pytest.raises(rules.ResearchRefused, match="pochodzą z ankiety"):
        actions.bring_results(card=card, content=table(GOOD), name="w.csv", person=editor)
    card = actions.publish_card(card=card, person=editor)
    assert reading.questions(card, database_now()) == []
    Survey.objects.filter(pk=survey.pk).update(closed_at=database_now() - timedelta(minutes=1), close_reason="Dość.")
    (found,) = reading.questions(ResearchCard.objects.get(), database_now())
    assert [(each.people, each.is_hidden) for each in found.whole.answers] == [(40, False), (None, True), (None, True)]
    assert card.get_absolute_url() in client.get(reverse("surveys:results", args=[survey.slug])).content.decode()


@pytest.mark.slow
def test_a_card_of_a_survey_is_filled_in_already_and_found_in_the_search(
    staff_client, django_capture_on_commit_callbacks, monkeypatch
):
    client = staff_client("editor")
    survey = make_survey(content_of(asked("p1")), title="Ankieta o skwerze", who_could="sąsiedzi skweru")
    assert "Załóż kartę badania" in client.get(reverse("surveys_survey", args=[survey.pk])).content.decode()
    page = client.get(reverse("research_new"), {"ankieta": survey.pk}).content.decode()
    assert "Ankieta o skwerze" in page and "sąsiedzi skweru" in page and f'value="{local_day(survey.opens_at)}"' in page
    assert client.get(reverse("research_new"), {"ankieta": "²"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        card = published(client.person, title="Zieleń przy szkołach")
    assert SearchDocument.objects.public().get(source="research").url == card.get_absolute_url()
    copied = {"url": f"http://testserver{card.get_absolute_url()}?skad=lista#wyniki", "unit": card.unit_id, "words": "Skwer."}
    client.post(reverse("research_uses", args=[card.pk]), copied | {"used_on": str(card.ends_on)})
    assert card.uses.get().url == card.get_absolute_url()
    monkeypatch.setattr(rules, "MOST_BYTES", 10)
    large = {"deed": "look", "file": SimpleUploadedFile("w.csv", table(GOOD))}
    assert "więcej niż 10 MB" in client.post(reverse("research_results", args=[card.pk]), large).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_card(card=card, reason="Pomyłka.", person=client.person)
    assert not SearchDocument.objects.filter(source="research").exists()


@pytest.mark.slow
def test_staff_write_bring_in_compare_and_tell_on_their_screens(staff_client):
    client = staff_client("editor")
    unit = client.person.appointments.get().unit
    url = reverse("research_new")
    assert client.get(url).status_code == 200
    sent = {
        "title": "Zieleń 2025", "summary": "Brakuje cienia.", "task": "greenery", "unit": unit.pk, "origin": "commissioned",
        "agency": "Pracownia Przykładowa", "contract": "", "method": "cati", "sample": "probability", "sample_size": 800,
        "population": "dorośli mieszkańcy", "starts_on": "2025-09-01", "ends_on": "2025-08-01", "new_series": "Zieleń",
        "form_key": str(uuid.uuid4()),
    }  # fmt: skip
    refused = client.post(url, sent).content.decode()
    assert "wcześniejszy niż pierwszy" in refused and "Brakuje cienia." in refused
    files = {f"{name}_file": SimpleUploadedFile(f"{name}.pdf", make_pdf()) for name in ("questionnaire", "report")}
    client.post(url, sent | {"ends_on": "2025-09-30"} | files)
    card = ResearchCard.objects.get()
    results = reverse("research_results", args=[card.pk])
    wrong = SimpleUploadedFile("w.csv", table([["P1", "A?", "", "tak", "", "135", "", 100]]))
    page = client.post(results, {"deed": "bring", "file": wrong}).content.decode()
    assert "Wiersz 2, kolumna „procent”" in page and "Nic nie zapisano" in page
    looked = client.post(results, {"deed": "look", "file": SimpleUploadedFile("w.csv", table(GOOD))}).content.decode()
    assert "Jak się mieszka?" in looked and not card.results.exists()
    client.post(results, {"deed": "bring", "file": SimpleUploadedFile("w.csv", table(GOOD))})
    assert card.results.get().rows == 3
    assert client.get(reverse("research_version", args=[card.pk, 1])).content[:2] == b"PK"
    client.post(reverse("research_state", args=[card.pk]), {"deed": "publish"})
    card.refresh_from_db()
    assert card.is_public and "62,0%" in client.get(card.get_absolute_url()).content.decode()
    told = {"used_on": "2025-10-20", "unit": unit.pk, "words": "Posadziliśmy drzewa.", "url": ""}
    client.post(reverse("research_uses", args=[card.pk]), told)
    assert "Posadziliśmy drzewa." in client.get(card.get_absolute_url()).content.decode()
    client.post(reverse("research_uses", args=[card.pk]), {"deed": "take_back", "use": card.uses.get().pk})
    assert "Posadziliśmy drzewa." not in client.get(card.get_absolute_url()).content.decode()
    for name in ("research_card", "research_facts", "research_waves"):
        assert client.get(reverse(name, args=[card.pk])).status_code == 200
    assert card.number in client.get(reverse("research_list"), {"stan": "published"}).content.decode()
    assert client.get(reverse("research_list_file")).content[:2] == b"PK"
    for kind in ("csv", "xlsx"):
        assert not results_file.read(client.get(reverse("research_pattern", args=[kind])).content).faults
