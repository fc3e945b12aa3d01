"""Headings in order, tables with headings, links whose words say where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.publishing.gates.findings import WARN, Missing
from ratusz.publishing.gates.reading import Reading
from ratusz.publishing.gates.targets import Targets

_BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LEADS_NOWHERE = re.compile(r"#?|https?:/*|mailto:|tel:", re.IGNORECASE)


def headings_and_tables(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W05: no level of heading is left out (the title is h1), none is empty; a table names its columns."""
    above = 1
    for passage in reading.passages:
        if passage.kind != "heading":
            continue
        if not passage.text.strip():
            yield Missing(_("Write the words of this heading or take it out: it is empty."), passage.url)
        elif passage.level > above + 1:
            words = _("Make the heading “%(text)s” one level higher: a level between is left out.")
            yield Missing(words % {"text": passage.text}, passage.url)
        above = passage.level
    for table in reading.tables:
        if not table.headings or not all(heading.strip() for heading in table.headings):
            words = _("Give every column of the table “%(caption)s” a heading.")
            yield Missing(words % {"caption": table.caption or _("without a name")}, table.url)


def links(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W10: a link has words, they say where it leads, and it leads somewhere."""
    empty_words = {str(words) for words in targets.of_office("empty_link_words")}
    for link in reading.links:
        words = " ".join(link.text.split())
        if not words:
            yield Missing(_("A link to %(address)s has no words. Write where it leads.") % {"address": link.address}, link.url)
        elif _LEADS_NOWHERE.fullmatch(link.address.strip()):
            yield Missing(_("The link “%(words)s” leads nowhere. Give its address.") % {"words": words}, link.url)
        elif words.strip(" .…:»>→").lower() in empty_words:
            text = _("Say where the link “%(words)s” leads: screen readers read links apart from the text.")
            yield Missing(text % {"words": words}, link.url, WARN)
        elif _BARE_ADDRESS.fullmatch(words):
            yield Missing(_("Write in words where %(words)s leads instead of the bare address.") % {"words": words}, link.url, WARN)
