"""Papers of initiatives: the committee's notice to fill in by hand, the draft to read while signing, the register as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Notice, Signatures, Table, Text
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.initiatives import terms
from ratusz.participation.initiatives.letter_words import letter_text
from ratusz.participation.initiatives.models import Initiative, InitiativeStep
from ratusz.publishing.website.own_sites import full_address

BLANK = "." * 165


def draft_document(mine: Initiative) -> Document:
    """The draft with its justification: shown to everybody who signs."""
    blocks: list[Block] = [
        Notice(_("Read this draft before you sign the list of supporters.")),
        Heading(_("Draft resolution")),
        Text(mine.draft),
        Heading(_("Justification")),
        Text(mine.justification),
    ]
    address = full_address(mine.get_absolute_url())
    return Document(
        title=mine.title, subtitle=mine.number, blocks=blocks, address=address, address_words=_("The state today")
    )  # fmt: skip


def blank_notice(at: datetime) -> Document:
    """The notice of a committee with its statement, empty."""
    least, promotion = terms.entry("committee_least", at), terms.entry("promotion", at)
    rows = [(str(number), "", "", "") for number in range(1, max(least.value, 5) + 3)]
    blocks: list[Block] = [
        Text(f"{BLANK}\n{BLANK}", strong=_("Title of the draft resolution") + "\n"),
        Text(_("We form the committee of this initiative. We enclose the draft resolution and its justification.")),
        Heading(_("Committee")),
        Table([_("No."), _("Name and surname"), _("Address of residence"), _("Signature")], rows),
        Text(BLANK, strong=_("E-mail address of the committee") + "\n"),
        Heading(_("How the committee may promote the draft")),
        Text(promotion.value),
        Text(_("Nobody asks for a PESEL number. The city uses the data of the committee only in this matter.")),
        Signatures([_("on behalf of the committee")]),
    ]
    return Document(title=_("Notice of a citizens' resolution initiative"), blocks=blocks, subtitle=least.legal_basis)


def letter(step: InitiativeStep) -> Document:
    """The letter to the committee about one step."""
    mine = step.initiative
    to = "\n".join(f"{each.name}, {each.home}" for each in mine.members.all())
    facts = [
        (_("Number"), mine.number), (_("Title of the draft resolution"), mine.title),
        (_("Day of registration"), polish_date(mine.registered_at)),
        *([(_("Draft filed"), polish_date(mine.filed_at))] if mine.filed_at else []),
        *([(_("Session of the City Council"), polish_date(mine.session_on))] if mine.session_on else []),
        *([(_("Number of the resolution"), mine.resolution)] if mine.resolution else []),
    ]  # fmt: skip
    blocks: list[Block] = [
        *([Text(to, strong=_("Committee") + "\n")] if to else []),
        Facts(facts),
        Text(letter_text(step)),
        Text(terms.entry("signatures_needed", step.happened_at).legal_basis, strong=_("Basis:")),
        Signatures([_("for the Chair of the City Council")]),
    ]
    return Document(
        title=_("Your citizens' resolution initiative"), subtitle=polish_date(step.happened_at), blocks=blocks,
        address=full_address(mine.get_absolute_url()), address_words=_("Page of the initiative"),
    )  # fmt: skip


def columns() -> list[str]:
    """Headings of the register as a table."""
    return [
        _("Number"), _("Title of the draft resolution"), _("State of the initiative"), _("Day of registration"), _("Draft filed"),
        _("Session of the City Council"), _("Number of the resolution"),
    ]  # fmt: skip


def rows(initiatives: Iterable[Initiative]) -> Iterator[list[Any]]:
    """Rows of the register; nobody is named."""
    for mine in initiatives:
        days = [polish_date(day) if day else "" for day in (mine.registered_at, mine.filed_at, mine.session_on)]
        yield [mine.number, mine.title, str(mine.get_state_display()), *days, mine.resolution]


def workbook(initiatives: Iterable[Initiative]) -> bytes:
    """The register as XLSX."""
    heads = [Column(label, width) for label, width in zip(columns(), (16, 60, 40, 16, 16, 16, 20), strict=True)]
    return xlsx_of(_("Register of citizens' resolution initiatives"), [Sheet(_("Initiatives"), heads, rows(initiatives))])
