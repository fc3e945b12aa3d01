"""What a report may not be published without, checked on plain values: the gate's own rules, without the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.participation.consultations.registries import Count, Gap
from ratusz.participation.remarks.models import Intake, Position
from ratusz.participation.reports.register import Row

CHANNELS, CATEGORIES = frozenset(Intake.Channel.values), frozenset(Intake.Category.values)
UNSETTLED = (Intake.State.REGISTERED, Intake.State.COMPLETION_ASKED)


@dataclass
class Found:
    """Numbers of remarks by what they lack; `reasons` of one text outside a cluster are collected for the warning."""

    lacking: dict[str, list[int]] = field(default_factory=dict)
    same_reasons: dict[str, list[int]] = field(default_factory=dict)

    def note(self, code: str, number: int) -> None:
        self.lacking.setdefault(code, []).append(number)

    def settled(self) -> Found:
        """Numbers alone: which reasons were the same is no longer needed, and no word of them is kept."""
        same = [number for numbers in self.same_reasons.values() if len(numbers) > 1 for number in numbers]
        return Found(self.lacking | ({"same_reasons": sorted(same)} if same else {}))


def look_at(rows: Iterable[Row], *, least_signs: int, day: date, late_unconsidered: bool = False) -> Found:
    """Goes through the register once. `least_signs`: shorter reasons are warned of; `day` is today in the city.

    A withdrawn remark needs no position, reasons or unit; neither does a late one where its mode leaves it unconsidered.
    """
    found = Found()
    for row in rows:
        look_at_one(found, row, least_signs=least_signs, day=day, late_unconsidered=late_unconsidered)
    return found


def look_at_one(found: Found, row: Row, *, least_signs: int, day: date, late_unconsidered: bool = False) -> None:
    """Notes what one row lacks."""
    for code in _lacks(row, least_signs, day, late_unconsidered):
        found.note(code, row.number)
    if row.reasons and not row.cluster and not row.is_withdrawn:
        found.same_reasons.setdefault(_normal(row.reasons), []).append(row.number)


def _normal(text: str) -> str:
    return " ".join(text.casefold().split())


def _lacks(row: Row, least_signs: int, day: date, late_unconsidered: bool) -> Iterator[str]:
    present = {
        "number": row.number > 0, "day": row.day, "channel": row.channel in CHANNELS,
        "category": row.category in CATEGORIES, "content": row.content,
    }  # fmt: skip
    yield from (code for code, is_there in present.items() if not is_there)
    if row.state in UNSETTLED:
        yield "unsettled"
    if row.is_withdrawn or (late_unconsidered and row.state == Intake.State.LATE):
        return
    if not row.unit:
        yield "unit"
    if not row.verdict:
        yield "position"
    elif row.position_state != Position.State.APPROVED:
        yield "approval"
    if row.verdict == Position.Verdict.FURTHER_ANALYSIS and (row.due_on is None or row.due_on <= day):
        yield "analysis_day"
    if not row.reasons:
        yield "reasons"
    elif _is_thin(row.reasons, least_signs):
        yield "short_reasons"


THIN = ("j.w", "jw", "jak wyżej", "bezprzedmiotowa", "bezprzedmiotowe")


def _is_thin(reasons: str, least_signs: int) -> bool:
    return len(reasons) < least_signs or _normal(reasons).rstrip(". ") in THIN


WARNINGS = ("short_reasons", "same_reasons")


def words_of(code: str, numbers: Sequence[int]) -> str:
    """What is missing, in words, with all the numbers."""
    return f"{_sentence(code)} {ranges(numbers)}"


def _sentence(code: str) -> str:
    return {
        "number": _("Remarks without a number:"),
        "day": _("Remarks without the day of receipt:"),
        "channel": _("Remarks without a channel:"),
        "category": _("Remarks without who speaks:"),
        "content": _("Remarks without a text for everybody (personal data marked):"),
        "unsettled": _("Remarks of intakes that are not settled (accepted, late, outside the subject):"),
        "unit": _("Remarks without a unit:"),
        "position": _("Remarks without a position:"),
        "approval": _("Positions that are not approved, on remarks:"),
        "analysis_day": _("“To be analysed further” without a day that is still to come, on remarks:"),
        "reasons": _("Positions without reasons, on remarks:"),
        "short_reasons": _("Reasons too short to convince, on remarks:"),
        "same_reasons": _("The same reasons outside a cluster, on remarks:"),
    }[code]


def ranges(numbers: Sequence[int]) -> str:
    """All the numbers, neighbours together: "3, 17–41, 62 (27 uwag)"."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    told = ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in parts)
    count = len(set(numbers))
    return told if count < 2 else _("%(numbers)s (%(count)s)") % {
        "numbers": told, "count": ngettext("%(count)s remark", "%(count)s remarks", count) % {"count": count},
    }  # fmt: skip


def gaps_of_rows(found: Found, url_of: dict[str, str] | None = None, url: str = "") -> list[Gap]:
    """One gap for each thing lacking, with all its remarks; `url_of` leads to the remarks that lack it."""
    return [
        Gap(f"remarks.{code}", words_of(code, numbers), (url_of or {}).get(code, url), is_warning=code in WARNINGS)
        for code, numbers in found.settled().lacking.items()
    ]


def reconcile(counts: Iterable[tuple[str, Count]], url_of: dict[str, str] | None = None) -> list[Gap]:
    """Forms whose numbers do not add up: received = valid + invalid by code + wrong form. `counts`: title of the form, numbers."""
    gaps = []
    for title, count in counts:
        together = count.valid + sum(count.invalid.values()) + count.wrong_form
        if count.received != together:
            words = _("%(form)s, %(channel)s: %(received)s received, but valid, invalid and wrong ones are %(sum)s together.")
            facts = {"form": title, "channel": count.channel, "received": count.received, "sum": together}
            gaps.append(Gap("counts", words % facts, (url_of or {}).get(title, "")))
    return gaps


def broken_numbers(numbers: Iterable[tuple[str, int]]) -> list[str]:
    """Places of the tree whose annexes are not 1, 2, 3 …: the number of the annex above, "" at the top.

    `numbers`: (place, number) of each annex.
    """
    places: dict[str, list[int]] = {}
    for place, number in numbers:
        places.setdefault(place, []).append(number)
    return [place for place, given in places.items() if sorted(given) != list(range(1, len(given) + 1))]
