"""The public log: entries wait in a queue of their own, get their place every second, and signed heads go out every hour."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Case, Value, When

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting import entries, heads, merkle
from ratusz.participation.voting.models import LogLeaf, PendingLeaf, SignedHead, Vote
from ratusz.participation.voting.queries import leaf_hashes, log_size, newest_head

LOG_LOCK = 7_205_000
"""First number of the advisory locks that let one process at a time add to the log of a vote."""
BATCH = 5_000
EVERY = timedelta(hours=1)
START = bytes(32)
# A quotation mark within a reason is escaped in JSON, so no words of a person look like the name of a deed.
MARKS = (
    '"kind":"setting"',
    *(f'"deed":"{name}"' for name in entries.BEFORE_BALLOTS),
    "",
    *(f'"deed":"{name}"' for name in entries.AFTER_BALLOTS),
)
PLACE = Case(
    *(When(entry__contains=mark, then=Value(place)) for place, mark in enumerate(MARKS) if mark), default=Value(MARKS.index(""))
)
"""Where an entry stands among those that wait with it: settings, the opening, ballots and all about them, the close and the rest.

Within one place the order is that of the texts: the order of casting tells nothing. So a worker that was away changes no course.
"""


def log(*, vote: Vote, entry: str) -> None:
    """Puts an entry (of entries.py) into the log; it gets its place within a second of the commit."""
    PendingLeaf.objects.create(vote=vote, entry=entry)


def log_now(*, vote: Vote, entry: str) -> None:
    """Puts an officer's deed into the log and, after the commit, at once in its place: deeds stand in their order.

    Envelopes wait their second, so that nobody tells from the log when one came; of a deed everybody may know.
    """
    log(vote=vote, entry=entry)
    transaction.on_commit(chain_whole_log)


def chain_pending() -> int:
    """Gives waiting entries their places, one batch a vote."""
    return sum(_chain(vote, waits=False) for vote in _with_waiting())


def chain_whole_log() -> int:
    """Gives every waiting entry its place, as before a head at closing; a worker that is at it is waited for."""
    done = 0
    for vote in _with_waiting():
        while step := _chain(vote, waits=True):
            done += step
    return done


def _with_waiting() -> list[Vote]:
    return list(Vote.objects.filter(pk__in=PendingLeaf.objects.values("vote")))


def _is_ours(vote: Vote, *, waits: bool) -> bool:
    """Whether this transaction is the one that adds to the log."""
    call = "pg_advisory_xact_lock(%s) IS NOT NULL" if waits else "pg_try_advisory_xact_lock(%s)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}", [LOG_LOCK + vote.pk])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def _chain(vote: Vote, *, waits: bool) -> int:
    if not _is_ours(vote, waits=waits):
        return 0
    waiting = list(PendingLeaf.objects.filter(vote=vote).order_by(PLACE, "entry", "id")[:BATCH])
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


@transaction.atomic
def sign_head(*, vote: Vote) -> SignedHead:
    """Signs size and root of the log as it stands; after the commit a copy goes to the folder of the second party."""
    _is_ours(vote, waits=True)
    hashes, at = leaf_hashes(vote), database_now()
    root = merkle.root(hashes)
    head = SignedHead.objects.create(
        vote=vote, size=len(hashes), root=root, link=_last_link(vote), signed_at=at,
        signature=heads.signature(vote.pk, len(hashes), root, at),
    )  # fmt: skip
    transaction.on_commit(lambda: heads.hand_over(head))
    return head


def head_now(vote: Vote) -> None:
    """Everything that waits gets its place and the whole log its head: after the commit of a deed that people look for."""
    chain_whole_log()
    sign_head(vote=vote)


def sign_due_heads() -> int:
    """A head an hour for each vote until its ballots are opened, then only where lines came since; returns how many were signed."""
    signed = 0
    for vote in Vote.objects.exclude(state=Vote.State.PREPARED):
        last, is_over = newest_head(vote), vote.state in (Vote.State.OPENED, Vote.State.COUNTED)
        if last is None or (database_now() - last.signed_at >= EVERY and not (is_over and log_size(vote) == last.size)):
            sign_head(vote=vote)
            signed += 1
    return signed
