"""What must not slip in: raw HTML, shells, machine paths, ballots."""

import ast
import re

from tests.architecture.sources import CHECKOUT, committed_files, nodes, nothing, place, python_files, templates

TRUSTED_HTML = {
    "src/ratusz/coordination/desk/handbook.py": "our own pages of the handbook; whatever HTML stands in them is escaped by the converter",
    "src/ratusz/foundation/notifications/composing.py": "urlize has escaped the text; only line breaks are added",
    "src/ratusz/foundation/people/templates/allauth/elements/fields.html": "a form's help text, which Django makes as a list of rules",
    "src/ratusz/participation/budget/tables.py": "cells are escaped one by one; rows are joined as strings, because 200 of them must cost 10 ms",
    "src/ratusz/casework/meetings/views/places.py": "the QR is drawn by segno from a number and six signs of our own",
    "src/ratusz/participation/forum/texts.py": "nh3 has left a few tags without attributes but the address of a link; tested in 221 shapes",
    # file: why its HTML needs no escaping
}
SHELLS = ("os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput")
# Put together here, so that this file does not hold what it looks for.
MACHINE = re.compile(
    "|".join([r"/wo" + r"rk/(?:main|shared|\.library)", r"/tm" + r"p/(?:wt|renv|probe)\b", r"/r" + r"oot/\w", r"/ho" + r"me/\w+/"])
)
REGISTRY = re.compile(
    "|".join(["py" + r"pi\.org", "python" + "hosted", "registry" + r"\.npmjs", "index-" + "url =", "extra-index" + "-url"])
)
TEXT_ENDINGS = {
    ".py",
    ".toml",
    ".txt",
    ".in",
    ".md",
    ".html",
    ".css",
    ".js",
    ".svg",
    ".po",
    ".xml",
    ".yml",
    ".yaml",
    ".json",
    ".cfg",
    ".sh",
    "",
}


def _texts():
    for path in committed_files():
        if path.suffix in TEXT_ENDINGS:
            yield path, path.read_text("utf-8", errors="replace")


def _found(pattern):
    return [f"{place(path)}: {match[0]}" for path, text in _texts() for match in pattern.finditer(text)]


def test_no_file_names_a_machine():
    nothing(_found(MACHINE))


def test_no_file_names_a_package_registry():
    nothing(_found(REGISTRY))


def test_no_ballots_are_committed():
    nothing([place(path) for path in committed_files() if path.name.endswith((".pb", ".pb.gz", ".pb.zip"))])


def test_no_compiled_catalogue_or_state_is_committed():
    assert [
        place(path) for path in committed_files() if path.suffix in (".mo", ".pyc", ".sqlite3") or ".ratusz" in path.parts
    ] == []


def test_html_is_escaped():
    raw = [
        f"{place(path)}:{node.lineno} mark_safe"
        for path in python_files()
        for node in nodes(path, ast.Call)
        if getattr(node.func, "id", getattr(node.func, "attr", "")) in ("mark_safe", "SafeString", "SafeText")
    ]
    raw += [
        f"{place(path)}: {match[0]}"
        for path in templates()
        if path.suffix in (".html", ".svg", ".xml")
        for match in re.finditer(r"\|\s*safe(?:seq)?\b|{%\s*autoescape off", path.read_text("utf-8"))
    ]
    nothing(line for line in raw if re.split(r"[: ]", line)[0] not in TRUSTED_HTML)


def test_no_shell_is_started():
    shells = [
        f"{place(path)}:{node.lineno}"
        for path in [*python_files(with_tests=True), CHECKOUT / "ratusz"]
        for node in nodes(path, ast.Call)
        if any(keyword.arg == "shell" and getattr(keyword.value, "value", True) for keyword in node.keywords)
        or (isinstance(node.func, ast.Attribute) and ast.unparse(node.func) in SHELLS)
    ]
    nothing(shells)
