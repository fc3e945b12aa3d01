"""What the preparation sheet gathers by itself: what is open, what people will ask, what units say, who is on duty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.casework.meetings.models import ChecklistItem, Meeting, MeetingDuty, Question, UnitReply
from ratusz.casework.meetings.registries import OpenPoint, agenda_sources


@dataclass(frozen=True)
class Asked:
    """Questions sent ahead under one subject, the most supported first."""

    subject: str
    questions: list[Question]


@dataclass(frozen=True)
class Briefing:
    """Everything of the sheet, as it stands at one moment."""

    meeting: Meeting
    open_points: list[OpenPoint]
    asked: list[Asked]
    replies: list[UnitReply]
    checklist: list[ChecklistItem]
    duties: list[MeetingDuty]
    note: str
    equipment: list[str]


def briefing_of(meeting: Meeting, at: datetime) -> Briefing:
    """Gathers it; open matters come from the sources of the meeting's kind, so nobody types them again."""
    sheet = getattr(meeting, "preparation", None)
    equipment = [line.strip() for line in (sheet.equipment if sheet else "").splitlines() if line.strip()]
    return Briefing(
        meeting, list(_open(meeting, at)), _asked(meeting), list(meeting.unit_replies.select_related("unit")),
        list(meeting.checklist.select_related("owner")), list(meeting.duties.select_related("person")),
        sheet.note if sheet else "", equipment,
    )  # fmt: skip


def _open(meeting: Meeting, at: datetime) -> Iterable[OpenPoint]:
    for name in meeting.rules_of_kind.sources:
        if name in agenda_sources:
            yield from agenda_sources[name].points(meeting, at)


def _asked(meeting: Meeting) -> list[Asked]:
    from django.db.models import Count

    ahead = meeting.questions.filter(when=Question.When.AHEAD, erased_at=None).exclude(state=Question.State.HIDDEN)
    groups: dict[str, list[Question]] = {}
    for question in ahead.annotate(supported=Count("supports")).order_by("-supported", "asked_at", "pk"):
        groups.setdefault(question.group_words, []).append(question)
    named = [Asked(subject, questions) for subject, questions in groups.items() if subject]
    named.sort(key=lambda each: -len(each.questions))
    return [*named, *[Asked(_("Other questions"), groups[""])]] if "" in groups else named
