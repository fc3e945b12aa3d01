"""What decisions bring to meetings: the point "open decisions" of an agenda, and drafts from voices, requests and minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.registries import AgendaSource, OpenPoint, Target, agenda_sources, targets
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions import actions, queries, wording
from ratusz.governance.decisions.models import Decision
from ratusz.governance.decisions.models.decisions import NotPublic, Origin

NAME = "decisions.open"
TARGET = "decisions.decision"
MOST = 200


def open_points(meeting: Meeting, at: datetime) -> Iterator[OpenPoint]:
    """Open decisions of the meeting's district, series or group, those past their day first; two queries."""
    about = Q()
    if meeting.district_id:
        about |= Q(district=meeting.district_id)
    if meeting.series_id:
        about |= Q(meeting__series=meeting.series_id)
    if meeting.group_name:
        about |= Q(meeting__group_name__iexact=meeting.group_name)
    if not about:
        return
    rows = Decision.objects.open().filter(about).select_related("lead_unit", "meeting")
    for decision in queries.in_order(rows, at)[:MOST]:
        yield OpenPoint(
            key=decision.key, title=f"{decision.number} {decision.title}", text=decision.public_text or decision.text,
            unit=str(decision.lead_unit or ""), due=polish_date(decision.due_on) if decision.due_on else "",
            state=str(wording.public_state(decision, at).words), is_late=decision.is_overdue(at),
            url=decision.get_absolute_url() if decision.is_public else reverse("decisions_decision", args=[decision.pk]),
            is_public=decision.is_public,
        )  # fmt: skip


def take(*, meeting: Meeting, key: str, facts: Mapping[str, Any], person: Any = None) -> tuple[str, str, str]:
    """Makes a draft from a voice, a request or a block of the minutes; the same key gives the same decision."""
    text = str(facts.get("text", "")).strip()
    public = str(facts.get("public_text", "")).strip()
    written: dict[str, Any] = {
        "origin": Origin.REQUEST if "request" in key.partition(":")[0] else Origin.MEETING, "meeting": meeting,
        "title": str(facts.get("title") or text or public)[:160], "text": text or public, "public_text": public[:600],
        "asked_words": str(facts.get("asked", ""))[:600], "asker_words": str(facts.get("who", ""))[:120],
        "lead_unit": _unit(facts.get("unit")), "due_on": _day(facts.get("due_on")), "district": meeting.district,
    }  # fmt: skip
    if reason := str(facts.get("not_public_reason", "")):
        written |= {"is_public": False, "not_public_reason": reason}
    helpers = _helpers(facts.get("helpers") or (), written["lead_unit"], written["text"])
    decision = actions.draft_decision(facts=written, person=person, source_key=key, helpers=helpers, trusted=True)
    return decision.key, decision.number, reverse("decisions_decision", args=[decision.pk])


def says(keys: Collection[str]) -> dict[str, str]:
    """What minutes tell everybody of decisions made from voices and requests: the words, who carries them out and by when."""
    numbers = [int(pk) for name, _colon, pk in (key.partition(":") for key in keys) if name == TARGET and pk.isdecimal()]
    rows = Decision.objects.filter(pk__in=numbers, is_public=True).exclude(public_text="").select_related("lead_unit")
    return {decision.key: _said(decision) for decision in rows}


def _said(decision: Decision) -> str:
    day = _("by %(day)s") % {"day": polish_date(decision.due_on)} if decision.due_on else ""
    about = ", ".join(str(each) for each in (decision.lead_unit or "", day) if each)
    return f"{decision.public_text} ({about})" if about else decision.public_text


def _unit(given: Any) -> Unit | None:
    """A unit, its number or its symbol."""
    if given is None or given == "" or isinstance(given, Unit):
        return given or None
    found = Q(short_name=str(given))
    return Unit.objects.filter(found | Q(pk=int(given)) if str(given).isdecimal() else found).first()


def _helpers(given: Iterable[Any], lead: Unit | None, text: str) -> list[dict[str, Any]]:
    """A part for each helping unit once, with the words of the whole until the department writes its own."""
    units = dict.fromkeys(unit for each in given if (unit := _unit(each)) is not None and unit != lead)
    return [{"unit": unit, "text": text} for unit in units]


def _day(given: Any) -> date | None:
    return date.fromisoformat(given) if isinstance(given, str) and given else given or None


def register() -> None:
    """Fills the registries of meetings."""
    agenda_sources.register(NAME, AgendaSource(_("Open decisions"), open_points))
    target = Target(
        _("decision of the President"),
        take,
        needs=("text", "unit", "due_on"),
        is_offered=lambda meeting: meeting.kind != "reception",
        says=says,
        reasons=tuple(NotPublic.choices),
    )
    targets.register(TARGET, target)
