"""The console script `ratusz`: manage, and what the launcher in the checkout passes on."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Runs one command of Ratusz; returns the process's exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ratusz.config.settings")
    if arguments[:1] == ["manage"]:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["ratusz manage", *arguments[1:]])
        return 0
    print("ratusz manage …", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
