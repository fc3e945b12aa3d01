"""One structured source to an accessible PDF: tagged, PDF/UA-1 and PDF/A-2a in one, by Typst."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import typst

from ratusz.casework.documents.glyphs import FONTS, breakable, showable
from ratusz.foundation.files.inspection.apart import open_apart
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.words import no_break

HERE = Path(__file__).parent
STANDARDS = ["ua-1", "a-2a"]


class DocumentError(ValueError):
    """The document could not be made: a missing title or alternative text, or an error in its template."""


def pdf_of(template: Path, content: dict[str, Any]) -> bytes:
    """Typesets a template (a .typ file that reads content.json and may import office.typ) with its content.

    Texts get no-break spaces after one-letter words, which Typst does not put by itself, and "?" for signs that our fonts lack.
    Raises DocumentError. Takes tens of milliseconds a page: keep what does not change.
    """
    with tempfile.TemporaryDirectory(prefix="ratusz-document-") as folder:
        root = Path(folder)
        shutil.copy(HERE / "typst" / "office.typ", root)
        shutil.copy(template, root / "main.typ")
        (root / "content.json").write_text(json.dumps(_with_no_break_spaces(content), ensure_ascii=False), encoding="utf-8")
        try:
            return typst.compile(
                str(root / "main.typ"), root=folder, font_paths=[str(FONTS)], ignore_system_fonts=True, pdf_standards=STANDARDS
            )
        except (RuntimeError, typst.TypstError) as error:
            raise DocumentError(str(error)) from error


APART = f"{__name__}:typeset_kept"
LONGEST_SECONDS = 120


def pdf_made_apart(template: Path, content: dict[str, Any]) -> bytes:
    """The same in a process of its own, for long documents: what typesetting keeps in memory leaves with the process.

    A table of 1500 rows and eleven columns takes 350 MB and 3 s. Raises DocumentError.
    """
    kept = json.dumps({"template": template.name, "content": content}, ensure_ascii=False).encode()
    try:
        return open_apart(APART, kept, seconds=LONGEST_SECONDS)
    except FileRefused as refusal:
        raise DocumentError(str(refusal)) from refusal


def typeset_kept(kept: bytes) -> bytes:
    """In that process: one of our own templates with its content."""
    asked = json.loads(kept)
    return pdf_of(HERE / "typst" / Path(asked["template"]).name, asked["content"])


def _with_no_break_spaces(value: Any) -> Any:
    if isinstance(value, str):
        return breakable(no_break(showable(value)))
    if isinstance(value, dict):
        return {name: _with_no_break_spaces(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_with_no_break_spaces(each) for each in value]
    return value
