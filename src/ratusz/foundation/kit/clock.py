"""The one place that reads the database's clock; rules get the moment as `at`."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """The database's wall clock now (not the start of the transaction), aware, UTC.

    Call it after taking your lock; tests replace it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
