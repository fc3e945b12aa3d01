"""Staff write, check, publish and watch a survey without any code and without scripts."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.surveys import actions, queries, rules
from ratusz.participation.surveys.factories import EVERY_KIND, answer, content_of, make_survey, question
from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.questions import content as c

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(staff_client):
    return staff_client("editor")


def _post(client, route, *args, **sent):
    answer = client.post(reverse(route, args=args), sent)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer["Location"]


@pytest.mark.slow
def test_a_survey_from_nothing_to_its_first_answer(desk):
    unit = desk.person.appointments.get().unit
    wrong = desk.post(reverse("surveys_new"), {"title": "Plac Wolności", "slug": "Plac Wolności", "unit": unit.pk})
    assert "litery bez polskich znaków" in wrong.content.decode() and not Survey.objects.exists()
    _post(desk, "surveys_new", title="Plac Wolności", slug="plac-wolnosci", unit=unit.pk, ready="r:grupy")
    survey = Survey.objects.get()
    moment = localtime(database_now())
    facts = {
        "title": survey.title, "slug": survey.slug, "unit": unit.pk, "lead": "Wybieramy projekt placu.", "languages": ["pl"],
        "door": "open", "is_anonymous": "on", "sample": "self_selected", "who_could": "wszyscy", "reached_by": "plakaty",
        "smallest_cell": 5, "opens_at": f"{moment - timedelta(hours=1):%Y-%m-%dT%H:%M}", "is_listed": "on",
        "closes_at": f"{moment + timedelta(days=5):%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    _post(desk, "surveys_facts", survey.pk, **facts)
    new = reverse("surveys_new_item", args=[survey.pk, "s1"])
    assert (
        desk.post(
            f"{new}?rodzaj=multiple", {"text_pl": "Czego brakuje?", "choices_pl": "ławek\ncienia\ninne [własne słowa]"}
        ).status_code
        == 302
    )
    scale = {"text_pl": "Jak jest teraz?", "lowest": 1, "highest": 5, "show_0": "p2|has|b", "show_join": "and", "required": "on"}
    assert desk.post(f"{new}?rodzaj=scale", scale).status_code == 302
    _post(desk, "surveys_change", survey.pk, deed="up", code="p3")
    assert "zapętla" in desk.get(reverse("surveys_questions", args=[survey.pk])).content.decode()
    _post(desk, "surveys_change", survey.pk, deed="undo")
    content = queries.newest_version(survey).content
    assert [item["code"] for item in c.items_of(content)] == ["p1", "p2", "p3"]
    assert c.item_of(content, "p2")["choices"][2] == {"code": "c", "other": True, "text": {"pl": "inne"}}
    page = desk.get(reverse("surveys_publish", args=[survey.pk])).content.decode()
    assert "Opublikuj" in page
    _post(desk, "surveys_publish", survey.pk)
    answer(Survey.objects.get(), {"p1": "firma", "p2": ["b"], "p3": 2})
    page = desk.get(reverse("surveys_survey", args=[survey.pk])).content.decode()
    assert "przez internet: 1" in page and "firma: 1" in page


def test_what_stands_in_the_way_is_told_and_nothing_is_published(desk):
    survey = make_survey(
        content_of(
            question("p1", "single", choices=[{"code": "a", "text": {"pl": "a"}}]),
            question("p2", show_if={"question": "p3", "op": "is", "value": "yes"}), question("p3"),
        ), is_published=False, languages=["pl", "uk"], closes_at=database_now() - timedelta(hours=1),
    )  # fmt: skip
    page = desk.get(reverse("surveys_publish", args=[survey.pk])).content.decode()
    for words in ("co najmniej dwie", "zapętla", "w języku „uk”", "już minął", "Українська"):
        assert words in page
    _post(desk, "surveys_publish", survey.pk)
    survey.refresh_from_db()
    assert survey.published_at is None


def test_a_published_version_stays_and_a_new_one_follows_it(desk):
    survey = make_survey()
    answer(survey)
    with pytest.raises(rules.SurveyRefused):
        actions.change_questions(survey=survey, change=lambda content: content, person=desk.person)
    _post(desk, "surveys_version", survey.pk)
    _post(desk, "surveys_change", survey.pk, deed="duplicate", code="p1")
    _post(desk, "surveys_item", survey.pk, "p2", text_pl="Zmienione?", required="on", no_opinion="on")
    _post(desk, "surveys_publish", survey.pk)
    answer(survey, {"p1": "no", "p2": "yes"})
    first, second = survey.versions.order_by("number")
    assert [each.questionnaire_id for each in survey.answers.order_by("questionnaire_id")] == [first.pk, second.pk]
    assert c.item_of(second.content, "p2")["text"] == {"pl": "Zmienione?"} and c.item_of(first.content, "p2") is None


def test_the_preview_judges_and_keeps_nothing(desk):
    survey = make_survey(EVERY_KIND, is_published=False)
    page = desk.post(
        reverse("surveys_preview", args=[survey.pk]), {"p1": "a", "p3": "yes", "p5-r1": "a", "p5-r2": "b", "p10": "ukryte"}
    )
    text = page.content.decode()
    assert "zostałaby przyjęta" in text and "pominięte: 10" in text and not survey.answers.exists()


def test_units_draft_their_own_surveys_and_publish_none(staff_client):
    client = staff_client("unit_editor", unit=UnitFactory())
    person = client.person
    own = make_survey(is_published=False, unit=person.appointments.get().unit)
    foreign = make_survey(is_published=False, slug="obca", unit=AppointmentFactory(role_code="editor").unit)
    _post(client, "surveys_change", own.pk, deed="duplicate", code="p1")
    assert client.post(reverse("surveys_change", args=[foreign.pk]), {"deed": "duplicate", "code": "p1"}).status_code == 302
    assert queries.newest_version(foreign).content == content_of(question("p1"))
    assert client.get(reverse("surveys_questions", args=[foreign.pk])).status_code == 302
    with pytest.raises(rules.NotYours):
        actions.publish(survey=own, person=person)


def test_codes_leave_once_in_a_file_and_quotas_are_set(desk):
    survey = make_survey(is_published=False, door="token")
    made = desk.post(reverse("surveys_codes", args=[survey.pk]), {"note": "osiedle", "count": 3})
    codes = re.findall(r"[0-9A-Y]{4}-[0-9A-Y]{4}-[0-9A-Y]{4}", made.content.decode())
    assert len(codes) == 3 and "0" in desk.get(reverse("surveys_codes", args=[survey.pk])).content.decode()
    letters = desk.post(reverse("surveys_codes", args=[survey.pk]), {"note": "listy", "count": 2, "as_letters": "on"})
    assert letters.content.startswith(b"%PDF")
    _post(desk, "surveys_quotas", survey.pk, deed="set", name="tak", limit=10, whom_0="p1|is|yes", whom_join="and")
    assert survey.quotas.get().condition == {"question": "p1", "op": "is", "value": "yes"}
    page = desk.get(reverse("surveys_quotas", args=[survey.pk])).content.decode()
    assert "w pytaniu 1 zaznaczono: Tak" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions(desk, number, django_assert_num_queries):
    for turn in range(number):
        answer(make_survey(slug=f"a{turn}"))
    desk.get(reverse("surveys_list"))
    with django_assert_num_queries(22):
        desk.get(reverse("surveys_list"), {"stan": "open"})


def test_of_a_published_survey_only_words_change(desk):
    survey = make_survey()
    facts = {
        "title": "Nowy tytuł",
        "lead": survey.lead,
        "who_could": "wszyscy",
        "reached_by": "radio",
        "door": "token",
        "is_listed": "on",
    }
    _post(desk, "surveys_facts", survey.pk, **facts)
    changed = Survey.objects.get()
    assert (changed.title, changed.reached_by, changed.door, changed.opens_at) == ("Nowy tytuł", "radio", "open", survey.opens_at)
    with pytest.raises(rules.SurveyRefused):
        actions.save_survey(survey=survey, facts={"is_anonymous": False}, person=desk.person)
