"""The table of a month: figures of what moderation did, cells too small to be told apart, and its rows in words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from ratusz.casework.moderation import catalogue, queries, rules
from ratusz.casework.moderation.models import Admission, Admitted, Appeal, Deed, Flag, Item, Judgement, MonthTable, Outcome, Source
from ratusz.casework.moderation.models.items import State
from ratusz.foundation.kit.dates import polish_month
from ratusz.foundation.kit.words import decimal_comma, grouped
from ratusz.foundation.kit.working_days import end_of_day

HIDING = (Deed.HIDE, Deed.LOCK, Deed.SUSPEND)
NO_UNIT = ""


def bounds(month: date) -> tuple[datetime, datetime]:
    """[its first midnight, the first of the month after) for the first day of a month."""
    first = month.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return end_of_day(first - timedelta(days=1)), end_of_day(after - timedelta(days=1))


def figures(month: date) -> dict[str, Any]:
    """Figures of the month that begins on that day, as they are frozen: whole numbers, hours of work, by reason and by unit."""
    since, until = bounds(month)
    judged = Judgement.objects.filter(judged_at__gte=since, judged_at__lt=until)
    came = Item.objects.filter(opened_at__gte=since, opened_at__lt=until)
    admitted = Admission.objects.filter(admitted_at__gte=since, admitted_at__lt=until)
    hours = _working_hours(since, until)
    return {
        "posts": admitted.count() + _waited_anyway(came),
        "flags": Flag.objects.filter(flagged_at__gte=since, flagged_at__lt=until).count(),
        "held": came.filter(source=Source.BEFORE).count(),
        "left": judged.filter(deed=Deed.APPROVE).count(), "asked": judged.filter(deed=Deed.ASK).count(),
        "moved": judged.filter(deed=Deed.MOVE).count(),
        "hidden": _by_reason(judged.filter(deed__in=HIDING)), "edited": _by_reason(judged.filter(deed=Deed.EDIT)),
        "quarantined": max(judged.filter(deed=Deed.QUARANTINE).count(), admitted.filter(outcome=Admitted.QUARANTINED).count()),
        "suspended": judged.filter(deed=Deed.SUSPEND).count(),
        "median_hours": _share(hours, 0.5), "p95_hours": _share(hours, 0.95),
        "late": queries.missed_clocks(since, until).count(), **_appeals(since, until), "units": _by_unit(came),
    }  # fmt: skip


def _waited_anyway(came: Any) -> int:
    """Things of modules whose every text waits, and which therefore ask nobody whether this one may be shown."""
    return came.filter(source=Source.BEFORE).exclude(thing__in=Admission.objects.values("thing")).count()


def _by_reason(judged: Any) -> dict[str, int]:
    return dict(judged.order_by("reason").values_list("reason").annotate(Count("pk")))


def _by_unit(came: Any) -> dict[str, int]:
    return {name or NO_UNIT: count for name, count in came.order_by("unit__name").values_list("unit__name").annotate(Count("pk"))}


def _working_hours(since: datetime, until: datetime) -> list[float]:
    """Of each thing decided in the month, hours of work of the Office from its coming to the decision, in order."""
    closed = Item.objects.filter(state=State.JUDGED, closed_at__gte=since, closed_at__lt=until)
    return sorted(rules.working_hours(opened, ends) for opened, ends in closed.values_list("opened_at", "closed_at"))


def _share(hours: Sequence[float], share: float) -> float | None:
    """The least of the hours under which at least that share of things was decided; None of nothing."""
    return round(hours[max(math.ceil(share * len(hours)) - 1, 0)], 1) if hours else None


def _appeals(since: datetime, until: datetime) -> dict[str, int]:
    decided = Counter(Appeal.objects.filter(decided_at__gte=since, decided_at__lt=until).values_list("outcome", flat=True))
    return {
        "appeals": Appeal.objects.filter(filed_at__gte=since, filed_at__lt=until).count(),
        "upheld": decided[Outcome.UPHELD], "reversed": decided[Outcome.REVERSED], "partly": decided[Outcome.PARTLY],
        "restored": decided[Outcome.REVERSED] + decided[Outcome.PARTLY],
    }  # fmt: skip


def safe(cells: Mapping[str, int], least: int) -> dict[str, int | None]:
    """Cells of one total with those from 1 to `least` - 1 as None; a single one takes the next smallest with it, so that
    subtracting the others from the total tells nothing."""
    small = {name for name, count in cells.items() if 0 < count < least}
    if small and sum(cells[name] for name in small) < least:
        others = sorted((count, name) for name, count in cells.items() if count >= least)
        small |= {name for _count, name in others[:1]}
    return {name: None if name in small else count for name, count in cells.items()}


def newest(month: date) -> MonthTable | None:
    """The newest version of a month's table."""
    return MonthTable.objects.filter(month=month).order_by("-version").first()


def rows_of(table: MonthTable) -> list[tuple[str, str]]:
    """The table in words: what, and how many. Months of old versions show what they hold."""
    found = table.rows
    at, least = bounds(table.month)[0], catalogue.term("small_cell", bounds(table.month)[0])
    rows = [(label, _number(found[code])) for code, label in _labels() if code in found]
    for code, label in (("hidden", _("Hidden, reason: %(name)s")), ("edited", _("Changed, reason: %(name)s"))):
        cells = safe(found.get(code, {}), least)
        rows += [(label % {"name": catalogue.reason_name(name, at)}, _cell(count, least)) for name, count in cells.items()]
    units = safe(found.get("units", {}), least)
    label = _("Share of units: %(name)s")
    return rows + [(label % {"name": name or _("no unit")}, _cell(count, least)) for name, count in units.items()]


def _labels() -> Iterable[tuple[str, str]]:
    return (
        ("posts", _("Texts sent")), ("flags", _("Flags of readers")), ("held", _("Texts that waited for a moderator")),
        ("left", _("Left as they were")), ("asked", _("Changes asked for")), ("moved", _("Texts moved")),
        ("quarantined", _("Held as spam")), ("suspended", _("Authors suspended")),
        ("median_hours", _("Time to the decision, half of texts: hours of work")),
        ("p95_hours", _("Time to the decision, 95 of 100 texts: hours of work")), ("late", _("Terms missed")),
        ("appeals", _("Appeals filed")), ("upheld", _("Appeals: the decision stayed")), ("reversed", _("Appeals: right")),
        ("partly", _("Appeals: partly right")), ("restored", _("Texts that came back")),
    )  # fmt: skip


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return decimal_comma(value, 1) if isinstance(value, float) else grouped(value)


def _cell(count: int | None, least: int) -> str:
    return grouped(count) if count is not None else _("too few to tell")


def title(table: MonthTable) -> str:
    """ "Moderation in November 2026"."""
    return _("Moderation: %(month)s") % {"month": polish_month(table.month)}
