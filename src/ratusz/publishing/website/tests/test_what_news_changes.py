"""Publishing a piece of news makes its page and what lists it anew; every other kept page stays."""

from __future__ import annotations

import pytest

from ratusz.publishing.website.factories import make_article, make_news, make_portal
from ratusz.publishing.website.page_cache import page_cache

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ARTICLE, ONE, TWO, NEWS, HOME = "/poradnik/", "/aktualnosci/wiadomosc-1/", "/aktualnosci/wiadomosc-2/", "/aktualnosci/", "/"


@pytest.fixture
def portal(settings):
    settings.PAGE_CACHE_SECONDS = 60
    page_cache.clear()
    homes = make_portal()
    homes["article"] = make_article(homes)
    yield homes
    page_cache.clear()


def visited(client, *paths: str) -> None:
    for path in paths:
        assert client.get(path).status_code == 200


def made_anew(client, django_assert_max_num_queries, *paths: str) -> set[str]:
    """Those of the pages whose answer was not kept: a kept one costs the one query that reads the moment."""
    anew = set()
    for path in paths:
        with django_assert_max_num_queries(100) as captured:
            client.get(path)
        anew |= {path} if len(captured) > 1 else set()
    return anew


def test_news_changes_its_own_page_and_the_lists(client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries):
    one, _two = make_news(portal, 1), make_news(portal, 2)
    visited(client, ARTICLE, ONE, TWO, NEWS, HOME)
    assert made_anew(client, django_assert_max_num_queries, ARTICLE, ONE, TWO, NEWS, HOME) == set()
    one.title, one.lead = "Nowy tytuł", "Nowy wstęp."
    with django_capture_on_commit_callbacks(execute=True):
        one.save_revision().publish()
    assert made_anew(client, django_assert_max_num_queries, ARTICLE, ONE, TWO, NEWS, HOME) == {ONE, NEWS, HOME}
    for path in (ONE, NEWS, HOME):
        assert "Nowy tytuł" in client.get(path).text


def test_new_news_leaves_pages_that_show_none(client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries):
    visited(client, ARTICLE, HOME)
    with django_capture_on_commit_callbacks(execute=True):
        make_news(portal, 3)
    assert made_anew(client, django_assert_max_num_queries, ARTICLE, HOME) == {HOME}


def test_news_taken_down_changes_everything(client, portal, django_capture_on_commit_callbacks, django_assert_max_num_queries):
    one = make_news(portal, 1)
    visited(client, ARTICLE, HOME)
    with django_capture_on_commit_callbacks(execute=True):
        one.unpublish()
    assert made_anew(client, django_assert_max_num_queries, ARTICLE, HOME) == {ARTICLE, HOME}


def test_an_article_shows_its_own_change_at_once(client, portal, django_capture_on_commit_callbacks):
    visited(client, ARTICLE)
    article = portal["article"]
    article.lead = "Zmieniony wstęp."
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    assert "Zmieniony wstęp." in client.get(ARTICLE).text
