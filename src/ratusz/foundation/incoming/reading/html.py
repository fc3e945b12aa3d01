"""The words of an HTML letter with its lines, lists and quotes; nothing of it is ever shown as HTML. Pure."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

from ratusz.foundation.incoming.rules import LONGEST_HTML

ENDS_A_LINE = {"p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"}
KEPT = ENDS_A_LINE | {"br", "td", "th"}
SILENT = {"script", "style", "title"}
_EMPTY_LINES = re.compile(r"\n{3,}")
_BOX = re.compile(r"</?(?:div|blockquote|table)\b[^<>]{0,500}>", re.IGNORECASE)
_NO_WORDS = re.compile(r"data:image/[^\"'<>\s]+|</?form\b[^<>]{0,500}>", re.IGNORECASE)
"""Pictures inside the markup, and forms, whose crossed ends alone cost a parser minutes."""
MOST_BOXES = 4000


def text_of_html(html: str) -> tuple[str, bool]:
    """The words, and whether there were more than are read; a quote has "> " before each line, as in plain letters."""
    html = _NO_WORDS.sub("", html)
    is_cut, html = len(html) > LONGEST_HTML, html[:LONGEST_HTML]
    if len(_BOX.findall(html)) > MOST_BOXES:
        # Thousands of boxes inside one another: the words count, not their order on a page.
        html = _BOX.sub("<br>", html)
    # First made well-formed by a parser of browsers: what follows never sees broken markup.
    clean = nh3.clean(html, tags=KEPT, attributes={}, clean_content_tags=SILENT, strip_comments=True)
    words = _Words()
    words.feed(clean)
    words.close()
    return _EMPTY_LINES.sub("\n\n", "\n".join(words.lines())).strip(), is_cut


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[str] = []
        self._line: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "br":
            self._end_line(is_forced=True)
        elif tag in ENDS_A_LINE:
            self._end_line()
            self._depth += tag == "blockquote"
            if tag == "li":
                self._line.append("- ")
        elif tag in ("td", "th") and self._line:
            self._line.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ENDS_A_LINE:
            self._end_line()
            self._depth -= tag == "blockquote"
            if tag in ("p", "ul", "ol", "table", "blockquote"):
                self._done.append("")

    def handle_data(self, data: str) -> None:
        self._line.append(re.sub(r"\s+", " ", data))

    def _end_line(self, *, is_forced: bool = False) -> None:
        line = re.sub(r" {2,}", " ", "".join(self._line)).strip()
        self._line = []
        if line or is_forced:
            self._done.append("> " * min(self._depth, 5) + line if line else "")

    def lines(self) -> list[str]:
        self._end_line()
        return self._done
