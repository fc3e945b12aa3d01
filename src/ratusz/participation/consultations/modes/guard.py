"""The guard: does a plan keep everything its modes ask? Each breach with its article, what was expected and what stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.consultations.modes import terms
from ratusz.participation.consultations.modes.content import SEVERITIES, Limit, Rules
from ratusz.participation.consultations.modes.days import Counted, counted
from ratusz.participation.consultations.modes.holidays import holidays_of


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be. Level: "error" blocks a launch, "warn" and "advice" do not.

    `part` says where it is mended: "days", "forms", "notices", "plan", "scope", "campaign".
    """

    level: str
    code: str
    words: str
    basis: str = ""
    expected: str = ""
    actual: str = ""
    is_to_verify: bool = False
    part: str = "plan"


@dataclass(frozen=True)
class PlannedForm:
    """A form as the guard sees it; days None where it runs as long as the consultation."""

    kind: str
    title: str = ""
    first: date | None = None
    last: date | None = None
    is_online: bool = False
    has_sound_and_picture: bool = False
    opens_with_draft: bool = False


@dataclass(frozen=True)
class PlannedNotice:
    """A notice that went out on a channel on a day, with its evidence or still without."""

    channel: str
    day: date
    has_evidence: bool = True


@dataclass(frozen=True)
class Planned:
    """The part of a plan that modes judge."""

    starts_on: date
    ends_on: date
    ordered_on: date | None = None
    forms: tuple[PlannedForm, ...] = ()
    notices: tuple[PlannedNotice, ...] = field(default=())


def check(rules: Rules, planned: Planned, today: date) -> list[Finding]:
    """Everything that is not kept, the gravest first; [] when all is."""
    found = [
        *_lengths(rules, planned), *_open(rules, planned), *_leads(rules, planned), *_channels(rules, planned, today),
        *_forms(rules, planned),
        *_windows(rules, planned), *_conditions(rules, planned),
    ]  # fmt: skip
    return _gravest(found)


def _gravest(found: Iterable[Finding]) -> list[Finding]:
    """Of two that say the same of the same thing the graver one."""
    kept: dict[tuple[str, str, str], Finding] = {}
    for each in sorted(found, key=lambda finding: SEVERITIES.index(finding.level)):
        kept.setdefault((each.code, each.expected, each.actual), each)
    return list(kept.values())


def _made(limit: Limit, level: str, words: str, expected: str, actual: str, part: str, code: str = "") -> Finding:
    basis = "; ".join(dict.fromkeys(ground.basis for ground in limit.grounds))
    is_open = any(ground.certainty == "verify" for ground in limit.grounds)
    return Finding(level, code or limit.kind, words, basis, expected, actual, is_open, part)


