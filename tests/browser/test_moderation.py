"""Moderation in a real browser: the queue, a decision with its preview, the author's page, the public rules; by keyboard too."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from ratusz.casework.moderation.actions.letters import link_of
from ratusz.casework.moderation.models import Appeal, Item, Judgement
from ratusz.demo import intranet, moderation, people
from ratusz.publishing.intranet.models import Comment
from tests.browser.walking import cookies_of, look, look_at_each, walk
from tests.harness.browser import Seen, browser, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.long
def test_screens_and_a_decision_by_keyboard(transactional_db, live_server, staff_client):
    for load in (people.load, intranet.load, moderation.load):
        load(lambda words: None)
    client = staff_client("moderator")
    waiting = Item.objects.get(flags__reason="off_topic", flags__words="", state="waiting", label__contains="Karta")
    appealed = Appeal.objects.open().get()
    seen, host = Seen(), urlsplit(live_server.url).netloc
    letters = [
        urlsplit(link_of(each)).path
        for each in (appealed.judgement, Judgement.objects.get(deed="edit"), Judgement.objects.get(deed="ask"))
    ]
    comment = Comment.objects.filter(hidden_at=None).exclude(author=client.person).first()
    with browser() as chromium:
        walk(chromium, seen, live_server.url, ("/zasady-moderacji/", *letters))
        with watched_page(
            chromium, seen, width=390, host=host, cookies=cookies_of(client, live_server.url), locale="pl-PL"
        ) as page:
            staff = ("", "odwolania/", "katalog/", f"{appealed.judgement.item_id}/", f"{waiting.pk}/")
            own = (f"/intranet/komentarze/{comment.pk}/zglos/", f"/intranet/ogloszenia/{comment.notice_id}/")
            look_at_each(page, seen, live_server.url, (*(f"/admin/moderacja/{each}" for each in staff), *own))
            page.goto(f"{live_server.url}/admin/moderacja/{waiting.pk}/")
            _decide_by_keyboard(page)
            look(page, seen, "preview")
            assert "Spieramy się o sprawy" in page.content()
            page.get_by_role("button", name="Zdecyduj", exact=True).press("Enter")
            page.wait_for_url(re.compile(rf"/moderacja/{waiting.pk}/(#.*)?$"))
    assert Judgement.objects.filter(item=waiting).count() == 1
    assert seen.problems == []


def _decide_by_keyboard(page) -> None:
    page.locator("input[name=deed][value=hide]").focus()
    page.keyboard.press("Space")
    page.locator("select[name=reason]").focus()
    page.keyboard.type("Obra")
    page.locator("textarea[name=facts]").focus()
    page.keyboard.type("Nazywa kogoś leniem.")
    page.get_by_role("button", name="Najpierw pokaż pismo").press("Enter")
    page.wait_for_selector("#pismo")
