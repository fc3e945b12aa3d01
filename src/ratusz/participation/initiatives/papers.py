"""Papers of initiatives: the committee's notice to fill in by hand, the draft to read while signing, the register as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Notice, Signatures, Table, Text
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.initiatives import terms
from ratusz.participation.initiatives.models import Initiative, InitiativeState, InitiativeStep

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
    address = settings.PUBLIC_ADDRESS.rstrip("/") + mine.get_absolute_url()
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


LETTERS = (
    InitiativeState.COLLECTING, InitiativeState.CALLED, InitiativeState.VALID, InitiativeState.RETURNED, InitiativeState.AGENDA,
    InitiativeState.ADOPTED, InitiativeState.REJECTED,
)  # fmt: skip
"""States after which the committee gets a letter."""


def letter_text(step: InitiativeStep) -> str:
    """What the letter says, in the words that went by e-mail."""
    mine, state = step.initiative, InitiativeState
    day = polish_date(mine.session_on) if mine.session_on else ""
    words = {
        state.COLLECTING: _("Your initiative is registered. You may collect signatures: print the numbered lists from its page."),
        state.CALLED: _("Complete your initiative. What is missing: %(words)s") % {"words": step.words},
        state.VALID: _("Your draft resolution is valid. It will be on the agenda of a session of the City Council."),
        state.RETURNED: _("Your draft resolution is returned. The reasons: %(words)s") % {"words": step.words},
        state.AGENDA: _("Your draft is on the agenda of the session on %(day)s.") % {"day": day},
    }
    voted = _("The City Council has voted on your draft: %(state)s.") % {"state": step.get_state_display()}
    return words.get(state(step.state), f"{voted} {step.words}".strip())


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
    title = _("Your citizens' resolution initiative")
    return Document(title=title, subtitle=polish_date(step.happened_at), blocks=blocks)


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
