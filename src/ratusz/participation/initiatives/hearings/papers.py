"""Papers of public hearings: the dossier of councillors, the register as a table, an empty opinion to fill in by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Notice, Signatures, Table, Text
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.casework.meetings.wording import where
from ratusz.foundation.kit import page_dates
from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.initiatives.hearings import queries
from ratusz.participation.initiatives.models import Hearing, HearingOpinion
from ratusz.publishing.website.own_sites import full_address

BLANK = "." * 165


def facts_of(hearing: Hearing) -> list[tuple[str, str]]:
    """What stands at the head of the page and of the dossier."""
    meeting, starts_at = hearing.meeting, hearing.meeting.starts_at
    ordered = _("%(number)s of %(day)s") % {"number": hearing.ordered_by, "day": page_dates.day(hearing.ordered_on)}
    return [
        (_("Who brought the draft"), hearing.author),
        (_("Ordered by the resolution"), ordered),
        (_("When"), f"{page_dates.day(starts_at, with_weekday=True)}, {page_dates.hours(starts_at, meeting.ends_at)}"),
        (_("Where"), where(meeting)),
        (_("Opinions are written to"), hearing.chair),
        *([(_("Contact for questions"), meeting.contact)] if meeting.contact else []),
    ]


def dossier(hearing: Hearing, opinions: list[HearingOpinion], speakers: int, minutes: str) -> Document:
    """What councillors get before the vote: the draft, how the hearing went, each opinion with the position of the author."""
    blocks: list[Block] = [
        *([] if hearing.handed_at else [Notice(_("A working copy: councillors have not got this dossier yet."))]),
        Facts(
            [
                *facts_of(hearing),
                (_("Speakers"), str(speakers)),
                (_("Written opinions"), str(len(opinions))),
                (_("Minutes of the hearing"), minutes or _("not published yet")),
            ]
        ),
        Heading(_("Draft resolution")),
        Text(hearing.draft),
        Heading(_("Opinions with the position of the author")),
        *_opinions(opinions),
    ]
    subtitle = _("Public hearing %(number)s: %(title)s") % {"number": hearing.number, "title": hearing.title}
    address = full_address(hearing.get_absolute_url())
    return Document(
        title=_("Dossier of a public hearing"), subtitle=subtitle, blocks=blocks, address=address,
        address_words=_("The state today"),
    )  # fmt: skip


def _opinions(opinions: list[HearingOpinion]) -> Iterator[Block]:
    if not opinions:
        yield Text(_("Nobody has written an opinion."))
    for each in opinions:
        yield Heading(_("Opinion no. %(number)s") % {"number": each.number}, 3)
        waits = _("Erased before it was answered.") if each.is_gone else _("The position of the author is still to come.")
        yield Text(each.shown_text or waits)
        if each.organisation and each.position:
            yield Text(each.organisation, strong=_("Organisation:"))
        if each.position:
            yield Text(f"{each.get_position_display()}. {each.reasons}", strong=_("Position of the author:"))


def blank_opinion(hearing: Hearing) -> Document:
    """An opinion to fill in by hand."""
    blocks: list[Block] = [
        Notice(_("We take opinions until %(day)s.") % {"day": polish_date(hearing.opinions_until)}),
        Text(hearing.title, strong=_("Draft resolution:")),
        Text("\n".join([BLANK] * 14), strong=_("My opinion") + "\n"),
        Text(BLANK, strong=_("Name and surname") + "\n"),
        Text(BLANK, strong=_("Organisation, if you speak for one") + "\n"),
        Text(BLANK, strong=_("E-mail address, if you want the answer there") + "\n"),
        Text(_("Nobody asks for a PESEL number. Your name is not published: councillors read the opinion without it.")),
        Signatures([_("signature")]),
    ]
    subtitle = _("Public hearing %(number)s, to: %(chair)s") % {"number": hearing.number, "chair": hearing.chair}
    return Document(
        title=_("Opinion for a public hearing"), subtitle=subtitle, blocks=blocks,
        address=full_address(hearing.get_absolute_url()), address_words=_("Page of the hearing"),
    )  # fmt: skip


def speakers_sheet(hearing: Hearing, names: Iterable[str]) -> Document:
    """The list of speakers in their order, for whoever presides; holds names."""
    rows = [(str(number), name, "") for number, name in enumerate(names, 1)]
    blocks: list[Block] = [
        Notice(_("This list holds names. Destroy it after the hearing.")),
        Table([_("No."), _("Who speaks"), _("Notes")], rows, caption=_("Speakers in the order in which they asked")),
    ]
    return Document(title=_("Speakers of the public hearing"), subtitle=str(hearing), blocks=blocks, size=12)


def columns() -> list[str]:
    """Headings of the register as a table."""
    return [
        _("Number"), _("Title of the draft resolution"), _("Who brought the draft"), _("Day of the hearing"), _("Written opinions"),
        _("State of the hearing"), _("Number of the resolution"),
    ]  # fmt: skip


def rows(hearings: Iterable[Any], at: datetime) -> Iterator[list[Any]]:
    """Rows of the register; nobody is named."""
    for each in hearings:
        yield [
            each.number, each.title, each.author, polish_date(each.meeting.starts_at), each.opinion_count,
            queries.state_of(each, at), each.resolution,
        ]  # fmt: skip


def workbook(hearings: Iterable[Any], at: datetime) -> bytes:
    """The register as XLSX."""
    heads = [Column(label, width) for label, width in zip(columns(), (16, 60, 30, 18, 14, 40, 20), strict=True)]
    return xlsx_of(_("Register of public hearings"), [Sheet(_("Public hearings"), heads, rows(hearings, at))])
