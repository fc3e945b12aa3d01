"""The register of voters: one person brings a file in, another one takes it; of people only digests, districts, age bands stay."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.keys import keyed_digest
from ratusz.participation.budget.edition_rules import rules_of
from ratusz.participation.voting import entries, register_files
from ratusz.participation.voting.actions.logging import log
from ratusz.participation.voting.actions.votes import require
from ratusz.participation.voting.models import RegisterEntry, RegisterImport, Vote
from ratusz.participation.voting.register_files import Found, Line, Reading
from ratusz.participation.voting.rules import VoteRefused

State = RegisterImport.State
COPY = """
COPY ratusz_voting_registerline (brought_id, voter_key, district, age_band, needs_guardian) FROM STDIN
"""
# Whoever is in the register already gets the newer district and age band; a row that says the same is left alone.
TAKE = """
WITH taken AS (
    INSERT INTO ratusz_voting_registerentry AS e (id, vote_id, voter_key, district, age_band, needs_guardian, source)
    SELECT gen_random_uuid(), %(vote)s, voter_key, district, age_band, needs_guardian, 'file'
    FROM ratusz_voting_registerline WHERE brought_id = %(brought)s ORDER BY voter_key
    ON CONFLICT (vote_id, voter_key) DO UPDATE
        SET district = EXCLUDED.district, age_band = EXCLUDED.age_band, needs_guardian = EXCLUDED.needs_guardian
        WHERE (e.district, e.age_band, e.needs_guardian)
            IS DISTINCT FROM (EXCLUDED.district, EXCLUDED.age_band, EXCLUDED.needs_guardian)
    RETURNING xmax = 0 AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM taken
"""


def reading_of(vote: Vote) -> Reading:
    """How a file is read for this vote: ages count on the day it opens."""
    pools = vote.edition.pools.filter(place="district").order_by("position")
    below = rules_of(vote.edition).value("who.guardian_below")
    return Reading(vote.pk, vote.identity, local_day(vote.opens_at), below, register_files.names_of_districts(pools))


def require_room(vote: Vote) -> None:
    """The register takes people until the vote closes."""
    if vote.state not in (Vote.State.PREPARED, Vote.State.OPEN):
        raise VoteRefused(_("The vote is closed: its register stays as it is."))


def read_for(vote: Vote, reading: Reading) -> Vote:
    """The vote, kept from other deeds of the register while ballots go in. Raises VoteRefused if the file was read for another."""
    vote = Vote.objects.select_for_update(no_key=True, of=("self",)).select_related("edition").get(pk=vote.pk)
    require_room(vote)
    if reading_of(vote) != reading:
        raise VoteRefused(_("The vote was changed while the file was read. Choose the file again."))
    return vote


@transaction.atomic
def bring_register(*, vote: Vote, content: bytes, person: Any) -> RegisterImport:
    """Reads a file; its good lines wait for a second person. The same file brought twice gives the import that waits already."""
    require(person, "bring_register", vote)
    require_room(vote)
    reading = reading_of(vote)
    found = register_files.read_register(content, reading)  # for a minute, and nobody waits meanwhile
    vote = read_for(vote, reading)
    digest = keyed_digest(f"voting-{vote.pk}-file", sha256(content).hexdigest())
    if known := RegisterImport.objects.filter(vote=vote, file_digest=digest, state=State.WAITING).first():
        return known
    brought = RegisterImport.objects.create(
        vote=vote, file_digest=digest, rows=found.rows, good=len(found.lines), faults=found.faults, fault_counts=dict(found.counts),
        brought_by=person, brought_at=database_now(),
    )  # fmt: skip
    _lay_down(brought, found.lines)
    record(deed="voting.bring_register", subject=brought, after=_counts(found))
    return brought


def _counts(found: Found) -> dict[str, Any]:
    return {"rows": found.rows, "good": len(found.lines), "faults": dict(found.counts)}


def _lay_down(brought: RegisterImport, lines: Iterable[Line]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for line in lines:
            copy.write_row((brought.pk, line.voter_key, line.district, line.age_band, line.needs_guardian))


def _waiting(brought: RegisterImport) -> RegisterImport:
    # The vote first, as everything that adds to the register does.
    Vote.objects.select_for_update(no_key=True).get(pk=brought.vote_id)
    found = RegisterImport.objects.select_for_update(of=("self",)).select_related("vote").get(pk=brought.pk)
    if found.state != State.WAITING:
        raise VoteRefused(_("This file has been decided already."))
    return found


@transaction.atomic
def take_register(*, brought: RegisterImport, person: Any) -> RegisterImport:
    """The second person takes the file: new people are added, known ones get the newer district. Twice the same changes nothing."""
    require(person, "take_register", brought.vote)
    brought = _waiting(brought)
    require_room(brought.vote)
    if person.pk == brought.brought_by_id:
        raise VoteRefused(_("Another person than the one who brought the file takes it into the register."))
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"vote": brought.vote_id, "brought": brought.pk})
        brought.added, brought.changed = cursor.fetchone()
    _decide(brought, State.TAKEN, person)
    in_all = RegisterEntry.objects.filter(vote=brought.vote_id).count()
    log(vote=brought.vote, entry=entries.deed("register", added=brought.added, changed=brought.changed, people=in_all))
    record(deed="voting.take_register", subject=brought, after={"added": brought.added, "changed": brought.changed})
    return brought


@transaction.atomic
def drop_register(*, brought: RegisterImport, person: Any) -> RegisterImport:
    """Whoever sees that the file is wrong drops it; nothing of its lines stays."""
    require(person, "bring_register", brought.vote)
    brought = _waiting(brought)
    _decide(brought, State.DROPPED, person)
    record(deed="voting.drop_register", subject=brought)
    return brought


def _decide(brought: RegisterImport, state: str, person: Any) -> None:
    brought.lines.all().delete()
    brought.state, brought.decided_by, brought.decided_at = state, person, database_now()
    brought.save(update_fields=["state", "decided_by", "decided_at", "added", "changed"])
