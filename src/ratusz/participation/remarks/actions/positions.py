"""Positions on remarks: drafted by a unit, reviewed, approved by somebody else; every version stays, one may hold for a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.actions.showing import vector
from ratusz.participation.remarks.actions.telling import note
from ratusz.participation.remarks.models import Change, Cluster, Intake, Position, Remark
from ratusz.publishing.website.actions import bump_content_version

State, Verdict = Position.State, Position.Verdict


@dataclass(frozen=True)
class Stand:
    """What a position says: a code of Position.Verdict, the reasons, and the day of a further analysis."""

    verdict: str
    reasons: str = ""
    due_on: date | None = None


def newest(remark: Remark) -> Position | None:
    """The newest version, whatever its state."""
    return remark.positions.order_by("-version").first()


@transaction.atomic
def write_position(*, remark: Remark, stand: Stand, person: Any, cluster: Cluster | None = None) -> Position:
    """A new draft version; words that say the same as the newest one make none. Raises NotYours, RemarkRefused."""
    now = database_now()
    remark = _locked(remark)
    rules.check_may(person, "answer", remark, now)
    rules.check_position(stand.verdict, stand.reasons, stand.due_on, local_day(now))
    if remark.intake.state == Intake.State.WITHDRAWN and stand.verdict != Verdict.WITHDRAWN:
        raise rules.RemarkRefused(_("The author took this remark back. Its only position is: taken back by its author."))
    last = newest(remark)
    if last is not None and _says(last, stand) and last.is_of_cluster == (cluster is not None):
        return last
    made = Position.objects.create(
        remark=remark, version=last.version + 1 if last else 1, verdict=stand.verdict, reasons=stand.reasons.strip(),
        due_on=stand.due_on if stand.verdict == Verdict.FURTHER_ANALYSIS else None, unit=remark.unit,
        is_of_cluster=cluster is not None, written_at=now, written_by=person,
    )  # fmt: skip
    record(
        deed="remarks.write_position", subject=remark, after={"version": made.version, "verdict": made.verdict}, actor=person
    )  # fmt: skip
    return made


def _says(position: Position, stand: Stand) -> bool:
    return (position.verdict, position.reasons, position.due_on) == (stand.verdict, stand.reasons.strip(), stand.due_on)


def _locked(remark: Remark) -> Remark:
    found = Remark.objects.select_for_update(of=("self",)).select_related("intake__consultation", "consultation", "unit", "cluster")
    return found.get(pk=remark.pk)


@transaction.atomic
def send_to_review(*, remark: Remark, person: Any) -> Position:
    """The draft goes to whoever approves. Raises NotYours, RemarkRefused."""
    now, remark = database_now(), _locked(remark)
    rules.check_may(person, "answer", remark, now)
    position = _newest_in(remark, State.DRAFT)
    return _moved(position, State.REVIEW, person, "remarks.review_position")


@transaction.atomic
def send_back(*, remark: Remark, note_words: str, person: Any) -> Position:
    """A position under review goes back to its writer with words why. Raises NotYours, RemarkRefused."""
    rules.check_may(person, "approve", remark, database_now())
    position = _newest_in(_locked(remark), State.REVIEW)
    if not note_words.strip():
        raise rules.RemarkRefused(_("Write what has to change: the writer sees exactly these words."))
    position.note = note_words.strip()[:500]
    return _moved(position, State.DRAFT, person, "remarks.send_position_back")


@transaction.atomic
def approve(*, remark: Remark, person: Any) -> Position:
    """The position holds: everybody reads it, the author is told. An approved version never changes. Raises as usual."""
    now, remark = database_now(), _locked(remark)
    rules.check_may(person, "approve", remark, now)
    position = _newest_in(remark, State.REVIEW)
    rules.check_approving(position, person)
    position.approved_at, position.approved_by = now, person
    _moved(position, State.APPROVED, person, "remarks.approve_position")
    Position.objects.filter(pk=position.pk).update(words=vector(position.reasons))
    _tell(remark, position, now)
    return position


def _newest_in(remark: Remark, state: str) -> Position:
    position = newest(remark)
    if position is None or position.state != state:
        raise rules.RemarkRefused(_("The position has changed in the meantime. Look at the remark again."))
    return position


def _moved(position: Position, state: str, person: Any, deed: str) -> Position:
    before, position.state = position.state, state
    position.save(update_fields=["state", "note", "approved_at", "approved_by"])
    after = {"state": state, "version": position.version}
    record(deed=deed, subject=position.remark, before={"state": before}, after=after, actor=person)
    return position


def _tell(remark: Remark, position: Position, now: datetime) -> None:
    words = _("Position: %(verdict)s.") % {"verdict": position.get_verdict_display()}
    note(remark.intake, Change.Kind.POSITION, remark=remark, words=words, at=now)
    bump_content_version()


def write_for_all(*, remarks: Iterable[Remark], stand: Stand, person: Any, cluster: Cluster | None = None) -> list[Position]:
    """One draft for many remarks, listed for each of them; all or none. Raises NotYours, RemarkRefused."""
    with transaction.atomic():
        return [write_position(remark=each, stand=stand, person=person, cluster=cluster) for each in _in_order(remarks)]


def write_for_cluster(*, cluster: Cluster, stand: Stand, person: Any) -> list[Position]:
    """One position for every remark of a cluster whose author did not take it back; each lists it as its own."""
    remarks = cluster.remarks.exclude(intake__state=Intake.State.WITHDRAWN)
    return write_for_all(remarks=remarks, stand=stand, person=person, cluster=cluster)


@transaction.atomic
def move_all(*, remarks: Sequence[Remark], deed: str, person: Any) -> int:
    """Sends to review, or approves, every remark that stands where the deed needs it; gives how many. Others stay as they are."""
    needs = {"review": State.DRAFT, "approve": State.REVIEW}[deed]
    act = {"review": send_to_review, "approve": approve}[deed]
    count = 0
    for each in _in_order(remarks):
        position = newest(each)
        if position is not None and position.state == needs and not (deed == "approve" and position.written_by_id == person.pk):
            act(remark=each, person=person)
            count += 1
    return count


def _in_order(remarks: Iterable[Remark]) -> list[Remark]:
    """By their numbers, so that two people who answer many at once wait for one another instead of both failing."""
    return sorted(remarks, key=lambda each: each.pk)
