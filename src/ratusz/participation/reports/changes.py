"""What a new version says otherwise than the one before, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from ratusz.participation.reports.checks import ranges

Sections = list[dict[str, Any]]
MOST = 200
"""Lines kept of one comparison; a version that says everything anew is read whole."""


def changes_between(
    before: Sections, after: Sections, rows_before: Iterable[tuple[int, Any]], rows_after: Iterable[tuple[int, Any]]
) -> list[str]:
    """Sentences, section by section, then the register by numbers of remarks."""
    return [*_sections(before, after), *_rows(dict(rows_before), dict(rows_after))][:MOST]


def _sections(before: Sections, after: Sections) -> Iterable[str]:
    old, new = ({each["code"]: each for each in sections} for sections in (before, after))
    for code in [*new, *(code for code in old if code not in new)]:
        title = (new.get(code) or old[code])["title"]
        if code not in old:
            yield _("New section: %(title)s.") % {"title": title}
        elif code not in new:
            yield _("Section left out: %(title)s.") % {"title": title}
        else:
            yield from _lines(title, lines_of(old[code]["blocks"]), lines_of(new[code]["blocks"]))


def _lines(title: str, before: list[str], after: list[str]) -> Iterable[str]:
    for line in before:
        if line not in after:
            yield _("%(title)s. Was: %(line)s") % {"title": title, "line": line[:400]}
    for line in after:
        if line not in before:
            yield _("%(title)s. Is: %(line)s") % {"title": title, "line": line[:400]}


def lines_of(blocks: list[dict[str, Any]]) -> list[str]:
    """A section as lines of plain text: paragraphs, items, facts and rows of tables."""
    lines: list[str] = []
    for block in blocks:
        if block["kind"] in ("facts", "table"):
            lines += [" | ".join(row) for row in block["rows"]]
        elif block["kind"] == "items":
            lines += block["items"]
        elif block["kind"] != "signatures":
            lines.append(" ".join(filter(None, [block.get("strong", ""), block["text"]])))
    return [line for line in lines if line.strip()]


def _rows(before: dict[int, Any], after: dict[int, Any]) -> Iterable[str]:
    found = {
        _("Remarks added to the register: %(numbers)s."): sorted(after.keys() - before.keys()),
        _("Remarks no longer in the register: %(numbers)s."): sorted(before.keys() - after.keys()),
        _("Remarks whose row in the register changed: %(numbers)s."): [
            number for number in sorted(after.keys() & before.keys()) if after[number] != before[number]
        ],
    }
    for words, numbers in found.items():
        if numbers:
            yield words % {"numbers": ranges(numbers)}
