"""The yearly plan in words, as a document and as a workbook: what was planned and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import dates
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Table, Text
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.participation.consultations.applications import terms
from ratusz.participation.consultations.models import PlannedSubject, YearPlan


def public_subjects(plan: YearPlan) -> QuerySet[PlannedSubject]:
    """The approved subjects, in the order of their months; one query."""
    return plan.subjects.exclude(approved_at=None).select_related("unit", "consultation").order_by("first_month", "pk")


def months(subject: PlannedSubject) -> str:
    """Its months: "marzec–maj"."""
    first, last = (str(dates.MONTHS[number]).lower() for number in (subject.first_month, subject.last_month))
    return first if first == last else f"{first}–{last}"


def became(subject: PlannedSubject, day: date) -> str:
    """What became of it until that day, in words."""
    consultation = subject.consultation
    if subject.dropped_at is not None:
        return _("will not be consulted: %(reason)s") % {"reason": subject.drop_reason}
    if consultation is None:
        late = (subject.plan.year, subject.last_month) < (day.year, day.month)
        return _("not begun, though its months are over") if late else _("planned for later")
    if consultation.reported_at is not None:
        return _("done: the report is published")
    if consultation.cancelled_at is not None:
        return _("called off: %(reason)s") % {"reason": consultation.cancel_reason}
    if consultation.announced_at is None:
        return _("being prepared")
    if consultation.has_ended(day):
        return _("ended, the report is being written")
    if consultation.is_running(day) and consultation.ends_on:
        return _("going on until %(day)s") % {"day": polish_date(consultation.ends_on)}
    return _("announced, begins later")


def was_added_later(subject: PlannedSubject) -> bool:
    """Whether it was approved after the plan was published."""
    published = subject.plan.published_at
    return bool(published and subject.approved_at and subject.approved_at > published)


def columns() -> list[str]:
    """Headings of the plan."""
    return [_("Subject of the plan"), _("Months"), _("Unit"), _("Whom it concerns"), _("Proposed forms"), _("What became of it")]


def row(subject: PlannedSubject, day: date, names: dict[str, str]) -> list[str]:
    """A subject as a row under `columns`."""
    proposed = ", ".join(names.get(code, code) for code in subject.forms)
    words = became(subject, day)
    told = f"{words} ({_added()})" if was_added_later(subject) else words
    return [subject.title, months(subject), subject.unit.name, subject.scope_words, proposed, told]


def _added() -> str:
    return _("added after the plan was published")


def rows(subjects: Iterable[PlannedSubject], at: datetime) -> Iterator[list[str]]:
    """All subjects as rows."""
    names = terms.form_names(at)
    return (row(each, local_day(at), names) for each in subjects)


def document(plan: YearPlan, at: datetime) -> Document:
    """The plan as a document."""
    published = _("Published on %(day)s.") % {"day": polish_date(plan.published_at)} if plan.published_at else ""
    blocks: list[Block] = [
        *([Text(published)] if published else []),
        Table(columns(), list(rows(public_subjects(plan), at)), caption=_("Subjects of the plan")),
    ]  # fmt: skip
    return Document(title=title(plan), subtitle=_("State on %(day)s") % {"day": polish_date(at)}, blocks=blocks)


def title(plan: YearPlan) -> str:
    """Its title."""
    return _("Plan of consultations for %(year)s") % {"year": plan.year}


def workbook(plan: YearPlan, at: datetime) -> bytes:
    """The plan as XLSX."""
    heads: list[Any] = [Column(label, width) for label, width in zip(columns(), (50, 18, 40, 30, 40, 40), strict=True)]
    return xlsx_of(title(plan), [Sheet(str(plan.year), heads, rows(public_subjects(plan), at))])
