"""What waits for a person in a vote's register: declarations, files for a second person, paper cards that were begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.registries import Move
from ratusz.participation.voting import rules
from ratusz.participation.voting.models import Declaration, PaperCard, RegisterImport, Vote


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """One line for each vote and kind of work, however much of it there is."""
    votes = Vote.objects.filter(state__in=[Vote.State.PREPARED, Vote.State.OPEN, Vote.State.CLOSED]).select_related("edition")
    if not rules.may(person, "see_points", None, at):
        return
    for vote in votes.order_by("opens_at", "pk"):
        if rules.may(person, "decide_declaration", vote, at):
            yield from _declarations(vote)
            yield from _files(vote, person)
        yield from _cards(vote, person)


def _declarations(vote: Vote) -> Iterator[Move]:
    waiting = vote.declarations.filter(state=Declaration.State.OPEN)
    if number := waiting.count():
        words = ngettext(
            "Decide %(n)s declaration of residence: %(vote)s", "Decide %(n)s declarations of residence: %(vote)s", number
        )
        address, first = reverse("voting_declarations", args=[vote.pk]), waiting.order_by("made_at").first()
        yield Move(
            words % {"n": number, "vote": vote}, address, due_at=vote.closes_at, since=first and first.made_at, kind="voting"
        )


def _files(vote: Vote, person: Any) -> Iterator[Move]:
    if vote.state == Vote.State.CLOSED:
        return
    for brought in vote.register_imports.filter(state=RegisterImport.State.WAITING).exclude(brought_by=person)[:5]:
        words = _("Look at the file of the register and take it: %(vote)s") % {"vote": vote}
        yield Move(
            words, reverse("voting_register_file", args=[brought.pk]), due_at=vote.opens_at, since=brought.brought_at, kind="voting"
        )


def _cards(vote: Vote, person: Any) -> Iterator[Move]:
    number = vote.cards.filter(state=PaperCard.State.READ_ONCE).exclude(readings__clerk=person).count()
    if number:
        words = ngettext(
            "Type %(n)s paper card as the second person: %(vote)s", "Type %(n)s paper cards as the second person: %(vote)s", number
        )
        yield Move(words % {"n": number, "vote": vote}, reverse("voting_paper", args=[vote.pk]), kind="voting")
