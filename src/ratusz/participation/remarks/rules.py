"""Who may do what with remarks, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import get_language, gettext, ngettext

from ratusz.foundation.kit.dates import last_moment_in_words, polish_moment
from ratusz.foundation.kit.words import grouped
from ratusz.foundation.kit.working_days import start_of_day
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.remarks.models import Intake, Position

LONGEST = 20_000
"""Characters of one remark; longer ones are several remarks or a file."""
MOST_POINTS = 100
"""Remarks of one intake."""
SENDS, SENDS_WITHIN = 20, timedelta(hours=1)
"""Forms sent from one connection: a library's computer sends several, a script many more."""
RUNS_IT = ("head", "deputy_head", "editor")
OF_UNITS = ("head", "deputy_head", "unit_editor", "unit_verifier", "editor")


class RemarkRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, object: Any, at: datetime) -> bool:
    """Deeds: `see` (the register), `enter` (what came on paper or by mail), `run` (judge, split, route, cluster, let out),
    `approve` (positions), `answer` (draft a position on a remark, or on any), `see_people` (names and addresses).

    The department runs the register; heads and the President's secretariat approve; the service desk enters; a unit sees and
    answers the remarks that were routed to it; the data-protection officer sees.
    """
    if holds_department_role(person, *RUNS_IT, at=at):
        return deed != "approve" or holds_department_role(person, "head", "deputy_head", at=at)
    if deed == "approve":
        return holds_role(person, "presidents_secretariat", at=at)
    if deed in ("enter", "see_people") and holds_role(person, "desk_officer", at=at):
        return True
    if deed in ("see", "see_people") and holds_role(person, "data_protection_officer", at=at):
        return True
    if deed == "see" and holds_role(person, "desk_officer", "presidents_secretariat", "moderator", at=at):
        return True
    return deed in ("see", "answer") and _is_of_its_unit(person, object, at)


def _is_of_its_unit(person: Any, object: Any, at: datetime) -> bool:
    if object is None:
        return holds_role(person, *OF_UNITS, at=at)
    unit = getattr(object, "unit", None)
    return unit is not None and holds_role(person, *OF_UNITS, at=at, unit=unit)


def answers_for(person: Any, unit: Any, at: datetime) -> bool:
    """Whether the person answers remarks for that unit."""
    return holds_role(person, *OF_UNITS, at=at, unit=unit)


def sees_all(person: Any, at: datetime) -> bool:
    """Whether the person sees the whole register, or only what was routed to the own units."""
    return (
        may(person, "run", None, at)
        or holds_role(person, "desk_officer", "presidents_secretariat", "data_protection_officer", at=at)
        or holds_department_role(person, "moderator", at=at)
    )


def check_may(person: Any, deed: str, object: Any, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, object, at):
        raise NotYours


def check_points(contents: Sequence[str]) -> None:
    """Raises RemarkRefused for no remark at all, an empty or a too long one, or too many."""
    if not contents or not all(each.strip() for each in contents):
        raise RemarkRefused(gettext("Write your remark."))
    if len(contents) > MOST_POINTS:
        raise RemarkRefused(
            gettext("One intake has at most %(most)s remarks. Enter the rest as another one.") % {"most": MOST_POINTS}
        )
    for each in contents:
        check_length(each)


def check_length(content: str) -> None:
    """Raises RemarkRefused for a remark of more than 20,000 characters."""
    if len(content) > LONGEST:
        words = gettext(
            "Your remark has %(count)s characters; at most %(most)s fit. Shorten it, send it as several remarks, or send the main"
            " points here and add the whole text as a file after that."
        )
        raise RemarkRefused(words % {"count": grouped(len(content)), "most": grouped(LONGEST)})


def period_of(consultation: Any, form: Any) -> tuple[datetime | None, datetime | None]:
    """The half-open period in which remarks of a form are in time: its own, or the days of the consultation."""
    first = start_of_day(consultation.starts_on) if consultation.starts_on else None
    starts = form.starts_at if form is not None and form.starts_at else first
    ends = form.ends_at if form is not None and form.ends_at else consultation.ends_at
    return starts, ends


def is_open(consultation: Any, form: Any, at: datetime) -> bool:
    """Whether somebody may take part by this form at that moment."""
    starts, ends = period_of(consultation, form)
    if consultation.announced_at is None or consultation.cancelled_at or (form is not None and form.cancelled_at):
        return False
    return starts is not None and ends is not None and starts <= at < ends


def check_takes(consultation: Any, form: Any, at: datetime, *, by_staff: bool = False) -> None:
    """Raises RemarkRefused before the beginning and for what was called off. After the end remarks are kept, and marked late.

    What still comes by post after a consultation was called off is entered all the same: its report names it.
    """
    is_off = consultation.cancelled_at or (form is not None and form.cancelled_at)
    if consultation.announced_at is None or (is_off and not by_staff):
        raise RemarkRefused(gettext("Remarks are not taken here. The page of the consultation says what one can do."))
    starts, _ends = period_of(consultation, form)
    if starts is None or at < starts:
        raise RemarkRefused(gettext("Remarks are not taken yet. Come back on the first day of the consultation."))


def is_late(consultation: Any, form: Any, received_at: datetime) -> bool:
    """Whether what came at that moment came after the end."""
    _starts, ends = period_of(consultation, form)
    return ends is not None and received_at >= ends


def check_received(received_at: datetime, at: datetime) -> None:
    """Raises RemarkRefused for a day that is still ahead."""
    if received_at > at:
        raise RemarkRefused(
            gettext("This moment is still ahead. Write when it came in: by the stamp or the header of the message.")
        )


