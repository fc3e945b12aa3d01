"""R9: clocks that go wrong. The database's clock alone decides; whatever the program's shows, the hour of the vote is the same.

The program's clock is set aside for real (time-machine), the database's by a function that stands before its own one.
"""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting.actions import chain_pending, close_due_votes, sign_due_heads, sign_head
from ratusz.participation.voting.factories import number, open_vote_on
from ratusz.participation.voting.models import LogLeaf, SealedBallot, SignedHead, Vote
from ratusz.participation.voting.tests.test_the_way_to_the_ballot_box import let_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
BACK = 6
"""Place in the course at which the database's clock has stepped back."""
OPENS, CLOSES = datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)
"""The whole of 25 October 2026 in Katowice, a day of 25 hours."""
TENTH = timedelta(milliseconds=100)
ASIDE = [timedelta(minutes=minutes) for minutes in (0, 5, -5, 60, -60)]
FALSE_CLOCK = """
CREATE SCHEMA zegar;
CREATE FUNCTION zegar.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
    $$ SELECT current_setting('zegar.chwila')::timestamptz $$;
SET search_path = zegar, public, pg_catalog;
"""


def set_database_clock(moment: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zegar.chwila', %s, false)", [moment.isoformat()])
    assert database_now() == moment


@pytest.fixture
def vote(db):
    with connection.cursor() as cursor:
        cursor.execute(FALSE_CLOCK)
    set_database_clock(OPENS + timedelta(hours=1))
    yield open_vote_on(opens_at=OPENS, closes_at=CLOSES)
    with connection.cursor() as cursor:
        cursor.execute("RESET search_path")


@contextmanager
def clocks(at: datetime, aside: timedelta):
    """The database at the moment, the program beside it."""
    set_database_clock(at)
    with time_machine.travel(at + aside, tick=False):
        yield


def cast(vote, who: str) -> int:
    """One voter by the pages: the form that is sent at this moment."""
    client, page = Client(), f"/glosuj/{vote.edition.slug}/pl/urna/"
    let_in(client, vote, who=who)
    return client.post(page, {f"p/M/{number(vote.edition, 'M', 1)}": "3", "klucz": "k"}).status_code


def test_the_first_and_the_last_tenth_of_a_second_are_judged_by_the_database(vote):
    moments = {"before": OPENS - TENTH, "first": OPENS, "last": CLOSES - TENTH, "over": CLOSES}
    answers = {name: [] for name in moments}
    for aside in ASIDE:
        for name, moment in moments.items():
            with clocks(moment, aside):
                answers[name].append(cast(vote, f"{name} {aside}"))
    assert answers == {"before": [409] * 5, "first": [302] * 5, "last": [302] * 5, "over": [409] * 5}
    taken = SealedBallot.objects.values_list("cast_at", flat=True)
    assert sorted(taken) == [OPENS] * 5 + [CLOSES - TENTH] * 5
    for aside in ASIDE:
        with clocks(CLOSES - TENTH, aside):
            assert close_due_votes() == 0
    with clocks(CLOSES, timedelta(minutes=-5)):
        assert close_due_votes() == 1 and Vote.objects.get().state == Vote.State.CLOSED


def test_the_hour_that_comes_twice_and_a_clock_that_steps_back_keep_the_order_of_the_log(vote, client):
    """02.30 comes twice on that day; later the database's own clock steps back an hour, then goes on."""
    course = [OPENS + timedelta(minutes=minutes) for minutes in (90, 149, 150, 210, 270, 330, 271, 300, 331, 391)]
    numbers = []
    for place, moment in enumerate(course):
        with clocks(moment, ASIDE[place % len(ASIDE)]):
            assert cast(vote, str(place)) == 302
            chain_pending()
            if place == BACK:
                sign_head(vote=vote)
            sign_due_heads()
            numbers.append(LogLeaf.objects.count())
    assert numbers == sorted(set(numbers)) and list(LogLeaf.objects.values_list("number", flat=True)) == list(range(numbers[-1]))
    heads = list(SignedHead.objects.order_by("pk").values_list("size", flat=True))
    assert heads == sorted(heads) == [1, 3, 4, 5, 6, 7, 9, 10], "one an hour by the database's clock, and one by hand"
    local = [f"{each.astimezone(ZoneInfo('Europe/Warsaw')):%H:%M %Z}" for each in course[1:4]]
    assert local == ["02:29 CEST", "02:30 CEST", "02:30 CET"]
    log = f"/budzet-obywatelski/{vote.edition.slug}/dziennik-glosowania/"
    page, feed = client.get(log).content.decode(), client.get(f"{log}sumy.atom").content.decode()
    shown = [int(size) for size in re.findall(r'<tr><td>[^<]+</td><td class="is-number">(\d+)</td>', page)]
    assert shown == [int(size) for size in re.findall(r"#(\d+)-\d+</id>", feed)] == heads[::-1]
