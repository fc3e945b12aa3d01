"""Envelopes parted from their voters, opened with the committee's shares before observers, handed to the budget to be counted."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from ratusz.foundation.audit.actions import record
from ratusz.participation.budget.actions import copy_ballots
from ratusz.participation.voting import committee_keys, disclosure, entries, statistics
from ratusz.participation.voting.actions.logging import log_now
from ratusz.participation.voting.actions.votes import require
from ratusz.participation.voting.envelopes import PlainBallot, unseal
from ratusz.participation.voting.models import AnomalyCase, Vote, VoteTable
from ratusz.participation.voting.queries import sheet_of, stored_parts
from ratusz.participation.voting.rules import BallotChecks, VoteRefused

State = Vote.State


@transaction.atomic
def strip(*, vote: Vote, person: Any = None) -> int:
    """The database parts envelopes from voters: codes stay, sorted; inner envelopes alone, in random order; the rest is gone.

    Statistics are taken first: afterwards nobody knows the way, the hour or the district of a ballot. Gives back how many are to be
    opened. The order of casting, the voter's key and the moment cannot be found again in the database; backups made before are
    destroyed by the city's schedule. Raises VoteRefused.
    """
    require(person, "open_ballots", vote)
    vote = Vote.objects.select_for_update(of=("self",)).select_related("edition").get(pk=vote.pk)
    if vote.state != State.VERIFIED:
        raise VoteRefused(_("Envelopes are parted from voters after the verification has ended, and once."))
    tables = statistics.before_stripping(vote)
    VoteTable.objects.bulk_create(VoteTable(vote=vote, name=name, content=content) for name, content in tables.items())
    with connection.cursor() as cursor:
        cursor.execute("SELECT ratusz_voting_strip(%s)", [vote.pk])
        count = cursor.fetchone()[0]
    # Which ballots came over one line is known no longer either.
    AnomalyCase.objects.filter(vote=vote).update(together=b"")
    log_now(vote=vote, entry=entries.deed("stripped", envelopes=count))
    record(deed="voting.strip", subject=vote, after={"envelopes": count}, actor=person)
    return count


@transaction.atomic
@sensitive_variables("shares", "private", "ballots")
def open_ballots(*, vote: Vote, shares: Sequence[str], person: Any = None) -> int:
    """Opens every envelope with enough shares and hands the plain ballots to the budget's pools; gives back how many.

    One envelope that does not open, or holds what no ballot may, and nothing is stored. The envelopes stay, without numbers and
    voters, until the result stands (publish_vote), so that the committee can open them once more. Raises VoteRefused and
    SharesRefused.
    """
    require(person, "open_ballots", vote)
    vote = Vote.objects.select_for_update(of=("self",)).select_related("edition").get(pk=vote.pk)
    if vote.state != State.STRIPPED:
        raise VoteRefused(_("Ballots are opened after the envelopes were parted from voters, and once."))
    private = committee_keys.joined(shares, bytes(vote.public_key or b""))
    ballots = _opened(vote, private)
    _hand_over(vote, ballots)
    VoteTable.objects.create(vote=vote, name=VoteTable.Name.PARTS, content=_parts(vote, ballots))
    Vote.objects.filter(pk=vote.pk).update(state=State.OPENED)
    used = Counter(code for ballot in ballots for code, given in ballot.choices.items() if given)
    log_now(
        vote=vote, entry=entries.deed("opened", ballots=len(ballots), pools={code: used[code] for code in sheet_of(vote).parts})
    )
    record(deed="voting.open_ballots", subject=vote, after={"ballots": len(ballots)}, actor=person)
    return len(ballots)


@transaction.atomic
def check_opening(*, vote: Vote, shares: Sequence[str], person: Any = None) -> int:
    """Before observers, until the result stands: opens every envelope once more and compares with the ballots that are counted.

    Gives back how many envelopes there were. Raises VoteRefused where one ballot is another one, SharesRefused.
    """
    require(person, "open_ballots", vote)
    vote = Vote.objects.select_for_update(of=("self",)).select_related("edition").get(pk=vote.pk)
    if vote.state != State.OPENED:
        raise VoteRefused(_("Envelopes can be opened again between the opening and the publication of the result."))
    ballots = _opened(vote, committee_keys.joined(shares, bytes(vote.public_key or b"")))
    found: Counter[tuple[str, tuple[tuple[str, int], ...]]] = Counter()
    for ballot in ballots:
        found.update((code, tuple(sorted(given.items()))) for code, given in ballot.choices.items() if given)
    if found != Counter(_stored(vote)):
        raise VoteRefused(_("The ballots that are counted are not those in the envelopes. Stop and write the protocol."))
    log_now(vote=vote, entry=entries.deed("opened again", ballots=len(ballots)))
    record(deed="voting.check_opening", subject=vote, after={"ballots": len(ballots)}, actor=person)
    return len(ballots)


def _stored(vote: Vote) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
    """Each stored part as it was in its envelope: pool, and numbers with points (or places on a ranked ballot)."""
    for pool in vote.edition.pools.all():
        yield from ((pool.code, given) for given, _age in stored_parts(pool))


def _parts(vote: Vote, ballots: Sequence[PlainBallot]) -> dict[str, int]:
    """How many ballots used both parts, only the local one, only the city's."""
    city = {code for code, part in sheet_of(vote).parts.items() if part.level == "city"}
    used = [{code for code, given in ballot.choices.items() if given} for ballot in ballots]
    return statistics.of_parts(Counter((bool(codes - city), bool(codes & city)) for codes in used))


