"""The console script `ratusz`, and what the launcher in a checkout becomes: one word chooses the command."""

from __future__ import annotations

import importlib
import os
import sys

from ratusz.config.progress import Stopped

COMMANDS = {
    "demo": ("ratusz.config.demo_command", "cały Ratusz z przykładowym miastem na tym komputerze"),
    "test": ("ratusz.config.suite", "wszystkie sprawdziany: styl, architektura, testy, przeglądarka"),
    "lint": ("ratusz.config.lint", "sam styl i architektura"),
    "serve": ("ratusz.config.serve_command", "strona jak na serwerze, pod RATUSZ_BIND (127.0.0.1:8000)"),
    "worker": ("ratusz.config.worker_command", "praca w tle i terminy"),
    "manage": ("ratusz.config.manage_command", "polecenia Django i nasze, np. manage migrate"),
    "bench": ("ratusz.config.bench_command", "pomiary: bench NAZWA [--short]"),
    "budget": ("ratusz.config.budget_command", "budżet obywatelski: recount, import, export, simulate"),
}


def main(arguments: list[str] | None = None) -> int:
    """Runs one command of Ratusz; returns the process's exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ratusz.config.settings")
    if arguments[:1] in ([], ["help"], ["--help"], ["-h"]):
        print(_help())
        return 0
    if arguments[0] not in COMMANDS:
        print(f"Nie znam polecenia {arguments[0]!r}.\n\n{_help()}", file=sys.stderr)
        return 2
    try:
        return importlib.import_module(COMMANDS[arguments[0]][0]).main(arguments[1:])
    except Stopped as stopped:
        print(f"\n{stopped}", file=sys.stderr)
        return 1


def _help() -> str:
    return "Polecenia Ratusza (./ratusz POLECENIE):\n" + "\n".join(f"  {name:<8} {what}" for name, (_, what) in COMMANDS.items())


if __name__ == "__main__":
    sys.exit(main())
