"""The first steps of `./ratusz` on any machine: the environment, then the command inside it. Standard library only."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ratusz.config.environment import Environment
from ratusz.config.progress import Stopped

CHECKOUT = Path(__file__).resolve().parents[3]
NEEDS_DEVELOPMENT_TOOLS = ("test", "lint", "bench")


def main(arguments: list[str]) -> int:
    """Prepares the environment and becomes the command inside it; returns only when that was not possible."""
    try:
        environment = Environment.of_checkout(CHECKOUT)
        environment.prepare("dev" if arguments[:1] and arguments[0] in NEEDS_DEVELOPMENT_TOOLS else "base")
        _become(environment, arguments)
    except Stopped as stopped:
        print(f"\n{stopped}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nPrzerwano. Następne uruchomienie zacznie przerwany krok od nowa.", file=sys.stderr)
        return 130
    return 1


def _become(environment: Environment, arguments: list[str]) -> None:
    os.environ["PYTHONPATH"] = os.pathsep.join([str(CHECKOUT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    os.environ["RATUSZ_ENV"] = str(environment.folder)
    _keep_bytecode_apart(environment)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(environment.python, [str(environment.python), "-m", "ratusz.config.entry", *arguments])


def _keep_bytecode_apart(environment: Environment) -> None:
    """Where Python may write no bytecode beside sources (images of containers say so) it goes into our environment.

    Compiling everything again costs every process several seconds: each web worker, each worker of the tests.
    """
    if not environment.is_named_by_person and os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(environment.folder / "bytecode"))
