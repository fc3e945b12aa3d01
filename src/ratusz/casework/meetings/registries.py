"""What upper modules bring to meetings: points of the agenda, blocks of the minutes, and where requests and voices may go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ratusz.casework.documents.registries import Paper
from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class OpenPoint:
    """One point that a source puts on an agenda. `key` is stable; `facts` are frozen into the minutes when they are approved."""

    key: str
    title: str
    text: str = ""
    unit: str = ""
    due: str = ""
    state: str = ""
    is_late: bool = False
    url: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class AgendaSource:
    """What is open before a meeting, the most pressing first: decisions of the district, cases of the month, unfinished points."""

    name: Any
    points: Callable[[Any, datetime], Iterable[OpenPoint]]
    """f(meeting, at)."""


@dataclass(frozen=True)
class Target:
    """Where a voice or a request may go. `take` gets facts (see its field) and makes the thing there; gives (key, number, address).

    `take(meeting=, key=, facts=, person=)` is called in the transaction of the triage, once for each key; asked again with the same
    key it gives the same thing. `key` names the voice or the request: "meetings.request:12".
    """

    name: Any
    take: Callable[..., tuple[str, str, str]]
    needs: tuple[str, ...] = ()
    """Facts that must be given: of "text", "public_text", "unit", "due_on"."""
    is_offered: Callable[[Any], bool] = field(default=lambda meeting: True)
    """f(meeting): whether this meeting may use it."""
    says: Callable[[Collection[str]], Mapping[str, str]] = field(default=lambda keys: {})
    """f(keys of things made there): what everybody may read of each in the minutes; a key that is left out says nothing more."""
    reasons: tuple[tuple[str, Any], ...] = ()
    """Why a thing made there may stay in the Office: code and words, for the form of minutes."""


agenda_sources: Registry[AgendaSource] = Registry("sources of agendas")
"""Named "module.noun"; a kind of meeting names those it wants."""
targets: Registry[Target] = Registry("targets of voices and requests")
"""Named "module.noun", such as "decisions.decision"."""
case_papers: Registry[Callable[[Any], Iterable[Paper]]] = Registry("papers of a meeting's case")
"""name -> f(meeting) giving files of its case: the announcement, the minutes, what was handed in."""


@dataclass(frozen=True)
class Part:
    """A part of a meeting's page brought by another part of the module or an upper one: a template with its own words."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50


public_parts: Registry[Callable[[Any, datetime], Part | None]] = Registry("parts of a meeting's public page")
"""name -> f(meeting, at): agenda, minutes, what was decided."""
staff_parts: Registry[Callable[[Any, Any, datetime], Part | None]] = Registry("parts of a meeting's page for staff")
"""name -> f(meeting, person, at): links to the agenda, the door, the minutes."""


@dataclass(frozen=True)
class PublicWords:
    """What is wrong with words that everybody is to read. `is_final`: no reason lets them through."""

    words: str
    is_final: bool = False


meeting_listeners: Registry[Callable[[Any, str], None]] = Registry("who is told of what happens to a meeting")
"""name -> f(meeting, event), in its transaction; events: "announced", "moved", "cancelled", "held", "changed"."""


def tell_of_meeting(meeting: Any, event: str) -> None:
    """Something happened to the meeting that an upper module follows."""
    for listener in meeting_listeners:
        listener(meeting, event)


public_words_checks: Registry[Callable[[list[str], datetime], Iterable[PublicWords]]] = Registry("checks of public words")
"""name -> f(texts, at): personal data in them; the data are never repeated in the answer."""
public_listeners: Registry[Callable[[str], None]] = Registry("who is told of changes that everybody sees")
"""name -> f(key), in the transaction of the change, with the key of what changed ("meetings.minutes:12"): search, kept pages."""


def tell_public(key: str) -> None:
    """What everybody sees of this thing has changed."""
    for listener in public_listeners:
        listener(key)
