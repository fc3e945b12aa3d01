"""The card of a message stands in anybody's frame: no script, no cookie, few bytes; it says what was corrected and withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.wire.actions import WireFacts, put_on_wire, sync_wire, take_off_wire
from ratusz.ui import assets

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    moment = database_now() - timedelta(hours=1)
    facts = WireFacts(
        source="test", key="1", code="test-1", kind="komunikaty", title="Objazd <b>Warszawskiej</b>", url="/objazd/",
        published_at=moment, as_of=moment, summary="Autobusy jadą inaczej.", correction="Objazd trwa do 12 grudnia.",
    )  # fmt: skip
    return put_on_wire(facts=facts)


def test_anybody_may_frame_the_card_and_nothing_else(client, item):
    page = client.get("/karta/test-1/")
    assert "frame-ancestors *" in page["Content-Security-Policy"] and "script-src 'self'" in page["Content-Security-Policy"]
    assert not page.has_header("X-Frame-Options") and not page.cookies
    other = client.get("/karta/test-1/wstaw/")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"] and other["X-Frame-Options"] == "DENY"
    text = page.content.decode()
    assert "<script" not in text and len(page.content) + len(assets.asset("ratusz.css").packed) < 50_000
    assert "Objazd &lt;b&gt;Warszawskiej&lt;/b&gt;" in text and "Objazd trwa do 12 grudnia." in text and "Stan na " in text


def test_a_kept_card_may_be_framed_too(client, item, settings):
    settings.PAGE_CACHE_SECONDS = 60
    client.get("/karta/test-1/")
    again = client.get("/karta/test-1/")
    assert "frame-ancestors *" in again["Content-Security-Policy"] and not again.has_header("X-Frame-Options")


def test_a_withdrawn_thing_says_so_without_its_words(client, item):
    take_off_wire(source="test", key="1")
    text = client.get("/karta/test-1/").content.decode()
    assert "Urząd wycofał ten tekst" in text and "Warszawskiej" not in text and "Autobusy" not in text
    assert client.get("/karta/test-2/").status_code == 404


def test_the_code_to_paste_is_text_on_the_page(client, item):
    page = client.get("/karta/test-1/wstaw/").content.decode()
    assert "&lt;iframe src=&quot;http://testserver/karta/test-1/&quot;" in page
    assert "&amp;lt;b&amp;gt;" in page and "&lt;blockquote" in page and "Stan na" in page


def test_a_news_page_leads_to_its_card(client):
    news = make_news(make_portal(), 1)
    sync_wire()
    assert f"/karta/strona-{news.pk}/wstaw/" in client.get("/aktualnosci/wiadomosc-1/").content.decode()
    assert "Wiadomość 1" in client.get(f"/karta/strona-{news.pk}/").content.decode()
