"""For tests of pages in states that actions alone reach another way."""

from django.db import connection


def without_guards(table: str) -> None:
    """Switches the table's triggers off until the test's transaction is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
