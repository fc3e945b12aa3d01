"""Odd ballots: limits with their days, lines of the city's points, the search, cases put in verification and ended with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.audit.addresses import line_of
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting import clauses, entries, envelopes, searching
from ratusz.participation.voting.actions.logging import log
from ratusz.participation.voting.actions.verifying import UNDER_VERIFICATION, ask_annulment
from ratusz.participation.voting.actions.votes import require
from ratusz.participation.voting.anomalies import Flag
from ratusz.participation.voting.models import (
    Annulment,
    AnomalyCase,
    AnomalyLimits,
    Complaint,
    FlaggedBallot,
    KnownLine,
    SealedBallot,
    Vote,
)
from ratusz.participation.voting.rules import VoteRefused

State = AnomalyCase.State
MOST = 1_000_000
"""More ballots than any city has, and what a column holds."""
MOST_OF = dict.fromkeys(searching.NAMES, MOST) | {"deviations": 99}


@transaction.atomic
def set_limits(*, vote: Vote, values: Mapping[str, Any], reason: str, person: Any = None) -> AnomalyLimits:
    """Sets from how many on something is odd, from now on; the public log says so. Raises VoteRefused."""
    require(person, "set_limits", vote)
    vote = _locked(vote)
    if not reason.strip():
        raise VoteRefused(_("Write the reason: it stands beside the limits."))
    kept = {name: values[name] for name in searching.NAMES}
    if any(not 1 <= value <= MOST_OF[name] for name, value in kept.items()):
        raise VoteRefused(_("Limits are numbers from 1 to {most}; deviations to {deviations}.").format(most=MOST, deviations=99))
    made = AnomalyLimits.objects.create(vote=vote, valid_from=database_now(), reason=reason.strip(), set_by=person, **kept)
    log(vote=vote, entry=entries.setting("anomaly_limits", {name: str(value) for name, value in kept.items()}))
    record(deed="voting.set_limits", subject=vote, after={name: str(value) for name, value in kept.items()}, actor=person)
    return made


@transaction.atomic
def add_known_line(*, vote: Vote, name: str, address: str, person: Any = None) -> KnownLine:
    """Names a line of the city's own point, so that its voters are not odd for being many. Keeps the digest alone."""
    require(person, "set_limits", vote)
    vote = _locked(vote)
    if not name.strip():
        raise VoteRefused(_("Write which point it is."))
    digest = envelopes.line_digest(vote.pk, _line(address))
    made, _is_new = KnownLine.objects.get_or_create(vote=vote, line_digest=digest, defaults={"name": name.strip()})
    record(deed="voting.add_known_line", subject=vote, after={"name": made.name}, actor=person)
    return made


def _line(address: str) -> str:
    """As a ballot's line is kept. Raises VoteRefused."""
    try:
        found = line_of(address.strip())
    except ValueError:
        found = ""
    if not found:
        raise VoteRefused(_("This is no address of a line. Ask the network's administrator: it looks like 192.0.2.7."))
    return found


def _locked(vote: Vote) -> Vote:
    """The vote, locked. Raises VoteRefused once its verification has ended."""
    found = Vote.objects.select_for_update(of=("self",), no_key=True).select_related("edition").get(pk=vote.pk)
    if found.state not in (Vote.State.PREPARED, *UNDER_VERIFICATION):
        raise VoteRefused(_("The verification of this vote has ended."))
    return found


@transaction.atomic
def look_for_anomalies(*, vote: Vote, person: Any = None) -> int:
    """Searches the stored envelopes; what is found and in no case yet comes into one. Ballots change nothing. Returns how many."""
    require(person, "look_for_anomalies", vote)
    vote = _locked(vote)
    facts = searching.facts_of(vote)
    groups = searching.unseen(vote, facts)
    for together, found in groups.items():
        _into_case(vote, together, found)
    count = sum(map(len, groups.values()))
    record(deed="voting.look_for_anomalies", subject=vote, after={"ballots": len(facts), "flagged": count}, actor=person)
    return count


