"""The text of a PDF file as paragraphs; runs in a process of its own, on bytes that files have checked. A scan has none."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _

from ratusz.foundation.files.rules import FileRefused
from ratusz.participation.remarks.texts.pieces import LONGEST_HEADING, begins, is_heading

FEWEST_LETTERS = 40
"""On a page, on average; fewer mean that pages are pictures."""
SAME_LINE = 0.6
"""Of a line's height: how far apart two pieces of one line may stand up or down."""
APART = 1.45
"""Of the usual distance of lines: a larger one parts paragraphs."""
LARGER = 1.15
"""Of the usual height of letters: larger and short is a heading."""
EDGE = 0.08
"""Of the page's height: where running heads and page numbers stand."""
_NUMBER_OF_PAGE = re.compile(r"\W*(?:str(?:ona|\.)?\s*)?\d{1,4}(?:\s*(?:z|/)\s*\d{1,4})?\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line of a page: its words, left edge, distance from the top, height of its letters; all in points."""

    text: str
    left: float
    top: float
    height: float
    is_edge: bool


def converted(data: bytes) -> bytes:
    """JSON: [text, style] for each paragraph, style "heading" or "text". Raises FileRefused for a scan or a broken file."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        pages = [_lines(page) for page in document]
    except pypdfium2.PdfiumError:
        words = _("The document is damaged. Save it again in your program and send it once more.")
        raise FileRefused(words, code="damaged") from None
    letters = sum(character.isalpha() for page in pages for line in page for character in line.text)
    if letters < FEWEST_LETTERS * len(pages):
        words = _(
            "This PDF holds pictures of pages, not words. Send the file the scan was made of: DOCX, or PDF saved by a program."
        )
        raise FileRefused(words, code="scan")
    return json.dumps(list(paragraphs(pages))).encode()


def _lines(page) -> list[Line]:
    """Pieces of text joined into lines, from the top."""
    text, height = page.get_textpage(), page.get_height()
    boxes = [text.get_rect(place) for place in range(text.count_rects())]
    found = [
        (left, height - top, right, top - bottom, text.get_text_bounded(left, bottom, right, top))
        for left, bottom, right, top in boxes
    ]
    rows: list[list[tuple[float, float, float, float, str]]] = []
    for piece in sorted(found, key=lambda each: (each[1] + each[3] / 2, each[0])):
        middle = piece[1] + piece[3] / 2
        if rows and abs(rows[-1][0][1] + rows[-1][0][3] / 2 - middle) <= SAME_LINE * max(piece[3], rows[-1][0][3]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [line for row in rows if (line := _line(sorted(row), height)).text]


def _line(row: Sequence[tuple[float, float, float, float, str]], height: float) -> Line:
    words = " ".join(" ".join(piece[4] for piece in row).split())
    top = min(piece[1] for piece in row)
    is_edge = top < EDGE * height or top > (1 - EDGE) * height
    return Line(words, row[0][0], top, max(piece[3] for piece in row), is_edge)


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[tuple[str, str]]:
    """Paragraphs with their style; running heads and numbers of pages are left out, words cut at a line's end are joined."""
    repeated = _repeated(pages)
    lines = [[line for line in page if not _is_running(line, repeated)] for page in pages]
    usual = median([line.height for page in lines for line in page] or [1])
    steps = [below.top - above.top for page in lines for above, below in zip(page, page[1:], strict=False)]
    step = median([each for each in steps if each > 0] or [usual * 1.2])
    part: list[Line] = []
    for page in lines:
        for line in page:
            if part and _parts(part, line, step, usual):
                yield _paragraph(part, usual)
                part = []
            part.append(line)
    if part:
        yield _paragraph(part, usual)


def _repeated(pages: Sequence[Sequence[Line]]) -> set[str]:
    """What stands at the edge of most pages, numbers aside."""
    seen = Counter(key for page in pages for key in {_key(line) for line in page if line.is_edge})
    return {key for key, count in seen.items() if len(pages) > 2 and count > len(pages) / 2}


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _is_running(line: Line, repeated: Iterable[str]) -> bool:
    return line.is_edge and (_key(line) in repeated or bool(_NUMBER_OF_PAGE.fullmatch(line.text)))


def _is_large(line: Line, usual: float) -> bool:
    return line.height > LARGER * usual and len(line.text) <= LONGEST_HEADING


def _parts(part: Sequence[Line], line: Line, step: float, usual: float) -> bool:
    """Whether a new paragraph begins at this line; over the edge of a page it does when the sentence was finished."""
    last = part[-1]
    if begins(line.text) or is_heading(last.text) or _is_large(line, usual) != _is_large(last, usual):
        return True
    if line.top < last.top:
        return last.text.endswith((".", ";", ":", "!", "?")) and not line.text[:1].islower()
    return line.top - last.top > APART * step


def _paragraph(part: Sequence[Line], usual: float) -> tuple[str, str]:
    text = ""
    for line in part:
        is_cut = text.endswith("-") and line.text[:1].islower()
        text = text[:-1] + line.text if is_cut else f"{text} {line.text}".strip()
    return text, "heading" if all(_is_large(line, usual) for line in part) else "text"
