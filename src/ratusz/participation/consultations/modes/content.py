"""What modes ask, as plain values that combine: the combination of two is never looser than either, in whatever order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from functools import reduce
from typing import Any, TypeVar

SEVERITIES = ("error", "warn", "advice")
COUNTINGS = ("both", "exclude_start_day", "include_start_day")
KINDS = ("length", "open", "lead", "channel", "form", "after", "before")
TREATMENTS = ("left_unconsidered", "decided_by_office")


@dataclass(frozen=True, order=True)
class Ground:
    """Where a demand comes from: the mode, the article, and how sure we are of it."""

    mode: str
    basis: str
    certainty: str


@dataclass(frozen=True, order=True)
class Version:
    """One version of a mode that was chosen, the day that chose it, and a digest of what it says."""

    mode: str
    name: str
    id: str
    basis: str
    key_date: str
    day: str
    digest: str
    note: str = ""


@dataclass(frozen=True, order=True)
class Limit:
    """A demand with a number that can only grow.

    length, lead: days. open: days for which one of the forms that count as `of` takes what people say. channel: days before the
    start by which one of `of` carries the notice (0: by the start day). form: at least so many of `of`. after, before: days a form
    of `of` keeps from the start and from the end.
    """

    kind: str
    of: tuple[str, ...]
    severity: str
    counting: str
    number: int
    grounds: tuple[Ground, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.kind, *self.of, self.severity, self.counting)


@dataclass(frozen=True, order=True)
class PersonData:
    """Which data a form may ask of people at most; of several modes only what all of them allow."""

    form: str
    allowed: tuple[str, ...]
    grounds: tuple[Ground, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.form,)


@dataclass(frozen=True, order=True)
class Condition:
    """How forms of `of` have to be held: "opens_with_draft", "online_with_sound_and_picture"."""

    code: str
    of: tuple[str, ...]
    grounds: tuple[Ground, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.code, *self.of)


@dataclass(frozen=True, order=True)
class Closing:
    """A document that closes the consultation. `days` after the end, 0: not set; `clock` a rule of casework.deadlines, "" none."""

    code: str
    name: str
    clock: str
    days: int
    grounds: tuple[Ground, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.code,)


@dataclass(frozen=True, order=True)
class Duty:
    """Something to be done or told beside the rest."""

    code: str
    words: str
    grounds: tuple[Ground, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.code, self.words)


@dataclass(frozen=True, order=True)
class AskedBody:
    """A body whose opinion the mode asks for, and the days it has."""

    body: str
    days: int
    grounds: tuple[Ground, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.body,)


@dataclass(frozen=True, order=True)
class Late:
    """What happens to remarks that came late in one mode."""

    treatment: str
    grounds: tuple[Ground, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.treatment,)


@dataclass(frozen=True)
class Rules:
    """What one mode, or several together, ask of a consultation."""

    versions: tuple[Version, ...] = ()
    limits: tuple[Limit, ...] = ()
    data: tuple[PersonData, ...] = ()
    conditions: tuple[Condition, ...] = ()
    closings: tuple[Closing, ...] = ()
    duties: tuple[Duty, ...] = ()
    opinions: tuple[AskedBody, ...] = ()
    late: tuple[Late, ...] = ()

    def of_kind(self, kind: str) -> list[Limit]:
        """The limits of one kind, the gravest and longest first."""
        found = [limit for limit in self.limits if limit.kind == kind]
        return sorted(found, key=lambda limit: (SEVERITIES.index(limit.severity), -limit.number, limit.of))

    def channels(self) -> list[Limit]:
        """Demands on notices, those that block a launch first."""
        return self.of_kind("channel")

    def allowed_data(self, form: str) -> tuple[str, ...] | None:
        """The most that a form may ask of people; None where no mode says anything."""
        return next((each.allowed for each in self.data if each.form == form), None)

    @property
    def leaves_late_unconsidered(self) -> bool:
        return any(each.treatment == "left_unconsidered" for each in self.late)

    @property
    def content(self) -> dict[str, Any]:
        """As a consultation keeps it from its launch on."""
        return {field.name: [_plain(asdict(each)) for each in getattr(self, field.name)] for field in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


Part = TypeVar("Part", Limit, PersonData, Condition, Closing, Duty, AskedBody, Late)


def _grounds(one: Any, other: Any) -> tuple[Ground, ...]:
    return tuple(sorted({*one.grounds, *other.grounds}))


def _limit(one: Limit, other: Limit) -> Limit:
    """The higher number with its own grounds; of equal ones the grounds of both."""
    if one.number != other.number:
        return max(one, other, key=lambda limit: limit.number)
    return Limit(one.kind, one.of, one.severity, one.counting, one.number, _grounds(one, other))


def _data(one: PersonData, other: PersonData) -> PersonData:
    return PersonData(one.form, tuple(sorted({*one.allowed} & {*other.allowed})), _grounds(one, other))


def _closing(one: Closing, other: Closing) -> Closing:
    """One document for both: the shorter term that is set."""
    days = min((each.days for each in (one, other) if each.days), default=0)
    return Closing(one.code, min(one.name, other.name), max(one.clock, other.clock), days, _grounds(one, other))


def _asked(one: AskedBody, other: AskedBody) -> AskedBody:
    """A body has the longest time any mode gives it."""
    if one.days != other.days:
        return max(one, other, key=lambda asked: asked.days)
    return AskedBody(one.body, one.days, _grounds(one, other))


def _joined(ones: Iterable[Part], others: Iterable[Part], join: Callable[[Part, Part], Part]) -> tuple[Part, ...]:
    found: dict[tuple[str, ...], Part] = {}
    for each in (*ones, *others):
        found[each.key] = join(found[each.key], each) if each.key in found else each
    return tuple(sorted(found.values()))


def combined(parts: Iterable[Rules]) -> Rules:
    """All of them kept at once: days = the most, notices, closing documents and duties = all, data = what every mode allows.

    Commutative, associative, idempotent (property 8 of the domain reference).
    """
    return reduce(_both, parts, Rules())


def _both(one: Rules, other: Rules) -> Rules:
    return Rules(
        versions=tuple(sorted({*one.versions, *other.versions})),
        limits=_joined(one.limits, other.limits, _limit),
        data=_joined(one.data, other.data, _data),
        conditions=_joined(one.conditions, other.conditions, lambda a, b: Condition(a.code, a.of, _grounds(a, b))),
        closings=_joined(one.closings, other.closings, _closing),
        duties=_joined(one.duties, other.duties, lambda a, b: Duty(a.code, a.words, _grounds(a, b))),
        opinions=_joined(one.opinions, other.opinions, _asked),
        late=_joined(one.late, other.late, lambda a, b: Late(a.treatment, _grounds(a, b))),
    )


TYPES: dict[str, Any] = {
    "versions": Version, "limits": Limit, "data": PersonData, "conditions": Condition, "closings": Closing, "duties": Duty,
    "opinions": AskedBody, "late": Late,
}  # fmt: skip


def rules_from(content: dict[str, Any]) -> Rules:
    """The rules as a consultation kept them; an empty content gives rules that ask nothing."""
    return Rules(**{name: tuple(_part(TYPES[name], each) for each in content.get(name, ())) for name in TYPES})


def _part(kind: Any, content: dict[str, Any]) -> Any:
    facts = {name: tuple(value) if isinstance(value, list) else value for name, value in content.items()}
    if "grounds" in facts:
        facts["grounds"] = tuple(Ground(**each) for each in content["grounds"])
    return kind(**facts)
