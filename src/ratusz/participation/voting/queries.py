"""Reads: the ballot as it was frozen, what became of a number on a receipt, the log with its proofs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import Max

from ratusz.participation.budget.engine import preset, rules_from, to_plain
from ratusz.participation.budget.models import Edition, Pool, ResultChange
from ratusz.participation.budget.pabulib.contest import WITHDRAWN_COST
from ratusz.participation.voting import merkle
from ratusz.participation.voting.models import BallotCode, LogLeaf, PendingLeaf, SealedBallot, SignedHead, Vote
from ratusz.participation.voting.rules import BallotSheet, PoolPart


def ballot_sheet(edition: Edition) -> BallotSheet:
    """All parts of the edition's ballot with the rules each pool was opened with."""
    known = preset(edition.rules_preset)
    pools = edition.pools.prefetch_related("projects").order_by("position")
    parts = [_part(pool, known.level_of(pool.place, pool.name)) for pool in pools]
    return BallotSheet(known.rules, {part.code: part for part in parts})


def _part(pool: Pool, level: str) -> PoolPart:
    projects = sorted(pool.projects.all(), key=lambda project: project.position)
    return PoolPart(
        code=pool.code, level=level, rule=rules_from(pool.rules).ballot, most_points=pool.most_points, budget=pool.budget_grosze,
        numbers=tuple(project.number for project in projects), costs=tuple(project.cost_grosze for project in projects),
        open_numbers=frozenset(project.number for project in projects if project.cost_grosze != WITHDRAWN_COST),
    )  # fmt: skip


@lru_cache(maxsize=8)
def _frozen_sheet(edition: int, fingerprint: str) -> BallotSheet:
    return ballot_sheet(Edition.objects.get(pk=edition))


def sheet_of(vote: Vote) -> BallotSheet:
    """The sheet of a vote. Kept in memory under the fingerprint of the frozen list, read anew where nothing is frozen yet."""
    fingerprint = vote.fingerprints.get("ballot", "")
    return _frozen_sheet(vote.pk, fingerprint) if fingerprint else ballot_sheet(vote.edition)


def withdrawn_of(edition: Edition) -> frozenset[str]:
    """Numbers of projects whose withdrawal was recorded: the frozen list keeps them, and the count takes them out."""
    found = ResultChange.objects.filter(pool__edition=edition, kind=ResultChange.Kind.WITHDRAWN, project__isnull=False)
    return frozenset(found.values_list("project__number", flat=True))


def offered_sheet(vote: Vote) -> BallotSheet:
    """The sheet as a voter fills it in today: nobody gives points to a project withdrawn meanwhile."""
    sheet, gone = sheet_of(vote), withdrawn_of(vote.edition)
    if not gone:
        return sheet
    parts = {code: replace(part, open_numbers=part.open_numbers - gone) for code, part in sheet.parts.items()}
    return replace(sheet, parts=parts)


def ballot_bytes(sheet: BallotSheet) -> bytes:
    """The whole ballot as canonical JSON: pools, their rules and money, numbers and costs in their order."""
    content = {
        code: {
            "level": part.level, "rule": to_plain(part.rule, whole=True), "points": part.most_points, "budget": part.budget,
            "projects": [[one, cost, one in part.open_numbers] for one, cost in zip(part.numbers, part.costs, strict=True)],
        }
        for code, part in sheet.parts.items()
    }  # fmt: skip
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def ballot_fingerprint(sheet: BallotSheet) -> str:
    """SHA-256 of the whole ballot."""
    return hashlib.sha256(ballot_bytes(sheet)).hexdigest()


def stored_parts(pool: Pool) -> Iterator[tuple[tuple[tuple[str, int], ...], str]]:
    """Each opened ballot of a pool as it was in its envelope: numbers with points (or places on a ranked ballot), and its age."""
    numbers = dict(pool.projects.values_list("position", "number"))
    is_ranked = rules_from(pool.rules).ballot.type == "ranked"
    for chosen, points, age in pool.ballots.values_list("choices", "points", "age").iterator(chunk_size=5000):
        given = range(1, len(chosen) + 1) if is_ranked else points or [1] * len(chosen)
        yield tuple(sorted((numbers[place], point) for place, point in zip(chosen, given, strict=True))), age


