"""Folders and files are named after what they do, and stay short."""

import ast

from tests.architecture.sources import PACKAGE, committed_files, functions, is_test, nothing, place, python_files

SAYS_NOTHING = {
    "common", "core", "handler", "handlers", "helper", "helpers", "info", "lib", "manager", "managers", "misc", "processor",
    "processors", "service", "services", "shared", "signals", "tools", "util", "utils",
}  # fmt: skip
LONGEST_FILE = 400
LONG_ON_PURPOSE = {
    "verifier/ratusz_verify.py": "a resident downloads one file, reads it from the top and runs it; nothing else has to be trusted",
}
LONGEST_FUNCTION = 40
LONGEST_TEST = 50


def test_names_say_what_a_thing_does():
    named_in_vain = {
        place(path)
        for path in committed_files()
        if path.is_relative_to(PACKAGE)
        for part in path.relative_to(PACKAGE).with_suffix("").parts
        if part in SAYS_NOTHING and path.suffix == ".py"
    }
    nothing(named_in_vain, "Name it after what it does.")


def test_files_are_short():
    files = [*python_files(with_tests=True), *(path for path in committed_files() if path.match("verifier/*.py"))]
    lengths = {place(path): path.read_text("utf-8").count("\n") for path in files}
    long = {name: length for name, length in lengths.items() if length > LONGEST_FILE}
    nothing(f"{name}: {length} lines" for name, length in long.items() if name not in LONG_ON_PURPOSE)
    nothing(f"{name} is short now" for name in LONG_ON_PURPOSE.keys() - long.keys())


def test_functions_are_short():
    nothing(
        f"{place(path)}:{node.lineno} {node.name}: {length} lines"
        for path in python_files(with_tests=True)
        for node in functions(path)
        if (length := _lines_of(node)) > (LONGEST_TEST if is_test(path) else LONGEST_FUNCTION)
    )


def _lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without its docstring: words are welcome."""
    first = node.body[1] if ast.get_docstring(node) is not None and len(node.body) > 1 else node.body[0]
    return node.end_lineno - first.lineno + 1
