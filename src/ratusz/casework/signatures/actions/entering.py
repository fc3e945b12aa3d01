"""Each line of a sheet is typed by two people; equal typings decide it, others wait for a third look."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from ratusz.casework.signatures import links, rules, terms
from ratusz.casework.signatures.actions.signing import make_valid_once
from ratusz.casework.signatures.models import (
    Channel,
    Collection,
    LineEntry,
    LineSettlement,
    LineState,
    SheetLine,
    Signature,
    State,
)
from ratusz.casework.signatures.registries import SignerFacts, thing_of
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.keys import digest_of_token
from ratusz.foundation.territory.queries import find_district


@dataclass(frozen=True)
class Written:
    """What somebody reads in a line: a person, or the code of the reason why it cannot count."""

    name: str = ""
    home: str = ""
    is_child: bool = False
    guardian: str = ""
    reason: str = ""


@transaction.atomic
def type_line(*, line: SheetLine, written: Written, person: Any) -> SheetLine:
    """The first or the second typing. After the second the line counts, is rejected, or waits for a third look.

    Raises NotYours, SignatureRefused: also when the same person types it twice.
    """
    line, clerks = _locked(line, person)
    rules.check_typing(line, clerks, person)
    fields = _fields(line, written)
    entry = LineEntry.objects.create(line=line, clerk=person, turn=len(clerks) + 1, **fields)
    record(deed="signatures.type_line", subject=line, after={"turn": entry.turn}, actor=person)
    if entry.turn == 1:
        line.state = LineState.ONCE
    elif _is_equal(line.entries.get(turn=1), entry):
        _decide(line, entry)
    else:
        line.state = LineState.DIFFERS
    line.save()
    return line


@transaction.atomic
def settle_line(*, line: SheetLine, written: Written, person: Any) -> SheetLine:
    """The third look at a line typed differently, by somebody who typed neither. Raises NotYours, SignatureRefused."""
    line, clerks = _locked(line, person)
    rules.check_settling(line, clerks, person)
    settlement = LineSettlement.objects.create(line=line, person=person, **_fields(line, written))
    _decide(line, settlement)
    line.save()
    record(deed="signatures.settle_line", subject=line, after={"state": line.state, "reason": line.reason}, actor=person)
    return line


def _locked(line: SheetLine, person: Any) -> tuple[SheetLine, list[int]]:
    line = SheetLine.objects.select_related("sheet__collection").get(pk=line.pk)
    rules.check_may(person, "enter", line.sheet.collection, database_now())
    # The collection first, as everywhere: a signature online and a line of paper of one person meet there.
    rules.check_kept(Collection.objects.select_for_update().get(pk=line.sheet.collection_id))
    line = SheetLine.objects.select_for_update(of=("self",)).select_related("sheet__collection").get(pk=line.pk)
    return line, list(line.entries.values_list("clerk", flat=True))


def _fields(line: SheetLine, written: Written) -> dict[str, Any]:
    """Clean fields of a typing. A reason stands alone: what could be read beside it is not kept."""
    now = database_now()
    if written.reason:
        rules.check_reason(written.reason, now)
        return {"reason": written.reason, "made_at": now}
    rules.check_person(written.name, written.home, is_child=written.is_child, guardian=written.guardian)
    digest = links.person_digest(line.sheet.collection, written.name, written.home, is_child=written.is_child)
    guardian = written.guardian.strip() if written.is_child else ""
    facts = {"name": written.name.strip(), "home": written.home.strip(), "is_child": written.is_child, "guardian": guardian}
    return {**facts, "digest": digest, "made_at": now}


def _is_equal(one: LineEntry, other: LineEntry) -> bool:
    return (one.digest, one.reason) == (other.digest, other.reason)


def _decide(line: SheetLine, read: LineEntry | LineSettlement) -> None:
    now, collection = database_now(), line.sheet.collection
    line.decided_at = now
    if read.reason:
        line.state, line.reason = LineState.REJECTED, read.reason
        return
    facts = SignerFacts(read.name, read.home, find_district(address=read.home), read.is_child, Channel.PAPER)
    if words := rules.why_not_signer(thing_of(collection.subject), facts, now):
        line.state, line.reason, line.note = LineState.REJECTED, terms.NOT_ENTITLED, words[:300]
        return
    mine = Signature(
        collection=collection, public_id=uuid.uuid4(), channel=Channel.PAPER, line=line, state=State.VALID, name=read.name,
        home=read.home, district=facts.district, is_child=read.is_child, guardian=read.guardian, digest=read.digest,
        made_at=line.sheet.received_at or now, confirmed_at=now,
    )  # fmt: skip
    mine.token_digest = digest_of_token(links.token_of(mine))
    make_valid_once(mine, now)
    line.state = LineState.COUNTED
    if mine.state == State.REPEATED:
        line.state, line.reason = LineState.REJECTED, terms.REPEATED
