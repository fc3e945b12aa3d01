"""Writes docs/map.md, the map of the house, from the first sentences of the code: `python -m ratusz.config.map`."""

from __future__ import annotations

import ast
from pathlib import Path

from ratusz.config.home import CHECKOUT

PACKAGE = Path(__file__).resolve().parents[1]
GROUPS = ("coordination", "governance", "participation", "channels", "publishing", "casework", "foundation")
ALONE = ("ui", "demo", "config")
PARTS = ("models", "rules", "actions")

HEAD = """# The map of the house

Made from the first sentences of the code by `python -m ratusz.config.map`. An upper group may use a lower one, never the reverse;
the order inside the groups stands in pyproject.toml ([tool.importlinter]).
"""


def first_sentence(path: Path) -> str:
    """The first line of a file's docstring, "" when there is none."""
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]


def text() -> str:
    """The whole map."""
    return HEAD + "".join(_group(PACKAGE / name) for name in GROUPS) + "".join(_alone(PACKAGE / name) for name in ALONE)


def _group(folder: Path) -> str:
    modules = sorted(path.parent for path in folder.glob("*/__init__.py"))
    return f"\n## {folder.name}\n\n{first_sentence(folder / '__init__.py')}\n\n" + "".join(_module(module) for module in modules)


def _module(folder: Path) -> str:
    lines = [f"- **{folder.name}**: {first_sentence(folder / '__init__.py')}"]
    for part in PARTS:
        for path in (folder / f"{part}.py", folder / part / "__init__.py"):
            if path.exists():
                lines.append(f"  - {part}: {first_sentence(path)}")
    return "\n".join(lines) + "\n"


def _alone(folder: Path) -> str:
    return f"\n## {folder.name}\n\n{first_sentence(folder / '__init__.py')}\n"


if __name__ == "__main__":
    (CHECKOUT / "docs").mkdir(exist_ok=True)
    (CHECKOUT / "docs/map.md").write_text(text(), encoding="utf-8")
