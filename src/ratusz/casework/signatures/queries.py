"""Reads of signatures: numbers by state and reason, what waits, pairs that look alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from ratusz.casework.signatures.likeness import alike, who_of
from ratusz.casework.signatures.models import Channel, CheckProtocol, Collection, LookedAtPair, Sheet, SheetLine, Signature, State
from ratusz.casework.signatures.models.sheets import OPEN_LINES
from ratusz.foundation.kit.codes import CodeMistyped, read_code


def of_subject(subject: str) -> Collection | None:
    """The collection of a thing."""
    return Collection.objects.filter(subject=subject).first()


def valid_count(collection: Collection) -> int:
    """How many signatures count now."""
    return collection.signatures.counted().count()


def with_numbers(state: str = "", words: str = "", at: datetime | None = None) -> QuerySet[Collection]:
    """Collections with `valid` (that count), `waiting` (lines not decided) and `is_checked`; "open", "closed" or all; by words
    of the title."""
    lines = SheetLine.objects.filter(sheet__collection=OuterRef("pk"), state__in=OPEN_LINES)
    checks = CheckProtocol.objects.filter(collection=OuterRef("pk"))
    valid = Signature.objects.counted().filter(collection=OuterRef("pk"))
    found = Collection.objects.annotate(valid=_count(valid), waiting=_count(lines), is_checked=Exists(checks))
    if words:
        found = found.filter(Q(title__icontains=words) | Q(subject__icontains=words))
    if state == "open" and at is not None:
        found = found.filter(Q(until=None) | Q(until__gt=at), closed_at=None)
    elif state == "closed" and at is not None:
        found = found.exclude(Q(until=None) | Q(until__gt=at), closed_at=None)
    return found.order_by("-opened_at", "-pk")


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many of them in a query of their own: in one join, signatures and lines would multiply."""
    # Without any order: it would split the one group.
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(of=Count("pk")).values("of")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def open_lines(collection: Collection) -> QuerySet[SheetLine]:
    """Lines that wait for a typing or a third look."""
    return SheetLine.objects.filter(sheet__collection=collection, state__in=OPEN_LINES)


def sheets_of(collection: Collection) -> QuerySet[Sheet]:
    """Sheets with how many of their lines wait, count and are rejected."""
    return collection.sheets.select_related("scan").annotate(
        open_lines=Count("lines", filter=Q(lines__state__in=OPEN_LINES)),
        counted=Count("lines", filter=Q(lines__state="counted")),
        rejected=Count("lines", filter=Q(lines__state="rejected")),
    )


def handed_in(collection: Collection) -> QuerySet[Sheet]:
    """Sheets whose scan was sent by whoever collects and that the Office has not received yet."""
    return collection.sheets.exclude(handed_in_at=None).filter(received_at=None)


def next_line(collection: Collection, person: Any) -> SheetLine | None:
    """The line this person should type next: those begun by somebody else first, so that sheets get finished."""
    mine = Q(entries__clerk=person.pk)
    waiting = SheetLine.objects.filter(sheet__collection=collection, state__in=("once", "waiting")).exclude(
        pk__in=SheetLine.objects.filter(mine, sheet__collection=collection).values("pk")
    )
    return waiting.select_related("sheet__collection", "sheet__scan").order_by("state", "sheet__number", "number").first()


def differing(collection: Collection) -> QuerySet[SheetLine]:
    """Lines typed differently, with both typings."""
    found = SheetLine.objects.filter(sheet__collection=collection, state="differs")
    return found.select_related("sheet__collection").prefetch_related("entries__clerk").order_by("sheet__number", "number")


def numbers(collection: Collection) -> dict[str, Any]:
    """All numbers of a collection, without anybody's name: by state, channel and reason, and of sheets and lines."""
    states: dict[str, int] = dict.fromkeys(State.values, 0)
    channels: dict[str, int] = dict.fromkeys(Channel.values, 0)
    for row in collection.signatures.order_by().values("state", "channel").annotate(of=Count("pk")):
        states[row["state"]] += row["of"]
        channels[row["channel"]] += row["of"] if row["state"] == State.VALID else 0
    lines = SheetLine.objects.filter(sheet__collection=collection).order_by()
    reasons = {row["reason"]: row["of"] for row in lines.exclude(reason="").values("reason").annotate(of=Count("pk"))}
    online = collection.signatures.filter(channel=Channel.ONLINE, state=State.REJECTED).order_by()
    for refused in online.values("reason").annotate(of=Count("pk")):
        reasons[refused["reason"]] = reasons.get(refused["reason"], 0) + refused["of"]
    by_state = {row["state"]: row["of"] for row in lines.values("state").annotate(of=Count("pk"))}
    return {
        "valid": states[State.VALID], "states": states, "channels": channels, "reasons": dict(sorted(reasons.items())),
        "lines": sum(by_state.values()), "lines_by_state": by_state,
        "sheets": collection.sheets.count(), "sheets_received": collection.sheets.exclude(received_at=None).count(),
    }  # fmt: skip


def similar_pairs(collection: Collection) -> list[tuple[Signature, Signature, str]]:
    """Pairs of signatures that count and may be one person, not looked at yet, each with why."""
    counted = {each.pk: each for each in collection.signatures.counted().with_people().select_related("line__sheet")}
    looked = set(LookedAtPair.objects.filter(first__collection=collection).values_list("first", "second"))
    found = []
    for one, other, why in alike(map(who_of, counted.values())):
        pair = (min(one.ref, other.ref), max(one.ref, other.ref))
        if pair not in looked:
            found.append((counted[pair[0]], counted[pair[1]], why))
    return sorted(found, key=lambda pair: (pair[0].pk, pair[1].pk))


@dataclass(frozen=True)
class Standing:
    """How a collection stands for whoever decides by it. Pairs not looked at may be one person each, lines may still count."""

    collection: Collection
    needed: int
    valid: int
    pairs: int
    lines: int
    sheets: int
    """Scans sent in that nobody has received yet."""

    @property
    def missing(self) -> int:
        return max(self.needed - self.valid, 0)

    @property
    def is_enough(self) -> bool:
        """Whether enough count even when every pair turns out to be one person."""
        return self.valid - self.pairs >= self.needed

    @property
    def waits(self) -> bool:
        """Whether something is still to be read or looked at."""
        return bool(self.pairs or self.lines or self.sheets)


def standing(subject: str) -> Standing | None:
    """How the collection of a thing stands; None when nothing is collected for it."""
    found = of_subject(subject)
    if found is None:
        return None
    return Standing(
        found, found.needed, valid_count(found), len(similar_pairs(found)), open_lines(found).count(), handed_in(found).count()
    )


def sheet_of_code(typed: str) -> Sheet | None:
    """The sheet whose code was typed or scanned; None when there is none or it is mistyped."""
    try:
        code = read_code(typed)
    except CodeMistyped:
        return None
    return Sheet.objects.filter(code=code).select_related("collection").first()


def waiting_for(person: Any) -> QuerySet[Collection]:
    """Collections with sheets to receive, or lines that this person may type or settle: not those only they have typed."""
    typed = Q(entries__clerk=person.pk)
    own = SheetLine.objects.filter(typed).values("pk")
    lines = SheetLine.objects.filter(sheet__collection=OuterRef("pk"), state__in=OPEN_LINES).exclude(pk__in=own)
    sent = Sheet.objects.filter(collection=OuterRef("pk"), received_at=None).exclude(handed_in_at=None)
    return Collection.objects.filter(Exists(lines) | Exists(sent), erased_at=None).order_by("pk")
