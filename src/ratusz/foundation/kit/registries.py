"""The registries through which a module tells lower floors what it has: dates, moves, search entries, receipts, personal data.

Every module fills them in its AppConfig.ready(); readers (desk, calendar, portal search, privacy tools) only iterate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

Entry = TypeVar("Entry")


class AlreadyRegistered(ValueError):
    """Two modules claim the same name in one registry."""


class Registry(Generic[Entry]):
    """Named entries in the order of their registration. Registering a name twice is an error, not a replacement."""

    def __init__(self, purpose: str):
        self.purpose = purpose
        self._entries: dict[str, Entry] = {}

    def register(self, name: str, entry: Entry) -> Entry:
        if name in self._entries:
            raise AlreadyRegistered(f"{name!r} is already registered in {self.purpose}")
        self._entries[name] = entry
        return entry

    def __getitem__(self, name: str) -> Entry:
        return self._entries[name]

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def items(self) -> Iterable[tuple[str, Entry]]:
        return self._entries.items()


@dataclass(frozen=True)
class DatedThing:
    """Something with a date that residents or staff should see in a calendar."""

    kind: str
    title: str
    starts: datetime | date
    ends: datetime | date | None = None
    url: str = ""
    is_public: bool = True
    what_to_do: str = ""
    """What a person can do until `ends`, as an imperative: "Zagłosuj", "Zgłoś uwagę"; empty when nothing."""
    district_numbers: tuple[int, ...] = ()
    language: str = ""
    """Set when the words are in another language than the page they are shown on."""
    topics: tuple[str, ...] = ()
    """Addresses (slugs) of the portal's topics."""
    unit: str = ""
    """Symbol of the unit of the Office that answers for it."""
    place: str = ""
    """Where it is, in words."""
    point: tuple[float, float] | None = None
    """(longitude, latitude)."""
    is_term: bool = False
    """Whether `starts` is the end of a term: midnight then belongs to the day before."""
    may_open: Callable[[Any, datetime], bool] | None = None
    """Of a thing that is not public: whether a member of staff may open it; None lets all of them."""
    code: str = ""
    """Set where the thing has a number of its own: it stays one entry of a calendar when its words or its hour change."""


@dataclass(frozen=True)
class Move:
    """One thing that waits for somebody, in that person's words."""

    what: str
    """The deed as the person would say it: "Odpowiedz redakcji"."""
    url: str
    due_at: datetime | None = None
    since: datetime | None = None
    kind: str = ""


@dataclass(frozen=True)
class SearchEntry:
    """One row of the portal's search: what a module wants found, and who may find it."""

    key: str
    """Stable within the source, e.g. "project:M/66/VII"."""
    url: str
    title: str
    summary: str = ""
    body: str = ""
    language: str = "pl"
    is_public: bool = True
    kind: str = ""
    day: date | None = None


@dataclass(frozen=True)
class SearchKind:
    """A kind of search entries as people read it, and how far it stands above others that match as well."""

    words: Any
    """In the plural and translated: "News"."""
    lift: float = 1.0
    """2.0 doubles the rank: for what the city says now, above registers of the past."""


@dataclass(frozen=True)
class SearchSource:
    """A module's part of the search: all its entries, and one of them by key (None when it is gone)."""

    entries: Callable[[], Iterable[SearchEntry]]
    entry: Callable[[str], SearchEntry | None]
    may_find: Callable[[Any, datetime], bool] | None = None
    """Whether a member of staff may find this source's entries that are not public; without it nobody does."""


@dataclass(frozen=True)
class Receipt:
    """What a resident learns from the number on a receipt; never the content of what was handed in."""

    title: str
    status: str
    url: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ReceiptKind:
    """One kind of number: `find` gets the normalised text (no spaces, upper case) and the moment, gives a Receipt or None."""

    example: str
    what: str
    find: Callable[[str, datetime], Receipt | None]
    is_personal: bool = True
    """Whether the number belongs to one person's matter; then nothing near it is ever offered."""
    nearest: Callable[[str, datetime], Iterable[Receipt]] | None = None
    """Public things whose number differs by one sign from what was typed."""

    def __post_init__(self) -> None:
        if self.is_personal and self.nearest is not None:
            raise ValueError("A number of a person's matter must not be guessed: no nearest ones")


@dataclass(frozen=True)
class PersonalData:
    """How the personal data of one model are exported, erased and how long they are kept."""

    model: str
    """`app_label.ModelName`."""
    fields: tuple[str, ...]
    purpose: Any
    """In words, translated lazily."""
    legal_basis: str
    retention: str
    """In words for the register of processing; `retention_days` makes the clock run."""
    export: Callable[[Any], Iterable[dict[str, Any]]]
    """A person (user, contact address …) to the rows about them."""
    erase: Callable[[Any], int]
    """A person to the number of rows erased or made anonymous."""
    retention_days: int | None = None
    not_personal: tuple[str, ...] = field(default=())
    """Fields that look personal by name or type but are not, so the completeness test may pass them."""
    past: Callable[[datetime], Any] | None = None
    """The rows (a QuerySet) whose time was over before that moment, for the nightly job; None: the module cleans by itself."""
    kept_because: Any = ""
    """What of it stays after an erasure, and on what ground of the law; empty when nothing does."""


dated_things: Registry[Callable[[datetime, datetime], Iterable[DatedThing]]] = Registry("dated things")
"""name -> f(from, to) giving the module's dated things that touch [from, to)."""

moves: Registry[Callable[[Any, datetime], Iterable[Move]]] = Registry("moves")
"""name -> f(person, at) giving what waits for that person."""

search_sources: Registry[SearchSource] = Registry("search sources")
search_kinds: Registry[SearchKind] = Registry("kinds of search entries")
"""SearchEntry.kind -> its words; an entry of a kind without words is refused."""
receipt_kinds: Registry[ReceiptKind] = Registry("receipt kinds")
personal_data: Registry[PersonalData] = Registry("personal data")
"""Named `app_label.ModelName`; fill it by `register_personal_data`."""
not_personal: Registry[str] = Registry("fields that look personal and are not")
"""`app_label.ModelName.field` -> the reason, for fields of models that hold no personal data."""


def register_personal_data(model: Any, **facts: Any) -> None:
    """Says of a model how its personal data are exported, erased and kept; `facts` are the fields of PersonalData but `model`."""
    name = model._meta.label
    personal_data.register(name, PersonalData(model=name, **facts))
