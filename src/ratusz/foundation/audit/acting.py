"""Who acts now and from where: set at the edge (a request, a worker, a signed link), read by `record`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Actor:
    """Whoever does something, as the record keeps them: an id and a label, never a reference to a row that may go away."""

    kind: str
    """"person", "system", "link" (somebody without an account, by signed link) or "nobody" (not signed in)."""
    id: str = ""
    label: str = ""
    address: str | None = None
    request_id: str = ""


NOBODY = Actor(kind="nobody")
_current: ContextVar[Actor] = ContextVar("acting", default=NOBODY)


def person(account: Any) -> Actor:
    """The actor of an account. Only staff are named: a resident's name must stay erasable, so the record keeps the number alone."""
    label = getattr(account, "display_name", "") if getattr(account, "is_staff", False) else ""
    return Actor(kind="person", id=str(account.pk), label=label[:200])


def system(name: str) -> Actor:
    """A worker, a command or a job, by its name."""
    return Actor(kind="system", id=name[:64], label=name[:200])


_recorded: ContextVar[list | None] = ContextVar("recorded", default=None)


@contextmanager
def counting_records() -> Iterator[list]:
    """The list inside gets one item for each entry recorded."""
    token = _recorded.set([])
    try:
        yield _recorded.get()
    finally:
        _recorded.reset(token)


def note_record(deed: str) -> None:
    """Called by `record` for `counting_records`."""
    noted = _recorded.get()
    if noted is not None:
        noted.append(deed)


def current() -> Actor:
    return _current.get()


def as_actor(given: Any) -> Actor:
    """An Actor or an account (None: whoever acts now), seen from the present request's address."""
    now = _current.get()
    if given is None:
        return now
    actor = given if isinstance(given, Actor) else person(given)
    return replace(actor, address=actor.address or now.address, request_id=actor.request_id or now.request_id)


@contextmanager
def acting(actor: Any, *, address: str | None = None, request_id: str = "") -> Iterator[Actor]:
    """Everything recorded inside is done by `actor` (an Actor or an account)."""
    found = as_actor(actor)
    found = replace(found, address=address or found.address, request_id=request_id or found.request_id)
    token = _current.set(found)
    try:
        yield found
    finally:
        _current.reset(token)


@contextmanager
def untraced() -> Iterator[None]:
    """What is recorded inside says what happened and names neither account nor address nor request: for answers of nobody."""
    token = _current.set(NOBODY)
    try:
        yield
    finally:
        _current.reset(token)
