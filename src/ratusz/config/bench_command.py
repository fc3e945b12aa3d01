"""`ratusz bench NAME [--short]`: runs bench/bench_NAME.py of the checkout."""

from __future__ import annotations

import importlib
import os
import sys

from ratusz.config.home import CHECKOUT
from ratusz.config.progress import Stopped


def main(arguments: list[str]) -> int:
    """`--short`: under 40 s on a smaller instance, and says so."""
    names = [word for word in arguments if not word.startswith("-")]
    known = sorted(path.stem.removeprefix("bench_") for path in (CHECKOUT / "bench").glob("bench_*.py"))
    if len(names) != 1 or names[0] not in known:
        raise Stopped("Użycie: ratusz bench NAZWA [--short]; są: " + ", ".join(known))
    # Every bench makes a database of its own and fills it: one that the environment names is somebody's.
    os.environ.pop("RATUSZ_DATABASE_URL", None)
    sys.path.insert(0, str(CHECKOUT))
    importlib.import_module(f"bench.bench_{names[0]}").main("--short" in arguments)
    return 0
