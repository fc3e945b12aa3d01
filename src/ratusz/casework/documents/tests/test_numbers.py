"""Numbers of a series: 1, 2, 3 without gaps or repeats, one for a thing, anew each year, also when many ask at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connections, transaction

from ratusz.casework.documents.actions import take_number
from ratusz.casework.documents.models import IssuedNumber
from ratusz.casework.documents.queries import broken_series

PATTERN = "T/{year}/{number:04}"
DAY = datetime(2026, 9, 15, 10, tzinfo=UTC)


def number(subject: str, at: datetime = DAY, series: str = "try") -> str:
    return take_number(series=series, subject=subject, at=at, pattern=PATTERN).text


@pytest.mark.django_db
def test_one_after_another_and_anew_each_year():
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in the city
    got = [number("a"), number("b"), number("a"), number("c", new_year), number("x", series="other")]
    assert got == ["T/2026/0001", "T/2026/0002", "T/2026/0001", "T/2027/0001", "T/2026/0001"]
    assert list(broken_series()) == []


@pytest.mark.django_db
def test_what_is_not_made_leaves_no_gap():
    number("a")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        number("lost")
        raise ZeroDivisionError
    assert number("b") == "T/2026/0002"


@pytest.mark.django_db
def test_a_row_taken_away_by_hand_is_seen():
    for subject in "abc":
        number(subject)
    IssuedNumber.objects.filter(subject="b").delete()
    assert list(broken_series()) == ["try 2026"]


@pytest.mark.django_db
def test_the_database_lets_no_number_be_given_twice():
    first = take_number(series="try", subject="a", at=DAY, pattern=PATTERN)
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedNumber.objects.create(series="try", year=2026, number=first.number, text="T", subject="b", issued_at=DAY)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_forty_at_once_get_forty_numbers():
    def take(place: int) -> str:
        try:
            with transaction.atomic():
                got = number(f"thing {place // 2}")
                if place % 5 == 4:
                    raise ZeroDivisionError
                return got
        except ZeroDivisionError:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        got = list(pool.map(take, range(40)))
    kept = {each for each in got if each}
    assert kept == {f"T/2026/{place:04}" for place in range(1, len(kept) + 1)}
    assert list(broken_series()) == []
