"""`ratusz manage …`: Django's and our own management commands, with a database when they need one."""

from __future__ import annotations

import os

from ratusz.config.private_database import database

FOR_OWNER = {"migrate", "flush", "sqlflush", "makemigrations", "dbshell", "grant_roles"}
"""What changes tables belongs to the role `owner`; everything else runs with the rights of the web."""
WITHOUT_DATABASE = {
    "help",
    "version",
    "--help",
    "--version",
    "check",
    "collectstatic",
    "findstatic",
    "diffsettings",
    "makemessages",
}


def main(arguments: list[str]) -> int:
    """Runs one command; 0 unless it raises SystemExit itself."""
    from django.core.management import execute_from_command_line

    command = arguments[0] if arguments else "help"
    if command in FOR_OWNER:
        os.environ.setdefault("RATUSZ_ROLE", "owner")
    if command in WITHOUT_DATABASE:
        execute_from_command_line(["ratusz manage", *arguments])
        return 0
    with database():
        execute_from_command_line(["ratusz manage", *arguments])
    return 0
