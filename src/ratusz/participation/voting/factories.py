"""Example votes for tests and the demo: an edition of one district and the city, open now, sealed under a key the maker holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import factory
from nacl.public import PrivateKey

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget import actions as budget
from ratusz.participation.budget.engine import preset, to_plain
from ratusz.participation.budget.factories import EditionFactory, PoolFactory, ProjectFactory
from ratusz.participation.budget.models import Edition, Pool, Stage
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.queries import ballot_fingerprint, ballot_sheet

PRIVATE_KEY = PrivateKey(sha256(b"ratusz: key of votes in tests").digest())


class VoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Vote

    edition = factory.SubFactory(EditionFactory)
    opens_at = factory.LazyFunction(lambda: database_now() - timedelta(hours=1))
    closes_at = factory.LazyFunction(lambda: database_now() + timedelta(days=1))
    public_key = bytes(PRIVATE_KEY.public_key)
    state = Vote.State.OPEN


CLAUSES = {"annulment.before_count": True, "extension.after_outage": True, "key_committee": True}
"""What a city has to have in its resolution, here as if it had."""


def edition_to_vote_on(**facts) -> Edition:
    """Districts L1 and L2 with four projects each, and the city-wide pool M with five; every clause is in the rules."""
    edition = EditionFactory(**{"draft_rules": CLAUSES} | facts)
    for position, (code, place, projects) in enumerate([("L1", "district", 4), ("L2", "district", 4), ("M", "city", 5)]):
        rules = to_plain(preset("katowice").rules.level("city" if place == "city" else "district").rules)
        pool = PoolFactory(edition=edition, code=code, place=place, position=position, slug=code.lower(), rules=rules)
        for number in range(projects):
            name = f"{code}/{number + 1:02}/{edition.roman}"
            ProjectFactory(pool=pool, position=number, number=name)
    return edition


def open_vote_on(edition: Edition | None = None, **facts) -> Vote:
    """An open vote of such an edition."""
    edition = edition or edition_to_vote_on()
    return VoteFactory(edition=edition, fingerprints={"ballot": ballot_fingerprint(ballot_sheet(edition))}, **facts)


def number(edition: Edition, pool: str, place: int) -> str:
    """The number of a project of `edition_to_vote_on`."""
    return f"{pool}/{place:02}/{edition.roman}"


def pools_of(edition: Edition) -> list[Pool]:
    """Its pools in their order."""
    return list(edition.pools.order_by("position"))


BEFORE = ("submission", "formal", "substantive", "ballot_list")
DAY = timedelta(days=1)


def set_stages(edition: Edition, opens: datetime, closes: datetime) -> None:
    """Every stage an opened edition needs, around the voting."""
    for place, code in enumerate(reversed(BEFORE), 1):
        Stage.objects.create(edition=edition, code=code, starts_at=opens - (2 * place + 1) * DAY, ends_at=opens - 2 * place * DAY)
    Stage.objects.create(edition=edition, code="voting", starts_at=opens, ends_at=closes)
    Stage.objects.create(edition=edition, code="results", starts_at=closes + 30 * DAY, ends_at=closes + 37 * DAY)


def opened_edition(two: tuple[Any, Any], *, opens: datetime | None = None, closes: datetime | None = None, **facts: Any) -> Edition:
    """Such an edition of `edition_to_vote_on`; `two` people freeze its ballot."""
    now = database_now()
    edition = edition_to_vote_on(**facts)
    set_stages(edition, opens or now - timedelta(hours=1), closes or now + DAY)
    budget.open_edition(edition=edition)
    for person in two:
        budget.freeze_ballot(edition=edition, person=person)
    edition.refresh_from_db()
    return edition
