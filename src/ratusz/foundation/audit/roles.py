"""What the role `app` may do in this database against what it must: a foreign server may have given too little or too much."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

NEEDED = ("SELECT", "INSERT")
ORDINARY = ("UPDATE", "DELETE")
NEVER = ("UPDATE", "DELETE", "TRUNCATE")
ROLE = "app"
DEFAULTS = (
    f"GRANT USAGE ON SCHEMA public TO {ROLE};",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {ROLE};",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT USAGE, SELECT ON SEQUENCES TO {ROLE};",
)


@dataclass(frozen=True)
class Wrong:
    """One table whose privileges differ, and the statement that mends it."""

    table: str
    what: str
    sql: str


def wrong_privileges() -> list[Wrong]:
    """Too little on any table, sequence or function of the owner's rights; too much on append-only tables (`append_only…`)."""
    found = [Wrong(name, "- EXECUTE", f"GRANT EXECUTE ON FUNCTION {name} TO {ROLE};") for name in _functions_lacking()]
    for table, guarded, kind in _tables():
        if kind == "S":
            found += _lacking(table, ("USAGE", "SELECT"), "SEQUENCE")
            continue
        found += _lacking(table, NEEDED if guarded else (*NEEDED, *ORDINARY), "TABLE")
        too_much = [each for each in NEVER if guarded and _has(table, each, "TABLE")]
        if too_much:
            words = ", ".join(too_much)
            found.append(Wrong(table, f"+ {words}", f'REVOKE {words} ON "{table}" FROM {ROLE};'))
    return found


def _lacking(table: str, privileges: tuple[str, ...], kind: str) -> list[Wrong]:
    missing = ", ".join(each for each in privileges if not _has(table, each, kind))
    on = "SEQUENCE " if kind == "SEQUENCE" else ""
    return [Wrong(table, f"- {missing}", f'GRANT {missing} ON {on}"{table}" TO {ROLE};')] if missing else []


def _has(table: str, privilege: str, kind: str) -> bool:
    function = "has_sequence_privilege" if kind == "SEQUENCE" else "has_table_privilege"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s, %s)", [ROLE, f'public."{table}"', privilege])
        return cursor.fetchone()[0]


def _functions_lacking() -> list[str]:
    """Functions that run with their owner's rights and that the role may not call."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'public' AND p.prosecdef AND NOT has_function_privilege(%s, p.oid, 'EXECUTE') ORDER BY 1",
            [ROLE],
        )
        return [name for (name,) in cursor.fetchall()]


def _tables() -> list[tuple[str, bool, str]]:
    """Name, whether append-only, and kind (r a table, S a sequence)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname LIKE 'append_only%'"
            " AND t.tgtype & 16 > 0), c.relkind::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'S') ORDER BY c.relname"
        )
        return cursor.fetchall()
