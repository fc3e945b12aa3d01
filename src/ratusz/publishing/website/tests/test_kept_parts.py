"""Menus and result tables are made once until public content changes, whichever page asks for them."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from ratusz.publishing.website import kept_parts
from ratusz.publishing.website.actions import bump_content_version
from ratusz.publishing.website.factories import make_article, make_news, make_portal
from ratusz.publishing.website.kept_parts import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keep(settings):
    settings.KEEP_PARTS = True
    kept_parts.forget_parts()
    yield
    kept_parts.forget_parts()


class Counted:
    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return self.times


def request_of(rf, version):
    request = rf.get("/")
    request.content_version = version
    return request


def test_a_part_is_made_once_for_a_version_a_language_and_a_key(rf):
    make = Counted()
    first = [kept(request_of(rf, 1), make, "menu"), kept(request_of(rf, 1), make, "menu")]
    with override("en"):
        english = kept(request_of(rf, 1), make, "menu")
    assert (first, english, kept(request_of(rf, 1), make, "map"), kept(request_of(rf, 2), make, "menu")) == ([1, 1], 2, 3, 4)


def test_without_a_version_and_with_keeping_off_every_part_is_made_anew(rf, settings):
    make = Counted()
    assert [kept(None, make, "menu"), kept(rf.get("/"), make, "menu")] == [1, 2]
    settings.KEEP_PARTS = False
    assert [kept(request_of(rf, 1), make, "menu"), kept(request_of(rf, 1), make, "menu")] == [3, 4]


def test_a_part_is_old_after_a_minute(rf, monkeypatch):
    make = Counted()
    kept(request_of(rf, 1), make, "menu")
    monkeypatch.setattr(kept_parts, "SECONDS", -1)
    assert (kept(request_of(rf, 1), make, "home"), kept(request_of(rf, 1), make, "home")) == (2, 3)


def test_only_so_many_parts_are_kept(rf, monkeypatch):
    monkeypatch.setattr(kept_parts, "MOST_PARTS", 2)
    make = Counted()
    for key in ("a", "b", "c"):
        kept(request_of(rf, 1), make, key)
    assert [kept(request_of(rf, 1), make, key) for key in ("c", "b", "a")] == [3, 2, 4]


@pytest.mark.slow
def test_the_second_home_page_asks_less_and_news_shows_at_once(
    client, django_assert_num_queries, django_capture_on_commit_callbacks
):
    homes = make_portal()
    make_article(homes)
    client.get("/")
    with django_assert_num_queries(1):
        client.get("/")
    with django_capture_on_commit_callbacks(execute=True):
        make_news(homes, title="Nowa wiadomość")
        bump_content_version()
    assert "Nowa wiadomość" in client.get("/").content.decode()