def _opened(vote: Vote, private: PrivateKey) -> list[PlainBallot]:
    """Plain ballots in an order of their own; raises VoteRefused for any that does not open or does not keep to the rules."""
    check, found = BallotChecks(sheet_of(vote)), []
    for (inner,) in vote.inner_envelopes.values_list("inner").iterator(chunk_size=5000):
        try:
            ballot = unseal(bytes(inner), private)
            is_good = ballot.edition == vote.pk and check.passes(ballot.choices)
        except (CryptoError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise VoteRefused(_("An envelope does not open. Nothing was stored: stop and write the protocol.")) from problem
        if not is_good:
            raise VoteRefused(_("An opened ballot does not keep to the rules. Nothing was stored: stop and write the protocol."))
        found.append(ballot)
    random.SystemRandom().shuffle(found)
    return found


def _hand_over(vote: Vote, ballots: Sequence[PlainBallot]) -> None:
    """Each pool gets its parts, shuffled apart from the others; age only as finely as no class is small."""
    sheet = sheet_of(vote)
    parts: Mapping[str, list[tuple[dict[str, int], str]]] = defaultdict(list)
    for ballot in ballots:
        for code, given in ballot.choices.items():
            if given:
                parts[code].append((dict(given), ballot.age_band))
    for pool in vote.edition.pools.all():
        rows = parts[pool.code]
        random.SystemRandom().shuffle(rows)
        known = [disclosure.OpenBallot(tuple(sorted(given.items())), age) for given, age in rows]
        level = disclosure.level_for(known)
        position = dict(pool.projects.values_list("number", "position"))
        # On a ranked ballot the numbers are places: the order says all, and the engine gives the points.
        is_ranked, has_points = sheet.parts[pool.code].rule.type == "ranked", pool.most_points is not None
        orders = [sorted(given, key=given.__getitem__) if is_ranked else list(given) for given, _age in rows]
        copy_ballots(
            pool=pool, labels=["" for _row in rows], columns=[{} for _row in rows],
            choices=[[position[number] for number in order] for order in orders],
            points=[list(given.values()) if has_points else [] for given, _age in rows],
            ages=[disclosure.shown_at(level, ballot)[0] for ballot in known],
        )  # fmt: skip
