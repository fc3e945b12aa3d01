"""A vote as a path of steps: what was done, by whom and when, what is next, whose move it is and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.dates import polish_end, polish_moment
from ratusz.participation.voting import results
from ratusz.participation.voting.actions.verifying import what_is_open
from ratusz.participation.voting.models import Annulment, AnomalyCase, Complaint, KeyCeremony, Vote

State = Vote.State
ORDER = list(State)
OFFICE, CHAIR, COMMITTEE, PROGRAM = (
    gettext_lazy("the Office: coordinator of the budget, head or deputy head"),
    gettext_lazy("the chair of the committee"),
    gettext_lazy("the committee"),
    gettext_lazy("the program"),
)


@dataclass(frozen=True)
class Step:
    """One step as the page shows it. `stops`: what has to be done first. `deed`: of rules.DEEDS, "" for nobody's."""

    code: str
    title: str
    about: str
    who: Any
    deed: str
    url: str = ""
    is_done: bool = False
    is_now: bool = False
    done_at: datetime | None = None
    done_by: str = ""
    stops: tuple[str, ...] = field(default=())
    due_at: datetime | None = None


@dataclass(frozen=True)
class _Known:
    """What is read once for all steps of a vote."""

    vote: Vote
    at: datetime
    ceremony: KeyCeremony | None
    entries: Mapping[str, Entry]

    def is_past(self, state: State) -> bool:
        return ORDER.index(State(self.vote.state)) >= ORDER.index(state)

    def url(self, name: str, *more: object) -> str:
        return reverse(f"voting_staff_{name}", args=[self.vote.pk, *more])

    def done(self, deed: str) -> dict[str, Any]:
        entry = self.entries.get(deed)
        return {"done_at": entry.happened_at, "done_by": entry.actor_label} if entry else {}


def steps_of(vote: Vote, at: datetime) -> list[Step]:
    """All steps in their order; the first that is not done is the one that is now."""
    entries: dict[str, Entry] = {}
    for entry in Entry.objects.about(vote).filter(is_read=False).order_by("id"):
        entries[entry.deed] = entry
    ceremony = KeyCeremony.objects.filter(vote=vote, public_key=vote.public_key).first()
    known = _Known(vote, at, ceremony, entries)
    made, is_now = [], True
    for make in STEPS:
        step = make(known)
        made.append(step if step.is_done else _at_place(step, is_now))
        is_now = is_now and step.is_done
    return made


def _at_place(step: Step, is_now: bool) -> Step:
    return Step(**{**step.__dict__, "is_now": is_now, "done_at": None, "done_by": ""})


def waiting(vote: Vote, at: datetime) -> Iterator[Step]:
    """What can be done in this vote now, each for the person whose move it is."""
    step = next((step for step in steps_of(vote, at) if step.is_now), None)
    if step and step.deed and not step.stops:
        yield step
    if vote.state in (State.OPEN, State.CLOSED, State.COUNTED):
        yield from decisions(vote)


def decisions(vote: Vote) -> Iterator[Step]:
    """Complaints, annulments and cases that wait for somebody's word; after publication a change that waits for a count."""
    if vote.state == State.COUNTED:
        if results.has_change_to_count(vote):
            url = reverse("voting_staff_result", args=[vote.pk])
            yield Step("recount", _("Count again and publish after a recorded change"), "", OFFICE, "count_vote", url, is_now=True)
        return
    complaints = vote.complaints.filter(state=Complaint.State.OPEN).count()
    asked = vote.annulments.filter(decision=Annulment.Decision.OPEN).count()
    new = vote.cases.filter(state=AnomalyCase.State.NEW).count()
    held = vote.cases.filter(state=AnomalyCase.State.QUARANTINED).count()
    found = (
        ("complaints", complaints, "decide_complaint", ngettext("Decide %(n)s complaint", "Decide %(n)s complaints", complaints)),
        ("annulments", asked, "decide_annulment", ngettext("Decide %(n)s annulment", "Decide %(n)s annulments", asked)),
        ("anomalies", new, "quarantine", ngettext("Look at %(n)s new case", "Look at %(n)s new cases", new)),
        ("anomalies", held, "end_case", ngettext("End %(n)s case in verification", "End %(n)s cases in verification", held)),
    )
    for name, count, deed, words in found:
        if count:
            url = reverse(f"voting_staff_{name}", args=[vote.pk])
            yield Step(name, words % {"n": count}, "", COMMITTEE, deed, url, is_now=True)


def _prepare(known: _Known) -> Step:
    vote = known.vote
    about = _("From {opens} to {closes}, as the calendar of the edition has it.").format(
        opens=polish_moment(vote.opens_at), closes=polish_end(vote.closes_at)
    )
    return Step(
        "prepare",
        _("Prepare the vote"),
        about,
        OFFICE,
        "prepare_vote",
        known.url("step", "prepare"),
        True,
        **known.done("voting.prepare_vote"),
    )


