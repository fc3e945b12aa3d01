"""The consultation platform in a real browser, on a telephone and on a desk: what residents read and write, what staff keep."""

from __future__ import annotations

import pytest

from ratusz.demo import forum, people, territory
from ratusz.participation.forum.models import Comment, Participant, Thread, Topic
from ratusz.participation.forum.sessions import WHO
from tests.browser.walking import cookies_of, walk
from tests.harness.browser import Seen, browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_every_page_of_the_platform_fits_and_is_read(transactional_db, live_server, staff_client):
    for load in (territory.load, people.load, forum.load):
        load(lambda words: None)
    client = staff_client("head")
    reader = Participant.objects.get(nickname="Sowa z Ligoty")
    session = client.session
    session[WHO] = reader.pk
    session.save()
    topic, comment = Topic.objects.get(slug="cien-na-placach-zabaw"), Comment.objects.exclude(parent=None).first()
    old, busy = Thread.objects.get(old_number=8383), Thread.objects.order_by("-comment_count").first()
    public = ["/pks/", topic.category.get_absolute_url(), topic.get_absolute_url(), f"{topic.get_absolute_url()}nowy-watek/",
              busy.get_absolute_url(), f"{busy.get_absolute_url()}druk/", f"/pks/wpis/{comment.pk}/odpowiedz/",
              f"/pks/wpis/{comment.pk}/zglos/", old.get_absolute_url(), "/pks/moje/", "/pks/konto/", "/pks/?q=drzewa"]  # fmt: skip
    staff = ["", "tematy/nowy/", f"tematy/{topic.pk}/", f"watki/{busy.pk}/", "odpowiedzi/", f"wpisy/{comment.pk}/", "stare-forum/",
             f"wpisy/{comment.pk}/odpowiedz/", "kategorie/nowa/"]  # fmt: skip
    seen = Seen()
    with browser() as chromium:
        paths = [*public, *(f"/admin/pks/{each}" for each in staff)]
        walk(chromium, seen, live_server.url, paths, cookies_of(client, live_server.url))
    assert seen.problems == []
