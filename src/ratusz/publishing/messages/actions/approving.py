"""A second person approves a text, or all of a message's texts at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.gates.actions import check_gates
from ratusz.publishing.gates.findings import GatesShut
from ratusz.publishing.messages import rules
from ratusz.publishing.messages.actions.locking import check_may, locked_variant
from ratusz.publishing.messages.gate_reader import reading_of
from ratusz.publishing.messages.models import Message, Variant
from ratusz.publishing.messages.models.variant import State
from ratusz.publishing.messages.outlets import outlet_of


@transaction.atomic
def approve_variant(*, variant: Variant, person: Any, alone_because: str = "", expected: int | None = None) -> Variant:
    """Approves the text as it now stands; `expected` is the version of the facts that the approver has read.

    Raises rules.NeedsSecondPerson for one's own text unless a head says why.
    """
    variant = locked_variant(variant)
    check_may(person, "approve", variant.message)
    if expected is not None and variant.message.facts and expected != variant.message.facts.number:
        raise rules.ChangedMeanwhile(variant.message.facts)
    rules.check_approval(variant, outlet_of(variant.outlet).most_characters)
    mark_approved(variant, person, alone_because)
    variant.state = State.APPROVED
    variant.save()
    after = {"text": variant.text, "alone_because": variant.approved_alone_because}
    record(deed="messages.approve_variant", subject=variant, after=after, actor=person)
    return variant


def mark_approved(variant: Variant, person: Any, alone_because: str) -> None:
    """Checks the second pair of eyes (neither who wrote the text nor who wrote the facts approves it), then the gates."""
    at = database_now()
    assert variant.message.facts is not None
    authors = {variant.author_id, variant.message.facts.written_by_id}
    for author in authors:
        rules.check_second_person(person, author, alone_because, at)
    try:
        check_gates(reading=reading_of(variant), at=at)
    except GatesShut as shut:
        raise rules.GatesAreShut(shut.findings) from shut
    variant.approved_by, variant.approved_at = person, at
    variant.approved_alone_because = alone_because.strip()[:300] if person.pk in authors else ""


def approve_all(
    *, message: Message, person: Any, alone_because: str = "", expected: int | None = None
) -> tuple[list[Variant], dict[str, str]]:
    """Approves every text of the message that can be; gives back those, and for each other place why not."""
    return each_of(
        message.variants.filter(state__in=[State.DERIVED, State.EDITED, State.STALE]),
        lambda variant: approve_variant(variant=variant, person=person, alone_because=alone_because, expected=expected),
    )


def each_of(variants: Any, deed: Callable[[Variant], Variant]) -> tuple[list[Variant], dict[str, str]]:
    """Does a deed to each variant by itself: a refusal of one stops none of the others."""
    done: list[Variant] = []
    refused: dict[str, str] = {}
    for variant in variants.select_related("message").order_by("pk"):
        try:
            done.append(deed(variant))
        except rules.Refused as refusal:
            refused[str(outlet_of(variant.outlet).name)] = str(refusal)
    return done, refused
