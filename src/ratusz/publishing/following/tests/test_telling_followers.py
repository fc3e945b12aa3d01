"""What is published reaches each follower once; a correction follows it, a withdrawal takes back what has not gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wagtail.models import Site

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import Hold, holds
from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications.models import DigestItem, OutboxMessage
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.publishing.editing.actions import publish as publish_submission
from ratusz.publishing.editing.factories import approved
from ratusz.publishing.following import actions
from ratusz.publishing.following.actions import telling
from ratusz.publishing.following.models import PURPOSE, Follow, Telling
from ratusz.publishing.following.rules import is_worth_telling
from ratusz.publishing.messages.factories import let_everything_out, make_author, make_message
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.models import Topic
from ratusz.publishing.website.subjects.actions import save_topic
from ratusz.publishing.website.wire.actions import WireFacts, put_on_wire, take_off_wire

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return save_topic(topic=Topic(name="Kultura", description="Koncerty."))


def follower(number: int, rhythm: str = "daily", language: str = "pl", **what):
    address = notifications.add_address(channel="email", value=f"osoba{number}@example.pl", language=language)
    notifications.give_consent(address=address, purpose=PURPOSE, through="link")
    notifications.choose_rhythm(address=address, purpose=PURPOSE, rhythm=rhythm)
    Follow.objects.create(address=address, followed_at=database_now(), **what)
    return address


def publish(topic, *, hours_ago: float = 0, **more):
    moment = database_now() - timedelta(hours=hours_ago)
    facts = {
        "source": "test", "key": "1", "code": "test-1", "kind": "aktualnosci", "title": "Koncert w parku", "url": "/koncert/",
        "published_at": moment, "as_of": moment, "summary": "O 18.", "topics": [topic],
    }  # fmt: skip
    return put_on_wire(facts=WireFacts(**facts | more))


def empty_queue() -> int:
    return sum(iter(actions.tell_followers, 0))


def test_a_message_reaches_those_who_follow_its_topic(topic):
    other = save_topic(topic=Topic(name="Drogi i objazdy", description="Remonty ulic."))
    follower(1, "at_once", topic=topic)
    told = follower(2, "at_once", topic=other)
    author, second = make_author(), make_author()
    message = make_message(author, places=["www"], topic_numbers=[other.pk])
    let_everything_out(message, second)
    assert (empty_queue(), [each.address for each in OutboxMessage.objects.all()]) == (1, [told])


@pytest.mark.slow
def test_a_text_of_a_unit_reaches_those_who_follow_what_it_is_about(topic, django_capture_on_commit_callbacks):
    make_portal()
    district, other = DistrictFactory(number=1), save_topic(topic=Topic(name="Drogi i objazdy", description="Remonty ulic."))
    told = [follower(1, "at_once", topic=topic), follower(2, "at_once", district=district)]
    follower(3, "at_once", topic=other)
    text = approved(topic_numbers=[topic.pk], district_numbers=[1])
    with django_capture_on_commit_callbacks(execute=True):
        publish_submission(submission=text, person=text.approved_by)
    letters = OutboxMessage.objects.filter(purpose=PURPOSE)
    assert (empty_queue(), {each.address for each in letters}) == (2, set(told))


def test_each_follower_is_told_once_in_their_rhythm(topic):
    district = DistrictFactory(number=1)
    now, later = follower(1, "at_once", topic=topic), follower(2, topic=topic)
    Follow.objects.create(address=later, followed_at=database_now(), district=district)
    follower(3, "at_once", topic=topic, language="en")
    left = follower(4, "at_once", topic=topic)
    notifications.leave_purpose(address=left, purpose=PURPOSE)
    follower(5, district=DistrictFactory(number=2))
    publish(topic, districts=[district])
    publish(topic, districts=[district])
    assert (empty_queue(), empty_queue()) == (2, 0)
    letter, event = OutboxMessage.objects.get(), DigestItem.objects.get()
    assert (letter.address, letter.content.subject, letter.purpose) == (now, "Koncert w parku", PURPOSE)
    assert letter.content.text == "Koncert w parku\n\nO 18.\n\nhttp://127.0.0.1:8000/koncert/"
    assert (event.address, event.title, event.url) == (later, "Koncert w parku", "http://127.0.0.1:8000/koncert/")


def test_a_correction_goes_after_it_and_a_small_change_does_not(topic):
    follower(1, "at_once", topic=topic)
    publish(topic)
    empty_queue()
    publish(topic, title="Koncert w Parku Śląskim")
    assert empty_queue() == 0
    publish(topic, correction="Koncert jest o 19, nie o 18.", hours_ago=-1)
    assert empty_queue() == 1
    letter = OutboxMessage.objects.order_by("pk").last()
    assert letter.content.subject == "Sprostowanie: Koncert w parku"
    assert "Koncert jest o 19, nie o 18." in letter.content.text


def test_what_is_withdrawn_leaves_the_digests_that_wait(topic):
    follower(1, topic=topic)
    publish(topic)
    empty_queue()
    take_off_wire(source="test", key="1")
    assert not DigestItem.objects.exists()
    publish(topic)
    take_off_wire(source="test", key="1")
    assert empty_queue() == 0 and not Telling.objects.open().exists()


def test_old_things_that_come_to_the_wire_late_are_no_news(topic):
    follower(1, topic=topic)
    publish(topic, hours_ago=73)
    assert empty_queue() == 0
    at = database_now()
    assert [is_worth_telling(event, at - timedelta(days=9), at) for event in ("new", "changed", "corrected")] == [
        False,
        False,
        True,
    ]


def test_what_is_held_waits_and_stops_nothing_else(topic, monkeypatch):
    follower(1, topic=topic)
    publish(topic, title="Kandydat otwiera park")
    publish(topic, title="Objazd", key="2", code="test-2")
    hold = Hold("silence", "Cisza wyborcza")
    monkeypatch.setitem(holds._entries, "test", lambda outgoing, at: hold if "Kandydat" in outgoing.title else None)
    assert empty_queue() == 1
    assert DigestItem.objects.get().title == "Objazd"
    monkeypatch.delitem(holds._entries, "test")
    assert empty_queue() == 1


@pytest.mark.parametrize(
    ("is_update", "before", "title", "text"),
    [
        (True, "do 10 grudnia", "Aktualizacja: Koncert w parku", "Było: do 10 grudnia\nJest: do 12 grudnia"),
        (False, "do 10 grudnia", "Sprostowanie: Koncert w parku", "Było: do 10 grudnia\nJest: do 12 grudnia"),
        (False, "", "Sprostowanie: Koncert w parku", "do 12 grudnia"),
    ],
)
def test_a_correction_says_what_it_is_and_what_stood_there_before(client, topic, is_update, before, title, text):
    publish(topic)
    empty_queue()
    follower(1, "at_once", topic=topic)
    publish(topic, correction="do 12 grudnia", corrected_from=before, is_update=is_update)
    empty_queue()
    letter = OutboxMessage.objects.get()
    assert title in letter.content.subject and f"{title}\n\n{text}" in letter.content.text
    label = title.split(":")[0]
    for address in ("/karta/test-1/", topic.get_absolute_url()):
        assert f"<strong>{label}:</strong> do 12 grudnia" in client.get(address).content.decode()


def test_many_followers_are_told_batch_after_batch_and_a_killed_worker_repeats_nobody(topic, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 2)
    for number in range(5):
        follower(number, "at_once" if number % 2 else "daily", topic=topic)
    publish(topic)
    assert [actions.tell_followers() for _time in range(4)] == [2, 2, 1, 0]
    Telling.objects.update(finished_at=None, told_up_to=0)
    empty_queue()
    assert (OutboxMessage.objects.count(), DigestItem.objects.count()) == (2, 3)


@pytest.mark.parametrize("rows", [2, 6])
def test_a_batch_costs_the_same_for_two_and_six(topic, rows, django_assert_num_queries):
    for number in range(rows):
        follower(number, "at_once" if number % 2 else "daily", topic=topic)
    publish(topic)
    Site.get_site_root_paths()  # kept for an hour
    with django_assert_num_queries(19):
        assert actions.tell_followers() == rows
