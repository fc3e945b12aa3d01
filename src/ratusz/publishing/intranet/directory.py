"""The directory: the tree of units with their telephones, who holds which role and who stands in; nothing private."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from ratusz.foundation.kit.words import polish_sort_key, search_key
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.foundation.units.rules import HEADS
from ratusz.publishing.intranet.models import Building
from ratusz.publishing.intranet.tree import Tree, read_tree


@dataclass(frozen=True)
class Post:
    """A role in a unit with the person in it and whoever stands in now."""

    role: str
    name: str
    stand_in: str = ""
    is_head: bool = False


@dataclass
class Entry:
    """A unit in the directory; `depth` counts from 0."""

    unit: Unit
    depth: int = 0
    posts: list[Post] = field(default_factory=list)
    buildings: list[str] = field(default_factory=list)

    @property
    def heads(self) -> list[Post]:
        return [post for post in self.posts if post.is_head]


def directory(at: datetime, query: str = "") -> list[Entry]:
    """All working units in the order of the tree, or those that fit the words: name, symbol, role or person, accents or not."""
    entries = _entries(at)
    words = search_key(query[:100]).split()
    return [entry for entry in entries if _fits(entry, words)] if words else entries


def entry_of(unit: Unit, at: datetime) -> Entry | None:
    """One unit of the directory; None when it is closed."""
    return next((entry for entry in _entries(at) if entry.unit.pk == unit.pk), None)


def _entries(at: datetime) -> list[Entry]:
    units = {unit.pk: unit for unit in Unit.objects.working().select_related("parent")}
    tree, names = read_tree(), dict(Building.objects.values_list("pk", "name"))
    entries = {number: Entry(unit) for number, unit in units.items()}
    for entry in entries.values():
        entry.buildings = sorted((names[each] for each in tree.buildings_of(entry.unit.pk)), key=polish_sort_key)
    for number, post in _posts(at):
        if number in entries:
            entries[number].posts.append(post)
    return _in_order(entries, tree)


def _posts(at: datetime) -> list[tuple[int, Post]]:
    """Heads first, then by the alphabet of roles and names."""
    found = list(Appointment.objects.in_force(at).select_related("person", "role"))
    stand_ins: dict[int, list[str]] = {}
    for each in found:
        if each.standing_in_for_id:
            stand_ins.setdefault(each.standing_in_for_id, []).append(each.person.get_full_name())
    posts = [
        (each, Post(each.role.name, each.person.get_full_name(), ", ".join(stand_ins.get(each.pk, [])), each.role.code in HEADS))
        for each in found
        if not each.standing_in_for_id
    ]
    posts.sort(
        key=lambda pair: (_rank(pair[0].role.code), polish_sort_key(pair[1].role), polish_sort_key(_sorted_name(pair[0].person)))
    )
    return [(each.unit_id, post) for each, post in posts]


def _rank(code: str) -> int:
    return HEADS.index(code) if code in HEADS else len(HEADS)


def _sorted_name(person) -> str:
    return f"{person.last_name} {person.first_name}"


def _in_order(entries: dict[int, Entry], tree: Tree) -> list[Entry]:
    """Each unit right before those below it, neighbours by the alphabet; a closed one is stepped over."""

    def way(number: int) -> list[str]:
        line = [each for each in tree.line(number) if each in entries]
        return [entries[each].unit.sort_key or polish_sort_key(entries[each].unit.name) for each in reversed(line)]

    ordered = sorted(entries, key=lambda number: (way(number), number))
    for number in ordered:
        entries[number].depth = len(way(number)) - 1
    return [entries[number] for number in ordered]


def _fits(entry: Entry, words: list[str]) -> bool:
    texts = [entry.unit.name, entry.unit.short_name, *entry.buildings]
    texts += [text for post in entry.posts for text in (post.role, post.name, post.stand_in)]
    hay = search_key(" ".join(texts))
    starts = hay.replace("-", " ").replace("/", " ").split() + hay.split()
    return all(any(start.startswith(word) for start in starts) for word in words)
