"""Reads of the register of remarks: narrowed lists by keyset, rows in constant memory, counts, what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.consultations.registries import Count as FormCount
from ratusz.participation.remarks import rules, terms
from ratusz.participation.remarks.models import COUNTED, Cluster, Intake, Position, Remark
from ratusz.publishing.website.search.words import query_of

PAGE = 50
State = Intake.State
OWES_NO_POSITION = (State.REJECTED, State.WRONG_FORM, State.COMPLETION_ASKED)
"""States in which the city takes no position; withdrawn ones need none either, and late ones where the law says so."""


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty values narrow nothing. `position` is a state of the newest one, or "none"."""

    words: str = ""
    state: str = ""
    channel: str = ""
    category: str = ""
    position: str = ""
    verdict: str = ""
    unit: Any = None
    district: Any = None
    cluster: Any = None
    passage: str = ""
    area: str = ""
    """"in", "out" or "unknown"."""
    form: Any = None


@dataclass(frozen=True)
class Slice:
    """One page by keyset: its rows in order, how many there are in all, and numbers to go on from (None at an end)."""

    rows: list[Remark]
    total: int
    earlier: int | None = None
    later: int | None = None
    positions: dict[int, Position] = field(default_factory=dict)
    same: dict[int, int] = field(default_factory=dict)
    """Clusters that are one letter, by their numbers, with how many remarks say the same."""


def newest_field(name: str) -> Subquery:
    """A field of the newest version of a remark's position."""
    return Subquery(Position.objects.filter(remark=OuterRef("pk")).order_by("-version").values(name)[:1])


def holding_field(name: str) -> Subquery:
    """A field of the newest approved version: what everybody reads."""
    rows = Position.objects.filter(remark=OuterRef("pk"), state=Position.State.APPROVED).order_by("-version")
    return Subquery(rows.values(name)[:1])


def narrowed(remarks: QuerySet[Remark], wanted: Wanted, *, is_public: bool = False) -> QuerySet[Remark]:
    """The remarks narrowed. For everybody by public words and approved positions alone."""
    if query := query_of(wanted.words[:200]):
        searched = SearchQuery(query, search_type="raw", config="simple")
        remarks = remarks.filter(said_in_public(searched) if is_public else Q(words=searched))
    plain = {
        "intake__state": wanted.state, "intake__channel": wanted.channel, "intake__category": wanted.category,
        "unit": wanted.unit, "intake__district": wanted.district, "cluster": wanted.cluster, "passage": wanted.passage,
        "intake__form": wanted.form,
    }  # fmt: skip
    remarks = remarks.filter(**{name: value for name, value in plain.items() if value})
    if wanted.area:
        remarks = remarks.filter(intake__is_in_area={"in": True, "out": False}.get(wanted.area))
    return _by_position(remarks, wanted, is_public=is_public)


def said_in_public(searched: SearchQuery) -> Q:
    """Remarks that have the words in what everybody reads, or in the reasons of an approved position: two indexes, no reading."""
    answered = Position.objects.filter(state=Position.State.APPROVED, words=searched).values("remark")
    said = Remark.objects.filter(is_public=True, public_words=searched).values("pk")
    return Q(pk__in=said.union(answered))


def verdict_counts(remarks: QuerySet[Remark]) -> dict[str, int]:
    """How many of these remarks have each approved position; "none": how many have none yet. One query besides the count."""
    newer = Position.objects.filter(remark=OuterRef("remark"), state=Position.State.APPROVED, version__gt=OuterRef("version"))
    held = Position.objects.filter(~Exists(newer), remark__in=remarks, state=Position.State.APPROVED)
    found = dict(held.order_by().values_list("verdict").annotate(count=Count("pk")))
    return found | {"none": remarks.count() - sum(found.values())}


