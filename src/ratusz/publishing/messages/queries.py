"""Reads of messages that span models: the content of a version, what a change would do, what is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from ratusz.foundation.territory.models import District
from ratusz.publishing.messages import wording
from ratusz.publishing.messages.models import FACTS, TEXTS, Correction, CorrectionTask, FactsVersion, Message, Variant
from ratusz.publishing.messages.models.variant import SENT, State
from ratusz.publishing.messages.outlets import address_of, outlet_of

COPIED = (
    "what",
    "place",
    "longitude",
    "latitude",
    "starts",
    "ends",
    "for_whom",
    "what_to_do",
    "contact",
    "source_document",
    "as_of",
)


def district_names() -> dict[int, str]:
    """Names of all districts by number, in the order of the alphabet."""
    return dict(District.objects.by_name().values_list("number", "name"))


def content_of(message: Message, version: FactsVersion, names: dict[int, str] | None = None) -> wording.Content:
    """What texts are made from; `names` spares the query when the districts are known."""
    if names is None:
        names = district_names() if version.district_numbers else {}
    facts: dict[str, Any] = {name: getattr(version, name) for name in (*TEXTS, *COPIED)}
    districts = tuple(name for number, name in names.items() if number in version.district_numbers)
    own: dict[str, Any] = {
        "kind": message.kind,
        "language": message.language,
        "reference": message.reference,
        "address": address_of(message),
    }
    return wording.Content(**facts, **own, districts=districts)


def title_of(message: Message, names: dict[int, str] | None = None) -> str:
    """The title with its facts filled in; asks for districts only when the title names them."""
    version = message.facts
    assert version is not None
    if "{dzielnice}" not in version.title:
        names = {}
    return wording.filled("{tytul}", content_of(message, version, names))


def text_of(variant: Variant, content: wording.Content) -> str:
    """The variant's text made anew: from what was written for it, else from the outlet's template."""
    if variant.written:
        return wording.filled(variant.written, content)
    return wording.derived(outlet_of(variant.outlet), content)


@dataclass(frozen=True)
class Consequence:
    """What a change of facts does to one variant."""

    variant: Variant
    is_sent: bool
    text: str
    """As it will read."""
    is_same: bool
    typed_facts: list[str]


def consequences(message: Message, before: wording.Content, after: wording.Content) -> list[Consequence]:
    """For each variant that has or had a text: whether it will have to be read again, or corrected where it is out."""
    found = []
    variants = message.variants.exclude(state__in=[State.EMPTY, State.WITHDRAWN]).select_related("release").order_by("pk")
    for variant in variants:
        text = text_of(variant, after)
        typed = wording.typed_facts(variant.written, before, after) if variant.written else []
        is_sent = variant.state in SENT
        shown = variant.release.text if is_sent and variant.release else variant.text
        kept = [each for each in variant.typed_facts if each not in typed]
        found.append(Consequence(variant, is_sent, text, text == shown, [*kept, *typed]))
    return found


def facts_of(version: FactsVersion) -> dict[str, Any]:
    """The values of a version that people write."""
    return {name: getattr(version, name) for name in (*TEXTS, *FACTS)}


def changed_names(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Names of the facts and texts that differ."""
    return [name for name, value in before.items() if after.get(name) != value]


def messages_for_list() -> QuerySet[Message]:
    """Messages with what a list shows of them; a constant number of queries."""
    return Message.objects.select_related("facts", "owner_unit").prefetch_related("variants", "corrections")


def open_tasks() -> QuerySet[CorrectionTask]:
    """Corrections that are published and still have to be made somewhere."""
    tasks = CorrectionTask.objects.filter(state=CorrectionTask.State.DUE, correction__published_at__isnull=False)
    return tasks.select_related("correction__message__facts", "variant__message").order_by("correction__published_at", "pk")


def to_approve() -> QuerySet[Message]:
    """Messages handed in whose texts wait for a second person, with those variants as `waiting_variants`."""
    waiting = Variant.objects.filter(state__in=[State.DERIVED, State.EDITED, State.STALE])
    found = Message.objects.filter(handed_in_at__isnull=False, withdrawn_at=None, variants__in=waiting).distinct()
    return found.select_related("facts").prefetch_related(Prefetch("variants", queryset=waiting, to_attr="waiting_variants"))


def released(outlet: str) -> QuerySet[Variant]:
    """Variants that are, or were until the withdrawal, shown on a live outlet; the newest release first."""
    shown = Variant.objects.filter(outlet=outlet, release__isnull=False)
    return shown.select_related("message__owner_unit", "message__facts", "message__picture__file", "release__facts").order_by(
        "-release__left_at", "-pk"
    )


def shown_corrections(messages: Iterable[Message]) -> dict[int, list[Correction]]:
    """Published corrections by message, the newest first; one query for all."""
    found: dict[int, list[Correction]] = {}
    published = Correction.objects.published().filter(message__in=[each.pk for each in messages]).select_related("facts")
    for correction in published.order_by("-published_at", "-pk"):
        found.setdefault(correction.message_id, []).append(correction)
    return found
