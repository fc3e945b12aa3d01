"""The command that checks the role `app` on a foreign server: names what is missing and what is too much, and its own SQL mends it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ratusz.foundation.audit.roles import wrong_privileges

pytestmark = pytest.mark.django_db


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.slow
def test_our_own_server_is_right(capsys):
    assert wrong_privileges() == []
    call_command("database_roles")
    assert "and no more" in capsys.readouterr().out


def test_too_much_on_an_append_only_table(capsys):
    run("GRANT UPDATE, TRUNCATE ON ratusz_audit_entry TO app")
    with pytest.raises(CommandError, match="1 privileges"):
        call_command("database_roles")
    assert 'REVOKE UPDATE, TRUNCATE ON "ratusz_audit_entry" FROM app;' in capsys.readouterr().out


@pytest.mark.slow
def test_a_server_without_default_privileges_is_mended_by_what_is_printed(capsys):
    run("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM app; REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM app")
    run("REVOKE EXECUTE ON FUNCTION ratusz_audit_expire() FROM PUBLIC")
    assert len(wrong_privileges()) > 100
    with pytest.raises(CommandError):
        call_command("database_roles")
    run("\n".join(line for line in capsys.readouterr().out.splitlines() if line.endswith(";") and "DEFAULT PRIVILEGES" not in line))
    assert wrong_privileges() == []


def test_as_app_the_record_cannot_be_changed(as_role):
    from django.db import ProgrammingError

    for sql in ("UPDATE ratusz_audit_entry SET deed = 'x'", "DELETE FROM ratusz_audit_entry", "TRUNCATE ratusz_audit_entry"):
        with pytest.raises(ProgrammingError, match="permission denied"), as_role("app") as cursor:
            cursor.execute(sql)
