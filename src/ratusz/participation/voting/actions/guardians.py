"""A guardian's yes to a child's ballot: bound to that guardian, one per child and vote, as keyed digests alone."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.voting.models import GuardianConsent, RegisterEntry, Vote
from ratusz.participation.voting.rules import BANDS, VoteRefused

MINOR = BANDS[0][1]
"""The band of people under eighteen."""


def is_adult_of(vote: Vote, guardian_key: bytes) -> bool:
    """Whether the register holds this person as an adult."""
    return RegisterEntry.objects.filter(vote=vote, voter_key=guardian_key, needs_guardian=False).exclude(age_band=MINOR).exists()


@transaction.atomic
def give_consent(*, vote: Vote, child_key: bytes, guardian_key: bytes) -> GuardianConsent:
    """Keeps the guardian's yes; said twice it is one. Raises VoteRefused where another guardian has said it for this child."""
    if child_key == guardian_key:
        raise VoteRefused(_("Nobody is their own guardian."))
    day = local_day(database_now())
    consent, is_new = GuardianConsent.objects.get_or_create(
        vote=vote, child_key=child_key, defaults={"guardian_key": guardian_key, "day": day}
    )
    if bytes(consent.guardian_key) != guardian_key:
        raise VoteRefused(
            _("Another guardian has said yes for this child. One guardian does it in one vote; ask the Office if that is wrong.")
        )
    if is_new:
        record(deed="voting.give_consent", subject=vote)
    return consent