def _into_case(vote: Vote, together: bytes, found: Iterable[Flag]) -> None:
    case = AnomalyCase.objects.filter(vote=vote, together=together).exclude(state=State.ENDED).first()
    if case is None:
        last = AnomalyCase.objects.filter(vote=vote).aggregate(last=Max("number"))["last"] or 0
        case = AnomalyCase.objects.create(vote=vote, number=last + 1, found_at=database_now(), together=together)
    rows = [FlaggedBallot(case=case, ballot_code=flag.code, signals=[each.value for each in flag.signals]) for flag in found]
    FlaggedBallot.objects.bulk_create(rows)
    if case.state == State.QUARANTINED:
        _ballots([row.ballot_code for row in rows]).update(is_quarantined=True)


def _ballots(codes: Iterable[str]) -> Any:
    return SealedBallot.objects.filter(code__in=list(codes), state=SealedBallot.State.ACCEPTED)


def look_in_open_votes() -> int:
    """The search in every vote that takes ballots or is being verified; returns how many ballots it brought into cases."""
    return sum(look_for_anomalies(vote=vote) for vote in Vote.objects.filter(state__in=UNDER_VERIFICATION))


@transaction.atomic
def quarantine(*, case: AnomalyCase, person: Any = None) -> AnomalyCase:
    """The ballots of a case stand as "in verification" until the case ends. Raises VoteRefused."""
    require(person, "quarantine", case.vote)
    _locked(case.vote)
    case = AnomalyCase.objects.select_for_update(of=("self",)).select_related("vote").get(pk=case.pk)
    if case.state != State.NEW:
        raise VoteRefused(_("Somebody has taken this case already."))
    case.state = State.QUARANTINED
    case.save(update_fields=["state"])
    count = _ballots(case.flagged.values_list("ballot_code", flat=True)).update(is_quarantined=True)
    log(vote=case.vote, entry=entries.deed("quarantine", case=case.number, ballots=count))
    record(deed="voting.quarantine", subject=case, after={"ballots": count}, actor=person)
    return case


@transaction.atomic
def ask_annulment_of_case(*, case: AnomalyCase, codes: Iterable[str], reason: str, grounds: str, person: Any) -> int:
    """Asks for the annulment of these ballots of a case in verification; gives back of how many. Raises VoteRefused."""
    require(person, "ask_annulment", case.vote)
    clauses.require(case.vote.edition, clauses.ANNULMENT)
    wanted = set(codes)
    of_case = set(case.flagged.filter(ballot_code__in=wanted).values_list("ballot_code", flat=True))
    if not wanted or wanted != of_case:
        raise VoteRefused(_("Choose ballots of this case."))
    if AnomalyCase.objects.get(pk=case.pk).state != State.QUARANTINED:
        raise VoteRefused(_("First put the ballots of this case in verification."))
    asked = set(
        Annulment.objects.filter(ballot_code__in=wanted, decision__in=["open", "granted"]).values_list("ballot_code", flat=True)
    )
    for code in sorted(wanted - asked):
        ask_annulment(ballot_code=code, reason=reason, grounds=grounds, person=person)
    return len(wanted - asked)


@transaction.atomic
def end_case(*, case: AnomalyCase, reasons: str, person: Any = None) -> AnomalyCase:
    """Ends a case with reasons: ballots of it that were not annulled count again. Raises VoteRefused."""
    require(person, "end_case", case.vote)
    _locked(case.vote)
    case = AnomalyCase.objects.select_for_update(of=("self",)).select_related("vote").get(pk=case.pk)
    if case.state == State.ENDED:
        raise VoteRefused(_("Somebody has ended this case already."))
    if not reasons.strip():
        raise VoteRefused(_("Write the reasons: the protocol has them."))
    codes = list(case.flagged.values_list("ballot_code", flat=True))
    if Annulment.objects.filter(ballot_code__in=codes, decision=Annulment.Decision.OPEN).exists():
        raise VoteRefused(_("An annulment in this case waits for the second person. Decide it first."))
    case.state, case.reasons, case.ended_at, case.ended_by = State.ENDED, reasons.strip(), database_now(), person
    case.save(update_fields=["state", "reasons", "ended_at", "ended_by"])
    complained = Complaint.objects.filter(ballot_code__in=codes, state=Complaint.State.OPEN).values("ballot_code")
    released = _ballots(codes).exclude(code__in=complained).update(is_quarantined=False)
    log(vote=case.vote, entry=entries.deed("release", case=case.number, ballots=released))
    record(deed="voting.end_case", subject=case, after={"released": released, "of": len(codes)}, actor=person)
    return case