def _days(number: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", number) % {"count": number}


def _level(limit: Limit, answer: str) -> str:
    """A term kept in one way of counting only is a warning, however grave its breach would be."""
    return limit.severity if answer == "breach" or limit.severity == "advice" else "warn"


def _actual(days: Counted) -> str:
    return _("%(days)s with the first day, %(fewer)s without it") % {"days": _days(days.included), "fewer": days.excluded}


def _lengths(rules: Rules, planned: Planned) -> Iterator[Finding]:
    days = counted(planned.starts_on, planned.ends_on)
    for limit in rules.of_kind("length"):
        answer = days.answer(limit.number, limit.counting)
        if answer != "pass":
            words = _("The consultation is too short.") if answer == "breach" else _("Long enough in one way of counting only.")
            yield _made(limit, _level(limit, answer), words, _days(limit.number), _actual(days), "days")
            if limit.severity != "error":
                return


def _open(rules: Rules, planned: Planned) -> Iterator[Finding]:
    """A box or a survey with days of its own is open as long as the law asks; the longest of several forms of one kind counts."""
    known = terms.forms_on(planned.starts_on)
    for limit in rules.of_kind("open"):
        forms = [form for form in planned.forms if form.kind in known and limit.of[0] in known[form.kind].counts_as]
        spans = [(form.first or planned.starts_on, form.last or planned.ends_on) for form in forms]
        longest = max((counted(*span) for span in spans), key=lambda days: days.included, default=None)
        answer = longest.answer(limit.number, limit.counting) if longest else "pass"
        if longest and answer != "pass" and all(form.first or form.last for form in forms):
            words = _("This form is open for too short a time.")
            name = terms.form_name(limit.of[0], planned.starts_on)
            yield _made(limit, _level(limit, answer), words, _days(limit.number), f"{name}: {_actual(longest)}", "forms")


def _leads(rules: Rules, planned: Planned) -> Iterator[Finding]:
    if planned.ordered_on is None:
        return
    days = counted(planned.ordered_on, planned.starts_on)
    for limit in rules.of_kind("lead"):
        answer = days.answer(limit.number, limit.counting)
        if answer != "pass":
            words = _("There is little time between the ordinance and the first day.")
            yield _made(limit, _level(limit, answer), words, _days(limit.number), _days(days.excluded), "days")


def _channels(rules: Rules, planned: Planned, today: date) -> Iterator[Finding]:
    for limit in rules.channels():
        latest = planned.starts_on - timedelta(days=limit.number)
        names = " / ".join(terms.channel_name(code, planned.starts_on) for code in limit.of)
        expected = _("%(channel)s, by %(day)s") % {"channel": names, "day": polish_date(latest)}
        proven = [notice.day for notice in planned.notices if notice.channel in limit.of and notice.has_evidence]
        if not proven:
            # On the first day itself it can still be mended: put the notice up today and keep its evidence.
            is_today = today == planned.starts_on and limit.severity == "error"
            words = (
                _("The notice has no evidence: put it up and add the evidence today.")
                if is_today
                else _("The notice has no evidence.")
            )
            level = "warn" if is_today else limit.severity
            yield _made(limit, level, words, expected, _("none"), "notices")
        elif min(proven) > latest:
            words = _("The notice came too late.")
            yield _made(limit, limit.severity, words, expected, polish_date(min(proven)), "notices", "channel_late")


def _forms(rules: Rules, planned: Planned) -> Iterator[Finding]:
    known = terms.forms_on(planned.starts_on)
    kinds = {form.kind: known[form.kind].counts_as if form.kind in known else (form.kind,) for form in planned.forms}
    for limit in rules.of_kind("form"):
        there = matched(kinds, limit.of)
        if there < limit.number:
            names = ", ".join(terms.form_name(code, planned.starts_on) for code in limit.of)
            expected = _("at least %(count)s of: %(forms)s") % {"count": limit.number, "forms": names}
            words = _("A form of consultation is missing.")
            yield _made(limit, limit.severity, words, expected, f"{there}", "forms")


def matched(kinds: dict[str, tuple[str, ...]], wanted: Iterable[str]) -> int:
    """How many of the wanted forms the planned kinds make up, each kind for one of them and each of them by one kind."""
    taken: dict[str, str] = {}

    def place(kind: str, seen: set[str]) -> bool:
        for code in kinds[kind]:
            if code in options and code not in seen:
                seen.add(code)
                if code not in taken or place(taken[code], seen):
                    taken[code] = kind
                    return True
        return False

    options = set(wanted)
    return sum(place(kind, set()) for kind in sorted(kinds))


def _windows(rules: Rules, planned: Planned) -> Iterator[Finding]:
    for limit in [*rules.of_kind("after"), *rules.of_kind("before")]:
        for form in planned.forms:
            if form.kind not in limit.of:
                continue
            if form.first is None or form.last is None:
                words = _("The day of this form is missing.")
                yield _made(limit, limit.severity, words, form.title or form.kind, _("none"), "forms", "form_day")
            elif finding := _window(limit, planned, form):
                yield finding


def _window(limit: Limit, planned: Planned, form: PlannedForm) -> Finding | None:
    """On the very edge the law can be read both ways: a warning."""
    assert form.first is not None and form.last is not None
    is_after = limit.kind == "after"
    distance = (form.first - planned.starts_on if is_after else planned.ends_on - form.last).days
    if distance > limit.number:
        return None
    edge = planned.starts_on + timedelta(days=limit.number) if is_after else planned.ends_on - timedelta(days=limit.number)
    day = polish_date(edge)
    expected = _("not before %(day)s") % {"day": day} if is_after else _("not after %(day)s") % {"day": day}
    level = _level(limit, "edge" if distance == limit.number else "breach")
    words = (
        _("This form falls on the edge of the days the law leaves for it.") if distance == limit.number
        else _("This form is too early.") if is_after
        else _("This form is too late.")
    )  # fmt: skip
    actual = f"{form.title or terms.form_name(form.kind, planned.starts_on)}: {polish_date(form.first if is_after else form.last)}"
    return _made(limit, level, words, expected, actual, "forms")


def _conditions(rules: Rules, planned: Planned) -> Iterator[Finding]:
    for condition in rules.conditions:
        for form in planned.forms:
            if form.kind in condition.of and (words := _unmet(condition.code, form)):
                basis = "; ".join(ground.basis for ground in condition.grounds)
                is_open = any(ground.certainty == "verify" for ground in condition.grounds)
                name = form.title or terms.form_name(form.kind, planned.starts_on)
                yield Finding("error", condition.code, words, basis, name, _("not said"), is_open, "forms")


def _unmet(code: str, form: PlannedForm) -> str:
    if code == "opens_with_draft" and not form.opens_with_draft:
        return _("This form has to begin with the draft being presented: say so in its particulars.")
    if code == "online_with_sound_and_picture" and form.is_online and not form.has_sound_and_picture:
        return _("A meeting online needs sound and picture at once.")
    return ""


def holiday_findings(planned: Planned) -> list[Finding]:
    """Days on which people are hardly at home. Never an error: the law knows no such days (custom of the house)."""
    return [
        Finding("warn", code, words, basis, expected, actual, is_to_verify=True, part="days")
        for code, words, basis, expected, actual in holidays_of(planned.starts_on, planned.ends_on)
    ]
