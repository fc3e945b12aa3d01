"""`ratusz budget recount|import|export|simulate …`."""

from __future__ import annotations

import sys
from typing import Any

from ratusz.config.progress import Stopped

USAGE = "Użycie: ratusz budget recount ŚCIEŻKA… | import ŚCIEŻKA… | export EDYCJA FOLDER | simulate"
EMPTY = "Baza jest jeszcze pusta. Uruchom najpierw ./ratusz demo albo ./ratusz manage migrate."


def main(arguments: list[str]) -> int:
    """Recounting needs no database and no Django; import and export are management commands."""
    if arguments[:1] == ["recount"]:
        from ratusz.participation.budget.recount import main as recount

        return recount(arguments[1:])
    if arguments[:1] == ["simulate"]:
        from ratusz.config.simulate_command import main as simulate

        return simulate(arguments[1:])
    if arguments and arguments[0] in ("import", "export"):
        from ratusz.participation.budget import command_lines

        parser = command_lines.import_parser() if arguments[0] == "import" else command_lines.export_parser()
        return _manage(f"budget_{arguments[0]}", vars(parser.parse_args(arguments[1:])))
    raise Stopped(USAGE)


def _manage(command: str, options: dict[str, Any]) -> int:
    from ratusz.config.private_database import database

    with database():
        import django
        from django.core.management import CommandError, call_command
        from django.db import ProgrammingError

        django.setup()
        given = options.pop("paths", None) or [options.pop("edition"), str(options.pop("folder"))]
        try:
            call_command(command, *map(str, given), **options)
        except CommandError as error:
            print(error, file=sys.stderr)
            return error.returncode
        except ProgrammingError as error:
            raise Stopped(EMPTY) from error
    return 0
