"""Locks requirements/*.in with hashes: `python -m ratusz.config.lock`; needs uv, and writes no address of a registry."""

from __future__ import annotations

import shutil
import subprocess
import sys

from ratusz.config.home import CHECKOUT

OPTIONS = [
    "--quiet", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--universal", "--python-version", "3.11",
    "--no-header", "--excludes", "requirements/excludes.txt",
]  # fmt: skip


def commands(uv: str) -> list[list[str]]:
    """One call of uv for each lock; what excludes.txt names stays out."""
    return [
        [uv, "pip", "compile", *OPTIONS, f"requirements/{kind}.in", "-o", f"requirements/{kind}.txt"] for kind in ("base", "dev")
    ]


def main() -> int:
    """Locks both; the exit code of the first that fails."""
    uv = shutil.which("uv")
    if not uv:
        print("Do blokowania wersji potrzebny jest program uv.", file=sys.stderr)
        return 1
    return next((code for command in commands(uv) if (code := subprocess.run(command, cwd=CHECKOUT).returncode)), 0)


if __name__ == "__main__":
    sys.exit(main())
