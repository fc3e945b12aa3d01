"""Elections are set up, candidates read in, held things kept, decided and let out with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from ratusz.coordination.calendar import rules
from ratusz.coordination.calendar.models import Candidate, Decision, Election, HeldItem
from ratusz.coordination.calendar.names import forms_of
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.outgoing import Hold, Outgoing, tell_decision

FIELDS = (
    "kind", "name", "ordering_act", "ordered_on", "voting_day", "polls_from", "polls_to", "second_round_day", "territory",
)  # fmt: skip


def _may(person: Any, deed: str, subject: Any = None) -> datetime:
    at = database_now()
    if not rules.may(person, deed, subject, at):
        raise PermissionDenied
    return at


@transaction.atomic
def set_up_election(*, person: Any, election: Election | None = None, **facts: Any) -> Election:
    """Enters an election, or changes what is still to come of one. PermissionDenied, rules.CampaignRuns, rules.SilenceStays."""
    at = _may(person, "set_up")
    before, was = None, ""
    if election is not None:
        election = Election.objects.select_for_update().get(pk=election.pk)
        rules.check_change(election, facts, at)
        before, was = {name: getattr(election, name) for name in FIELDS}, rules.phase_at(election, at).code
    else:
        election = Election(made_by=person, made_at=at)
    for name, value in facts.items():
        setattr(election, name, value)
    rules.check_days(election, local_day(at))
    rules.check_silence(was, election, person, at)
    election.save()
    after = {name: getattr(election, name) for name in FIELDS}
    record(
        deed="calendar.change_election" if before else "calendar.set_up_election",
        subject=election,
        before=before,
        after=after,
        actor=person,
    )
    return election


@transaction.atomic
def read_candidates(*, election: Election, rows: Iterable[tuple[str, str, str]], person: Any) -> int:
    """Takes in (first name, last name, committee) of the public list and works out all forms; who stands there stays as is."""
    _may(person, "set_up")
    made = [
        Candidate(
            election=election, first_name=first, last_name=last, committee=committee,
            first_forms=forms_of(first), last_forms=forms_of(last),
        )
        for first, last, committee in rows
    ]  # fmt: skip
    before = election.candidates.count()
    Candidate.objects.bulk_create(made, ignore_conflicts=True)
    count = election.candidates.count() - before
    record(deed="calendar.read_candidates", subject=election, after={"count": count}, actor=person)
    return count


@transaction.atomic
def remove_candidates(*, election: Election, person: Any) -> int:
    """Empties the list, for reading it in anew; gives back how many stood there."""
    _may(person, "set_up")
    count = election.candidates.all().delete()[0]
    record(deed="calendar.remove_candidates", subject=election, before={"count": count}, actor=person)
    return count


@transaction.atomic
def keep_held(*, election: Election, outgoing: Outgoing, hold: Hold, at: datetime) -> HeldItem:
    """Keeps that a thing was held, once however often it tries; called by our listener, in the sender's transaction.

    Whoever decides decides about the newest text.
    """
    facts = {
        "election": election, "channel": outgoing.channel, "title": outgoing.title[:300], "url": outgoing.url,
        "fingerprint": outgoing.fingerprint, "hold_code": hold.code, "held_at": at, "held_until": hold.until,
        "tried_by": outgoing.by,
    }  # fmt: skip
    item, is_new = HeldItem.objects.get_or_create(subject=outgoing.subject, decision=Decision.OPEN, defaults=facts)
    if is_new:
        record(deed="calendar.hold_item", subject=item, after={"subject": item.subject, "channel": item.channel})
    elif item.fingerprint != outgoing.fingerprint:
        item.title, item.fingerprint = facts["title"], facts["fingerprint"]
        item.save(update_fields=["title", "fingerprint"])
        record(deed="calendar.hold_item", subject=item, after={"subject": item.subject, "channel": item.channel})
    return item


@transaction.atomic
def note_left(*, outgoing: Outgoing, person: Any, at: datetime) -> None:
    """A person sends after the silence what was held in it: that is the fresh decision, also about what was not to leave."""
    left = Q(decision=Decision.OPEN) | Q(decision=Decision.DROPPED, fingerprint__in=("", outgoing.fingerprint))
    # Whoever decides about it this moment holds its row and waits for the sender's: their decision stands.
    for item in HeldItem.objects.select_for_update(skip_locked=True).filter(left, subject=outgoing.subject):
        _decide(item, Decision.RELEASED, person, "", at)


@transaction.atomic
def keep_override(*, election: Election, outgoing: Outgoing, hold_code: str, person: Any, reason: str, at: datetime) -> HeldItem:
    """Keeps that somebody let a thing out where it was about to leave, though it was held."""
    item = HeldItem.objects.select_for_update().filter(subject=outgoing.subject, decision=Decision.OPEN).first()
    if item is None:
        item = HeldItem(subject=outgoing.subject, election=election, channel=outgoing.channel, title=outgoing.title[:300])
        item.url, item.hold_code, item.held_at, item.tried_by = outgoing.url, hold_code, at, outgoing.by
    item.fingerprint = outgoing.fingerprint
    return _decide(item, Decision.OVERRIDDEN, person, reason, at)


def _decide(item: HeldItem, decision: str, person: Any, reason: str, at: datetime) -> HeldItem:
    item.decision, item.decided_by, item.decided_at, item.reason = decision, person, at, reason.strip()[:500]
    item.save()
    record(deed=f"calendar.{decision}_item", subject=item, after={"subject": item.subject, "reason": item.reason}, actor=person)
    return item


def _locked(item: HeldItem, seen: str) -> HeldItem:
    """`seen`: the digest of the text that the person decides about; "" when the caller read it this moment."""
    item = HeldItem.objects.select_for_update(of=("self",)).select_related("election").get(pk=item.pk)
    if item.decision != Decision.OPEN:
        raise rules.AlreadyDecided
    if seen and seen != item.fingerprint:
        raise rules.TextChanged
    return item


@transaction.atomic
def release_held(*, item: HeldItem, person: Any, reason: str = "", seen: str = "") -> HeldItem:
    """After the silence: this may leave, at its owner's next turn. PermissionDenied, AlreadyDecided, TextChanged, StillSilent."""
    at = _may(person, "decide", item)
    item = _locked(item, seen)
    if rules.phase_at(item.election, at).code == rules.SILENCE:
        raise rules.StillSilent
    item = _decide(item, Decision.RELEASED, person, reason, at)
    tell_decision(item.subject, Decision.RELEASED, at)
    return item


@transaction.atomic
def drop_held(*, item: HeldItem, person: Any, reason: str = "", seen: str = "") -> HeldItem:
    """This does not leave, at any time during or after the silence; whoever owns it takes it off its queue."""
    at = _may(person, "decide", item)
    item = _decide(_locked(item, seen), Decision.DROPPED, person, reason, at)
    tell_decision(item.subject, Decision.DROPPED, at)
    return item


@transaction.atomic
def override_held(*, item: HeldItem, person: Any, reason: str, seen: str = "") -> HeldItem:
    """Lets one thing out in the silence, for heads and deputies. PermissionDenied, ReasonMissing, AlreadyDecided, TextChanged."""
    at = _may(person, "override", item)
    if not reason.strip():
        raise rules.ReasonMissing
    item = _decide(_locked(item, seen), Decision.OVERRIDDEN, person, reason, at)
    tell_decision(item.subject, Decision.RELEASED, at)
    return item
