"""Things to support, collections, signatures and typed sheets for tests and the demo."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from ratusz.casework.signatures import actions, links
from ratusz.casework.signatures.actions import Written
from ratusz.casework.signatures.models import Channel, Collection, Sheet, SheetLine, Signature, State
from ratusz.casework.signatures.registries import Supported, SupportedKind, supported_things
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.actions import add_address
from ratusz.foundation.people.keys import digest_of_token
from ratusz.foundation.territory.queries import find_district

KIND = "signatures.example"
THING = Supported(
    title="Ławki i cień przy szkole", url="/", needed=12, basis="art. 5a ust. 7 u.s.g.; zasady próbne",
    who="Każdy, kto mieszka w mieście. Za dziecko podpisuje opiekun.", is_online_allowed=True,
)  # fmt: skip
THINGS: dict[str, Supported] = {}
"""By subject: what the registered example kind gives."""


def make_thing(subject: str = f"{KIND}:1", **facts: Any) -> str:
    """A thing that people may support; gives its subject. The kind is registered with the first one."""
    if KIND not in supported_things:
        supported_things.register(KIND, SupportedKind("sprawa próbna", lambda subject: THINGS.get(subject)))
    THINGS[subject] = replace(THING, **facts)
    return subject


def make_collection(number: int = 1, **facts: Any) -> Collection:
    """An open collection of a thing made for it."""
    facts.setdefault("until", database_now() + timedelta(days=20))
    return actions.open_collection(subject=make_thing(f"{KIND}:{number}", **facts))


def make_signature(collection: Collection, name: str = "Jan Próbny", home: str = "ul. Próbna 1/2", **facts: Any) -> Signature:
    """A signature online that counts, with its code typed."""
    now = database_now()
    contact = add_address(channel="email", value=facts.pop("email", "podpisuje@example.pl"))
    start = {
        "collection": collection, "public_id": uuid.uuid4(), "channel": Channel.ONLINE, "state": State.VALID, "name": name,
        "home": home, "district": find_district(address=home), "contact": contact, "made_at": now, "confirmed_at": now,
        "digest": links.person_digest(collection, name, home, is_child=bool(facts.get("is_child"))),
    }  # fmt: skip
    signature = Signature(**(start | facts))
    signature.token_digest = digest_of_token(links.token_of(signature))
    signature.save(force_insert=True)
    return signature


def make_sheet(collection: Collection, person: Any, filled: int = 2) -> Sheet:
    """A sheet that came back without a scan, its lines waiting."""
    sheet = actions.issue_sheets(collection=collection, count=1, person=person)[0]
    return actions.receive_sheet(sheet=sheet, filled=filled, scan=None, person=person)


def type_twice(line: SheetLine, people: Iterable[Any], *written: Written) -> SheetLine:
    """Both typings of a line; one Written is typed by both."""
    for person, each in zip(people, written * 2 if len(written) == 1 else written, strict=False):
        line = actions.type_line(line=line, written=each, person=person)
    return line
