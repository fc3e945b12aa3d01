"""The committee makes the key of a vote, gets its shares once, and proves in a drill that enough of them open an envelope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting import clauses, committee_keys, entries
from ratusz.participation.voting.actions.logging import log, log_now
from ratusz.participation.voting.actions.votes import require
from ratusz.participation.voting.models import KeyCeremony, ShareHolder, Vote
from ratusz.participation.voting.rules import VoteRefused

MOST_OF_A_FUNCTION = ShareHolder._meta.get_field("function").max_length or 0


@transaction.atomic
@sensitive_variables("key", "share")
def hold_ceremony(
    *, vote: Vote, needed: int, functions: Sequence[str], replaces: str | None = None, person: Any = None
) -> tuple[str, ...]:
    """Makes the key; gives back the shares in the order of the functions. They are nowhere else: print them, then they are gone.

    A new ceremony before the opening takes the place of the earlier one. `replaces`: the public key (hex) that was seen before, so
    that a form sent twice makes no second key. Without the clause on a committee, holders are people of the Office, and the log
    says so. Raises VoteRefused.
    """
    require(person, "hold_ceremony", vote)
    held = [each.strip() for each in functions]
    committee = committee_keys.Committee(needed, len(held))
    if words := committee.fault():
        raise VoteRefused(words)
    if not all(0 < len(each) <= MOST_OF_A_FUNCTION for each in held) or len(set(held)) < len(held):
        words = _("Write the function of each holder in at most {most} signs; no two alike.")
        raise VoteRefused(words.format(most=MOST_OF_A_FUNCTION))
    vote = Vote.objects.select_for_update().get(pk=vote.pk)
    if vote.state != Vote.State.PREPARED:
        raise VoteRefused(_("This vote is open already; what it was opened with stays."))
    if replaces is not None and bytes(vote.public_key or b"").hex() != replaces:
        raise VoteRefused(_("A key was made meanwhile. Its shares were shown once. Look whether the holders have them."))
    key = committee_keys.new_key(committee)
    vote.public_key = key.public
    vote.save(update_fields=["public_key"])
    KeyCeremony.objects.filter(vote=vote).delete()
    ceremony = KeyCeremony.objects.create(
        vote=vote, needed=needed, public_key=key.public, test_envelope=committee_keys.seal_test(key.public), made_at=database_now(),
        made_by=person,
    )  # fmt: skip
    ShareHolder.objects.bulk_create(
        ShareHolder(ceremony=ceremony, number=number, function=function, fingerprint=committee_keys.fingerprint(share))
        for number, (function, share) in enumerate(zip(held, key.shares, strict=True), 1)
    )
    log(vote=vote, entry=entries.setting("public_key", key.public.hex()))
    log(vote=vote, entry=entries.setting("committee", f"{needed}/{len(held)}"))
    log(vote=vote, entry=entries.setting("holders", "committee" if clauses.allows(vote.edition, clauses.COMMITTEE) else "office"))
    record(
        deed="voting.hold_ceremony",
        subject=vote,
        after={"needed": needed, "holders": held, "public_key": key.public.hex()},
        actor=person,
    )
    return key.shares


@transaction.atomic
@sensitive_variables("shares", "private")
def drill(*, vote: Vote, shares: Sequence[str], person: Any = None) -> KeyCeremony:
    """Opens the test envelope with the shares typed; a vote opens only after that. Raises VoteRefused, SharesRefused."""
    require(person, "hold_ceremony", vote)
    # The vote first, as the ceremony does: its key is not made anew while the old one is being tried.
    vote = Vote.objects.select_for_update().get(pk=vote.pk)
    ceremony = KeyCeremony.objects.select_for_update().filter(vote=vote).first()
    if ceremony is None:
        raise VoteRefused(_("There is no key yet: first the committee makes it in the ceremony."))
    private = committee_keys.joined(shares, bytes(ceremony.public_key))
    if not committee_keys.opens_test(private, bytes(ceremony.test_envelope)):
        raise VoteRefused(_("The key did not open the test envelope. Hold the ceremony again."))
    if ceremony.tested_at is None:
        ceremony.tested_at = database_now()
        ceremony.save(update_fields=["tested_at"])
        log_now(vote=vote, entry=entries.deed("drill"))
        record(deed="voting.drill", subject=vote, actor=person)
    return ceremony
