"""The agenda: composed from its sources, changed point by point, published as versions, run with real times."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.meetings.actions.one_at_a_time import lock_for
from ratusz.casework.meetings.models import AgendaItem, AgendaVersion, Meeting, PointState, Visibility
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.registries import OpenPoint, agenda_sources
from ratusz.casework.meetings.rules import Refused
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now

EDITABLE = ("title", "text", "owner", "planned_minutes", "visibility", "link")
PLANNED, LONGEST = 5, 4000
TEMPLATE = "meetings.template"


@transaction.atomic
def compose_agenda(*, meeting: Meeting, person: Any) -> list[AgendaItem]:
    """Puts what is open now on the agenda, before the points written by hand; gives back the new points.

    Sources are those of the meeting's kind, in its order. A point stands once; composed again, it gets its newest facts while it
    waits, and keeps the place and the words people gave it.
    """
    meeting = _changeable(meeting, person)
    known = {each.source_key: each for each in meeting.agenda.exclude(source_key="")}
    made = []
    for source, point in _open_points(meeting):
        if point.key in known:
            _refresh(known[point.key], point)
        else:
            known[point.key] = _item(meeting, source, point)
            made.append(known[point.key])
    made += _template_points(meeting, known)
    if made:
        _put_in(meeting, [each for each in made if each.source != TEMPLATE])
        record(deed="meetings.compose_agenda", subject=meeting, after={"points": len(made)}, actor=person)
    return made


def _open_points(meeting: Meeting) -> list[tuple[str, OpenPoint]]:
    """A source that no module has registered yet gives nothing."""
    now, found = database_now(), []
    for name in meeting.rules_of_kind.sources:
        if name in agenda_sources:
            found += [(name, point) for point in agenda_sources[name].points(meeting, now)]
    return found


def _template_points(meeting: Meeting, known: dict[str, AgendaItem]) -> list[AgendaItem]:
    """The points every meeting of the series has, at the end, once."""
    made = []
    lines = meeting.series.template.get("agenda", []) if meeting.series else []
    for number, line in enumerate(lines, start=1):
        key = f"{TEMPLATE}:{number}"
        if key in known or not isinstance(line, dict) or not str(line.get("title", "")).strip():
            continue
        facts: dict[str, Any] = {
            "title": str(line["title"])[:300],
            "source": TEMPLATE,
            "source_key": key,
            "owner": str(line.get("owner", ""))[:160],
        }
        minutes, seen = line.get("minutes"), line.get("visibility")
        if isinstance(minutes, int) and 1 <= minutes <= 480:
            facts["planned_minutes"] = minutes
        if seen in Visibility.values:
            facts["visibility"] = seen
        made.append(AgendaItem.objects.create(meeting=meeting, order=meeting.agenda.count() + 1, **facts))
    return made


def _facts(point: OpenPoint) -> dict[str, Any]:
    return {"unit": point.unit, "due": point.due, "state": point.state, "is_late": point.is_late, "url": point.url}


def _item(meeting: Meeting, source: str, point: OpenPoint) -> AgendaItem:
    visibility = Visibility.PUBLIC if point.is_public else Visibility.INTERNAL
    kind, _colon, number = point.key.partition(":")
    before = AgendaItem.objects.filter(pk=number).first() if kind == "meetings.agendaitem" else None
    return AgendaItem(
        meeting=meeting, title=point.title[:300], text=point.text[:LONGEST], owner=point.unit[:160], planned_minutes=PLANNED,
        visibility=visibility, source=source, source_key=point.key, facts=_facts(point), carried_from=before,
    )  # fmt: skip


def _refresh(item: AgendaItem, point: OpenPoint) -> None:
    if item.state == PointState.OPEN and item.started_at is None and item.facts != _facts(point):
        item.facts = _facts(point)
        item.save(update_fields=["facts"])


def _put_in(meeting: Meeting, made: list[AgendaItem]) -> None:
    """After the last point of a source; the rest moves down."""
    items = list(meeting.agenda.order_by("order"))
    place = max((number for number, each in enumerate(items, start=1) if each.source_key and each.source != TEMPLATE), default=0)
    _renumber([*items[:place], *made, *items[place:]])


def _renumber(items: list[AgendaItem]) -> None:
    for number, each in enumerate(items, start=1):
        if each.order != number or each.pk is None:
            each.order = number
            each.save()


@transaction.atomic
def add_point(*, meeting: Meeting, person: Any, **facts: Any) -> AgendaItem:
    """Adds a point at the end. `facts` are of EDITABLE."""
    meeting = _changeable(meeting, person)
    item = AgendaItem(meeting=meeting, order=meeting.agenda.count() + 1, **_known(facts))
    _check_words(item)
    item.save()
    record(deed="meetings.add_point", subject=item, after=_known(facts), actor=person)
    return item


@transaction.atomic
def change_point(*, item: AgendaItem, person: Any, **facts: Any) -> AgendaItem:
    """Changes words, minutes or who sees a point. What it came from stays."""
    _changeable(item.meeting, person)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    before = {name: getattr(item, name) for name in _known(facts)}
    for name, value in _known(facts).items():
        setattr(item, name, value)
    _check_words(item)
    item.save()
    record(deed="meetings.change_point", subject=item, before=before, after=_known(facts), actor=person)
    return item


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in EDITABLE if name in facts}


def _check_words(item: AgendaItem) -> None:
    if not item.title.strip():
        raise Refused(_("Write what the point is about."))
    if not 1 <= item.planned_minutes <= 480:
        raise Refused(_("A point takes from 1 to 480 minutes."))


@transaction.atomic
def move_point(*, item: AgendaItem, place: int, person: Any) -> None:
    """Puts the point on that place (from 1); the others make room."""
    meeting = _changeable(item.meeting, person)
    before = item.order
    _renumber(placed(list(meeting.agenda.order_by("order")), item, place))
    record(deed="meetings.move_point", subject=item, before={"order": before}, after={"order": place}, actor=person)


def placed(items: list[Any], item: Any, place: int) -> list[Any]:
    """The list with the item on that place, counted from 1; before the first is first, after the last is last."""
    others = [each for each in items if each != item]
    spot = min(max(place, 1), len(items)) - 1
    return [*others[:spot], next(each for each in items if each == item), *others[spot:]]


@transaction.atomic
def remove_point(*, item: AgendaItem, person: Any) -> None:
    """Takes a point off that has not begun. One from a source comes back when the agenda is composed again."""
    meeting = _changeable(item.meeting, person)
    if AgendaItem.objects.get(pk=item.pk).started_at is not None:
        raise Refused(_("This point has begun, so it stays: say what became of it."))
    record(deed="meetings.remove_point", subject=item, before={"title": item.title}, actor=person)
    item.delete()
    _renumber(list(meeting.agenda.order_by("order")))


@transaction.atomic
def publish_agenda(*, meeting: Meeting, person: Any) -> AgendaVersion:
    """Publishes the points that everybody may see now as the next version; with nothing changed the last one stays."""
    meeting = _changeable(meeting, person)
    content = [
        {"order": number, "title": each.title, "text": each.text, "owner": each.owner, "planned_minutes": each.planned_minutes,
         "link": each.link}
        for number, each in enumerate(meeting.agenda.filter(visibility=Visibility.PUBLIC).order_by("order"), start=1)
    ]  # fmt: skip
    if not content:
        raise Refused(_("There is no public point on the agenda yet. Add one, then publish."))
    last = meeting.agenda_versions.order_by("-number").first()
    if last is not None and last.content == content:
        return last
    number = last.number + 1 if last else 1
    version = AgendaVersion.objects.create(
        meeting=meeting, number=number, content=content, published_at=database_now(), published_by=person
    )
    record(deed="meetings.publish_agenda", subject=version, after={"points": len(content)}, actor=person)
    return version


@transaction.atomic
def run_point(*, item: AgendaItem, step: str, person: Any) -> AgendaItem:
    """While the meeting runs: "start" (the point that runs ends as done), "end", "carry_over", "drop", or "reopen" a mistake."""
    meeting, now = lock_for(item.meeting, "preside", person), database_now()
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    before = {"state": item.state}
    if step == "start":
        for running in meeting.agenda.filter(started_at__isnull=False, ended_at=None).exclude(pk=item.pk):
            _end(running, PointState.DONE, now)
        item.started_at, item.ended_at, item.state = item.started_at or now, None, PointState.OPEN
        item.save()
    elif step == "end":
        item.started_at = item.started_at or now
        _end(item, PointState.DONE, now)
    elif step in ("carry_over", "drop"):
        _end(item, PointState.CARRIED_OVER if step == "carry_over" else PointState.DROPPED, now)
    elif step == "reopen":
        item.state, item.started_at, item.ended_at = PointState.OPEN, None, None
        item.save()
    else:
        raise Refused(_("There is no such step."))
    record(deed="meetings.run_point", subject=item, before=before, after={"state": item.state, "step": step}, actor=person)
    return item


def _end(item: AgendaItem, state: str, now: Any) -> None:
    item.state = state
    item.ended_at = now if item.started_at is not None else None
    item.save()


def _changeable(meeting: Meeting, person: Any) -> Meeting:
    locked = lock_for(meeting, "prepare", person)
    if locked.state in (State.CANCELLED, State.ARCHIVED):
        raise Refused(_("This meeting is closed: its agenda does not change any more."))
    return locked
