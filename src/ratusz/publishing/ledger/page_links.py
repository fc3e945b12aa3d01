"""The links of a page as its readers meet them: read out of its fields and blocks, whatever block they stand in; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.db import models
from wagtail.blocks import ListBlock, PageChooserBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from ratusz.publishing.website.blocks import AddressBlock

NAMING = ("text", "title", "unit")
"""Fields of a block that name what its address leads to."""


@dataclass(frozen=True)
class FoundLink:
    """A link: an address, or the number of a page of the tree."""

    address: str
    text: str
    where: str
    page_number: int | None = None


def links_of(page: Page) -> Iterator[FoundLink]:
    """Every link of a page's own text, in its order."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _in_block(field.stream_block, getattr(page, field.name), str(field.verbose_name))
        elif isinstance(field, RichTextField):
            yield from _in_rich_text(getattr(page, field.name) or "", str(field.verbose_name))
        elif isinstance(field, models.URLField) and getattr(page, field.name):
            yield FoundLink(getattr(page, field.name), "", str(field.verbose_name))


def _in_block(block: Any, value: Any, where: str, words: str = "") -> Iterator[FoundLink]:
    if isinstance(block, StreamBlock):
        for child in value:
            yield from _in_block(child.block, child.value, str(child.block.label or where))
    elif isinstance(block, StructBlock) and isinstance(value, Mapping):
        words = next((str(value[name]) for name in NAMING if name in value and isinstance(value[name], str)), words)
        for name, child in block.child_blocks.items():
            yield from _in_block(child, value.get(name), where, words)
    elif isinstance(block, ListBlock):
        for each in value:
            yield from _in_block(block.child_block, each, where, words)
    elif isinstance(block, RichTextBlock):
        yield from _in_rich_text(value.source if value else "", where)
    elif isinstance(block, AddressBlock) and value:
        yield FoundLink(str(value), words, where)
    elif isinstance(block, PageChooserBlock) and value:
        yield FoundLink("", words or value.title, where, value.pk)


def _in_rich_text(source: str, where: str) -> Iterator[FoundLink]:
    reader = _Links()
    reader.feed(source)
    reader.close()
    for attributes, text in reader.found:
        number = attributes.get("id", "")
        if attributes.get("linktype") == "page" and number.isdecimal():
            yield FoundLink("", text, where, int(number))
        elif attributes.get("href"):
            yield FoundLink(attributes["href"], text, where)


class _Links(HTMLParser):
    """Attributes and words of each <a>."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str], str]] = []
        self._open: dict[str, str] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._open, self._words = {name: value or "" for name, value in attrs}, []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open is not None:
            self.found.append((self._open, " ".join("".join(self._words).split())))
            self._open = None
