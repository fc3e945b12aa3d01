"""An hour is never lost, no date stands twice on a card, English pages show Polish dates as such, sections show what is open."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.utils import timezone

from ratusz.foundation.kit.registries import DatedThing
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import HomePage, PageDate, SectionPage
from ratusz.publishing.website.queries import home_page_content, open_things
from ratusz.publishing.website.templatetags.website import beside_the_day

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def portal(db):
    portal = make_portal()
    page = make_news(portal, title="Spacer po Nikiszowcu")
    day = timezone.localdate() + timedelta(days=4)
    page.dates = [PageDate(first_day=day, time=time(10, 0))]
    page.save_revision().publish()
    return portal


@pytest.mark.parametrize("address", ["/", "/kalendarz/"])
def test_the_hour_is_shown(client, portal, address):
    assert "godz. 10.00" in client.get(address).content.decode()


def test_the_last_day_is_not_written_twice_on_a_card(client, portal):
    page = make_news(portal, 2, title="Uwagi do skweru")
    page.dates = [PageDate(first_day=timezone.localdate() + timedelta(days=1), last_day=timezone.localdate() + timedelta(days=9))]
    page.save_revision().publish()
    assert "ostatni dzień" in client.get("/").content.decode()
    today = make_news(portal, 3, title="Głosowanie")
    today.dates = [PageDate(first_day=timezone.localdate(), last_day=timezone.localdate() + timedelta(days=6), deed="Zagłosuj")]
    today.save_revision().publish()
    at = timezone.now()
    assert [thing.title for thing in open_things(at)] == ["Spacer po Nikiszowcu", "Głosowanie", "Uwagi do skweru"], "by the day"
    assert home_page_content(at)["open_now"].title == "Głosowanie"
    evening = timezone.localtime(at).replace(hour=16, minute=0)
    meeting = DatedThing(kind="meeting", title="Wysłuchanie", starts=evening, ends=evening + timedelta(hours=2))
    assert beside_the_day(meeting) == "godz. 16.00"


@pytest.mark.parametrize("address", ["/en/kalendarz/", "/en/"])
def test_english_pages_show_polish_dates_as_polish(client, portal, address):
    answer = client.get(address)
    assert 'lang="pl"' in answer.content.decode() and "Spacer po Nikiszowcu" in answer.content.decode()


def test_the_english_glossary_says_that_its_words_are_polish(client, portal):
    page = client.get("/en/slownik/").content.decode()
    assert "The glossary explains Polish words of the Office, in Polish." in page and 'class="wordmark" href="/en/"' in page


@pytest.mark.parametrize("leads_by", ["address", "chosen page", "link in the text"])
def test_a_section_shows_what_its_text_leads_to(client, portal, leads_by):
    news = make_news(portal, 2, title="Konsultacje skweru")
    news.dates = [PageDate(first_day=timezone.localdate(), last_day=timezone.localdate() + timedelta(days=9), deed="Zgłoś uwagę")]
    news.save_revision().publish()
    section = SectionPage(title="Konsultacje", slug="jak-konsultujemy", lead="Pytamy.")
    section.body = {
        "address": [("call_to_action", {"text": "Zobacz", "address": news.get_url()})],
        "chosen page": [("call_to_action", {"text": "Zobacz", "page": news})],
        "link in the text": [("paragraph", f'<p><a linktype="page" id="{news.pk}">skwer</a></p>')],
    }[leads_by]
    HomePage.objects.get(pk=portal["pl"].pk).add_child(instance=section)
    section.save_revision().publish()
    assert "Zgłoś uwagę" in client.get(section.get_url()).content.decode()
