"""The consultation platform in a real browser, on a telephone and on a desk: what residents read and write, what staff keep."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from ratusz.demo import forum, people, territory
from ratusz.participation.forum.models import Comment, Participant, Thread, Topic
from ratusz.participation.forum.sessions import WHO
from tests.harness.browser import WIDTH, Seen, axe_problems, browser, refused_by_policy, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_of_the_platform_fits_and_is_read(transactional_db, live_server, staff_client, width):
    for load in (territory.load, people.load, forum.load):
        load(lambda words: None)
    client, name = staff_client("head"), settings.SESSION_COOKIE_NAME
    reader = Participant.objects.get(nickname="Sowa z Ligoty")
    session = client.session
    session[WHO] = reader.pk
    session.save()
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    topic, comment = Topic.objects.get(slug="cien-na-placach-zabaw"), Comment.objects.exclude(parent=None).first()
    old, busy = Thread.objects.get(old_number=8383), Thread.objects.order_by("-comment_count").first()
    public = ["/pks/", topic.category.get_absolute_url(), topic.get_absolute_url(), f"{topic.get_absolute_url()}nowy-watek/",
              busy.get_absolute_url(), f"{busy.get_absolute_url()}druk/", f"/pks/wpis/{comment.pk}/odpowiedz/",
              f"/pks/wpis/{comment.pk}/zglos/", old.get_absolute_url(), "/pks/moje/", "/pks/konto/", "/pks/?q=drzewa"]  # fmt: skip
    staff = ["", "tematy/nowy/", f"tematy/{topic.pk}/", f"watki/{busy.pk}/", "odpowiedzi/", f"wpisy/{comment.pk}/", "stare-forum/",
             f"wpisy/{comment.pk}/odpowiedz/", "kategorie/nowa/"]  # fmt: skip
    seen, host = Seen(), urlsplit(live_server.url).netloc
    with browser() as chromium, watched_page(chromium, seen, width=width, host=host, cookies=[cookie], locale="pl-PL") as page:
        for path in (*public, *(f"/admin/pks/{each}" for each in staff)):
            page.goto(live_server.url + path)
            if not path.startswith("/admin/"):
                for problem in axe_problems(page):
                    seen.add(path, problem)
            if too_wide := page.evaluate(WIDTH):
                seen.add(path, f"{too_wide} pixels wide")
            for refused in refused_by_policy(page):
                seen.add(path, f"refused by policy: {refused}")
            if folder := os.environ.get("RATUSZ_PICTURES"):
                page.screenshot(path=f"{folder}/{width}{path.replace('/', '_').replace('?', '_')}.png", full_page=True)
    assert seen.problems == []
