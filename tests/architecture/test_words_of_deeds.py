"""Every deed that the code records has words on the screen of the record."""

import ast

from ratusz.foundation.audit.words import deed_words
from tests.architecture.sources import nothing, place, python_files, tree_of


def _deeds(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg == "deed" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value)


def test_every_deed_has_words():
    nothing(
        f"{place(path)}: {deed}" for path in python_files() for deed in _deeds(path) if "." in deed and deed not in deed_words()
    )
