"""The agenda of the moderators' meeting out of the moderators' work: moderation and meetings know nothing of each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.registries import AgendaSource, OpenPoint, agenda_sources
from ratusz.casework.moderation import catalogue
from ratusz.casework.moderation.models import Fault
from ratusz.casework.moderation.office import load_of_units
from ratusz.casework.moderation.queries import Matter, month
from ratusz.casework.moderation.registries import owed_answers
from ratusz.foundation.kit.dates import local_day, polish_date, polish_until
from ratusz.foundation.kit.working_days import end_of_day, term_in_months

KIND = "moderators"


def since(meeting: Meeting) -> datetime:
    """The moment of the meeting before, however long ago: a month that was skipped is not forgotten. Without one, a month."""
    held = Meeting.objects.filter(kind=KIND, starts_at__lt=meeting.starts_at).exclude(state__in=(State.DRAFT, State.CANCELLED))
    before = held.order_by("-starts_at").values_list("starts_at", flat=True).first()
    return before or end_of_day(term_in_months(local_day(meeting.starts_at), -1, moves_off_holidays=False))


def points(meeting: Meeting, at: datetime) -> Iterator[OpenPoint]:
    """Reversed decisions and other appeals, every "other", clocks missed, what is still open, up to now or the meeting's end.

    Labels and reasons alone: people's words stay where they can be erased.
    """
    found = list(month(since(meeting), min(at, meeting.ends_at)))
    alike = Counter(label for label, _number in {(matter.item.label, matter.item.pk) for matter in found})
    for matter in found:
        yield _point(matter, alike[matter.item.label] > 1)


def _point(matter: Matter, has_namesakes: bool) -> OpenPoint:
    thing = {"thing": matter.item.label}
    if has_namesakes:
        thing = {"thing": _("%(thing)s, no. %(number)s in moderation") % (thing | {"number": matter.item.pk})}
    title = {
        "reversed": _("A decision changed by an appeal: %(thing)s"), "appeal": _("An appeal: %(thing)s"),
        "other": _("Another reason, not in the catalogue: %(thing)s"), "late": _("A term missed: %(thing)s"),
        "open": _("Not decided yet: %(thing)s"), "flagged": _("Flagged by many: %(thing)s"),
    }[matter.about] % thing  # fmt: skip
    return OpenPoint(
        key=_key(matter), title=title, text=_text(matter), unit=str(matter.item.unit or ""), state=_state(matter),
        due=polish_until(matter.clock.due_at) if matter.clock and matter.clock.due_at else "", is_late=matter.about == "late",
        url=reverse("moderation_item", args=[matter.item.pk]), is_public=False,
    )  # fmt: skip


def _key(matter: Matter) -> str:
    if matter.appeal is not None:
        return matter.appeal.key
    if matter.judgement is not None:
        return f"moderation.judgement:{matter.judgement.pk}"
    if matter.clock is not None:
        return f"moderation.late:{matter.clock.pk}"
    return f"moderation.flagged:{matter.item.pk}" if matter.flags else matter.item.key


def _text(matter: Matter) -> str:
    if matter.clock is not None:
        return str(matter.clock.rule.name)
    if matter.flags:
        return ngettext("%(count)s person flagged it", "%(count)s people flagged it", matter.flags) % {"count": matter.flags}
    judgement = matter.judgement
    if judgement is None:
        return ""
    reason = catalogue.reason_name(judgement.reason, judgement.judged_at)
    return _("%(deed)s, reason: %(reason)s, %(day)s") % {
        "deed": judgement.get_deed_display(), "reason": reason, "day": polish_date(judgement.judged_at)
    }  # fmt: skip


def _state(matter: Matter) -> str:
    if matter.appeal is not None:
        return str(matter.appeal.get_outcome_display()) if matter.appeal.outcome else _("waits for its decision")
    return str(matter.item.get_state_display())


def office_points(meeting: Meeting, at: datetime) -> Iterator[OpenPoint]:
    """Answers that units owe, how the load of units differs, and faults of the platform that are not mended."""
    until = min(at, meeting.ends_at)
    for owing in owed_answers:
        for each in owing(until):
            title = _("An answer owed: %(thing)s") % {"thing": each.title}
            yield OpenPoint(
                each.key, title, unit=each.unit, due=each.due, is_late=each.is_late, url=each.url, state=_("no answer yet"),
                is_public=False,
            )  # fmt: skip
    yield from _load(until)
    for fault in Fault.objects.filter(Q(mended_at=None) | Q(mended_at__gte=since(meeting)), reported_at__lt=until):
        title = _("A fault of the platform: %(words)s") % {"words": fault.words}
        state = fault.answer if fault.mended_at else _("not mended yet")
        yield OpenPoint(f"moderation.fault:{fault.pk}", title, state=state, url=fault.url, is_public=False)


def _load(at: datetime) -> Iterator[OpenPoint]:
    """One point when units differ: what each has open, late, and how long a decision took. Never whose."""
    loads = [each for each in load_of_units(at) if each.came or each.open]
    if len(loads) < 2:
        return
    lines = [
        _("%(unit)s: came %(came)s, open %(open)s, late %(late)s")
        % {"unit": each.unit or _("no unit"), "came": each.came, "open": each.open, "late": each.late}
        for each in loads
    ]
    yield OpenPoint("moderation.load", _("The load of units over the last 30 days"), "; ".join(lines), is_public=False)


def register() -> None:
    """Offers the sources under the names that the kind of meeting asks for."""
    agenda_sources.register("moderation.month", AgendaSource(name=gettext_lazy("The month of the moderators"), points=points))
    agenda_sources.register(
        "moderation.office", AgendaSource(name=gettext_lazy("The office of the moderators"), points=office_points)
    )
