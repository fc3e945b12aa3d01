"""What the city says is on the wire once: feeds of topics, districts and units carry it, its corrections and its withdrawal."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from wagtail.models import PageViewRestriction

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.factories import UnitFactory
from ratusz.publishing.website.factories import make_article, make_news, make_portal
from ratusz.publishing.website.models import PageCare, PageChange, PageDate, Topic, UnitProfile, WireItem
from ratusz.publishing.website.registries import wire_listeners
from ratusz.publishing.website.subjects.actions import save_topic, save_unit_page
from ratusz.publishing.website.wire.actions import sync_wire

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def heard(monkeypatch):
    """What listeners to the wire are told."""
    told: list[tuple[str, str]] = []
    listeners = {"test": lambda item, event: told.append((item.title, event))}
    monkeypatch.setattr(wire_listeners, "_entries", listeners)
    return told


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    """Publishes a page as it is now, and lets what waits for the commit happen."""

    def publish(page, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            for name, value in fields.items():
                setattr(page, name, value)
            page.save_revision().publish()
        return page

    return publish


def _roads() -> Topic:
    return save_topic(topic=Topic(name="Drogi i objazdy", description="Remonty, zamknięcia ulic, objazdy."))


def _keepers() -> UnitProfile:
    unit = UnitFactory(name="Wydział Dróg", short_name="WD-I", phone="32 555 01 45", email="drogi@miasto.example")
    return save_unit_page(profile=UnitProfile(unit=unit, purpose="Tu zgłosisz dziurę w jezdni."))


@pytest.fixture
def roadworks(publish, heard):
    """A piece of news about a topic, in a district, answered for by a unit."""
    news = make_news(make_portal(), 1, title="Objazd ulicy Warszawskiej")
    care = PageCare(owner_unit=_keepers().unit)
    return publish(news, topics=[_roads()], districts=[DistrictFactory(number=1)], care=[care])


def test_published_corrected_and_withdrawn_are_heard_once_each(publish, heard, roadworks, django_capture_on_commit_callbacks):
    publish(roadworks, changes=[PageChange(note="Objazd potrwa do 12 grudnia.")])
    item = WireItem.objects.get()
    assert (item.code, item.version, item.correction) == (f"strona-{roadworks.pk}", 2, "Objazd potrwa do 12 grudnia.")
    sync_wire(), sync_wire()
    with django_capture_on_commit_callbacks(execute=True):
        roadworks.unpublish()
    with django_capture_on_commit_callbacks(execute=True):
        roadworks.delete()
    title = "Objazd ulicy Warszawskiej"
    assert heard == [(title, "new"), (title, "corrected"), (title, "withdrawn")]


def test_a_page_closed_to_the_public_leaves_the_wire(roadworks, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=roadworks, restriction_type="login")
    assert not WireItem.objects.standing().exists()


def test_what_a_dead_process_did_not_hear_is_heard_by_the_sweep(heard):
    homes = make_portal()
    make_news(homes, 1)  # its after-commit work never runs in this test
    make_article(homes, changes=[PageChange(note="Nowe godziny.")])
    make_article(homes, slug="bez-zmian")
    assert (sync_wire(), sync_wire()) == (2, 0)
    assert sorted(heard) == [("Poradnik", "new"), ("Wiadomość 1", "new")]
    WireItem.objects.get(kind="zmiany")
    from ratusz.publishing.website.models import NewsPage

    NewsPage.objects.update(live=False)
    assert (sync_wire(), sync_wire()) == (1, 0)
    assert heard[-1] == ("Wiadomość 1", "withdrawn")


@pytest.mark.parametrize("address", ["tematy/drogi-i-objazdy", "dzielnice/dzielnica-1", "komorki/wd-i", "rodzaje/aktualnosci"])
def test_each_subject_has_its_feed(client, roadworks, address):
    feed = ElementTree.fromstring(client.get(f"/kanaly/{address}.atom").content)
    entry = feed.find(f"{ATOM}entry")
    terms = {each.get("scheme"): each.get("term") for each in entry.findall(f"{ATOM}category")}
    assert entry.findtext(f"{ATOM}title") == "Objazd ulicy Warszawskiej"
    assert terms == {"urn:ratusz:wire:topic": "Drogi i objazdy", "urn:ratusz:wire:territory": "Dzielnica 1"}
    item = client.get(f"/kanaly/{address}.json").json()["items"][0]
    assert item["id"] == entry.findtext(f"{ATOM}id") == f"tag:testserver,2026:pages:{roadworks.pk}"
    assert (item["_ratusz"]["version"], item["_ratusz"]["territory"], item["tags"]) == (1, ["Dzielnica 1"], ["Drogi i objazdy"])


def test_a_withdrawn_thing_leaves_a_trace_without_its_words(client, roadworks, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        roadworks.unpublish()
    text = client.get("/kanaly/tematy/drogi-i-objazdy.atom").content.decode()
    assert f'deleted-entry ref="tag:testserver,2026:pages:{roadworks.pk}"' in text and "Warszawskiej" not in text
    item = client.get("/kanaly/tematy/drogi-i-objazdy.json").json()["items"][0]
    assert (item["content_text"], "withdrawn" in item["_ratusz"], "title" in item) == ("", True, False)


@pytest.mark.parametrize("seconds", [0, 60])
def test_a_feed_that_has_not_changed_is_not_sent_again(client, roadworks, settings, seconds):
    settings.PAGE_CACHE_SECONDS = seconds
    address = "/kanaly/dzielnice/dzielnica-1.atom"
    first = client.get(address)
    assert first["Access-Control-Allow-Origin"] == "*" and first["Last-Modified"]
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304


@pytest.mark.parametrize("rows", [1, 3])
def test_a_feed_costs_the_same_with_one_thing_and_three(client, publish, rows, django_assert_num_queries):
    homes, topic = make_portal(), _roads()
    for number in range(1, rows + 1):
        publish(make_news(homes, number), topics=[topic])
    client.get("/kanaly/tematy/drogi-i-objazdy.atom")
    with django_assert_num_queries(5):
        assert client.get("/kanaly/tematy/drogi-i-objazdy.atom").content.count(b"<entry>") == rows


def test_dates_come_as_a_calendar_of_a_topic_a_unit_and_a_district(client, publish, roadworks):
    day = date.today()
    publish(roadworks, dates=[PageDate(title="Objazd", first_day=day)])
    for address in ("tematy/drogi-i-objazdy", "komorki/wd-i", "dzielnice/dzielnica-1"):
        page = client.get(f"/kanaly/{address}.ics")
        assert (page["Content-Type"], "SUMMARY:Objazd" in page.content.decode()) == ("text/calendar; charset=utf-8", True)
    other = save_topic(topic=Topic(name="Kultura", description="Koncerty."))
    assert "Objazd" not in client.get(f"/kanaly/tematy/{other.slug}.ics").content.decode()


def test_the_pages_of_a_topic_and_of_a_unit(client, roadworks):
    topic = client.get("/tematy/drogi-i-objazdy/").content.decode()
    unit = client.get("/komorki/wd-i/").content.decode()
    news = client.get("/aktualnosci/wiadomosc-1/").content.decode()
    assert "Objazd ulicy Warszawskiej" in topic and "Objazd ulicy Warszawskiej" in unit
    assert 'href="tel:+48325550145"' in unit and "Tu zgłosisz dziurę w jezdni." in unit
    assert 'href="/tematy/drogi-i-objazdy/"' in news
    for listing in ("/tematy/", "/komorki/", "/kanaly/"):
        assert client.get(listing).status_code == 200
    assert client.get("/tematy/czegos-takiego-nie-ma/").status_code == client.get("/kanaly/rodzaje/inne.atom").status_code == 404


def test_a_change_stands_on_the_page(client, publish, roadworks):
    publish(roadworks, changes=[PageChange(note="Objazd potrwa do 12 grudnia.")])
    assert "Objazd potrwa do 12 grudnia." in client.get("/aktualnosci/wiadomosc-1/").content.decode()


def test_an_editor_names_a_topic_and_it_is_recorded(staff_client):
    client = staff_client("editor")
    form = {"name": "Zieleń", "description": "Parki, drzewa, łąki.", "slug": ""}
    page = client.post("/admin/topics/new/", form)
    topic = Topic.objects.get()
    assert (page.status_code, topic.slug, topic.name) == (302, "zielen", "Zieleń")
    client.post(f"/admin/topics/edit/{topic.pk}/", form | {"slug": "zielen", "is_given_up": "on"})
    assert Entry.objects.filter(deed="website.save_topic").count() == 2
    assert not Topic.objects.in_use().exists()
    assert staff_client("unit_editor").post("/admin/topics/new/", form).status_code in (302, 403) and Topic.objects.count() == 1


def test_an_editor_gives_a_unit_its_page(staff_client):
    unit = UnitFactory(short_name="ZZM")
    page = staff_client("editor").post("/admin/unit-pages/new/", {"unit": unit.pk, "purpose": "Drzewa i parki.", "slug": ""})
    assert (page.status_code, UnitProfile.objects.get().slug) == (302, "zzm")
    assert Entry.objects.filter(deed="website.save_unit_page").count() == 1
