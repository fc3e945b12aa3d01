"""Reads the whole record and says whether the chain still holds, naming the first broken row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_noop

from ratusz.foundation.audit import chain
from ratusz.foundation.audit.models import KEPT_FOR, Detail, Entry, Seal, SealedEntry

CHUNK = 2_000
SEAL, POSITION, ENTRY, DETAILS = (
    gettext_noop("seal"),
    gettext_noop("position"),
    gettext_noop("entry"),
    gettext_noop("details of entry"),
)
LATE = timedelta(hours=1)
"""How much older than the seal before it an entry may be: the longest transaction that still counts as honest."""


@dataclass(frozen=True)
class Broken:
    """The first place where the record is not what was sealed."""

    where: str
    """The row: "entry 17", "seal 3", "position 9"."""
    why: str


@dataclass(frozen=True)
class Verdict:
    """What a verification found; `broken` is None when the chain holds."""

    entries: int
    erased: int
    expired: int
    unsealed: int
    seals: int
    head: str
    broken: Broken | None = None


@dataclass
class _Walk:
    """What the walk along the chain has seen so far."""

    at: datetime
    position: int = 0
    link: bytes = chain.START
    head: bytes = chain.START
    previous_seal: Seal | None = None
    entries: int = 0
    erased: int = 0
    expired: int = 0


def verify(*, published: Iterable[str] = (), at: datetime) -> Verdict:
    """Walks all seals in order. `published` are heads kept elsewhere ("number:hex"); a missing tail shows only against one."""
    walk = _Walk(at=at)
    broken = None
    for seal in Seal.objects.order_by("number").iterator(chunk_size=CHUNK):
        broken = _check_seal(walk, seal)
        if broken:
            break
        walk.previous_seal = seal
    broken = broken or _check_tail(walk) or _check_published(published)
    return Verdict(
        entries=walk.entries, erased=walk.erased, expired=walk.expired, unsealed=_unsealed().count(),
        seals=walk.previous_seal.number if walk.previous_seal else 0, head=str(walk.previous_seal or ""), broken=broken,
    )  # fmt: skip


def _check_seal(walk: _Walk, seal: Seal) -> Broken | None:
    expected = walk.previous_seal.number + 1 if walk.previous_seal else 1
    if seal.number != expected:
        return Broken(f"{SEAL} {expected}", gettext_noop("removed"))
    for broken in _check_entries(walk, seal):
        if broken:
            return broken
    if walk.position != seal.last_position:
        return Broken(f"{POSITION} {walk.position + 1}", gettext_noop("its place in the chain was removed"))
    walk.head = chain.head(walk.head, seal.number, seal.last_position, walk.link, seal.sealed_at)
    return None if walk.head == bytes(seal.head) else Broken(f"{SEAL} {seal.number}", gettext_noop("changed"))


def _check_entries(walk: _Walk, seal: Seal) -> Iterator[Broken | None]:
    places = SealedEntry.objects.filter(position__gt=walk.position, position__lte=seal.last_position).order_by("position")
    start = walk.position
    while chunk := list(places.filter(position__gt=start)[:CHUNK]):
        numbers = [place.entry_number for place in chunk]
        entries = Entry.objects.in_bulk(numbers)
        details = Detail.objects.in_bulk(numbers)
        for place in chunk:
            yield _check_place(walk, seal, place, entries.get(place.entry_number), details.get(place.entry_number))
        start = chunk[-1].position


def _check_place(walk: _Walk, seal: Seal, place: SealedEntry, entry: Entry | None, detail: Detail | None) -> Broken | None:
    if place.position != walk.position + 1:
        return Broken(f"{POSITION} {walk.position + 1}", gettext_noop("its place in the chain was removed"))
    walk.position = place.position
    broken = _check_entry(walk, seal, place, entry) if entry else _check_absence(walk, seal, place)
    if broken:
        return broken
    walk.link = chain.link(walk.link, place.position, bytes(place.digest))
    if walk.link != bytes(place.link):
        return Broken(f"{ENTRY} {place.entry_number}", gettext_noop("moved: it does not follow the entry before it"))
    return _check_detail(walk, entry, detail) if entry else None


def _check_absence(walk: _Walk, seal: Seal, place: SealedEntry) -> Broken | None:
    if seal.sealed_at > walk.at - KEPT_FOR:
        return Broken(f"{ENTRY} {place.entry_number}", gettext_noop("removed"))
    walk.expired += 1
    return None


def _check_entry(walk: _Walk, seal: Seal, place: SealedEntry, entry: Entry) -> Broken | None:
    walk.entries += 1
    if chain.entry_digest(entry) != bytes(place.digest):
        return Broken(f"{ENTRY} {entry.pk}", gettext_noop("changed"))
    earliest = walk.previous_seal.sealed_at - LATE if walk.previous_seal else entry.happened_at
    if not earliest <= entry.happened_at <= seal.sealed_at + LATE:
        return Broken(f"{ENTRY} {entry.pk}", gettext_noop("inserted: its moment does not fit its place"))
    return None


def _check_detail(walk: _Walk, entry: Entry, detail: Detail | None) -> Broken | None:
    if detail is None:
        return Broken(f"{DETAILS} {entry.pk}", gettext_noop("removed"))
    if detail.erased_at:
        walk.erased += 1
        return None
    if chain.detail_digest(detail.salt, detail.content) != bytes(entry.detail_digest):
        return Broken(f"{DETAILS} {entry.pk}", gettext_noop("changed"))
    return None


def _unsealed():
    return Entry.objects.exclude(pk__in=SealedEntry.objects.values("entry_number"))


def _check_tail(walk: _Walk) -> Broken | None:
    """Places without a seal, and entries slipped in behind the sealer's back."""
    place = SealedEntry.objects.filter(position__gt=walk.position).order_by("position").first()
    # A batch sealed while we walked brings its own seal.
    if place and not Seal.objects.filter(last_position__gte=place.position).exists():
        return Broken(f"{POSITION} {place.position}", gettext_noop("no seal covers it: the seal was removed or the place inserted"))
    if walk.previous_seal is None:
        return None
    stale = _unsealed().filter(happened_at__lt=walk.previous_seal.sealed_at - LATE).order_by("pk").first()
    return Broken(f"{ENTRY} {stale.pk}", gettext_noop("inserted: never sealed in its time")) if stale else None


def _check_published(published: Iterable[str]) -> Broken | None:
    for line in published:
        number, _, head = line.strip().partition(":")
        seal = Seal.objects.filter(pk=int(number)).first()
        if seal is None:
            return Broken(f"{SEAL} {number}", gettext_noop("published, but no longer in the record: the tail is missing"))
        if bytes(seal.head).hex() != head:
            return Broken(f"{SEAL} {number}", gettext_noop("its head is not the one that was published"))
    return None
