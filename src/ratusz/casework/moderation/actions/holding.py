"""What is done to one thing by moderators, its author and its readers at one moment is done one after another."""

from __future__ import annotations

from django.db import connection

_HOLD = """SELECT pg_advisory_xact_lock(hashtext('ratusz_moderation_thing'), each.key)
FROM (SELECT DISTINCT hashtext(thing) AS key FROM unnest(%s::text[]) AS thing ORDER BY 1) AS each"""


def hold(*things: str) -> None:
    """Until the end of the transaction nobody judges these things, flags them or tells the queue of them.

    A judgement takes the item of the queue and then the thing; whoever takes the thing first calls this before any lock, or the
    two would wait for one another.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [list(things)])
