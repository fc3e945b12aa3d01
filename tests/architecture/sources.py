"""What the architecture tests read: the committed files, their syntax trees, the modules and which may use which."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "src/ratusz"
Node = TypeVar("Node", bound=ast.AST)


@cache
def committed_files() -> tuple[Path, ...]:
    """Files git knows or would add; everything below the checkout where there is no git."""
    listed = subprocess.run(
        ["git", "-C", CHECKOUT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], capture_output=True, text=True
    )
    if listed.returncode:
        return tuple(path for path in sorted(CHECKOUT.rglob("*")) if path.is_file() and not _is_ignored(path))
    return tuple(path for name in sorted(listed.stdout.split("\0")) if name and (path := CHECKOUT / name).is_file())


def _is_ignored(path: Path) -> bool:
    """Roughly what .gitignore says, for an unpacked archive."""
    parts = path.relative_to(CHECKOUT).parts
    return parts[0].startswith(".") or "__pycache__" in parts or path.suffix in (".mo", ".pyc")


def nothing(found: Iterable[str], advice: str = "") -> None:
    """Fails with every line found, one below another."""
    lines = sorted(set(found))
    assert not lines, "\n".join([advice, *lines])


def place(path: Path) -> str:
    """How a failure names a file."""
    return path.relative_to(CHECKOUT).as_posix()


@cache
def python_files(*, with_tests: bool = False, with_migrations: bool = False) -> tuple[Path, ...]:
    """The program's Python files."""
    return tuple(
        path
        for path in committed_files()
        if path.suffix == ".py"
        and path.is_relative_to(PACKAGE)
        and (with_tests or not is_test(path))
        and (with_migrations or "migrations" not in path.parts)
    )


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(CHECKOUT).parts or path.name == "conftest.py"


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def _nodes_by_kind(path: Path) -> dict[type[ast.AST], list[ast.AST]]:
    """Walking over a tree costs more than parsing the file, and a dozen tests read every file."""
    kinds: dict[type[ast.AST], list[ast.AST]] = {}
    for node in ast.walk(tree_of(path)):
        kinds.setdefault(type(node), []).append(node)
    return kinds


def nodes(path: Path, *kinds: type[Node]) -> list[Node]:
    """The nodes of a file's tree that are of these kinds, kind after kind."""
    return [node for kind in kinds for node in _nodes_by_kind(path).get(kind, [])]


@cache
def templates() -> tuple[Path, ...]:
    return tuple(path for path in committed_files() if path.is_relative_to(PACKAGE) and "templates" in path.parts)


@cache
def modules() -> dict[str, Path]:
    """Module names with their folders: "budget" → src/ratusz/participation/budget."""
    return {path.parent.name: path.parent for path in PACKAGE.rglob("apps.py")} | {"kit": PACKAGE / "foundation/kit"}


def module_of(path: Path) -> str | None:
    """The module a file belongs to; None in config."""
    return next((name for name, folder in modules().items() if path.is_relative_to(folder)), None)


@cache
def _ranks() -> dict[str, tuple[int, int]]:
    """Floor of the group and floor in the group, counted from the top, as the import contracts of pyproject.toml have them."""
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = {contract["containers"][0]: contract["layers"] for contract in contracts if contract["type"] == "layers"}
    ranks = {}
    for group_floor, group in enumerate(layers.pop("ratusz")):
        ranks[group] = (group_floor, 0)
        for floor, names in enumerate(layers.get(f"ratusz.{group}", [])):
            for name in names.split("|"):
                ranks[name.strip()] = (group_floor, floor)
    return ranks


def may_use(user: str | None, used: str) -> bool:
    """Whether a module may refer to another: itself, lower floors, kit; everything may use ui, config (None) may use everything."""
    if user is None or user == used or used in ("ui", "kit"):
        return True
    if user == "ui":
        return False
    return _ranks()[user] < _ranks()[used]


def text_constants(path: Path) -> list[ast.Constant]:
    return [node for node in nodes(path, ast.Constant) if isinstance(node.value, str)]


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
