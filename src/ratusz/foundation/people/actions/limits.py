"""Limits as rows: so many uses within such a time, exact also when twenty come at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.keys import keyed_digest
from ratusz.foundation.people.models import Attempt, OneTimeCode

LONGEST = timedelta(days=1)
"""No limit looks further back; older rows are forgotten every night."""
# Uses lost with the power in the last second harm nobody, so no visitor waits for the disk here. One message of two statements:
# the second is counted anew once the first has its lock, and so is the clock.
TAKE = """
    SELECT pg_advisory_xact_lock(%(lock)s), set_config('synchronous_commit', 'off', true);
    INSERT INTO ratusz_people_attempt (kind, key_digest, happened_at)
    SELECT %(kind)s, %(digest)s, clock_timestamp() WHERE %(most)s > (
        SELECT count(*) FROM ratusz_people_attempt
        WHERE kind = %(kind)s AND key_digest = %(digest)s AND happened_at > (SELECT clock_timestamp()) - %(within)s)
"""


@transaction.atomic(durable=True)
def use_up(*, kind: str, key: str, most: int, within: timedelta) -> bool:
    """Takes one of `most` uses of `kind` by `key` in the last `within`; False (and nothing taken) when there is none left.

    Stands in a transaction of its own: a use counts also when what follows fails.
    """
    return use_up_here(kind=kind, key=key, most=most, within=within)


def use_up_here(*, kind: str, key: str, most: int, within: timedelta) -> bool:
    """The same in the caller's transaction, as a form carried out once has one: a use lost with it is no use."""
    digest = keyed_digest("limits", kind, key)
    with connection.cursor() as cursor:
        lock = int.from_bytes(digest[:8], "big", signed=True)
        facts: dict[str, Any] = {"lock": lock, "kind": kind, "digest": digest, "within": within, "most": most}
        cursor.execute(TAKE, facts)
        cursor.nextset()
        return cursor.rowcount == 1


@transaction.atomic
def give_back(*, kind: str, key: str) -> None:
    """Gives the newest use back: it was no failure."""
    mine = Attempt.objects.filter(kind=kind, key_digest=keyed_digest("limits", kind, key))
    mine.filter(pk=mine.order_by("-pk").values("pk")[:1]).delete()


def forget_attempts(*, kind: str, key: str) -> None:
    """Gives all uses back, as after a sign-in that succeeded."""
    Attempt.objects.filter(kind=kind, key_digest=keyed_digest("limits", kind, key)).delete()


@transaction.atomic
def forget_old() -> int:
    """Deletes attempts and codes that no limit and no check looks at any more; returns how many rows."""
    before = database_now() - LONGEST
    attempts, _ = Attempt.objects.filter(happened_at__lt=before).delete()
    codes, _ = OneTimeCode.objects.filter(expires_at__lt=before).delete()
    return attempts + codes