@dataclass(frozen=True)
class BallotEnd:
    """What a number on a receipt says: `state` is accepted, in_verification, superseded, annulled, to_count or counted."""

    vote: Vote
    state: str
    reason: str = ""


def ballot_end(code: str) -> BallotEnd | None:
    """What became of a ballot, by the stored form of its number; None when there is no such ballot."""
    if ballot := SealedBallot.objects.select_related("vote__edition").defer("inner").filter(code=code).first():
        state = "in_verification" if ballot.is_quarantined and ballot.state == SealedBallot.State.ACCEPTED else ballot.state
        return BallotEnd(ballot.vote, state, ballot.annulment_reason)
    if left := BallotCode.objects.select_related("vote__edition").filter(code=code).first():
        return _end_of(left, left.vote)
    return None


def _end_of(left: BallotCode, vote: Vote) -> BallotEnd:
    """What is left of an envelope says "counted" from the stripping on; that is true once the ballots were opened."""
    waits = left.end == BallotCode.End.COUNTED and vote.state == Vote.State.STRIPPED
    return BallotEnd(vote, "to_count" if waits else left.end, left.reason)


def ends_of(vote: Vote) -> Iterator[tuple[str, BallotEnd]]:
    """Every number with its end, in the order of the numbers; nothing before envelopes and voters are apart."""
    for left in vote.codes.order_by("code").iterator():
        yield left.code, _end_of(left, vote)


def leaf_hashes(vote: Vote, size: int | None = None) -> list[bytes]:
    """Hashes of the log's first `size` leaves, of all without it."""
    leaves = LogLeaf.objects.filter(vote=vote).order_by("number")
    if size is not None:
        leaves = leaves.filter(number__lt=size)
    return [bytes(each) for each in leaves.values_list("leaf_hash", flat=True)]


def log_size(vote: Vote) -> int:
    """How many entries have their place in the log."""
    newest = LogLeaf.objects.filter(vote=vote).aggregate(number=Max("number"))["number"]
    return 0 if newest is None else newest + 1


def newest_head(vote: Vote) -> SignedHead | None:
    """The last signed head."""
    return SignedHead.objects.filter(vote=vote).order_by("-size", "-signed_at").first()


def newest_heads(vote: Vote, most: int) -> list[SignedHead]:
    """The last signed heads, the newest first: by what they hold, also where the database's clock stepped back between them."""
    return list(SignedHead.objects.filter(vote=vote).order_by("-size", "-signed_at")[:most])


def log_is_whole(vote: Vote) -> bool:
    """Whether a signed head holds everything that was written down so far."""
    head = newest_head(vote)
    return head is not None and head.size == log_size(vote) and not PendingLeaf.objects.filter(vote=vote).exists()


def deeds(vote: Vote, name: str) -> list[dict[str, Any]]:
    """The deeds of that name in the log, in its order. Marks within words of a person are escaped, so none is taken for a deed."""
    leaves = LogLeaf.objects.filter(vote=vote, entry__contains=f'"deed":"{name}"').order_by("number")
    return [json.loads(entry) for entry in leaves.values_list("entry", flat=True)]


def inclusion(vote: Vote, number: int, head: SignedHead) -> list[str]:
    """The proof, in hex, that the entry at that place is in the log of this head. IndexError when it is not."""
    return [step.hex() for step in merkle.inclusion_proof(leaf_hashes(vote, head.size), number)]


def consistency(vote: Vote, earlier: int, head: SignedHead) -> list[str]:
    """The proof, in hex, that the log of `earlier` entries is the beginning of this head's. ValueError for a size it has not."""
    return [step.hex() for step in merkle.consistency_proof(leaf_hashes(vote, head.size), earlier)]
