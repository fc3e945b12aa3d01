"""Nobody is told before the facts are durable."""

import logging

import pytest
from django.db import transaction

from ratusz.foundation.kit.after_commit import after_commit


def test_a_call_waits_for_the_commit_and_is_dropped_on_rollback(transactional_db):
    told = []
    with transaction.atomic():
        after_commit(told.append, "committed")
        assert told == []
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        after_commit(told.append, "rolled back")
        raise ZeroDivisionError
    assert told == ["committed"]


def test_one_failing_call_keeps_no_other_from_being_made(transactional_db, caplog):
    told = []
    with caplog.at_level(logging.CRITICAL), transaction.atomic():
        after_commit(int, "not a number")
        after_commit(told.append, "second")
    assert told == ["second"]
