"""The public log: entries wait in a queue of their own, get their place every second, and signed heads go out every hour."""

from __future__ import annotations

import logging as python_logging
from datetime import timedelta

from django.db import connection, transaction

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting import heads, merkle
from ratusz.participation.voting.models import LogLeaf, PendingLeaf, SignedHead, Vote
from ratusz.participation.voting.queries import leaf_hashes, log_size, newest_head

LOG_LOCK = 7_205_000
"""First number of the advisory locks that let one process at a time add to the log of a vote."""
BATCH = 5_000
EVERY = timedelta(hours=1)
START = bytes(32)
logger = python_logging.getLogger("ratusz.voting")


def log(*, vote: Vote, entry: str) -> None:
    """Puts an entry (of entries.py) into the log; it gets its place within a second of the commit."""
    PendingLeaf.objects.create(vote=vote, entry=entry)


@transaction.atomic
def chain_pending() -> int:
    """Gives waiting entries their places, one batch a vote, in the order of their texts: the order of a second tells nothing."""
    done = 0
    for vote in Vote.objects.filter(pk__in=PendingLeaf.objects.values("vote")):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOG_LOCK + vote.pk])
            if cursor.fetchone()[0]:
                done += _chain(vote)
    return done


def _chain(vote: Vote) -> int:
    # Deeds of officers before envelopes ("deed" < "envelope"): the opening stands before the first ballot.
    waiting = list(PendingLeaf.objects.filter(vote=vote).order_by("entry", "id")[:BATCH])
    number, link = log_size(vote), _last_link(vote)
    leaves = []
    for place, waited in enumerate(waiting, number):
        digest = merkle.leaf_hash(waited.entry.encode())
        link = merkle.chain_link(link, digest)
        leaves.append(LogLeaf(vote=vote, number=place, entry=waited.entry, source=waited.pk, leaf_hash=digest, link=link))
    LogLeaf.objects.bulk_create(leaves)
    PendingLeaf.objects.filter(pk__in=[waited.pk for waited in waiting]).delete()
    return len(leaves)


def _last_link(vote: Vote) -> bytes:
    last = LogLeaf.objects.filter(vote=vote).order_by("-number").first()
    return bytes(last.link) if last else START


def chain_whole_log() -> int:
    """Gives every waiting entry its place, as before a head at closing."""
    done = 0
    while step := chain_pending():
        done += step
    return done


@transaction.atomic
def sign_head(*, vote: Vote) -> SignedHead:
    """Signs size and root of the log as it stands; after the commit a copy goes to the folder of the second party."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK + vote.pk])
    hashes, at = leaf_hashes(vote), database_now()
    root = merkle.root(hashes)
    head = SignedHead.objects.create(
        vote=vote, size=len(hashes), root=root, link=_last_link(vote), signed_at=at,
        signature=heads.signature(vote.pk, len(hashes), root, at),
    )  # fmt: skip
    transaction.on_commit(lambda: heads.hand_over(head))
    return head


def sign_due_heads() -> int:
    """A head an hour for each vote that runs or is being counted; returns how many were signed."""
    signed = 0
    for vote in Vote.objects.exclude(state__in=[Vote.State.PREPARED, Vote.State.COUNTED]):
        last = newest_head(vote)
        if last is None or database_now() - last.signed_at >= EVERY:
            sign_head(vote=vote)
            signed += 1
    return signed
