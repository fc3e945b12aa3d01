"""Write a message, add a place, write a text for one place, confirm it, hand the whole in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.publishing.messages import wording
from ratusz.publishing.messages.actions.locking import check_may, locked_message, locked_variant, tell_outlets
from ratusz.publishing.messages.models import FACTS, TEXTS, FactsVersion, Message, Variant
from ratusz.publishing.messages.models.variant import SENT, UNSENT, State
from ratusz.publishing.messages.outlets import outlets, outlets_for
from ratusz.publishing.messages.queries import content_of, text_of
from ratusz.publishing.messages.rules import ChangedMeanwhile, Refused

NUMBERS_LOCK = 7_203_000
"""With the year added: the advisory lock that gives numbers one after another."""
OWN = ("kind", "topic_numbers", "owner_unit", "language", "urgency", "valid_until")


@transaction.atomic
def write_message(
    *, person: Any, kind: str, owner_unit: Unit, facts: dict[str, Any], places: Iterable[str] | None = None, **own: Any
) -> Message:
    """A new message with its first facts and a text for each place (all offered ones unless `places` names them).

    `facts` holds the fields of a version; raises wording.UnknownFact for a placeholder that names none.
    """
    check_may(person, "write", Message(owner_unit=owner_unit))
    at = database_now()
    year = timezone.localtime(at).year
    message = Message(year=year, number=_next_number(year), kind=kind, owner_unit=owner_unit, **own)
    message.save()
    version = add_version(message, facts, person, at)
    wanted = [each.code for each in outlets_for(kind) if each.is_offered] if places is None else list(places)
    content = content_of(message, version)
    Variant.objects.bulk_create(_variant(message, code, person, content) for code in wanted)
    record(deed="messages.write_message", subject=message, after={"facts": _for_record(facts), "places": wanted}, actor=person)
    return message


def _next_number(year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERS_LOCK + year])
    return (Message.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1


def add_version(message: Message, facts: dict[str, Any], person: Any, at: datetime) -> FactsVersion:
    """The next version of the facts, in force from now on; the caller holds the message's lock."""
    for name in TEXTS:
        wording.check_placeholders(facts.get(name, ""), in_texts=True)
    values = {name: facts[name] for name in (*TEXTS, *FACTS) if name in facts}
    values["as_of"] = values.get("as_of") or at
    number = message.facts.number + 1 if message.facts else 1
    message.facts = FactsVersion.objects.create(message=message, number=number, written_by=person, written_at=at, **values)
    message.save()
    return message.facts


def _for_record(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in facts.items()}


def _variant(message: Message, code: str, person: Any, content: wording.Content) -> Variant:
    assert message.facts is not None
    variant = Variant(message=message, outlet=code, author=person, based_on=message.facts, written_at=message.facts.written_at)
    variant.text = text_of(variant, content)
    variant.state = State.DERIVED if variant.text else State.EMPTY
    return variant


@transaction.atomic
def change_message(*, message: Message, person: Any, **own: Any) -> Message:
    """Changes what is no fact: the topics, the owner, the urgency, until when it is current."""
    message = locked_message(message)
    check_may(person, "write", message)
    before = {name: str(getattr(message, name)) for name in own}
    for name, value in own.items():
        setattr(message, name, value)
    after = {name: str(getattr(message, name)) for name in own}
    if before == after:
        return message
    message.save()
    record(deed="messages.change_message", subject=message, before=before, after=after, actor=person)
    tell_outlets(message)
    return message


@transaction.atomic
def add_variant(*, message: Message, outlet: str, person: Any) -> Variant:
    """One more place for the message; the same place twice stays one."""
    message = locked_message(message)
    check_may(person, "write", message)
    if message.withdrawn_at or outlet not in outlets or not outlets[outlet].takes(message.kind):
        raise Refused(_("This message cannot go there."))
    existing = message.variants.filter(outlet=outlet).first()
    if existing:
        return existing
    assert message.facts is not None
    variant = _variant(message, outlet, person, content_of(message, message.facts))
    variant.save()
    record(deed="messages.add_variant", subject=message, after={"place": outlet}, actor=person)
    return variant


@transaction.atomic
def edit_variant(*, variant: Variant, written: str, person: Any, expected: int) -> Variant:
    """Writes the text of one place by hand, with {kiedy} and the like; an empty text is made from the facts again.

    `expected` is the revision the form was opened with; raises ChangedMeanwhile when somebody has written since. Also for a
    sent text that a correction has to reach: what is out stays until the correction leaves.
    """
    variant = locked_variant(variant)
    message = variant.message
    check_may(person, "write", message)
    if expected != variant.revision:
        raise ChangedMeanwhile(_Newer(variant))
    if message.withdrawn_at or (variant.state in SENT and variant.based_on_id == _released_facts(variant)):
        raise Refused(_("This text is out. To change it, change the facts: each place then gets its correction."))
    wording.check_placeholders(written)
    assert message.facts is not None
    before = {"text": variant.text}
    variant.written, variant.typed_facts, variant.revision = written.strip(), [], variant.revision + 1
    variant.text, variant.based_on = text_of(variant, content_of(message, message.facts)), message.facts
    unapproved(variant, person)
    variant.save()
    record(deed="messages.edit_variant", subject=variant, before=before, after={"text": variant.text}, actor=person)
    return variant


class _Newer:
    """Who wrote a text meanwhile, and when, as ChangedMeanwhile tells it."""

    def __init__(self, variant: Variant):
        self.written_by, self.written_at = variant.author, variant.written_at
        self.variant = variant


def _released_facts(variant: Variant) -> int | None:
    return variant.release.facts_id if variant.release else None


def unapproved(variant: Variant, author: Any) -> None:
    """Whatever was approved was another text."""
    variant.author, variant.written_at = author, database_now()
    variant.approved_by, variant.approved_at, variant.approved_alone_because = None, None, ""
    if variant.state not in SENT:
        variant.state = State.EDITED if variant.written else State.DERIVED if variant.text else State.EMPTY
        variant.scheduled_at, variant.trouble = None, ""


@transaction.atomic
def confirm_variant(*, variant: Variant, person: Any) -> Variant:
    """Says that a text is right although the facts have changed since it was written; whoever confirms answers as its author."""
    variant = locked_variant(variant)
    check_may(person, "write", variant.message)
    if variant.state != State.STALE and not variant.typed_facts:
        return variant
    typed = variant.typed_facts
    variant.typed_facts = []
    unapproved(variant, person)
    variant.save()
    record(deed="messages.confirm_variant", subject=variant, before={"typed": typed}, after={"text": variant.text}, actor=person)
    return variant


@transaction.atomic
def hand_in_message(*, message: Message, person: Any) -> Message:
    """The author has finished: the texts wait for a second person."""
    message = locked_message(message)
    check_may(person, "write", message)
    if message.withdrawn_at:
        raise Refused(_("The message has been withdrawn."))
    if not message.variants.filter(state__in=UNSENT).exclude(state=State.EMPTY).exists():
        raise Refused(_("No text waits for approval. Add a place or write a text first."))
    if message.handed_in_at is None:
        message.handed_in_at = database_now()
        message.save()
        record(deed="messages.hand_in_message", subject=message, actor=person)
    return message
