"""Rich text and pasted HTML as passages, links, pictures, tables and colours."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

from .reading import Colours, Link, Passage, Picture, Reading, Table, Video

_BLOCKS = {"p": "paragraph", "li": "item", "blockquote": "quote", "td": "table", "th": "table", "div": "paragraph", "dt": "item",
           "dd": "item", "caption": "table", "figcaption": "paragraph"}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SILENT = {"script", "style", "template"}
_VOID = {"img", "br", "hr", "input", "embed", "source", "track", "wbr", "meta", "link"}


@dataclass
class Parts:
    """What was found in one piece of markup, in order."""

    passages: list[Passage] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    videos: list[Video] = field(default_factory=list)
    colours: list[Colours] = field(default_factory=list)

    def add(self, other: Parts) -> None:
        for name in self.__dataclass_fields__:
            getattr(self, name).extend(getattr(other, name))

    def on(self, reading: Reading) -> Reading:
        """The reading with these parts after its own."""
        joined: dict[str, Any] = {name: (*getattr(reading, name), *getattr(self, name)) for name in self.__dataclass_fields__}
        return replace(reading, **joined)


def parts_of_html(html: str, *, url: str = "", kind: str = "paragraph") -> Parts:
    """Takes markup apart; `kind` is what text outside any block is. Bad markup gives what can be read of it."""
    reader = _Markup(url, kind)
    reader.feed(html)
    reader.close()
    reader.end_passage()
    return reader.parts


def parts_of_text(text: str, *, url: str = "", kind: str = "paragraph") -> Parts:
    """Plain text: each line is a passage."""
    return Parts([Passage(line.strip(), kind, url=url) for line in text.splitlines() if line.strip()])


class _Markup(HTMLParser):
    def __init__(self, url: str, kind: str):
        super().__init__(convert_charrefs=True)
        self.url, self.kind, self.level, self.outer_kind = url, kind, 0, kind
        self.parts = Parts()
        self.text: list[str] = []
        self.own: list[str] = []
        self.link: list[str] | None = None
        self.address = ""
        self.silent = 0
        self.open: list[tuple[str, bool, str, str]] = []
        """(tag, marks a language, colour of letters, background) of every element we are in."""
        self.table: Table | None = None
        self.cells_of_row = 0
        self.coloured: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self.silent += 1
        if tag in _BLOCKS or tag in _HEADINGS or tag in ("br", "hr", "table", "tr", "ul", "ol"):
            self.end_passage()
            self.kind, self.level = _BLOCKS.get(tag, "heading" if tag in _HEADINGS else self.outer_kind), _HEADINGS.get(tag, 0)
        if tag == "a" and "href" in given:
            self.link, self.address = [], given["href"]
        elif tag == "a" and given.get("linktype") == "page":
            self.link, self.address = [], f"page:{given.get('id', '')}"
        elif tag in ("img", "embed"):
            self._picture(tag, given)
        elif tag in ("video", "iframe"):
            self.parts.videos.append(Video(given.get("title") or given.get("src", ""), url=self.url))
        elif tag == "track" and given.get("kind", "subtitles") in ("captions", "subtitles") and self.parts.videos:
            self.parts.videos[-1] = replace(self.parts.videos[-1], has_captions=True)
        self._table_start(tag)
        if tag not in _VOID:
            self._open(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        if tag == "a" and self.link is not None:
            self.parts.links.append(Link(" ".join("".join(self.link).split()), self.address, self.url))
            self.link = None
        if tag in _BLOCKS or tag in _HEADINGS:
            self.end_passage()
            self.kind, self.level = self.outer_kind, 0
        if tag == "table" and self.table is not None:
            self.parts.tables.append(self.table)
            self.table = None
        self._close(tag)

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        self.text.append(data)
        if not any(marked for _tag, marked, _letters, _background in self.open):
            self.own.append(data)
        if self.link is not None:
            self.link.append(data)
        self._colours(data)

    def end_passage(self) -> None:
        """Keeps what was read since the last block; an empty heading is kept, for it is a fault."""
        text, own = " ".join("".join(self.text).split()), " ".join("".join(self.own).split())
        is_heading_end = self.kind == "heading" and any(tag in _HEADINGS for tag, *_rest in self.open)
        if text or is_heading_end:
            self.parts.passages.append(Passage(text, self.kind, self.level, self.url, own if own != text else None))
        self.text, self.own = [], []

    def _picture(self, tag: str, given: dict[str, str]) -> None:
        if tag == "embed" and given.get("embedtype") == "media":
            self.parts.videos.append(Video(given.get("url", ""), url=self.url))
            return
        alt = given.get("alt", "")
        is_decorative = tag == "img" and given.get("alt") == ""
        self.parts.pictures.append(Picture(alt, is_decorative, given.get("src", ""), self.url))
        if self.link is not None:
            self.link.append(alt)

    def _table_start(self, tag: str) -> None:
        if tag == "table":
            self.table = Table("", (), self.url)
        elif tag == "th" and self.table is not None:
            # Its words come later; that it is there is what counts.
            self.table = replace(self.table, headings=(*self.table.headings, "th"))

    def _open(self, tag: str, given: dict[str, str]) -> None:
        letters, background = _colours_in(given.get("style", ""))
        self.open.append((tag, "lang" in given, letters or given.get("color", ""), background or given.get("bgcolor", "")))

    def _close(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def _colours(self, data: str) -> None:
        """The nearest colour of letters and of the background around these words, when either is written."""
        letters = next((each[2] for each in reversed(self.open) if each[2]), "")
        background = next((each[3] for each in reversed(self.open) if each[3]), "")
        if (letters or background) and data.strip():
            self.parts.colours.append(Colours(letters, background, " ".join(data.split()), self.url))


def _colours_in(style: str) -> tuple[str, str]:
    """(letters, background) of a style attribute."""
    letters = background = ""
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        if name.strip().lower() == "color":
            letters = value.strip()
        elif name.strip().lower() in ("background", "background-color"):
            background = value.strip()
    return letters, background
