"""Who may do what with a consultation, where it stands, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.working_days import working_day_from
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.consultations.models import Consultation, Form, Notice, Opinion
from ratusz.participation.consultations.modes.guard import Finding

HEADS = ("head", "deputy_head")
MANAGE = (*HEADS, "editor")
SEES = (*MANAGE, "moderator", "press_officer", "desk_officer", "budget_coordinator")
LAST_STAGES = ("reported", "archived")


class ConsultationRefused(ValueError):
    """It cannot be done so; the message says why and what to do. `findings` tells everything that is missing at once."""

    def __init__(self, words: str, findings: list[Finding] | None = None):
        super().__init__(words)
        self.findings = findings or []


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, consultation: Consultation | None, at: datetime) -> bool:
    """`see`; `plan` (plan, forms, notices, opinions); `launch`, `extend`, `cancel`, `archive`: heads of the department and editors.

    People of the unit that answers in substance see it and `plan` it until it is announced; the data-protection officer sees.
    """
    if holds_department_role(person, *(SEES if deed == "see" else MANAGE), at=at):
        return True
    if deed == "see" and holds_role(person, "data_protection_officer", at=at):
        return True
    if consultation is None:
        return False
    return deed in ("see", "plan") and _is_owner(person, consultation, at) and (deed == "see" or not consultation.announced_at)


def _is_owner(person: Any, consultation: Consultation, at: datetime) -> bool:
    if not getattr(person, "pk", None) or not getattr(person, "is_staff", False):
        return False
    if consultation.owner_person_id == person.pk:
        return True
    unit = consultation.owner_unit
    return unit is not None and holds_role(person, *HEADS, "editor", "unit_editor", at=at, unit=unit)


def check_may(person: Any, deed: str, consultation: Consultation | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, consultation, at):
        raise NotYours


def stage_of(consultation: Consultation, day: date) -> str:
    """Where it stands that day.

    "plan", "announced", "running", "report_due", "overdue", "reported", "archived"; an informal one "ended", or "cancelled".
    A formal one that was cancelled owes its report as any other.
    """
    if consultation.announced_at is None:
        return "plan"
    if consultation.archived_at is not None:
        return "archived"
    if consultation.reported_at is not None:
        return "reported"
    if not consultation.has_ended(day):
        return "running" if consultation.is_running(day) else "announced"
    if not consultation.is_formal:
        return "cancelled" if consultation.cancelled_at else "ended"
    due = consultation.report_day
    return "overdue" if due is not None and due < day else "report_due"


@dataclass(frozen=True)
class Badge:
    """The state as everybody reads it. `tone` is one of the tag component's."""

    code: str
    words: str
    tone: str = ""


def badge_of(consultation: Consultation, day: date) -> Badge:
    """The state on that day in words; of an overdue report by itself from the day after its last day (day 31)."""
    stage = stage_of(consultation, day)
    if stage in ("report_due", "overdue"):
        return report_badge(consultation, day) or Badge(stage, _("report to come"), "marker")
    words = {
        "plan": (_("plan"), ""), "announced": (_("announced"), "marker"), "running": (_("under way"), "strong"),
        "reported": (_("report published"), "good"), "archived": (_("finished"), ""), "ended": (_("talk ended"), ""),
        "cancelled": (_("cancelled"), ""),
    }[stage]  # fmt: skip
    return Badge(stage, *words)


def report_badge(consultation: Consultation, day: date) -> Badge | None:
    """ "report in 12 days", "report overdue by 3 days"; None when no report is owed, it is out, or the law sets no day for it."""
    due = consultation.report_day
    if due is None or consultation.reported_at or not consultation.is_public() or not consultation.has_ended(day):
        return None
    left = (due - day).days
    if left < 0:
        words = ngettext("report overdue by %(count)s day", "report overdue by %(count)s days", -left)
        return Badge("overdue", words % {"count": -left}, "late")
    if left == 0:
        return Badge("report_due", _("report due today"), "marker")
    return Badge("report_due", ngettext("report in %(count)s day", "report in %(count)s days", left) % {"count": left}, "marker")


def report_days(consultation: Consultation) -> tuple[date, date] | None:
    """The last day for the report, and the working day to which art. 57 § 4 KPA would move it."""
    due = consultation.report_day
    return (due, working_day_from(due)) if due else None


def check_planned(consultation: Consultation) -> None:
    """Raises ConsultationRefused once it is announced: what was promised to everybody does not change under their eyes."""
    if consultation.announced_at is not None:
        raise ConsultationRefused(
            _("The consultation is announced; its plan no longer changes. Extend it, or cancel it with a reason.")
        )


