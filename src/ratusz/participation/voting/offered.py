"""What the pages of an edition show of its vote: the log, and once the result stands its numbers and files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ratusz.participation.budget.models import Edition
from ratusz.participation.voting import shown
from ratusz.participation.voting.models import Vote
from ratusz.publishing.website.registries import PagePart
from ratusz.ui.parts import Fact, Link


def deeds_of(edition: Edition, at: datetime) -> Iterator[Link]:
    """The way to the ballot, in the language of the page, while ballots are taken."""
    vote = Vote.objects.filter(edition=edition, state=Vote.State.OPEN, opens_at__lte=at, closes_at__gt=at).first()
    if vote is not None:
        language = "en" if (get_language() or "").startswith("en") else "pl"
        yield Link(_("Cast your ballot"), reverse("ballot:start", args=[edition.slug, language]))


def links_of(edition: Edition, at: datetime) -> Iterator[Link]:
    """On the page of an edition's rules: the log and the results of its vote, where there is one that has opened."""
    vote = Vote.objects.filter(edition=edition).exclude(state=Vote.State.PREPARED).first()
    if vote is None:
        return
    if vote.state == Vote.State.COUNTED:
        yield Link(_("The vote in numbers, protocol and bundle for observers"), reverse("voting:results", args=[edition.slug]))
    yield Link(_("Public log of the vote"), reverse("voting:log", args=[edition.slug]))


def edition_part(edition: Edition, at: datetime) -> PagePart | None:
    """On the page of the results: the sums of the vote, and the way to its statistics, protocol and bundle."""
    vote = Vote.objects.filter(edition=edition, state=Vote.State.COUNTED).first()
    if vote is None:
        return None
    context = {
        "sums": [Fact(label, number) for label, number in shown.sums(vote)], "url": reverse("voting:results", args=[edition.slug]),
    }  # fmt: skip
    return PagePart(_("How people voted"), "voting/part_edition.html", context, order=20, anchor="glosowanie")
