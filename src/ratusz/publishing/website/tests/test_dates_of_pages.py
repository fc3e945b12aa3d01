"""A date of a page is written once and seen on the page, the home page, the district's page and in the calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import DatedThing
from ratusz.foundation.kit.registries import dated_things as registry
from ratusz.foundation.territory.actions import load_districts
from ratusz.foundation.territory.models import District
from ratusz.publishing.website.dates import dated_things
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import PageDate
from ratusz.publishing.website.queries import open_things

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
TODAY = timezone.localdate
WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def news():
    load_districts()
    page = make_news(make_portal(), title="Skwer przy Gliwickiej", care=[])
    page.districts = [District.objects.get(number=7)]
    page.dates = [PageDate(first_day=TODAY(), last_day=TODAY() + timedelta(days=9), deed="Zgłoś uwagę")]
    page.save_revision().publish()
    return page


def _things() -> list[DatedThing]:
    at = database_now()
    return list(dated_things(at, at + timedelta(days=60)))


def test_a_published_date_is_a_dated_thing_of_its_district(news):
    last = TODAY() + timedelta(days=9)
    assert _things() == [
        DatedThing("page", "Skwer przy Gliwickiej", TODAY(), last, news.get_url(), True, "Zgłoś uwagę", (7,)),
    ]


def test_it_is_seen_wherever_dates_are(client, news):
    for address in ("/", "/dzielnice/zaleze/", "/kalendarz/"):
        assert "Skwer przy Gliwickiej" in client.get(address).content.decode(), address
    assert "Zgłoś uwagę" in client.get("/").content.decode()
    assert "Skwer przy Gliwickiej" not in client.get("/dzielnice/giszowiec/").content.decode()
    assert 'class="page-dates__when"' in client.get(news.get_url()).content.decode()


def test_it_goes_with_the_page(client, news):
    news.unpublish()
    assert _things() == []
    assert "Zgłoś uwagę" not in client.get("/").content.decode()


def test_an_hour_makes_it_a_moment(news):
    page_date = PageDate(page=news, first_day=date(2026, 12, 6), time=time(16, 30))
    assert timezone.localtime(page_date.starts).isoformat() == "2026-12-06T16:30:00+01:00"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"last_day": date(2026, 12, 5)}, "last_day"),
        ({"last_day": date(2026, 12, 7), "time": time(9)}, "time"),
    ],
)
def test_what_cannot_be_is_refused_in_the_form_and_in_the_table(news, facts, field):
    wrong = PageDate(page=news, first_day=date(2026, 12, 6), **facts)
    with pytest.raises(ValidationError) as refused:
        wrong.clean()
    assert list(refused.value.message_dict) == [field]
    with pytest.raises(IntegrityError):
        wrong.save()


@pytest.mark.parametrize("rows", [1, 3])
def test_dates_cost_the_same(news, rows, django_assert_num_queries):
    news.dates = [PageDate(first_day=TODAY() + timedelta(days=day)) for day in range(rows)]
    news.save_revision().publish()
    _things()
    with django_assert_num_queries(5):  # the moment, the dates, their districts, topics and units
        assert len(_things()) == rows


def test_what_one_can_do_now_stands_above_what_only_comes(client, news):
    tomorrow = TODAY() + timedelta(days=1)
    news.dates = [
        PageDate(title="Spacer po skwerze", first_day=tomorrow),
        PageDate(title="Uwagi do skweru", first_day=TODAY(), last_day=TODAY() + timedelta(days=9), deed="Zgłoś uwagę"),
    ]
    news.save_revision().publish()

    page = client.get("/").content.decode()

    assert '<h1 class="masthead__title">Uwagi do skweru</h1>' in page
    assert page.index("Uwagi do skweru") < page.index("Spacer po skwerze")


@pytest.mark.parametrize(
    ("thing", "over_at"),
    [
        ({"starts": datetime(2026, 11, 28, 9, tzinfo=WARSAW)}, datetime(2026, 11, 28, 12, tzinfo=WARSAW)),
        (
            {"starts": date(2026, 11, 20), "ends": datetime(2026, 11, 28, 9, tzinfo=WARSAW)},
            datetime(2026, 11, 28, 9, tzinfo=WARSAW),
        ),
        ({"starts": date(2026, 11, 28)}, None),
        ({"starts": datetime(2026, 11, 28, 9, tzinfo=WARSAW), "ends": date(2026, 11, 29)}, None),
    ],
)
def test_what_has_an_hour_goes_when_it_has_passed(monkeypatch, thing, over_at):
    known = {"test": lambda starts, ends: [DatedThing("page", "Spacer", what_to_do="Przyjdź", **thing)]}
    monkeypatch.setattr(registry, "_entries", known)
    moments = [datetime(2026, 11, 28, 23, 36, tzinfo=WARSAW)]
    if over_at:
        moments += [over_at - timedelta(seconds=1), over_at]
    assert [len(open_things(at)) for at in moments] == ([0, 1, 0] if over_at else [1])


def test_a_day_to_come_is_not_called_open(client, news):
    news.dates = [PageDate(title="Spacer po skwerze", first_day=TODAY() + timedelta(days=1), deed="Przyjdź")]
    news.save_revision().publish()

    page = client.get("/").content.decode()

    assert '<h1 class="masthead__title">W czym możemy pomóc?</h1>' in page
    assert "<h2>Wkrótce</h2>" in page