def check_not_over(consultation: Consultation) -> None:
    """Raises ConsultationRefused for one that was cancelled or closed."""
    if consultation.cancelled_at is not None:
        raise ConsultationRefused(_("The consultation is cancelled."))
    if consultation.archived_at is not None:
        raise ConsultationRefused(_("The consultation is closed and archived."))


def check_days(starts_on: date | None, ends_on: date | None) -> None:
    """Raises ConsultationRefused for a last day before the first."""
    if starts_on and ends_on and ends_on < starts_on:
        raise ConsultationRefused(_("The last day comes before the first. Change one of them."))


def check_launch(consultation: Consultation, findings: list[Finding], day: date) -> None:
    """Raises ConsultationRefused naming everything that stands in the way, for a plan whose first day is past too."""
    check_planned(consultation)
    check_not_over(consultation)
    if consultation.starts_on is not None and consultation.starts_on < day:
        raise ConsultationRefused(
            _("The first day %(day)s is past. Move the days: nobody could take part from the beginning.")
            % {"day": polish_date(consultation.starts_on)}
        )
    if errors := [each for each in findings if each.level == "error"]:
        told = " ".join(f"{each.words}{f' ({each.basis})' if each.basis else ''}" for each in errors)
        raise ConsultationRefused(_("It cannot be launched yet. %(what)s") % {"what": told}, errors)


def check_extension(consultation: Consultation, ends_on: date, reason: str, day: date) -> None:
    """Raises ConsultationRefused: an extension comes on or before the last day, has a reason, and never shortens."""
    check_not_over(consultation)
    if consultation.announced_at is None or consultation.ends_on is None:
        raise ConsultationRefused(_("Only an announced consultation is extended. In a plan change its days."))
    if day > consultation.ends_on:
        raise ConsultationRefused(_("The last day is over. Begin a new consultation that follows this one."))
    if ends_on <= consultation.ends_on:
        raise ConsultationRefused(
            _("The new last day has to come after %(day)s: an extension never shortens.")
            % {"day": polish_date(consultation.ends_on)}
        )
    if (ends_on - consultation.ends_on).days > 366:
        raise ConsultationRefused(_("More than a year longer? Check the new last day."))
    if not reason.strip():
        raise ConsultationRefused(_("Write why it takes longer: everybody reads it."))


def check_cancelling(consultation: Consultation, reason: str, day: date) -> None:
    """Raises ConsultationRefused: only one that is announced and not over is cancelled, with a reason."""
    check_not_over(consultation)
    if consultation.announced_at is None:
        raise ConsultationRefused(_("Nobody has seen this plan yet. Leave it, or delete it."))
    if consultation.has_ended(day):
        raise ConsultationRefused(_("The consultation is over and cannot be cancelled. It ends with its report."))
    if not reason.strip():
        raise ConsultationRefused(_("Write why it is cancelled: everybody reads it."))


def check_archiving(consultation: Consultation, day: date) -> None:
    """Raises ConsultationRefused: a formal one closes with its published report, an informal talk when it is over."""
    if consultation.is_formal and consultation.reported_at is None:
        raise ConsultationRefused(_("A consultation is closed by its report. Publish the report first."))
    if not consultation.is_public() or not consultation.has_ended(day):
        raise ConsultationRefused(_("It is not over yet."))


def check_form_changes(form: Form) -> None:
    """Raises ConsultationRefused for a form that was held or cancelled."""
    if form.held_at is not None or form.cancelled_at is not None:
        raise ConsultationRefused(_("This form was held or cancelled already."))


def check_notice(consultation: Consultation, published_on: date, day: date) -> None:
    """Raises ConsultationRefused for a notice of a day to come: evidence shows what happened."""
    if published_on > day:
        raise ConsultationRefused(_("The notice bears a day that is still to come. Enter it when it is out."))


def check_withdrawing(notice: Notice, reason: str) -> None:
    """Raises ConsultationRefused."""
    if notice.withdrawn_at is not None:
        raise ConsultationRefused(_("This notice was taken back already."))
    if not reason.strip():
        raise ConsultationRefused(_("Write why the notice is taken back."))


def check_answer(opinion: Opinion, answered_on: date, stance: str, day: date) -> None:
    """Raises ConsultationRefused for an answer from the future, before the question, without a stance, or a second one."""
    if opinion.taken_back_at is not None:
        raise ConsultationRefused(_("The question was taken back."))
    if opinion.answered_on is not None:
        raise ConsultationRefused(_("The answer of this body is written down already."))
    if not opinion.asked_on <= answered_on <= day:
        raise ConsultationRefused(_("The answer came between the question and today. Check its day."))
    if stance not in Opinion.Stance.values:
        raise ConsultationRefused(_("Choose what the body said."))
