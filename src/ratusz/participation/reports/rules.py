"""Who may do what with a report, in which order it is signed, and what is refused in which words; the moment is an argument."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.consultations.registries import Gap
from ratusz.participation.reports.models import EffectState, SignOff

HEADS = ("head", "deputy_head")
DESK = (*HEADS, "editor")
UNIT = (*HEADS, "unit_editor")
Step = SignOff.Step
CHAIN = (Step.UNIT, Step.DEPARTMENT, Step.PRESIDENT)


class NotYours(Exception):
    """The person's roles do not let them do this."""


class ReportRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class GapsLeft(ReportRefused):
    """The report is not published; `gaps` names everything that is missing, at once."""

    def __init__(self, gaps: list[Gap]):
        self.gaps = gaps
        super().__init__(_("The report cannot be published yet. Missing: %(gaps)s") % {"gaps": " ".join(gap.words for gap in gaps)})


def may(person: Any, deed: str, report: Any, at: datetime) -> bool:
    """The department writes and publishes ("write", "publish"), the unit in charge sees and tells of effects ("see", "tell"), and
    each step of approval is signed by its own people ("sign.unit", "sign.department", "sign.president", "sign.personal_data")."""
    is_desk = holds_department_role(person, *DESK, at=at)
    if deed in ("list", "see"):
        is_reader = holds_role(person, *UNIT, "presidents_secretariat", "data_protection_officer", at=at)
        return is_desk or is_reader or (report is not None and _is_named(person, report))
    if deed in ("write", "sign.personal_data"):
        return is_desk or (deed != "write" and holds_role(person, "data_protection_officer", at=at))
    if deed in ("publish", "sign.department"):
        return holds_department_role(person, *HEADS, at=at)
    if deed == "sign.president":
        return holds_role(person, "presidents_secretariat", at=at)
    if deed == "sign.unit":
        return _is_of_unit(person, report, HEADS, at)
    return deed == "tell" and (is_desk or _is_of_unit(person, report, UNIT, at))


def _is_of_unit(person: Any, report: Any, roles: tuple[str, ...], at: datetime) -> bool:
    """Of the unit that answers for the consultation, or of the effect; the named person too."""
    unit = report.unit if hasattr(report, "unit") else report.consultation.owner_unit
    return _is_named(person, report) or (unit is not None and holds_role(person, *roles, at=at, unit=unit))


def _is_named(person: Any, report: Any) -> bool:
    """Whether the plan names this person as the one who answers for the consultation."""
    consultation = report.consultation if hasattr(report, "consultation") else report.report.consultation
    return getattr(person, "pk", None) is not None and person.pk == consultation.owner_person_id


def check_may(person: Any, deed: str, report: Any, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, report, at):
        raise NotYours


def check_draft(consultation: Consultation, day: date) -> None:
    """A draft is begun once the consultation is announced. Raises ReportRefused."""
    if consultation.label != Consultation.Label.FORMAL:
        raise ReportRefused(_("An informal talk has no report. Write a note on its page instead."))
    if consultation.announced_at is None:
        raise ReportRefused(_("The consultation is not announced yet. Its report can be begun afterwards."))


def check_ended(consultation: Consultation, day: date) -> None:
    """Raises ReportRefused while people may still take part."""
    if not consultation.has_ended(day):
        raise ReportRefused(_("The consultation is still running. Its report can be published after the last day."))


def signed_steps(signoffs: Iterable[Any], digest: str) -> dict[str, Any]:
    """The signatures that hold: those under the content as it is."""
    return {each.step: each for each in signoffs if each.digest == digest}


def check_sign(step: str, signoffs: Iterable[Any], digest: str) -> None:
    """Steps of the chain are signed in order. Raises ReportRefused."""
    signed = signed_steps(signoffs, digest)
    if step in signed:
        raise ReportRefused(_("This step is signed already."))
    if step not in CHAIN:
        return
    before = CHAIN[: CHAIN.index(step)]  # type: ignore[arg-type]
    if missing := [each for each in before if each not in signed]:
        words = _("Not yet: this is signed after %(step)s.")
        raise ReportRefused(words % {"step": ", ".join(str(each.label) for each in missing)})


def check_same(seen: str, now: str) -> None:
    """Raises ReportRefused when the content is no longer what the person read."""
    if seen != now:
        raise ReportRefused(_("The content changed while you were reading. Look at it once more, then sign."))


def check_ready(gaps: Iterable[Gap]) -> None:
    """Nobody signs a report that lacks something; signatures themselves are asked for apart. Raises GapsLeft."""
    if missing := [gap for gap in gaps if not gap.code.startswith("sign.")]:
        raise GapsLeft(missing)


def check_gaps(gaps: Iterable[Gap]) -> None:
    """Raises GapsLeft with everything that refuses; warnings pass."""
    if missing := [gap for gap in gaps if not gap.is_warning]:
        raise GapsLeft(missing)


def check_reason(number: int, reason: str) -> str:
    """The reason of a correction; the first version needs none. Raises ReportRefused."""
    reason = " ".join(reason.split())
    if number > 1 and not reason:
        raise ReportRefused(_("Say what the new version corrects and why. Everybody who follows it reads this sentence."))
    return reason


def check_reported(report: Any) -> None:
    """What came of it is noted after the report. Raises ReportRefused."""
    if report.consultation.reported_at is None:
        raise ReportRefused(_("The report is not published yet. What came of it is noted afterwards."))


def check_remarks(unknown: set[int]) -> None:
    """Raises ReportRefused for numbers of remarks that the consultation does not have."""
    if unknown:
        numbers = ", ".join(str(each) for each in sorted(unknown))
        raise ReportRefused(
            _("This consultation has no remark of the number %(numbers)s. Mend the numbers.") % {"numbers": numbers}
        )


def check_effect(state: str, reason: str, due_on: date | None, day: date) -> None:
    """Raises ReportRefused."""
    if state == EffectState.DROPPED and not reason.strip():
        raise ReportRefused(_("Say why it is given up. Residents read this sentence."))
    if state == EffectState.IN_PROGRESS and (due_on is None or due_on < day):
        raise ReportRefused(_("Give a day that is still to come."))
