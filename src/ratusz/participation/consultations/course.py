"""The steps of a consultation as its page for staff lists them: what is done, what is next, whose move it is, where to go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.consultations import rules
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.consultations.modes.guard import Finding


@dataclass(frozen=True)
class StaffStep:
    """One step; `who` has the move, `url` leads there."""

    title: str
    is_done: bool = False
    is_now: bool = False
    who: str = ""
    words: str = ""
    url: str = ""
    deed: str = ""


def steps_of(consultation: Consultation, findings: list[Finding], gaps: list[str], day: date) -> list[StaffStep]:
    """All of them in order; the first that is not done is the one now."""
    made = list(_steps(consultation, findings, gaps, day))
    now = next((number for number, step in enumerate(made) if not step.is_done), None)
    return [StaffStep(**{**vars(step), "is_now": number == now}) for number, step in enumerate(made)]


def _steps(consultation: Consultation, findings: list[Finding], gaps: list[str], day: date) -> Iterator[StaffStep]:
    department, unit = _("department"), str(consultation.owner_unit or _("department"))
    errors = [each for each in findings if each.level == "error"]
    is_out = consultation.announced_at is not None
    yield StaffStep(_("Kind of talk chosen"), bool(consultation.label), who=department, **_to("plan", consultation, _("Choose")))
    lacks = [each for each in errors if each.part in ("plan", "days", "scope")]
    yield StaffStep(
        _("Plan written"), is_out or not lacks, who=unit, words=_missing(lacks), **_to("plan", consultation, _("Write the plan"))
    )
    lacks = [each for each in errors if each.part == "forms"]
    has_forms = consultation.forms.all().exists() if not is_out else True
    yield StaffStep(
        _("Forms planned"), is_out or bool(has_forms and not lacks), who=unit, words=_missing(lacks),
        **_to("add_form", consultation, _("Add a form")),
    )  # fmt: skip
    if consultation.is_formal:
        yield from _formal_steps(consultation, findings, gaps, department)
    words = polish_date(consultation.announced_at) if consultation.announced_at else ""
    yield StaffStep(_("Launched"), is_out, who=department, words=words)
    yield StaffStep(_("People take part"), consultation.has_ended(day) and is_out, words=_days(consultation))
    if consultation.is_formal:
        due = consultation.report_day
        words = _("by %(day)s") % {"day": polish_date(due)} if due else ""
        yield StaffStep(_("Report published"), consultation.reported_at is not None, who=unit, words=words)
    yield StaffStep(_("Closed and archived"), consultation.archived_at is not None, who=department)


def _formal_steps(consultation: Consultation, findings: list[Finding], gaps: list[str], department: str) -> Iterator[StaffStep]:
    order = f"{consultation.order_number}, {polish_date(consultation.ordered_on)}" if consultation.ordered_on else ""
    has_order = bool(consultation.order_number and consultation.ordered_on)
    yield StaffStep(
        _("Ordinance signed"), has_order, who=department, words=order, **_to("plan", consultation, _("Enter its number"))
    )
    lacks = [each.expected for each in findings if each.part == "notices"] or gaps
    is_done = not lacks if consultation.announced_at or has_order else False
    words = ", ".join(lacks)
    yield StaffStep(
        _("Notices with evidence"), is_done, who=department, words=words, **_to("add_notice", consultation, _("Add evidence"))
    )


def _to(name: str, consultation: Consultation, deed: str) -> dict[str, str]:
    if consultation.archived_at or (name in ("plan", "add_form") and consultation.announced_at):
        return {}
    return {"url": reverse(f"consultations_{name}", args=[consultation.pk]), "deed": deed}


def _missing(found: list[Finding]) -> str:
    return " ".join(each.words for each in found[:3])


def _days(consultation: Consultation) -> str:
    if not (consultation.starts_on and consultation.ends_on):
        return ""
    return f"{polish_date(consultation.starts_on)} – {polish_date(consultation.ends_on)}"


def where_mended(finding: Finding, consultation: Consultation) -> str:
    """Where a finding is mended; "" once nothing can be changed there."""
    if finding.part == "scope":
        return reverse("consultation_scope", args=[consultation.pk])
    names = {"plan": "plan", "days": "plan", "forms": "add_form", "notices": "add_notice", "campaign": "campaign"}
    name = names[finding.part]
    if name == "add_form" and consultation.forms.exists() and (finding.code != "form" or consultation.announced_at):
        return "#formy"
    return _to(name, consultation, "x").get("url", "")


def may_of(person: object, consultation: Consultation, at: object) -> dict[str, bool]:
    """Deeds this person may do with it."""
    return {deed: rules.may(person, deed, consultation, at) for deed in ("plan", "launch", "extend", "cancel", "archive")}  # type: ignore[arg-type]