def _by_position(remarks: QuerySet[Remark], wanted: Wanted, *, is_public: bool) -> QuerySet[Remark]:
    """For everybody a draft is no position: neither what it says nor that it is there."""
    read = holding_field if is_public else newest_field
    if wanted.verdict:
        remarks = remarks.annotate(read_verdict=read("verdict")).filter(read_verdict=wanted.verdict)
    if wanted.position == "none":
        held = Position.objects.filter(remark=OuterRef("pk"))
        return remarks.filter(~Exists(held.filter(state=Position.State.APPROVED) if is_public else held))
    if wanted.position:
        return remarks.annotate(newest_state=read("state")).filter(newest_state=wanted.position)
    return remarks


def register_of(consultation: Consultation, person: Any, at: datetime) -> QuerySet[Remark]:
    """What somebody of the staff sees of it: everything, or what was routed to the own units. Raises NotYours."""
    remarks = Remark.objects.filter(consultation=consultation)
    if rules.sees_all(person, at):
        return remarks
    rules.check_may(person, "see", None, at)
    return remarks.filter(unit__in=own_units(person, at))


def own_units(person: Any, at: datetime) -> list[int]:
    """Numbers of the units in which the person answers remarks, those below them included."""
    from ratusz.foundation.units.models import Unit

    return [unit.pk for unit in Unit.objects.working() if rules.answers_for(person, unit, at)]


def page_of(remarks: QuerySet[Remark], *, after: int = 0, before: int = 0, is_public: bool = False) -> Slice:
    """A page after, or before, a number: whatever the page, the index is entered at that number. Few queries, always the same."""
    total = remarks.count()
    if before:
        found = list(remarks.filter(number__lt=before).order_by("-number").values_list("pk", flat=True)[: PAGE + 1])
        has_earlier, has_later, pks = len(found) > PAGE, True, found[:PAGE][::-1]
    else:
        found = list(remarks.filter(number__gt=after).order_by("number").values_list("pk", flat=True)[: PAGE + 1])
        has_earlier, has_later, pks = after > 0, len(found) > PAGE, found[:PAGE]
    related = ("intake__district", "intake__form", "consultation", "unit", "cluster")
    rows = list(Remark.objects.filter(pk__in=pks).defer("words", "public_words").select_related(*related).order_by("number"))
    return Slice(
        rows, total, rows[0].number if rows and has_earlier else None, rows[-1].number if rows and has_later else None,
        positions_of(pks, is_public=is_public), same_of(each.cluster_id for each in rows),
    )  # fmt: skip


def positions_of(pks: Iterable[int], *, is_public: bool = False) -> dict[int, Position]:
    """The newest position of each remark, for everybody the newest approved one; one query."""
    found = Position.objects.filter(remark__in=list(pks)).select_related("unit").order_by("remark_id", "-version")
    if is_public:
        found = found.filter(state=Position.State.APPROVED)
    return {each.remark_id: each for each in found.distinct("remark_id")}


def same_of(clusters: Iterable[int | None]) -> dict[int, int]:
    """How many remarks each of these clusters has, where they are copies of one letter; one query."""
    wanted = {each for each in clusters if each}
    if not wanted:
        return {}
    counted = Cluster.objects.filter(pk__in=wanted, is_form_letter=True).annotate(of=Count("remarks"))
    return dict(counted.values_list("pk", "of"))


def public_remarks(consultation: Consultation) -> QuerySet[Remark]:
    """Everything of a consultation that everybody reads."""
    return Remark.objects.public().filter(consultation=consultation)


def with_place(remarks: QuerySet[Remark]) -> QuerySet[Remark]:
    """Those that show a place on the map."""
    return remarks.filter(place__isnull=False)


