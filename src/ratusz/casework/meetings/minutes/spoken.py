"""What was said, filed and planned at a meeting, as rows of its minutes: read from the registers of the day, not copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.casework.meetings.minutes.names import who_of
from ratusz.casework.meetings.models import Meeting, Standing
from ratusz.casework.meetings.registries import agenda_sources, targets
from ratusz.foundation.kit.dates import polish_time

Row = dict[str, Any]


def voices_of(meeting: Meeting, officials: Iterable[str] = ()) -> list[Row]:
    """Numbered voices in their order."""
    known = tuple(officials)
    rows = list(meeting.voices.select_related("outcome_unit").order_by("number"))
    said = _said_there(rows)
    return [
        {
            "id": each.pk, "number": each.number, "who": who_of(each.who, known), "question": each.question, "answer": each.answer,
            "answered_by": each.answered_by, **_outcome(each, said),
        }
        for each in rows
    ]  # fmt: skip


def requests_of(meeting: Meeting) -> list[Row]:
    """Requests filed at the desk, complaints too; complaints stay out of what is public."""
    rows = list(meeting.requests.select_related("outcome_unit").order_by("pk"))
    said = _said_there(rows)
    return [
        {
            "id": each.pk, "number": each.number or each.code, "subject": each.subject, "text": each.text, "who": each.name,
            "unit": str(each.outcome_unit or ""), "is_public": not each.is_complaint, **_outcome(each, said),
        }
        for each in rows
    ]  # fmt: skip


def _said_there(things: Iterable[Any]) -> dict[str, str]:
    """What everybody may read of what voices and requests became elsewhere, by its key; one read for each kind of target."""
    keys = {each.target_key for each in things if each.target_key}
    return {key: words for target in targets if keys for key, words in target.says(keys).items()}


def _outcome(each: Any, said: Mapping[str, str]) -> Row:
    words = str(each.get_outcome_display()) if each.outcome else ""
    if each.outcome == "follow_up" and each.outcome_unit:
        words = f"{words}: {each.outcome_unit}"
    elif each.target_key in said:
        words = f"{words}: {said[each.target_key]}"
    return {"outcome": words, "outcome_number": each.target_number or each.foreign_number, "outcome_reason": each.outcome_reason}


def untriaged(meeting: Meeting) -> list[str]:
    """Names of voices and requests without an outcome: while there is one, minutes are not approved."""
    voices = [
        _("voice %(number)s") % {"number": each} for each in meeting.voices.filter(outcome="").values_list("number", flat=True)
    ]
    filed = meeting.requests.filter(outcome="").order_by("pk")
    return voices + [_("request %(number)s") % {"number": each.number or each.code} for each in filed]


def agenda_of(meeting: Meeting) -> list[Row]:
    """Points with what was planned and what it took."""
    return [
        {
            "title": each.title, "owner": each.owner, "is_public": each.visibility != "internal",
            "planned": ngettext("%(count)s minute", "%(count)s minutes", each.planned_minutes) % {"count": each.planned_minutes},
            "real": _hours(each.started_at, each.ended_at),
        }
        for each in meeting.agenda.filter(source_key="").order_by("order")
    ]  # fmt: skip


def _hours(started: datetime | None, ended: datetime | None) -> str:
    return "–".join(hour(each) for each in (started, ended) if each)


def hour(moment: datetime) -> str:
    """The hour alone, for the end of a range: "19.05"."""
    return polish_time(moment).removeprefix("godz. ")


def open_points_of(meeting: Meeting, at: datetime) -> list[Row]:
    """What the sources of its kind still hold open, the most pressing first."""
    rows: list[Row] = []
    for name in meeting.rules_of_kind.sources:
        if name not in agenda_sources:
            continue
        for point in agenda_sources[name].points(meeting, at):
            rows.append(
                {
                    "key": point.key, "title": point.title, "text": point.text, "unit": point.unit, "due": point.due,
                    "state": point.state, "is_late": point.is_late, "is_public": point.is_public,
                }
            )  # fmt: skip
    return rows


def guests_of(meeting: Meeting) -> str:
    """How many came, in numbers by group; never a name."""
    came = meeting.registrations.filter(standing=Standing.CHECKED_IN)
    registered = came.aggregate(all=Sum("persons"))["all"] or 0
    walked = meeting.walk_ins.aggregate(all=Sum("step"))["all"] or 0
    total = registered + walked
    if not total:
        return ""
    words = ngettext("%(count)s person", "%(count)s persons", total) % {"count": total}
    apart = _("Registered: %(registered)s, without registration: %(walked)s.") % {"registered": registered, "walked": walked}
    return f"{words}. {apart}"
