"""Every deed that the code records, and every one that Wagtail logs, has words on the screen of the record."""

import ast
import re

from wagtail.log_actions import registry

from ratusz.foundation.audit.words import deed_words
from ratusz.foundation.people.actions.notices import CHANGES
from tests.architecture.sources import nodes, nothing, place, python_files

CODE = re.compile(r"[a-z]+(\.[a-z_]+)+")


def _named(node):
    """What is given or assigned under the name `deed`: a text, or a choice of texts."""
    if isinstance(node, ast.Call):
        return [keyword.value for keyword in node.keywords if keyword.arg == "deed"]
    is_deed = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "deed"
    return [node.value] if is_deed else []


def _deeds(path):
    for node in nodes(path, ast.Call, ast.Assign):
        for value in _named(node):
            texts = (str(part.value) for part in ast.walk(value) if isinstance(part, ast.Constant))
            yield from filter(CODE.fullmatch, texts)


def test_every_deed_has_words():
    nothing(f"{place(path)}: {deed}" for path in python_files() for deed in _deeds(path) if deed not in deed_words())


def test_every_change_of_how_a_person_signs_in_has_words():
    nothing(deed for deed, _sentence in CHANGES.values() if deed not in deed_words())


def test_everything_wagtail_logs_has_words():
    nothing(action for action in [code for code, _label in registry.get_choices()] if action not in deed_words())
