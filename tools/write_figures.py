"""Puts what a command printed into a document, between its markers, so that no figure is typed by hand.

    ./ratusz bench counting | python tools/write_figures.py docs/engine.md "bench counting"

The marker is a comment `<!-- figures: bench counting -->`; the text up to the next `<!-- end of figures -->` is replaced.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import time
from pathlib import Path


def main(path: str, name: str) -> None:
    printed = [line.rstrip() for line in sys.stdin if line.strip()]
    block = "\n".join(
        [
            f"<!-- figures: {name} -->",
            f"`./ratusz {name}`, {time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python {platform.python_version()}:",
            "",
            "```",
            *printed,
            "```",
            "<!-- end of figures -->",
        ]
    )
    document = Path(path)
    text = document.read_text(encoding="utf-8")
    pattern = re.compile(rf"<!-- figures: {re.escape(name)} -->.*?<!-- end of figures -->", re.DOTALL)
    if not pattern.search(text) or not printed:
        raise SystemExit(f"no marker for {name!r} in {path}, or nothing was printed")
    document.write_text(pattern.sub(lambda _: block, text), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
