"""The idea survey of an edition: written, published, answered online and from cards of an urn; words judged, numbers open."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.harness.signing_in import sign_in_staff

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import Role
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.budget.factories import EditionFactory
from ratusz.participation.projects import actions, judged_ideas, rules
from ratusz.participation.projects.ideas import asking, results
from ratusz.participation.projects.models import IdeaAnswer, IdeaSurvey, IdeaWords, Urn
from ratusz.participation.projects.views import ideas as views

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ASKED = asking.questions_from([
    {"words": "Czego brakuje?", "kind": "one", "choices": "ławek\ndrzew\nławek\n"},
    {"words": " ", "kind": "one", "choices": ""},
    {"words": "Gdzie?", "kind": "many", "choices": "park\nskwer\nszkoła"},
    {"words": "Co jeszcze?", "kind": "text", "choices": "zbędne"},
])  # fmt: skip


@pytest.fixture
def survey():
    now = database_now()
    return IdeaSurvey.objects.create(
        edition=EditionFactory(), title="Czego brakuje w dzielnicy?", lead="Zanim przyjdą projekty.", questions=ASKED,
        opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=7), published_at=now - timedelta(days=1),
    )  # fmt: skip


@pytest.fixture
def clerk(client):
    person = sign_in_staff(client)
    AppointmentFactory(person=person, role=Role.objects.get(code="budget_coordinator"))
    return person


def over(survey):
    IdeaSurvey.objects.filter(pk=survey.pk).update(closes_at=database_now() - timedelta(seconds=1))


def test_questions_are_numbered_and_answers_outside_them_fall_away():
    assert [(each["code"], each["choices"]) for each in ASKED] == [
        ("p1", ["ławek", "drzew"]),
        ("p2", ["park", "skwer", "szkoła"]),
        ("p3", []),
    ]
    with pytest.raises(ValueError, match="1"):
        asking.questions_from([{"words": "Co?", "kind": "one", "choices": "jedno"}])
    table = [
        ({"p1": "1", "p2": ["0", "2"], "p3": " Toaleta. "}, ({"p1": [1], "p2": [0, 2]}, {"p3": "Toaleta."})),
        ({"p1": "7", "p2": ["9", "0"], "p3": ""}, ({"p2": [0]}, {})),
        ({"p1": ["0", "1"], "p2": None, "p9": "1"}, ({}, {})),
        ({"p1": "²", "p2": "1", "p3": 5}, ({"p2": [1]}, {})),
        ({"p1": "0" * 9, "p3": ["x"]}, ({}, {})),
    ]
    assert [asking.split(ASKED, given) for given, _wanted in table] == [wanted for _given, wanted in table]


def test_a_resident_answers_without_an_account_and_sees_numbers_when_it_is_over(survey, monkeypatch):
    """One form is one answer however often it is sent; words wait for a moderator; a connection has a limit."""
    page, browser = reverse("projects:ideas", args=[survey.edition.slug]), Client()
    key = browser.get(page).context["form"]["form_key"].value()
    sent = {"form_key": key, "p1": "1", "p2": ["0", "2"], "p3": "Toaleta w parku"}
    assert [browser.post(page, sent).status_code for _twice in range(2)] == [302, 302]
    answer = IdeaAnswer.objects.get()
    assert (answer.choices, answer.urn, answer.entered_by) == ({"p1": [1], "p2": [0, 2]}, None, None)
    refused = browser.post(page, {"form_key": str(uuid.uuid4())}).content.decode()
    assert "Odpowiedz choć na jedno pytanie" in refused
    assert browser.get(reverse("projects:ideas-file", args=[survey.edition.slug, "csv"])).status_code == 404
    assert browser.get(reverse("projects:ideas-file", args=[survey.edition.slug, "karta"])).content[:4] == b"%PDF"
    monkeypatch.setattr(views, "ANSWERS", 0)
    full = browser.post(page, sent | {"form_key": str(uuid.uuid4()), "p3": "Moje słowa"})
    assert full.status_code == 429 and "Moje słowa" in full.content.decode()
    over(survey)
    text = browser.get(page).content.decode()
    assert "1 przez internet" in text and "Toaleta" not in text and "1 tekst czeka" in text
    with pytest.raises(rules.ApplicationRefused, match="nie przyjmuje"):
        actions.answer_survey(survey=survey, given={"p1": "0"}, form_key=uuid.uuid4())
    kind, words = judged_ideas.judged_kinds[actions.ideas.QUEUE], IdeaWords.objects.get()
    shown = kind.show(kind.find(words.pk))
    assert shown.is_hidden and shown.words == "Toaleta w parku" and shown.context == ("Co jeszcze?",)
    kind.edit(words, None, "Toaleta w parku miejskim")
    kind.restore(kind.find(words.pk), None)
    assert "Toaleta w parku miejskim" in browser.get(page).content.decode()
    csv = browser.get(reverse("projects:ideas-file", args=[survey.edition.slug, "csv"])).content.decode("utf-8-sig")
    assert csv.splitlines()[2] == "Czego brakuje?;drzew;1;0;1" and csv.splitlines()[-1].startswith(
        "Co jeszcze?;Toaleta w parku miejskim"
    )
    kind.hide(kind.find(words.pk), None)
    assert "Toaleta" not in browser.get(page).content.decode()


def test_an_answer_leads_to_nobody_and_its_form_belongs_to_one_survey(survey, clerk, client):
    """Sent by somebody signed in, too, the record keeps no account and no connection; a form brought to another survey is new."""
    other = IdeaSurvey.objects.create(
        **{name: getattr(survey, name) for name in ("title", "lead", "questions", "opens_at", "closes_at", "published_at")},
        edition=EditionFactory(),
    )  # fmt: skip
    sent = {"form_key": str(uuid.uuid4()), "p1": "1", "p3": "Toaleta"}
    for each in (survey, other, other):
        assert client.post(reverse("projects:ideas", args=[each.edition.slug]), sent, REMOTE_ADDR="198.51.100.9").status_code == 302
    assert list(IdeaAnswer.objects.order_by("pk").values_list("survey", flat=True)) == [survey.pk, other.pk]
    made = Entry.objects.filter(deed__in=["projects.answer_survey", "moderation.put_in_queue"])
    assert (
        set(made.values_list("actor_kind", "actor_id", "address", "request_id")) == {("nobody", "", None, "")} and made.count() == 4
    )


def test_cards_of_an_urn_are_entered_by_their_numbers(survey, client, clerk):
    screen = reverse("projects_ideas", args=[survey.edition_id])
    client.post(screen, {"deed": "urn", "place": "Filia biblioteki (próbna)", "cards": "3", "second_person": "dyżurny filii"})
    urn = Urn.objects.get()
    again = client.post(screen, {"deed": "urn", "place": urn.place, "cards": "9", "second_person": "dyżurny"}).content.decode()
    assert "już policzona" in again and Urn.objects.get().cards == 3
    cards = reverse("projects_idea_cards", args=[urn.pk])
    for card, given in ((1, {"p1": "0"}), (3, {})):
        assert client.post(cards, {"card": card, "form_key": str(uuid.uuid4())} | given).status_code == 302
    assert client.get(cards).context["form"]["card"].value() == 2
    for card, words in ((3, "już wpisana"), (4, "od 1 do 3")):
        assert words in client.post(cards, {"card": card, "form_key": str(uuid.uuid4()), "p1": "1"}).content.decode()
    found = results.result_of(survey)
    assert (found.online, found.paper, found.blank, found.urns[0]["entered"]) == (0, 2, 1, 2)
    assert [(choice.online, choice.paper) for choice in found.questions[0].choices] == [(0, 1), (0, 0)]
    assert Entry.objects.filter(actor_id=str(clerk.pk), deed="projects.enter_card").count() == 2


def test_a_published_survey_stays_as_it_is(client, clerk):
    """Written on the screen, published; later only its last day moves, ahead; the database refuses the rest as well."""
    edition, now = EditionFactory(), database_now()
    screen = reverse("projects_ideas", args=[edition.pk])
    typed = {
        "deed": "save", "title": "Czego brakuje?", "lead": "Po co pytamy.", "opens_at": (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
        "closes_at": (now + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M"), **{f"kind_{n}": "one" for n in range(1, 7)},
        "words_1": "Czego?", "choices_1": "ławek",
    }  # fmt: skip
    for wrong in ({"opens_at": "0001-01-01T00:00"}, {"closes_at": "9999-12-31T23:59"}):
        assert "od 2000 do 2099" in client.post(screen, typed | wrong).content.decode()
    refused = client.post(screen, typed).content.decode()
    assert "od dwóch do dwunastu" in refused and "Po co pytamy." in refused
    typed["choices_1"] = "ławek\ndrzew"
    assert client.post(screen, typed).status_code == 302
    survey = IdeaSurvey.objects.get()
    page = reverse("projects:ideas", args=[edition.slug])
    assert Client().get(page).status_code == 404
    client.post(screen, {"deed": "publish"})
    assert Client().get(page).status_code == 200
    assert "tylko ostatni dzień" in client.post(screen, typed | {"title": "Inaczej"}).content.decode()
    earlier = typed | {"closes_at": (now + timedelta(days=4)).strftime("%Y-%m-%dT%H:%M")}
    assert "tylko przesunąć" in client.post(screen, earlier).content.decode()
    later = typed | {"closes_at": (now + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")}
    assert client.post(screen, later).status_code == 302
    answer = actions.answer_survey(survey=survey, given={"p1": "0"}, form_key=uuid.uuid4())
    for rows, wrong in (
        (IdeaSurvey.objects.filter(pk=survey.pk), {"title": "x"}),
        (IdeaAnswer.objects.filter(pk=answer.pk), {"choices": {}}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    clerk = UserFactory(is_staff=True, is_superuser=True)
    AppointmentFactory(person=clerk, role=Role.objects.get(code="desk_officer"))
    sign_in_staff(client, clerk)
    assert client.post(screen, {"deed": "publish"}).url == "/admin/" and client.get(screen).status_code == 200
