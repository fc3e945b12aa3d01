"""A message on the portal: its page, lists, parts of pages, feeds, the API, screens; corrected, withdrawn, over."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from ratusz.coordination.calendar.queries import public_things
from ratusz.foundation.files.factories import make_image
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.territory.actions import load_districts
from ratusz.publishing.messages import actions
from ratusz.publishing.messages.factories import let_everything_out, make_author, make_message
from ratusz.publishing.messages.topics import topics_to_choose
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.message_outlet import address as address_of
from ratusz.publishing.website.models import SearchDocument, Topic, WireItem

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
TITLE = "Przerwa w dostawie wody: ul. Mikołowska 10–44"


@pytest.fixture
def people():
    return make_author(), make_author()


@pytest.fixture
def publish(people, django_capture_on_commit_callbacks):
    """A message that is going on now, out on our page and on the screens."""

    def published(**facts):
        author, second = people
        now = database_now()
        current = {"starts": now - timedelta(hours=1), "ends": now + timedelta(days=1)}
        made = make_message(author, places=facts.pop("places", ["www", "screen"]), **current | facts)
        with django_capture_on_commit_callbacks(execute=True):
            let_everything_out(made, second)
        made.refresh_from_db()
        return made

    return published


@pytest.fixture
def correct(people, django_capture_on_commit_callbacks):
    def corrected(message, **facts):
        author, second = people
        words = {"was_wrong": "Dzwoń: tel. 994", "is_right": "Dzwoń: tel. 112", "cause": "pomyłka"}
        actions.change_facts(message=message, person=author, expected=message.facts.number, facts=facts, correction=words)
        with django_capture_on_commit_callbacks(execute=True):
            return actions.publish_correction(correction=message.corrections.waiting().get(), person=second)

    return corrected


def page_of(client, message):
    return client.get(f"/komunikaty/{message.year}/{message.number}-{message.slug}/").content.decode()


def test_a_page_shows_what_is_out_and_not_what_is_being_written(client, publish, people):
    message = publish()
    assert message.slug == "przerwa-w-dostawie-wody"
    page = page_of(client, message)
    assert ("<h1" in page, TITLE in page, "11 listopada 2026" in page, "<li>Przygotuj zapas wody.</li>" in page) == (True,) * 4
    words = {"was_wrong": "a", "is_right": "b"}
    actions.change_facts(message=message, person=people[0], expected=1, facts={"contact": "tel. 112"}, correction=words)
    assert ("tel. 112" in page_of(client, message), "tel. 994" in page_of(client, message)) == (False, True)


def test_old_words_in_an_address_lead_to_the_page_and_drafts_have_none(client, publish, people):
    message = publish()
    for address in (f"/komunikaty/{message.year}/{message.number}-stare-slowa/", f"/komunikaty/{message.year}/{message.number}/"):
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (302, f"/komunikaty/{message.year}/{message.number}-przerwa-w-dostawie-wody/")
    draft = make_message(people[0], places=["www"])
    for name in ("message-by-number", "message-picture", "message-ics", "message-api"):
        assert client.get(reverse(f"website:{name}", args=[draft.year, draft.number])).status_code == 404


def test_a_correction_shows_with_its_moment_on_the_page_the_feed_and_the_api(client, publish, correct):
    message = publish()
    correct(message, contact="tel. 112")
    page = page_of(client, message)
    assert ("Dzwoń: tel. 994" in page, "Dzwoń: tel. 112" in page, "Wcześniejsze wersje" in page) == (True, True, True)
    item = WireItem.objects.get(source="messages")
    assert (item.version, item.correction, item.kind) == (2, "Dzwoń: tel. 112", "komunikaty")
    feed = client.get("/kanaly/rodzaje/komunikaty.atom").content.decode()
    assert ("Dzwoń: tel. 112" in feed, f":messages:{message.pk}" in feed) == (True, True)
    told = client.get(f"/komunikaty/api/{message.year}/{message.number}.json").json()
    assert (told["version"], told["facts"]["contact"], told["corrections"][0]["is"]) == (2, "tel. 112", "Dzwoń: tel. 112")
    assert "Poprawione" in client.get("/komunikaty/").content.decode()
    screen = client.get("/ekran/").content.decode()
    assert ("Poprawione" in screen, "Dzwoń: tel. 112" in screen) == (True, True)
    assert client.get("/ekran/ekran.json").json()["messages"][0]["corrections"] == told["corrections"]


def test_a_withdrawn_page_stays_with_a_notice_and_leaves_the_rest(client, publish, people, django_capture_on_commit_callbacks):
    make_portal()
    message = publish()
    assert TITLE in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_message(message=message, person=people[1], because="Awarii nie było.")
    page = page_of(client, message)
    assert ("Awarii nie było." in page, "już nie obowiązuje" in page) == (True, True)
    assert (TITLE in client.get("/").content.decode(), TITLE in client.get("/ekran/").content.decode()) == (False, False)
    assert TITLE in client.get("/komunikaty/?stan=archiwum").content.decode()
    feed = ElementTree.fromstring(client.get("/kanaly/rodzaje/komunikaty.atom").content)
    assert feed.find("{http://purl.org/atompub/tombstones/1.0}deleted-entry") is not None
    told = client.get("/komunikaty/api/komunikaty.json").json()["messages"]
    assert [(each["id"], each["withdrawn_because"]) for each in told] == [(message.reference, "Awarii nie było.")]
    assert SearchDocument.objects.filter(source="messages").count() == 0


def test_what_is_over_leaves_the_home_page_and_says_so(client, publish):
    make_portal()
    over = publish(ends=database_now() - timedelta(minutes=1), starts=None)
    publish(place="ul. Dłuższa 1", valid_until=database_now() - timedelta(minutes=1))
    home, current = client.get("/").content.decode(), client.get("/komunikaty/").content.decode()
    assert ("ul. Mikołowska" in home, "ul. Dłuższa" in home, "ul. Mikołowska" in current) == (False, False, False)
    assert "To już się zakończyło" in page_of(client, over)


def test_home_and_district_show_disruptions_first(client, publish):
    load_districts()
    make_portal()
    publish(kind="invitation", title="Zaproszenie na spacer")
    publish(title="Zamknięta ulica", district_numbers=[1])
    publish(title="Alarm powodziowy", kind="crisis")
    home = client.get("/").content.decode()
    places = [
        home.index(words) for words in ("Utrudnienia i komunikaty", "Alarm powodziowy", "Zamknięta ulica", "Zaproszenie na spacer")
    ]
    assert places == sorted(places)
    from ratusz.foundation.territory.models import District

    district = District.objects.get(number=1)
    own = client.get(f"/dzielnice/{district.slug}/").content.decode()
    assert ("Zamknięta ulica" in own, "Zaproszenie na spacer" in own) == (True, False)
    narrowed = client.get(f"/komunikaty/?dzielnica={district.slug}&rodzaj=disruption").content.decode()
    assert ("Zamknięta ulica" in narrowed, "Alarm" in narrowed) == (True, False)
    assert client.get("/komunikaty/?dzielnica=nie-ma&rodzaj=x&strona=99").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same(client, publish, rows, django_assert_num_queries):
    for _number in range(rows):
        publish()
    client.get("/komunikaty/"), client.get("/ekran/"), client.get("/komunikaty/api/komunikaty.json")
    with django_assert_num_queries(7):
        assert client.get("/komunikaty/").content.decode().count('class="news__item"') == rows
    with django_assert_num_queries(4):
        client.get("/komunikaty/api/komunikaty.json")
    with django_assert_num_queries(4):
        client.get("/ekran/")


def test_an_event_of_one_day_says_the_day_once_and_where_it_is(client, publish):
    day = timezone.localtime(database_now() + timedelta(days=3))
    publish(kind="event", title="Piknik", starts=day.replace(hour=11, minute=0), ends=day.replace(hour=13, minute=0))
    page = client.get("/kalendarz/").content.decode()
    shown = (polish_moment(day.replace(hour=11, minute=0)) in page, "<br>do godz. 13.00" in page, "ul. Mikołowska 10–44" in page)
    assert shown == (True, True, True)


@pytest.mark.parametrize(
    "address", ["/komunikaty/?dzielnica=%00", "/komunikaty/?rodzaj=%00&strona=%00", "/komunikaty/api/komunikaty.json?dzielnica=%00"]
)
def test_what_no_form_sends_is_no_error(client, publish, address):
    publish()
    assert client.get(address).status_code == 200
    assert client.get("/komunikaty/99999999999999999999/99999999999999999999/").status_code == 404
    assert client.get("/ekran/?nr=%00").status_code == 200


def test_an_event_goes_to_the_calendar_and_to_a_calendar_file(client, publish, correct):
    message = publish(kind="event", title="Piknik w parku", what="Piknik rodzinny")
    things = [thing.title for thing in public_things(database_now())]
    assert things == ["Piknik w parku"]
    address = f"/komunikaty/{message.year}/{message.number}/wydarzenie.ics"
    answer = client.get(address)
    assert ("SUMMARY:Piknik w parku" in answer.content.decode(), answer["Content-Type"]) == (True, "text/calendar; charset=utf-8")
    numbers = re.findall(r"UID:\S+", answer.content.decode())
    correct(message, starts=message.facts.starts + timedelta(hours=1), title="Piknik nad stawem")
    again = client.get(address).content.decode()
    assert ("SUMMARY:Piknik nad stawem" in again, re.findall(r"UID:\S+", again)) == (True, numbers), "one entry of a calendar"
    other = publish(title="Nie wydarzenie")
    assert client.get(f"/komunikaty/{other.year}/{other.number}/wydarzenie.ics").status_code == 404


def test_the_search_finds_a_message_by_its_facts(client, publish):
    message = publish()
    found = client.get("/szukaj/", {"q": "beczkowóz Mikołowska"}).content.decode()
    assert f"/komunikaty/{message.year}/{message.number}-przerwa-w-dostawie-wody/" in found


def test_the_screen_turns_without_scripts_and_can_stand_still(client, publish):
    assert "Teraz nie ma komunikatów" in client.get("/ekran/").content.decode()
    publish(title="Pierwszy {gdzie}")
    publish(title="Drugi", urgency="urgent")
    first = client.get("/ekran/").content.decode()
    assert ('content="20; url=/ekran/?nr=2"' in first, ">Drugi</h1>" in first, "<script" in first) == (True, True, False)
    last = client.get("/ekran/?nr=2&stop=1").content.decode()
    assert ("http-equiv" in last, "Pierwszy ul. Mikołowska" in last) == (False, True)
    assert client.get("/ekran/?nr=x").status_code == client.get("/ekran/?nr=999999999999").status_code == 200
    told = json.loads(client.get("/ekran/ekran.json").content)
    assert [each["title"] for each in told["messages"]] == ["Drugi", "Pierwszy ul. Mikołowska 10–44"]


def test_an_english_message_has_its_page_in_english(client, publish):
    english = {
        "title": "No water",
        "short_text": "There is no water in this street today.",
        "long_text": "Please keep some water at home.",
    }
    message = publish(language="en", what="No water", what_to_do="Keep some water.", for_whom="people of this street", **english)
    answer = client.get(f"/en/komunikaty/{message.year}/{message.number}-no-water/")
    assert ("Contact" in answer.content.decode(), "No water" in client.get("/komunikaty/").content.decode()) == (True, False)


def test_a_picture_is_served_while_its_message_is_out(client, publish, people, tmp_path, monkeypatch):
    monkeypatch.setattr(storages["private"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    message = publish()
    given = {"alt": "Beczkowóz przed szkołą", "author": "Fot. próbna", "licence": "własność miasta"}
    actions.set_picture(message=message, person=people[0], upload=io.BytesIO(make_image()), name="b.jpg", **given)
    page = page_of(client, message)
    assert ('alt="Beczkowóz przed szkołą"' in page, "Fot. próbna, własność miasta" in page) == (True, True)
    answer = client.get(f"/komunikaty/{message.year}/{message.number}/zdjecie")
    assert (answer.status_code, answer["Content-Type"], b"".join(answer.streaming_content)[:2]) == (200, "image/jpeg", b"\xff\xd8")
    assert answer["Cache-Control"] == "public, max-age=300"
    actions.withdraw_message(message=message, person=people[1], because="x")
    assert client.get(f"/komunikaty/{message.year}/{message.number}/zdjecie").status_code == 404
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)


def test_the_topics_of_a_message_list_it_on_their_pages_and_feeds(client, publish, people):
    topic, other = (Topic.objects.create(name=name, description="O czym jest.") for name in ("Woda", "Dawne"))
    message = publish(topic_numbers=[topic.pk], kind="event")
    page, of_topic, of_other = (client.get(each).content.decode() for each in (
        address_of(message), topic.get_absolute_url(), other.get_absolute_url(),
    ))  # fmt: skip
    assert (f'href="{topic.get_absolute_url()}">Woda</a>' in page, TITLE in of_topic, TITLE in of_other) == (True, True, False)
    feeds = [client.get(f"/kanaly/tematy/woda.{form}").content.decode() for form in ("atom", "ics")]
    assert [TITLE.split(":")[0] in feed for feed in feeds] == [True, True]
    told = client.get(f"/komunikaty/api/{message.year}/{message.number}.json").json()
    assert told["topics"] == ["Woda"]
    Topic.objects.filter(pk=other.pk).update(is_given_up=True)
    assert [(number, name) for number, name in topics_to_choose()] == [(topic.pk, "Woda")]
    assert (other.pk, "Dawne") in topics_to_choose([other.pk])
    actions.change_message(message=message, person=people[0], topic_numbers=[other.pk])
    assert [TITLE in client.get(each.get_absolute_url()).content.decode() for each in (topic, other)] == [False, True]


def test_words_of_a_stranger_in_a_message_stay_words(client, publish):
    message = publish(title="<script>alert(1)</script>", long_text="<b>x</b> javascript:alert(1) https://miasto.example")
    page = page_of(client, message)
    assert ("<script>alert" in page, "<b>x</b>" in page, 'href="javascript' in page, 'href="https://miasto.example"' in page) == (
        False, False, False, True,
    )  # fmt: skip
