"""Research cards at their edges: nobody answered, a published card is emptied, others' cards stand before the own one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ratusz.foundation.files.registry import file_purposes
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.units.factories import UnitFactory
from ratusz.participation.surveys.actions import close_survey
from ratusz.participation.surveys.factories import content_of, make_survey
from ratusz.participation.surveys.factories import question as asked
from ratusz.participation.surveys.models import Answer, Channel, ResearchCard, Survey
from ratusz.participation.surveys.research import actions, comparing, moves, reading, rules
from ratusz.participation.surveys.research.factories import make_card, make_editor, question, table
from ratusz.participation.surveys.rules import NotYours


@pytest.fixture
def editor(db):
    return make_editor()


def published(editor, **facts):
    return actions.publish_card(card=make_card(editor, **facts), person=editor)


def test_a_question_that_nobody_answered_breaks_no_page(client, editor):
    survey = make_survey(content_of(asked("p1"), asked("p2")))
    version = survey.versions.get()
    Answer.objects.bulk_create(
        Answer(survey=survey, questionnaire=version, channel=Channel.ONLINE, content={"p1": "yes"}) for _each in range(6)
    )
    own = {"origin": "own", "agency": "", "survey": survey, "sample": "self_selected", "with_files": False}
    card = published(editor, **own)
    Survey.objects.filter(pk=survey.pk).update(closed_at=database_now() - timedelta(minutes=1), close_reason="Dość.")
    assert client.get(card.get_absolute_url()).status_code == 200
    assert [each.key for each in reading.questions(ResearchCard.objects.get(), database_now())] == ["p1"]


@pytest.mark.parametrize("emptied, words", [("summary", "co z badania wyszło"), ("agency", "która firma")])
def test_a_published_card_is_not_emptied_and_the_refusal_says_of_what(staff_client, emptied, words):
    client = staff_client("editor")
    card = published(client.person)
    sent = {name: getattr(card, name) for name in actions.cards.FACTS if name not in ("survey", "series")}
    sent |= {"unit": card.unit_id, "form_key": str(card.form_key), "new_series": "", emptied: ""}
    page = client.post(reverse("research_facts", args=[card.pk]), sent)
    assert page.status_code == 200 and words in page.content.decode()


def test_cards_of_other_units_do_not_crowd_the_own_one_off_the_desk(editor, monkeypatch):
    mine = UnitFactory()
    writer = make_editor("unit_editor", mine)
    published(editor, title="Starsze badanie innych")
    published(editor, unit=mine, title="Nasze")
    monkeypatch.setattr(moves, "MOST", 1)
    (move,) = moves.moves_of(writer, database_now())
    assert "Nasze" in move.what


def test_no_telephone_stands_in_any_field_of_a_card_and_own_research_has_no_agency(editor):
    card = make_card(
        editor,
        contract="KS/12/2026, 41 500 zł",
        population="jan@firma.example",
        title="Parki, tel. 600 700 800",
        summary="Pytania: biuro@firma.example.",
    )
    with pytest.raises(rules.ResearchRefused) as refusal:
        actions.publish_card(card=card, person=editor)
    assert (
        "„Tytuł”" in str(refusal.value)
        and "„Co wyszło z badania”" in str(refusal.value)
        and "„O kim mówi badanie”" in str(refusal.value)
        and "Umowa" not in str(refusal.value)
    )
    with pytest.raises(rules.ResearchRefused, match="nie ma firmy"):
        make_card(editor, origin="own")


def test_numbers_corrected_after_publishing_say_so_and_the_earlier_ones_stay(client, editor):
    card = make_card(editor, with_files=False, sample="purposive")
    for good in (500, 600):
        rows = table(question("P1", "Jak?", 1000, dobrze=good, źle=1000 - good))
        actions.bring_results(card=card, content=rows, name="w.csv", person=editor)
    actions.publish_card(card=card, person=editor)
    page = client.get(card.get_absolute_url()).content.decode()
    assert "poprawiono" not in page and "wersja=" not in page
    rows = table(question("P1", "Jak?", 1000, dobrze=700, źle=300))
    actions.bring_results(card=card, content=rows, name="w.csv", person=editor)
    page = client.get(card.get_absolute_url()).content.decode()
    assert "Liczby poprawiono" in page and "?wersja=2" in page and "?wersja=1" not in page
    csv = reverse("research:results", args=[card.slug, "csv"])
    assert "dobrze;600" in client.get(f"{csv}?wersja=2").content.decode() and "dobrze;700" in client.get(csv).content.decode()
    assert client.get(f"{csv}?wersja=1").status_code == 404, "a version nobody could read stays in the Office"


def test_two_waves_of_one_month_are_told_apart(editor):
    for first, last in (
        (date(2024, 5, 1), date(2024, 5, 3)),
        (date(2024, 5, 6), date(2024, 5, 24)),
        (date(2025, 5, 6), date(2025, 5, 24)),
    ):
        published(editor, new_series="Parki", starts_on=first, ends_on=last)
    series = ResearchCard.objects.first().series
    assert [wave.label for wave in reading.waves(series, database_now())] == ["03.05.2024", "24.05.2024", "05.2025"]


def test_a_card_follows_its_survey_that_ended_early(staff_client):
    client, today = staff_client("editor"), local_day(database_now())
    survey = make_survey(content_of(asked("p1")))
    version = survey.versions.get()
    Answer.objects.bulk_create(
        Answer(survey=survey, questionnaire=version, channel=Channel.ONLINE, content={"p1": "a"}) for _ in "ab"
    )
    last = today + timedelta(days=20)
    facts = {"origin": "own", "agency": "", "survey": survey, "sample_size": None, "starts_on": today, "ends_on": last}
    card = make_card(client.person, with_files=False, **facts)
    page = client.get(reverse("research_card", args=[card.pk])).content.decode()
    assert "Badanie jeszcze trwa" in page
    close_survey(survey=survey, reason="Dość odpowiedzi.", person=client.person)
    page = client.get(reverse("research_card", args=[card.pk])).content.decode()
    assert "Badanie jeszcze trwa" not in page and "n = 2" in page
    done = actions.publish_card(card=card, person=client.person)
    assert (done.ends_on, done.sample_size) == (today, 2)
    shown = client.get(reverse("surveys_survey", args=[survey.pk])).content.decode()
    assert polish_date(last) not in shown


def test_a_unit_tells_of_itself_alone_and_takes_no_survey_of_another_unit(staff_client, editor):
    mine, other = UnitFactory(), UnitFactory()
    client, survey = staff_client("unit_editor", unit=mine), make_survey(content_of(asked("p1")), unit=other)
    card = published(editor, unit=mine)
    told = {"used_on": card.ends_on.isoformat(), "unit": other.pk, "words": "Zmieniliśmy cudzy rozkład."}
    page = client.post(reverse("research_uses", args=[card.pk]), told)
    assert "co zrobiła Twoja komórka" in page.content.decode() and not card.uses.exists()
    with pytest.raises(NotYours):
        make_card(client.person, unit=mine, origin="own", agency="", survey=survey, with_files=False)
    draft = make_card(client.person, unit=mine)
    facts = {name: getattr(draft, name) for name in actions.cards.FACTS} | {"origin": "own", "agency": "", "survey": survey}
    with pytest.raises(NotYours):
        actions.save_card(card=draft, facts=facts, person=client.person)
    actions.save_card(card=draft, facts=facts, person=editor)


def test_files_of_a_draft_are_read_by_its_own_unit(editor):
    mine = UnitFactory()
    card, may_read = make_card(editor, unit=mine), file_purposes[actions.cards.PURPOSE].may_read
    own, other = make_editor("unit_editor", mine), make_editor("unit_editor", UnitFactory())
    assert [may_read(person, card.report, database_now()) for person in (own, other, editor)] == [True, False, True]
    actions.publish_card(card=card, person=editor)
    assert may_read(other, card.report, database_now())


def wave(editor, year, rows):
    days = {"starts_on": date(year, 5, 6), "ends_on": date(year, 5, 24)}
    card = make_card(editor, new_series="Jakość życia", title=f"Jakość życia {year}", **days)
    actions.bring_results(card=card, content=table(rows), name="wyniki.csv", person=editor)
    return actions.publish_card(card=card, person=editor)


@pytest.mark.slow
def test_a_question_whose_key_changed_is_joined_by_hand_and_parted_again(staff_client, client):
    browser = staff_client("head")
    editor = browser.person
    wave(editor, 2020, question("P1", "Jak się mieszka?", 1000, dobrze=500, źle=500))
    later = wave(editor, 2022, question("M3", "Jak się mieszka?", 1000, dobrze=550, źle=450))
    last = wave(editor, 2024, question("M3", "Jak się Panu/Pani mieszka?", 1000, dobrze=620, źle=380))
    series, at = later.series, database_now()

    def columns():
        found = comparing.trends(reading.waves(series, at), reading.said(series))
        return {trend.key: [column.label for column in trend.columns] for trend in found}

    (reworded,) = comparing.pairs(reading.waves(series, at), {})
    actions.say_of_wording(card=last, key="M3", wordings=reworded.wordings, is_same=True, person=editor)
    assert columns() == {"M3": ["05.2022", "05.2024"]}
    url = reverse("research_waves", args=[later.pk])
    assert "Połącz pytania" in browser.get(url).content.decode()
    browser.post(url, {"deed": "join", "key": "P1", "asked_as": "M3"})
    assert columns() == {"P1": ["05.2020", "05.2022"]}, "the same words need nobody's word; the last wave is asked about anew"
    (pair,) = comparing.pairs(reading.waves(series, at), reading.said(series))
    assert (pair.key, pair.is_same) == ("P1", None)
    browser.post(reverse("research_waves", args=[last.pk]), {"deed": "same", "key": "P1", "wordings": pair.wordings})
    assert columns() == {"P1": ["05.2020", "05.2022", "05.2024"]}
    assert "05.2020" in client.get(series.get_absolute_url()).content.decode()
    again = browser.post(url, {"deed": "join", "key": "P1", "asked_as": "M3"}, follow=True).content.decode()
    assert "nie da się już połączyć" in again
    assert "Rozłącz" in browser.get(url).content.decode()
    browser.post(url, {"deed": "part", "key": "P1"})
    assert columns() == {"M3": ["05.2022", "05.2024"]}