def register_rows(remarks: QuerySet[Remark], *, is_public: bool) -> Iterator[tuple[Remark, Position | None]]:
    """Every remark in order with its newest (for everybody: approved) position, in constant memory: for reports and files."""
    after = 0
    while True:
        chunk = remarks.filter(number__gt=after).order_by("number").defer("words", "public_words")
        rows = list(chunk.select_related("intake__district", "intake__form", "consultation", "unit", "cluster")[:500])
        if not rows:
            return
        held = positions_of([each.pk for each in rows], is_public=is_public)
        for each in rows:
            yield each, held.get(each.pk)
        after = rows[-1].number


def overview(at: datetime, consultations: QuerySet[Consultation] | None = None) -> QuerySet[Consultation]:
    """Consultations with numbers of their remarks: all, and without an approved position."""
    everything = Consultation.objects.public() if consultations is None else consultations
    mine = Remark.objects.filter(consultation=OuterRef("pk")).order_by().values("consultation")
    owed = mine.filter(unanswered(at))
    return everything.annotate(
        remark_count=Subquery(mine.annotate(of=Count("pk")).values("of")),
        owed_count=Subquery(owed.annotate(of=Count("pk")).values("of")),
    ).order_by("-starts_on", "-pk")


def unanswered(at: datetime) -> Q:
    """Remarks that owe a position and have no approved one. Withdrawn ones, and those that do not count, owe none; nor do late
    ones where the law leaves them unconsidered.
    """
    answered = Exists(Position.objects.filter(remark=OuterRef("pk"), state=Position.State.APPROVED))
    unconsidered = Q()
    for mode in terms.term("late_unconsidered_modes", at):
        unconsidered |= Q(consultation__modes__contains=[mode])
    late = Q(intake__state=State.LATE) & unconsidered
    return ~Q(intake__state__in=[*OWES_NO_POSITION, State.WITHDRAWN]) & ~Q(answered) & ~late


def counts_of(form: Form) -> list[FormCount]:
    """Numbers of one form by channel: received = valid + the invalid by code + wrong form. A list counts as one."""
    rows = Intake.objects.filter(form=form).values("channel", "state", "reason_code").annotate(of=Count("pk")).order_by()
    return _by_channel(rows)


def counts_of_consultation(consultation: Consultation) -> list[FormCount]:
    """The same of everything that came in a consultation, whatever its form."""
    rows = Intake.objects.filter(consultation=consultation).values("channel", "state", "reason_code")
    return _by_channel(rows.annotate(of=Count("pk")).order_by())


def _by_channel(rows: Iterable[Any]) -> list[FormCount]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        mine = found.setdefault(row["channel"], {"received": 0, "valid": 0, "wrong_form": 0, "invalid": {}})
        mine["received"] += row["of"]
        if row["state"] == State.REJECTED:
            mine["invalid"][row["reason_code"]] = mine["invalid"].get(row["reason_code"], 0) + row["of"]
        else:
            mine["wrong_form" if row["state"] == State.WRONG_FORM else "valid"] += row["of"]
    return [FormCount(channel=channel, **found[channel]) for channel in sorted(found)]


def numbers_of(consultation: Consultation) -> dict[str, Any]:
    """Numbers for the page and the report: intakes by state, people behind them, remarks, in and out of the area."""
    intakes = Intake.objects.filter(consultation=consultation)
    by_state = dict(intakes.order_by().values_list("state").annotate(of=Count("pk")))
    counted = intakes.filter(state__in=[*COUNTED, State.LATE, State.OUT_OF_SCOPE])
    return {
        "intakes": sum(by_state.values()), "by_state": by_state,
        "remarks": Remark.objects.filter(consultation=consultation).count(),
        "supporters": counted.aggregate(of=Sum("supporters"))["of"] or 0,
        "by_category": dict(counted.order_by().values_list("category").annotate(of=Count("pk"))),
        "out_of_area": counted.filter(is_in_area=False).count(), "late": by_state.get(State.LATE, 0),
        "latest": Remark.objects.filter(consultation=consultation).order_by(F("number").desc()).values_list("number",
        flat=True).first(),
    }  # fmt: skip