def _ballot(known: _Known) -> Step:
    edition = known.vote.edition
    change = (
        edition.changes.filter(kind="ballot", is_approved=True).select_related("settled_by").last() if edition.opened_at else None
    )
    is_done = bool(edition.ballot_frozen_at) or known.is_past(State.OPEN)
    by = {"done_at": edition.ballot_frozen_at, "done_by": str(change.settled_by) if change else ""}
    return Step(
        "ballot",
        _("Freeze the ballot"),
        _("Two people of the Office freeze the list, its order and costs. Done on the edition's page."),
        OFFICE,
        "prepare_vote",
        reverse("budget_staff_rules", args=[edition.pk]),
        is_done,
        **by,
    )


def _ceremony(known: _Known) -> Step:
    about = _("The key is made and divided at once; each holder gets one sheet. The program keeps no share.")
    return Step(
        "ceremony",
        _("Hold the key ceremony"),
        about,
        CHAIR,
        "hold_ceremony",
        known.url("ceremony"),
        known.ceremony is not None,
        **known.done("voting.hold_ceremony"),
    )


def _drill(known: _Known) -> Step:
    stops = () if known.ceremony else (_("first the ceremony"),)
    is_done = known.ceremony is not None and known.ceremony.tested_at is not None
    return Step(
        "drill",
        _("Open a test envelope"),
        _("The holders type their shares and open an envelope made for this. The vote opens only after it."),
        CHAIR,
        "hold_ceremony",
        known.url("drill"),
        is_done,
        stops=stops,
        **known.done("voting.drill"),
    )


def _open(known: _Known) -> Step:
    stops = [step.title for step in (_ballot(known), _ceremony(known), _drill(known)) if not step.is_done]
    about = _("Freezes ballot, rules and the version of the program. Before the hour nobody can vote all the same.")
    return Step(
        "open",
        _("Open the vote"),
        about,
        OFFICE,
        "open_vote",
        known.url("step", "open"),
        known.is_past(State.OPEN),
        stops=tuple(stops),
        due_at=known.vote.opens_at,
        **known.done("voting.open_vote"),
    )


def _voting(known: _Known) -> Step:
    vote, at = known.vote, known.at
    about = _("Residents vote until {closes}.").format(closes=polish_end(vote.closes_at))
    is_done = known.is_past(State.OPEN) and at >= vote.closes_at
    return Step("voting", _("Voting"), about, gettext_lazy("residents"), "", known.url("course"), is_done, done_at=vote.closes_at)


def _close(known: _Known) -> Step:
    hour = known.vote.closes_at
    stops = (_("the hour has not come: {closes}").format(closes=polish_end(hour)),) if known.at < hour else ()
    return Step(
        "close",
        _("Close the vote"),
        _("The program does it itself within a minute of the hour."),
        PROGRAM,
        "close_vote",
        known.url("step", "close"),
        known.is_past(State.CLOSED),
        stops=stops,
        **known.done("voting.close_vote"),
    )


def _verification(known: _Known) -> Step:
    is_closed = known.is_past(State.CLOSED)
    words = what_is_open(known.vote) if known.vote.state == State.CLOSED else ""
    stops = (words,) if words else () if is_closed else (_("first the close"),)
    about = _("All complaints, odd ballots and annulments are decided and the sums agree. After this no ballot can be taken out.")
    return Step(
        "end_verification",
        _("End the verification"),
        about,
        CHAIR,
        "end_verification",
        known.url("step", "end_verification"),
        known.is_past(State.VERIFIED),
        stops=stops,
        **known.done("voting.end_verification"),
    )


def _strip(known: _Known) -> Step:
    about = _("The database parts envelopes from voters and shuffles them. This cannot be undone.")
    return Step(
        "strip",
        _("Part envelopes from voters"),
        about,
        CHAIR,
        "open_ballots",
        known.url("step", "strip"),
        known.is_past(State.STRIPPED),
        stops=_after(known, State.VERIFIED, _("first the end of the verification")),
        **known.done("voting.strip"),
    )


def _open_ballots(known: _Known) -> Step:
    about = _("Before observers: enough holders type their shares, all envelopes open, the ballots go to the count.")
    return Step(
        "open_ballots",
        _("Open the ballots"),
        about,
        CHAIR,
        "open_ballots",
        known.url("open_ballots"),
        known.is_past(State.OPENED),
        stops=_after(known, State.STRIPPED, _("first envelopes are parted from voters")),
        **known.done("voting.open_ballots"),
    )


def _count(known: _Known) -> Step:
    about = _("Two counts that agree, a preview for the committee, publication.")
    url = known.url("result")
    return Step(
        "count",
        _("Count and publish"),
        about,
        OFFICE,
        "count_vote",
        url,
        known.is_past(State.COUNTED),
        stops=_after(known, State.OPENED, _("first the ballots are opened")),
        done_at=known.vote.edition.published_at,
    )


def _after(known: _Known, state: State, words: str) -> tuple[str, ...]:
    return () if known.is_past(state) else (words,)


STEPS: tuple[Callable[[_Known], Step], ...] = (
    _prepare,
    _ballot,
    _ceremony,
    _drill,
    _open,
    _voting,
    _close,
    _verification,
    _strip,
    _open_ballots,
    _count,
)
