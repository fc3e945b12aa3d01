"""The handbook inside the program: the pages of docs/handbook as a clerk reads and searches them under Help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ratusz.foundation.kit.lemmas import lemmas, query_lemmas
from ratusz.foundation.kit.words import slug

SOURCES = (Path(__file__).resolve().parents[4] / "docs" / "handbook", Path(__file__).parent / "handbook_pages")
"""Beside the sources in a checkout; in an installed package the build has put them here (setup.py)."""
FIRST = "index"
MOST_WORDS = 30


@dataclass(frozen=True)
class Section:
    """A heading of a page and the plain text up to the next one."""

    anchor: str
    title: str
    text: str

    def has(self, wanted: list[tuple[str, ...]]) -> bool:
        """Whether every wanted word stands here in some form."""
        present = {form for forms in lemmas(f"{self.title} {self.text}") for form in forms}
        return all(present & set(forms) for forms in wanted)

    @property
    def beginning(self) -> str:
        words = self.text.split()
        return " ".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")


@dataclass(frozen=True)
class HandbookPage:
    name: str
    title: str
    html: SafeString
    sections: tuple[Section, ...]


def page_names() -> frozenset[str]:
    """The names of all pages, as they stand in addresses."""
    return frozenset(path.stem for path in _folder().glob("*.md"))


@cache
def page(name: str) -> HandbookPage | None:
    """The page of this name, None when there is none. Read once a process: the handbook comes with the program."""
    if name not in page_names():
        return None
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse((_folder() / f"{name}.md").read_text())
    title, sections = "", []
    for anchor, level, heading, text in _parts(tokens):
        title = title or (heading if level == 1 else "")
        sections.append(Section(anchor, heading, text))
    for token in tokens:
        _lead_inside(token)
    # Wagtail's header shows the title. The text is ours and raw HTML in it stays text.
    body = tokens[3:] if tokens and tokens[0].tag == "h1" else tokens
    return HandbookPage(name, title, mark_safe(markdown.renderer.render(body, markdown.options, {})), tuple(sections))


def find(query: str) -> list[tuple[HandbookPage, Section]]:
    """Sections in which every word of the query stands in some form, page by page."""
    wanted = query_lemmas(query)
    pages = [found for name in sorted(page_names() - {FIRST}) if (found := page(name))]
    return [(each, section) for each in pages for section in each.sections if wanted and section.has(wanted)]


def _folder() -> Path:
    return next((folder for folder in SOURCES if folder.is_dir()), SOURCES[-1])


def _parts(tokens: list[Token]) -> Iterator[tuple[str, int, str, str]]:
    """Anchor, level, heading and text of each part; the heading gets its anchor as an id."""
    anchor, level, heading, texts = "", 0, "", []  # type: tuple[str, int, str, list[str]]
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            if heading:
                yield anchor, level, heading, " ".join(texts)
            level, heading, texts = int(token.tag[1]), _words(tokens[place + 1]), []
            anchor = slug(heading) if level > 1 else ""
            token.attrSet("id", anchor)
        elif token.type == "inline" and tokens[place - 1].type != "heading_open":
            texts.append(_words(token))
        elif token.type in ("fence", "code_block"):
            texts.append(token.content)
    if heading:
        yield anchor, level, heading, " ".join(texts)


def _words(inline: Token) -> str:
    return "".join(" " if child.type == "softbreak" else child.content for child in inline.children or ())


def _lead_inside(token: Token) -> None:
    """Links to other pages of the handbook lead to them here; a wide table is scrolled with the keyboard too."""
    if token.type == "table_open":
        token.attrSet("tabindex", "0")
    for child in token.children or ():
        target = str(child.attrGet("href") or "") if child.type == "link_open" else ""
        if target == "../glossary.md":
            child.attrSet("href", reverse("website:glossary"))
        elif (found := re.fullmatch(r"([\w-]+)\.md(#.*)?", target)) and found[1] in page_names():
            child.attrSet("href", reverse("desk_handbook_page", args=[found[1]]) + (found[2] or ""))
