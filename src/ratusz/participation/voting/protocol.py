"""The protocol of a vote as a document of blocks: one source for PDF and DOCX, as a draft for the committee and then for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Items, Notice, Signatures, Table, Text
from ratusz.casework.documents.docx import docx_of_document
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.kit.dates import polish_end, polish_moment
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.words import grouped
from ratusz.participation.voting import queries, results, shown, shown_opened, wording_of_votes
from ratusz.participation.voting.models import Declaration, KeyCeremony, PaperCard, Vote
from ratusz.participation.voting.registries import identity_adapters
from ratusz.participation.voting.results import PoolPreview
from ratusz.publishing.website.own_sites import full_address


def document_of(vote: Vote) -> Document:
    """The protocol; before publication it says that it is a draft."""
    is_draft = vote.state != Vote.State.COUNTED
    blocks: list[Block] = [Notice(_("Draft for the committee. The result is not published yet."))] if is_draft else []
    blocks += [Heading(_("Course of the vote")), Facts(_course(vote)), *_committee(vote), *_frozen(vote)]
    blocks += [Heading(_("Ballots")), *shown.sums_blocks(vote), *_annulments(vote), *_cards(vote)]
    blocks += [Heading(_("The count")), *_counts(vote), *_pools(results.preview_of(vote), is_draft=is_draft)]
    blocks += shown_opened.blocks(vote)
    blocks += [Heading(_("Statistics")), *shown.statistics_blocks(vote)]
    blocks.append(Heading(_("Signatures of the committee")))
    blocks.append(Signatures(_holders(vote) or [_("for the committee")]))
    return Document(
        title=_("Protocol of the vote in the participatory budget"),
        subtitle=_("{city}, edition {edition}").format(city=vote.edition.city, edition=vote.edition),
        blocks=blocks, footer=vote.edition.city, address="" if is_draft else _address(vote),
    )  # fmt: skip


def pdf_of(vote: Vote) -> bytes:
    """As accessible PDF."""
    return pdf_of_document(document_of(vote))


def docx_of(vote: Vote) -> bytes:
    """As DOCX."""
    return docx_of_document(document_of(vote))


def _address(vote: Vote) -> str:
    return full_address(reverse("voting:results", args=[vote.edition.slug]))


def _course(vote: Vote) -> list[tuple[str, str]]:
    rows = [(_("Voting began"), polish_moment(vote.opens_at)), (_("Voting ended"), polish_end(vote.closes_at))]
    rows += [(_("Extended by two people"), _extension(each)) for each in queries.deeds(vote, "extend")]
    rows.append((_("Second ballot"), str(vote.get_double_vote_display())))
    if vote.identity in identity_adapters:
        rows.append((_("How voters were known"), str(identity_adapters[vote.identity].name)))
    refused = vote.declarations.filter(state=Declaration.State.REFUSED).count()
    granted = vote.declarations.filter(state=Declaration.State.GRANTED).count()
    if granted or refused:
        words = _("let in {granted}, refused {refused}").format(granted=grouped(granted), refused=grouped(refused))
        rows.append((_("Declarations of people not in the register"), words))
    return rows


def _extension(deed: dict[str, Any]) -> str:
    minutes = ngettext("{count} minute", "{count} minutes", deed["minutes"]).format(count=deed["minutes"])
    return f"{minutes}: {deed['reason']}"


def _frozen(vote: Vote) -> Iterator[Block]:
    """Sums by which anybody knows what was frozen, and the log as it stood when the protocol was made."""
    rows = [(str(wording_of_votes.FROZEN.get(name, name)), _in_eights(value)) for name, value in sorted(vote.fingerprints.items())]
    if head := queries.newest_head(vote):
        lines = ngettext("log of the vote, {count} line", "log of the vote, {count} lines", head.size).format(
            count=grouped(head.size)
        )
        rows.append((lines, _in_eights(bytes(head.root).hex())))
    yield Table([_("What"), _("Sum")], rows, caption=_("What was frozen before the first ballot, and the log"))


def _in_eights(sum_in_hex: str) -> str:
    """As people compare sums by eye; a short value, such as a version, stays as it is."""
    return " ".join(sum_in_hex[place : place + 8] for place in range(0, len(sum_in_hex), 8))


def _cards(vote: Vote) -> Iterator[Block]:
    """What became of every paper card that was handed out."""
    counts = Counter(vote.cards.values_list("state", flat=True))
    if not counts:
        return
    state, handed_out = PaperCard.State, sum(counts.values())
    back = counts[state.CAST] + counts[state.SECOND] + counts[state.INVALID]
    numbers = (
        (_("cards handed out"), handed_out), (_("cards in the box"), counts[state.CAST]),
        (_("cards not taken, the person had voted"), counts[state.SECOND]), (_("cards that are not valid"), counts[state.INVALID]),
        (_("cards that did not come back"), handed_out - back),
    )  # fmt: skip
    rows = [(words, grouped(number)) for words, number in numbers]
    yield Table([_("Paper cards"), _("How many")], rows, caption=_("Paper cards by number"))


def _committee(vote: Vote) -> Iterator[Block]:
    ceremony = KeyCeremony.objects.filter(vote=vote).prefetch_related("holders").first()
    if ceremony is None:
        return
    words = _("The key was made {made}; {needed} of {all} shares open the ballots. The drill succeeded {tested}.")
    yield Text(
        words.format(
            made=polish_moment(ceremony.made_at), needed=ceremony.needed, all=len(ceremony.holders.all()),
            tested=polish_moment(ceremony.tested_at) if ceremony.tested_at else "–",
        ),
        strong=_("Committee:"),
    )  # fmt: skip
    words = _("{function} (fingerprint of the share {fingerprint})")
    yield Items([words.format(function=each.function, fingerprint=each.fingerprint) for each in ceremony.holders.all()])


def _holders(vote: Vote) -> list[str]:
    ceremony = KeyCeremony.objects.filter(vote=vote).first()
    return [each.function for each in ceremony.holders.all()] if ceremony else []


def _annulments(vote: Vote) -> Iterator[Block]:
    """How many and why: from the log, where they are without people."""
    reasons = shown.annulments(vote)
    if reasons:
        yield Text("", strong=_("Annulled by two people, by reason:"))
        yield Items([f"{words}: {count}" for words, count in reasons])


def _counts(vote: Vote) -> Iterator[Block]:
    counted = vote.second_counts.first()
    if counted is None:
        yield Notice(_("The ballots are not counted yet."))
        return
    words = _("The program and the stand-alone verifier, which share no code, counted the same.")
    if not counted.is_equal:
        words = _("The two counts do not agree. The result must not be published.")
    yield Text(words, strong=_("Counted {moment}.").format(moment=polish_moment(counted.counted_at)))
    yield Facts([(_("SHA-256 of the result"), counted.digest)])


def _pools(pools: Sequence[PoolPreview], *, is_draft: bool) -> Iterator[Block]:
    for each in pools:
        result = each.result
        yield Heading(str(each.pool), level=3)
        yield Facts(
            [
                (_("Ballots"), grouped(result.ballots)),
                (_("Money in the pool"), zlotys(result.budget_grosze)),
                (_("Given"), zlotys(result.spent_grosze)),
                (_("Left"), zlotys(result.left_grosze)),
                *([(_("Version of the result"), str(result.version))] if result.version > 1 else []),
            ]
        )
        if each.waits:
            yield Notice(_("A tie decides who wins. Record the decision before publication."))
        yield Table(
            [_("Place"), _("Number"), _("Project"), _("Points"), _("Cost"), _("Result")],
            [_row(end) for end in result.projects.all()],
            caption=ngettext("{count} project in the pool", "{count} projects in the pool", result.projects_count).format(
                count=result.projects_count
            ),
        )


def _row(end: Any) -> Sequence[str]:
    place = str(end.place) if end.place else "–"
    points, cost = grouped(end.points), zlotys(end.cost_grosze)
    return (place, end.project.number, end.project.name, points, cost, str(end.get_outcome_display()))
