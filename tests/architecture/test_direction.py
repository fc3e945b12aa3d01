"""Call down, register up, never sideways: imports, and what import-linter cannot see."""

import ast
import re

import pytest

from tests.architecture.sources import (
    PACKAGE,
    may_use,
    module_of,
    modules,
    nodes,
    nothing,
    place,
    python_files,
    templates,
    text_constants,
)

MODEL_NAME = re.compile(r"ratusz_(?P<module>[a-z_]+)\.[A-Z]\w*")
TEMPLATE_TAG = re.compile(r"""{%-?\s*(?:extends|include)\s+["'](?P<template>[^"']+)["']""")
LOADED = re.compile(r"{%\s*load\s+(?P<libraries>[^%]+?)\s*%}")
ADDRESS_TAG = re.compile(r"""{%-?\s*url\s+["'](?P<namespace>[\w-]+):""")
TEMPLATE_NAME = re.compile(r"(?P<module>[a-z_]+)/[\w/.-]+\.(?:html|txt|xml|svg|mjml|typ)")


def test_every_folder_stands_on_a_floor():
    with_code = {path.parent for path in PACKAGE.rglob("__init__.py") if len(path.relative_to(PACKAGE).parts) == 3}
    assert {folder.name for folder in with_code if folder.parent.name not in ("config", "ui", "demo")} <= set(modules())


def test_an_upper_module_may_use_a_lower_one_and_not_the_reverse():
    assert may_use("desk", "calendar")
    assert may_use("budget", "surveys")
    assert may_use("budget", "audit")
    assert not may_use("surveys", "budget")
    assert not may_use("budget", "consultations")
    assert not may_use("audit", "people")
    assert may_use("website", "ui")
    assert not may_use("ui", "website")
    assert may_use(None, "desk")


def wrong_way(path, used, line=None):
    """A line for the report when the file's module must not refer to `used`."""
    if used in modules() and not may_use(module_of(path), used):
        return f"{place(path)}{f':{line}' if line else ''} refers to {used}"
    return None


def report(found):
    nothing(filter(None, found), "Call down, register up: a name of an upper or a sibling module stands here.")


def test_models_named_by_strings_are_below():
    report(
        wrong_way(path, match["module"], constant.lineno)
        for path in python_files()
        for constant in text_constants(path)
        if (match := MODEL_NAME.fullmatch(constant.value))
    )


def test_migrations_depend_on_migrations_below():
    report(
        wrong_way(path, dependency.elts[0].value.removeprefix("ratusz_"), dependency.lineno)
        for path in python_files(with_migrations=True)
        if "migrations" in path.parts
        for node in nodes(path, ast.Assign)
        if getattr(node.targets[0], "id", "") in ("dependencies", "run_before")
        for dependency in ast.walk(node.value)
        if isinstance(dependency, ast.Tuple) and all(isinstance(part, ast.Constant) for part in dependency.elts)
    )


def test_templates_are_built_from_templates_below():
    report(
        wrong_way(path, match["template"].split("/")[0])
        for path in templates()
        for match in TEMPLATE_TAG.finditer(path.read_text("utf-8"))
    )


def test_templates_named_in_python_are_below():
    report(
        wrong_way(path, match["module"], constant.lineno)
        for path in python_files()
        for constant in text_constants(path)
        if (match := TEMPLATE_NAME.fullmatch(constant.value))
    )


def test_tag_libraries_are_below():
    owner = {path.stem: module_of(path) for path in python_files() if path.parent.name == "templatetags"}
    report(
        wrong_way(path, owner[library])
        for path in templates()
        for match in LOADED.finditer(path.read_text("utf-8"))
        for library in match["libraries"].split(" from ")[-1].split()
        if library in owner
    )


def test_addresses_named_in_templates_are_below():
    report(wrong_way(path, match["namespace"]) for path in templates() for match in ADDRESS_TAG.finditer(path.read_text("utf-8")))


@pytest.mark.parametrize("function", ["reverse", "redirect", "reverse_lazy"])
def test_addresses_named_in_python_are_below(function):
    report(
        wrong_way(path, node.args[0].value.split(":")[0], node.lineno)
        for path in python_files()
        for node in nodes(path, ast.Call)
        if getattr(node.func, "id", getattr(node.func, "attr", "")) == function
        if node.args and isinstance(node.args[0], ast.Constant) and ":" in str(node.args[0].value)
    )


def test_templates_of_a_module_lie_in_its_own_folder():
    """A folder of a library may be overridden by any module, a folder of another module by none."""
    nothing(
        f"{place(path)} lies in the folder of {first}"
        for path in templates()
        if (first := path.parts[path.parts.index("templates") + 1]) in modules() and first != module_of(path)
    )
