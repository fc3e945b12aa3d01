"""What the tables themselves tell of anonymous answers is taken out of them: the order on the disk and what was written together.

An answer, its receipt and its one-time code are written in one transaction, so the hidden number of that transaction (xmin) and the
place of the row (ctid) would join them. See docs/decisions/0030.
"""

from __future__ import annotations

import logging

from django.db import OperationalError, connection, transaction

PLACES = ("draft", "token", "submission", "answer")
"""Tables that are written anew, one transaction each: whoever answers locks some of them too, and nobody waits for two."""
FRESH = "SELECT min(xmin::text) IS DISTINCT FROM max(xmin::text) FROM ratusz_surveys_answer"
logger = logging.getLogger("ratusz.surveys")


def part_answers() -> int:
    """Writes the tables anew in an order that says nothing, all rows as if one transaction had made them; gives back their number.

    Nothing is done where no answer came since the last time. A table that somebody reads for long waits for the next time.
    """
    with connection.cursor() as cursor:
        cursor.execute(FRESH)
        if not cursor.fetchone()[0]:
            return 0
    return sum(_written_anew(place) for place in PLACES)


def _written_anew(place: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT ratusz_surveys_part(%s)", [place])
    except OperationalError as error:
        logger.warning("the table %s of surveys is read just now and is parted later: %s", place, type(error).__name__)
        return False
    return True
