"""Somebody follows: the letter, the confirmation, the change, the leaving; nobody learns who follows, nobody changes another's choice."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import LinkExpired, LinkRefused
from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications.links import preferences_url, unsubscribe_url
from ratusz.foundation.notifications.models import Address, Consent, ConsentText, OutboxMessage, RhythmChoice
from ratusz.foundation.people.actions.privacy import expire_personal_data
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.factories import UnitFactory
from ratusz.publishing.following import actions, links
from ratusz.publishing.following.models import PURPOSE, Follow, FollowTry
from ratusz.publishing.following.queries import followed_by
from ratusz.publishing.following.rules import Choice, NothingChosen, read_choices
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.models import Topic, UnitProfile
from ratusz.publishing.website.subjects.actions import save_topic, save_unit_page

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
EMAIL = "mieszkanka@example.pl"


@pytest.fixture
def things():
    """One thing of each kind, as choices."""
    make_portal()
    unit = UnitFactory(short_name="WD")
    save_unit_page(profile=UnitProfile(unit=unit, purpose="Drogi."))
    topic = save_topic(topic=Topic(name="Kultura", description="Koncerty."))
    district = DistrictFactory(number=1)
    return {"district": Choice("district", district.pk), "topic": Choice("topic", topic.pk), "unit": Choice("unit", unit.pk)}


def letter_link() -> str:
    """The path of the link in the newest letter."""
    text = OutboxMessage.objects.order_by("pk").last().content.text
    return re.search(r"http://[^/]+(/obserwuj/\S+)", text)[1]


def token() -> str:
    return letter_link().strip("/").rsplit("/", 1)[-1]


def test_from_the_form_to_the_last_goodbye(client, things):
    page = client.get(f"/obserwuj/?co={things['topic']}").content.decode()
    assert re.search(rf'value="{things["topic"]}"[^>]*checked', page)
    form = {"email": EMAIL, "rhythm": "weekly", "topic": [str(things["topic"])], "district": [str(things["district"])]}
    assert "Zajrzyj do skrzynki" in client.post("/obserwuj/", form).content.decode()
    assert not Consent.objects.exists() and not Follow.objects.exists()
    question = OutboxMessage.objects.get().content.text
    assert "- Dzielnica 1\n- Kultura\n" in question
    path = letter_link()
    assert EMAIL not in path and client.get(path).status_code == 200
    assert not Consent.objects.exists(), "opening the link alone agrees to nothing"
    assert "Gotowe, obserwujesz" in client.post(path).content.decode()
    address = Address.objects.get()
    assert set(followed_by(address)) == {things["topic"], things["district"]}
    assert RhythmChoice.objects.get().rhythm == "weekly"
    consent = Consent.objects.get()
    question = OutboxMessage.objects.get()
    assert (consent.purpose, consent.text) == (PURPOSE, ConsentText.objects.get()) and address.confirmed_at
    assert consent.asked_at < consent.confirmed_at and consent.confirming_message == question.message_id

    mine = links.choices_url(address).replace("http://127.0.0.1:8000", "")
    changed = {"rhythm": "at_once", "unit": [str(things["unit"])]}
    assert "Twój wybór jest zapisany" in client.post(mine, changed, follow=True).content.decode()
    assert followed_by(address) == [things["unit"]]
    assert (
        f"/obserwuj/moje/{address.public_id.hex}."
        in client.get(preferences_url(address).replace("http://127.0.0.1:8000", "")).content.decode()
    )
    client.post(mine, changed | {"leave": "1"})
    assert followed_by(address) == [] and not Consent.objects.live().exists()


def test_one_connection_cannot_have_us_write_to_strangers_by_the_thousand(client, things):
    def ask(number, **connection):
        form = {"email": f"obca-{number}@example.pl", "rhythm": "daily", "topic": [str(things["topic"])]}
        return client.post("/obserwuj/", form, **connection)

    assert {ask(number).status_code for number in range(20)} == {200}
    refused = ask(20)
    page = refused.content.decode()
    assert (refused.status_code, "Zaczekaj dziesięć minut" in page, 'value="obca-20@example.pl"' in page) == (429, True, True)
    assert (
        OutboxMessage.objects.count() == 20 == FollowTry.objects.count()
        and not Address.objects.filter(value__contains="-20@").exists()
    )
    assert ask(21, REMOTE_ADDR="203.0.113.7").status_code == 200, "another connection may ask"
    FollowTry.objects.update(tried_at=database_now() - timedelta(minutes=11))
    assert ask(22).status_code == 200
    FollowTry.objects.update(tried_at=database_now() - timedelta(days=2))
    ask(23)
    assert FollowTry.objects.count() == 1, "older ones are forgotten"
    assert "127.0.0.1" not in FollowTry.objects.get().fingerprint


def test_the_answer_is_the_same_for_a_known_address_and_over_the_limit(client, things):
    form = {"email": EMAIL, "rhythm": "daily", "topic": [str(things["topic"])]}
    answers = set()
    for _time in range(7):
        answers.add(re.sub(r'nonce="[^"]+"', "", client.post("/obserwuj/", form).content.decode()))
    assert len(answers) == 1 and OutboxMessage.objects.count() == 5
    client.post(letter_link())
    assert client.post("/obserwuj/", form).content.decode() in answers


def test_a_stranger_cannot_change_what_somebody_follows(client, things):
    actions.ask_to_follow(email=EMAIL, choices=[things["topic"]], rhythm="daily")
    actions.confirm_follow(token=token(), at=database_now())
    client.post("/obserwuj/", {"email": EMAIL, "rhythm": "at_once", "unit": [str(things["unit"])]})
    address = Address.objects.get()
    assert (followed_by(address), RhythmChoice.objects.get().rhythm) == ([things["topic"]], "daily")


def test_whoever_left_everything_and_comes_back_follows_what_they_chose_now_alone(client, things):
    actions.ask_to_follow(email=EMAIL, choices=[things["topic"], things["unit"]], rhythm="daily")
    actions.confirm_follow(token=token(), at=database_now())
    address = Address.objects.get()
    notifications.leave_purpose(address=address, purpose=PURPOSE)
    assert len(followed_by(address)) == 2, "forgotten in the night"
    actions.ask_to_follow(email=EMAIL, choices=[things["district"]], rhythm="daily")
    actions.confirm_follow(token=token(), at=database_now())
    assert followed_by(address) == [things["district"]]


def test_refused_forms_keep_what_was_typed(client, things):
    page = client.post("/obserwuj/", {"email": "to nie adres", "rhythm": "weekly"}).content.decode()
    assert "to nie adres" in page and "Wybierz co najmniej jedną dzielnicę, jeden temat albo jedną komórkę." in page
    assert "Podaj pełny adres e-mail" in page
    assert not OutboxMessage.objects.exists()


def test_what_does_not_exist_cannot_be_followed(things):
    with pytest.raises(NothingChosen):
        actions.ask_to_follow(email=EMAIL, choices=[Choice("topic", 999999)], rhythm="daily")
    assert read_choices(["topic:5", "topic:5", "person:1", "topic:²", "district:x", "", None, "unit:1"]) == [
        Choice("topic", 5),
        Choice("unit", 1),
    ]


def test_links_grow_old_and_die_with_the_address(client, things):
    actions.ask_to_follow(email=EMAIL, choices=[things["topic"]], rhythm="daily")
    path, good = letter_link(), token()
    with pytest.raises(LinkExpired):
        links.read_question(good, database_now() + timedelta(days=7))
    notifications.erase_address(address=Address.objects.get())
    with pytest.raises(LinkRefused):
        links.read_question(good, database_now())
    assert client.get(path).status_code == client.get("/obserwuj/moje/byle-co/").status_code == 404


def test_one_click_leaves_and_the_night_forgets(client, things):
    actions.ask_to_follow(email=EMAIL, choices=list(things.values()), rhythm="daily")
    actions.confirm_follow(token=token(), at=database_now())
    address = Address.objects.get()
    client.post(unsubscribe_url(address, PURPOSE).replace("http://127.0.0.1:8000", ""))
    assert Follow.objects.count() == 3
    Follow.objects.update(followed_at=database_now() - timedelta(days=2))
    expire_personal_data()
    assert not Follow.objects.exists()


def test_an_erased_address_follows_nothing(things):
    actions.ask_to_follow(email=EMAIL, choices=list(things.values()), rhythm="daily")
    actions.confirm_follow(token=token(), at=database_now())
    notifications.erase_address(address=Address.objects.get())
    assert not Follow.objects.exists()


def test_the_database_knows_what_a_follow_is(things):
    address = notifications.add_address(channel="email", value=EMAIL)
    row = {"address": address, "followed_at": database_now()}
    Follow.objects.create(**row, topic_id=things["topic"].number)
    for wrong in (
        {"topic_id": things["topic"].number},
        {},
        {"topic_id": things["topic"].number, "district_id": things["district"].number},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(**row, **wrong)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_costs_the_same_with_one_topic_and_three(client, things, rows, django_assert_num_queries):
    for number in range(rows):
        save_topic(topic=Topic(name=f"Temat {number}", description="Opis."))
    client.get("/obserwuj/")
    with django_assert_num_queries(5):
        assert client.get("/obserwuj/").content.decode().count("Temat ") == rows
