"""Pages for visitors without a session come from memory until public content changes; nothing personal is ever kept."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from ratusz.publishing.website.actions import bump_content_version
from ratusz.publishing.website.factories import make_article, make_news, make_portal
from ratusz.publishing.website.page_cache import page_cache

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def cache(settings):
    settings.PAGE_CACHE_SECONDS = 60
    page_cache.clear()
    yield
    page_cache.clear()


def test_a_kept_page_costs_one_query_until_content_changes(client, django_assert_num_queries):
    make_article(make_portal(), lead="Pierwsza wersja.")
    first = client.get("/poradnik/")
    with django_assert_num_queries(1):
        again = client.get("/poradnik/")
    assert (again.content, again["Content-Security-Policy"]) == (first.content, first["Content-Security-Policy"])
    bump_content_version()
    with django_assert_num_queries(8, exact=False) as captured:
        client.get("/poradnik/")
    assert len(captured) > 1


def test_publishing_shows_at_once(client, django_capture_on_commit_callbacks):
    page = make_article(make_portal(), lead="Pierwsza wersja.")
    assert "Pierwsza wersja." in client.get("/poradnik/").content.decode()
    page.lead = "Druga wersja."
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert "Druga wersja." in client.get("/poradnik/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert client.get("/poradnik/").status_code == 404


def test_whoever_is_signed_in_gets_a_page_of_their_own(client, rf):
    make_article(make_portal())
    client.force_login(get_user_model().objects.create_user("osoba@example.pl", "haslo-do-testow"))
    client.get("/poradnik/")
    assert not page_cache._pages


def test_a_page_with_a_form_token_is_not_kept(client):
    make_portal()
    assert client.get("/numer/").cookies
    assert not page_cache._pages


def test_an_unchanged_page_is_not_sent_again(client):
    make_portal()
    etag = client.get("/dzielnice/")["ETag"]
    answer = client.get("/dzielnice/", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_no_cookie_is_set_for_reading(client):
    homes = make_portal()
    make_news(homes)
    for path in ("/", "/aktualnosci/", "/szukaj/?q=wiadomosc", "/dzielnice/", "/slownik/", "/kanaly/", "/en/"):
        assert not client.get(path).cookies, path


def test_only_so_many_bytes_are_kept():
    from ratusz.publishing.website.page_cache import KeptPage, PageCache

    cache = PageCache(most_bytes=2_000)
    for number in (0, 1, 1, 2):
        cache.put((number,), KeptPage(b"x" * 1_000, (), "", float("inf")))
    assert [cache.get((number,)) is not None for number in range(3)] == [False, True, True]
    assert cache.bytes_held == 2_000


def test_a_page_closed_to_the_public_is_not_served_from_memory(client, django_capture_on_commit_callbacks):
    from wagtail.models import PageViewRestriction

    page = make_news(make_portal())
    assert client.get(page.url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(page.url).status_code == 302
