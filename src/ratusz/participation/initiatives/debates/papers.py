"""Papers of debates: the resident's form with lines for signatures, the letter about it, the list for whoever presides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Notice, Signatures, Table, Text
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.dates import polish_date, polish_moment
from ratusz.participation.initiatives import terms
from ratusz.participation.initiatives.debates import queries, rules
from ratusz.participation.initiatives.models import Debate, DebateEntry, EntryState
from ratusz.publishing.website.own_sites import full_address

BLANK = "." * 165
SPARE = 10
"""More lines than signatures are needed: some turn out not to count."""


def blank_form(debate: Debate) -> Document:
    """The form of a resident who wants to speak, with numbered lines for the signatures of supporters."""
    basis = terms.entry("debate_signatures", debate.session_at).legal_basis
    lines = [(str(number), "", "", "") for number in range(1, debate.signatures_needed + SPARE + 1)]
    until = _("Hand it in by the end of the day before the session: the session is on %(day)s.")
    blocks: list[Block] = [
        Notice(until % {"day": polish_date(debate.session_at)}),
        Text(_("I ask to speak in the debate on the report on the state of the municipality.")),
        Text(BLANK, strong=_("Name and surname") + "\n"),
        Text(BLANK, strong=_("Address of residence") + "\n"),
        Text(BLANK, strong=_("E-mail address, if you want the answer there") + "\n"),
        Signatures([_("signature of the person who wants to speak")]),
        Heading(_("Supporters of this form")),
        Text(_("At least %(count)s people support the form with their signatures.") % {"count": debate.signatures_needed}),
        Table([_("No."), _("Name and surname"), _("Address of residence"), _("Signature")], lines),
        Text(_("Nobody asks for a PESEL number. The city uses these data only to prepare the debate: art. 6(1)(c) of the GDPR.")),
    ]
    address = full_address(debate.get_absolute_url())
    return Document(
        title=_("Form of a resident for the debate on the state of the municipality"), blocks=blocks, subtitle=basis,
        address=address, address_words=_("Everything about the debate"), size=15,
    )  # fmt: skip


def letter(entry: DebateEntry) -> Document:
    """What became of a form, to its author."""
    to = "\n".join(filter(None, [entry.name, entry.home]))
    debate = entry.debate
    facts = [
        (_("Number on the receipt"), entry.receipt), (_("Received"), polish_moment(entry.received_at)),
        (_("Session with the debate"), polish_moment(debate.session_at)),
    ]  # fmt: skip
    if entry.signatures is not None:
        facts.append((_("Signatures that count"), f"{entry.signatures} / {debate.signatures_needed}"))
    blocks: list[Block] = [
        *([Text(to, strong=_("To:"))] if to else []),
        Facts(facts),
        *_answer(entry),
        Signatures([_("for the Chair of the City Council")]),
    ]
    return Document(
        title=_("Your form for the debate on the state of the municipality"), blocks=blocks,
        address=full_address(debate.get_absolute_url()), address_words=_("Page of the debate"),
    )  # fmt: skip


def _answer(entry: DebateEntry) -> Iterator[Block]:
    if entry.state == EntryState.REFUSED:
        yield Text(_("We cannot put you on the list of speakers."))
        yield Text(rules.refusal_words(entry.debate, entry.refusal, entry.signatures))
    elif entry.state == EntryState.LISTED:
        place = next(each for each in queries.in_order(entry.debate) if each.entry.pk == entry.pk)
        yield Text(_("You are on the list of speakers. Your place: %(place)s.") % {"place": queries.place_words(place)})
        yield Text(_("Speakers are called in the order in which their forms came."))
    else:
        yield Text(_("We have your form and check it."))


def speakers_list(debate: Debate) -> Document:
    """Who speaks and who waits in reserve, for whoever presides; holds names."""
    rows = [
        (queries.place_words(each), each.entry.name, polish_moment(each.entry.received_at), "") for each in queries.in_order(debate)
    ]
    blocks: list[Block] = [
        Notice(_("This list holds names. Destroy it after the session.")),
        Table(
            [_("Place on the list"), _("Who speaks"), _("Received"), _("Notes")],
            rows,
            caption=_("Speakers in the order of receipt"),
        ),
    ]
    subtitle = _("Session of %(day)s") % {"day": polish_date(debate.session_at)}
    title = _("Residents in the debate on the state of the municipality in %(year)s") % {"year": debate.year}
    return Document(title=title, subtitle=subtitle, blocks=blocks, size=12)


def workbook(debate: Debate, entries: Iterable[DebateEntry]) -> bytes:
    """All forms of a debate without names: how each came, what was counted and what became of it."""
    labels = [_("Number on the receipt"), _("How it came"), _("Received"), _("Signatures that count"), _("State"), _("Reason")]
    heads = [Column(label, width) for label, width in zip(labels, (20, 26, 26, 18, 30, 40), strict=True)]
    return xlsx_of(_("Forms for the debate %(debate)s") % {"debate": debate}, [Sheet(_("Forms"), heads, _rows(entries))])


def _rows(entries: Iterable[DebateEntry]) -> Iterator[list[Any]]:
    for each in entries:
        yield [
            each.receipt, str(each.get_channel_display()), polish_moment(each.received_at), each.signatures,
            str(each.get_state_display()), str(each.get_refusal_display()) if each.refusal else "",
        ]  # fmt: skip