def late_words(consultation: Any, form: Any) -> str:
    """What the author of a late remark is told."""
    _starts, ends = period_of(consultation, form)
    words = gettext(
        "Your remark came after the end (%(end)s). We keep it and show it as late; what the law says of late remarks holds."
    )
    return words % {"end": last_moment_in_words(ends, get_language() or "pl") if ends else ""}


def check_state(intake: Intake, *states: str) -> None:
    """Raises RemarkRefused when the intake does not stand where the deed needs it."""
    if intake.state not in states:
        raise RemarkRefused(gettext("This intake has changed in the meantime. Look at it again."))


def check_kept(intake: Intake) -> None:
    """Raises RemarkRefused for an intake whose author was erased."""
    if intake.erased_at is not None:
        raise RemarkRefused(gettext("The data of this author are erased; the intake stays as it is."))


def check_no_ballot(intake: Intake) -> None:
    """Raises RemarkRefused for a ballot, which is cast once and for all."""
    if is_ballot(intake):
        raise RemarkRefused(gettext("A ballot cannot be taken back: it is counted after the last day."))


def check_not_hidden(decision: Any) -> None:
    """Raises RemarkRefused for a remark that a moderator's decision took out of sight."""
    if decision is not None:
        words = gettext("A moderator hid it on %(day)s. Tick that you show it against that decision, or leave it to an appeal.")
        raise RemarkRefused(words % {"day": polish_moment(decision.judged_at)})


def is_ballot(intake: Intake) -> bool:
    """Whether it answers the question of an opinion ballot; it may say nothing in words."""
    return intake.form is not None and intake.form.kind == "ballot"


def check_second_person(intake: Intake, second: Any, person: Any) -> None:
    """Raises RemarkRefused when a paper is rejected by one person alone."""
    if intake.channel in ON_PAPER and (second is None or second == person):
        raise RemarkRefused(gettext("What came on paper is rejected by two people. Choose who looked at it with you."))


ON_PAPER = (Intake.Channel.POST, Intake.Channel.HAND, Intake.Channel.URN, Intake.Channel.PETITION)


def check_reason(code: str, known: Any) -> None:
    """Raises RemarkRefused for a code that the list of the day does not have."""
    if code not in known:
        raise RemarkRefused(gettext("Choose a reason from the list."))


def check_answerer(intake: Intake, person: Any) -> None:
    """Raises RemarkRefused when whoever rejected would answer the complaint about it."""
    if person.pk in (intake.judged_by_id, intake.second_by_id):
        raise RemarkRefused(gettext("Somebody else than whoever rejected it answers the complaint."))


def check_position(verdict: str, reasons: str, due_on: date | None, today: date) -> None:
    """Raises RemarkRefused for a verdict nobody knows, and for a further analysis without a day ahead."""
    if verdict not in Position.Verdict.values:
        raise RemarkRefused(gettext("Choose a verdict from the list."))
    if verdict == Position.Verdict.FURTHER_ANALYSIS and (due_on is None or due_on <= today):
        raise RemarkRefused(gettext("Say until when it is analysed: a day ahead. Until then a new version of the report is due."))


def check_approving(position: Position, person: Any) -> None:
    """Raises RemarkRefused when a position cannot be approved now, or its writer would approve it."""
    if position.state != Position.State.REVIEW:
        raise RemarkRefused(gettext("Only a position under review is approved. Look at the remark again."))
    if position.verdict != Position.Verdict.WITHDRAWN and not position.reasons.strip():
        raise RemarkRefused(gettext("A position without reasons is not approved. Send it back or write the reasons."))
    if position.written_by_id == person.pk:
        raise RemarkRefused(gettext("Somebody else than its writer approves a position."))


def warnings_of(reasons: str, shortest: int, empty_words: Sequence[str]) -> list[str]:
    """What is weak in reasons: nothing of it refuses. `empty_words` are in small letters: "j.w.", "bezprzedmiotowa"."""
    plain, found = " ".join(reasons.lower().split()), []
    for each in empty_words:
        if each in plain:
            found.append(gettext("“%(words)s” is no reason: each remark is judged on its own.") % {"words": each})
    if plain and len(plain) < shortest:
        found.append(
            ngettext(
                "The reasons have fewer than %(count)s character: say what was considered.",
                "The reasons have fewer than %(count)s characters: say what was considered.", shortest,
            ) % {"count": shortest}
        )  # fmt: skip
    return found


def end_in_words(consultation: Any, form: Any) -> str:
    """Until when one takes part, in words; "" without an end."""
    _starts, ends = period_of(consultation, form)
    return last_moment_in_words(ends, get_language() or "pl") if ends else ""


def moment_in_words(moment: datetime) -> str:
    """A moment as receipts say it."""
    return polish_moment(moment)


def not_shown_words() -> str:
    """Why a remark cannot be let out."""
    return gettext("This intake does not count or waits for its author, so its remarks are not shown. Settle the intake first.")


def takes_files(intake: Intake) -> bool:
    """Whether the author may still add files: until the report, unless it was taken back or does not count."""
    gone = (Intake.State.WITHDRAWN, Intake.State.REJECTED)
    return intake.state not in gone and intake.consultation.reported_at is None and intake.erased_at is None


def check_typing(paper: Any, clerks: Sequence[int], person: Any) -> None:
    """Raises RemarkRefused for a paper already in the register, and for whoever typed it before."""
    if paper.intake_id is not None:
        raise RemarkRefused(gettext("This paper is in the register already. Take the next one."))
    if person.pk in clerks:
        raise RemarkRefused(gettext("You have typed this paper before. Another person types it now."))
