"""Each part says in its first sentence what it is; the map and the glossary in docs are made from what the code says."""

import ast
import re

from ratusz.config import glossary, map
from tests.architecture.sources import CHECKOUT, PACKAGE, functions, module_of, modules, nothing, place, python_files, tree_of

SPEAKING = ("__init__.py", "models.py", "actions.py", "rules.py")
GETTEXT_INSIDE = re.compile(r"\{[^}\n]*\b(?:_|n?gettext)\(")
WITH_DOCSTRINGS = {"rules", "actions", "queries", "adapters", "engine"}


def _speaking_files():
    packages = {folder / name for folder in modules().values() for name in SPEAKING}
    packages |= {folder / part / "__init__.py" for folder in modules().values() for part in ("models", "actions", "rules")}
    return sorted(path for path in packages if path.exists() and module_of(path))


def test_the_first_line_of_each_part_is_a_sentence():
    wordless = []
    for path in _speaking_files():
        first = (ast.get_docstring(tree_of(path)) or "").split("\n")[0]
        if len(first.split()) < 3 or first[-1] not in ".:":
            wordless.append(f"{place(path)}: {first!r}")
    nothing(wordless, "The first line of the docstring says in one sentence what this is.")


def test_public_functions_of_the_thinking_parts_explain_themselves():
    silent = [
        f"{place(path)}:{node.lineno} {node.name}"
        for path in python_files()
        if WITH_DOCSTRINGS & set(path.relative_to(PACKAGE).with_suffix("").parts)
        for node in functions(path)
        if node in tree_of(path).body and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    nothing(silent, "Public functions of rules, actions, queries, adapters and engines have a docstring.")


def test_no_word_for_a_screen_stands_inside_a_formatted_string():
    """The tool that gathers words for translation does not look there, so such words would stay English on Polish screens."""
    unseen = [
        f"{place(path)}:{node.lineno}"
        for path in python_files()
        if GETTEXT_INSIDE.search(path.read_text("utf-8"))
        for outer in ast.walk(tree_of(path))
        if isinstance(outer, ast.JoinedStr)
        for node in ast.walk(outer)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "gettext", "ngettext")
        if isinstance(node.args[0], ast.Constant)
    ]
    nothing(unseen, "Give the words a name of their own before the formatted string.")


def test_the_glossary_in_docs_is_current():
    assert (CHECKOUT / "docs/glossary.md").read_text("utf-8") == glossary.text(), "run: python -m ratusz.config.glossary"


def test_the_map_in_docs_is_current():
    assert (CHECKOUT / "docs/map.md").read_text("utf-8") == map.text(), "run: python -m ratusz.config.map"
