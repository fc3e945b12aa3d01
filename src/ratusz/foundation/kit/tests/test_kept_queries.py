"""A kept query answers as its queryset does, for every argument, and refuses what it could not fill in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ratusz.foundation.audit.actions import record
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.kept_queries import KeptQuery

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


def _of_deed(deed, since):
    return Entry.objects.filter(deed=deed, is_read=False, happened_at__gt=since).order_by("id")


def test_it_answers_as_the_queryset_does():
    entries = [record(deed=deed, subject="rzecz") for deed in ("a.one", "a.two", "a.one")]
    first, second, third = entries
    whole, pairs = (
        KeptQuery(_of_deed, "?", LONG_AGO),
        KeptQuery(lambda *given: _of_deed(*given).values_list("pk", "deed"), "?", LONG_AGO),
    )
    before = first.happened_at - timedelta(seconds=1)
    assert list(whole.instances("a.one", before)) == [first, third]
    assert list(whole.instances("a.two", before)) == [second]
    assert list(whole.instances("a.one", first.happened_at)) == [third]
    assert pairs.rows("a.one", before) == [(first.pk, "a.one"), (third.pk, "a.one")]
    assert pairs.rows("'; DROP TABLE x; --", before) == []


def test_the_rows_are_whole():
    made = record(deed="a.one", subject="rzecz")
    (row,) = KeptQuery(_of_deed, "?", LONG_AGO).instances("a.one", LONG_AGO)
    with CaptureQueriesContext(connection) as asked:
        assert (row.deed, row.actor_kind, bytes(row.detail_digest)) == ("a.one", made.actor_kind, bytes(made.detail_digest))
    assert len(asked) == 0, "nothing is fetched late"


def test_the_queryset_is_made_once():
    made = []
    kept = KeptQuery(lambda deed: made.append(deed) or Entry.objects.filter(deed=deed), "?")
    for deed in ("a.one", "a.two", "a.three"):
        kept.rows(deed)
    assert made == ["?", "a.one"], "once as it is kept, once to see that it asks the same"


def test_an_argument_that_does_not_reach_the_database_is_refused():
    with pytest.raises(ValueError, match="do not reach the database"):
        KeptQuery(lambda deed, unused: Entry.objects.filter(deed=deed), "?", -7).rows("a.one", 1)


def test_none_lists_and_too_few_arguments_are_refused():
    for arguments in ((None, LONG_AGO), (["a.one"], LONG_AGO), ("a.one",)):
        with pytest.raises(ValueError, match="2 arguments are needed"):
            KeptQuery(_of_deed, "?", LONG_AGO).rows(*arguments)


def test_an_argument_that_is_changed_on_one_of_its_ways_is_refused():
    """As it is in one place and in capitals in another: the second would keep the example for ever."""
    kept = KeptQuery(lambda deed: Entry.objects.filter(deed=deed).exclude(deed=deed.upper()), "q?")
    assert kept.rows("q?") == []
    with pytest.raises(ValueError, match="another question"):
        kept.rows("a.one")


def test_a_number_is_no_truth():
    made = record(deed="a.one", subject="rzecz")
    kept = KeptQuery(lambda number: Entry.objects.filter(pk__gte=number, is_read=False).values_list("pk"), 0)
    assert (made.pk,) in kept.rows(made.pk)
