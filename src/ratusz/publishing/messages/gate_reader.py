"""A text of a message as the gates read it, with links to the very field of its form."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.gates.findings import Finding
from ratusz.publishing.gates.models import GateOverride
from ratusz.publishing.gates.reading import Passage, Picture, Reading
from ratusz.publishing.gates.registries import Reader
from ratusz.publishing.gates.rules import missing_in
from ratusz.publishing.messages import rules, wording
from ratusz.publishing.messages.models import FactsVersion, Message, MessagePicture, Variant
from ratusz.publishing.messages.outlets import Form, outlet_of
from ratusz.publishing.messages.pictures import SHOW_PICTURES
from ratusz.publishing.messages.queries import content_of

KIND = "messages.variant"
FACT_WORDS = ("what", "place", "for_whom", "what_to_do", "source_document")
PHONE = re.compile(r"\+?\d[\d ()-]{1,16}\d")


def reading_of(variant: Variant, content: wording.Content | None = None) -> Reading:
    """The text as it stands now, drafts included; `content` spares reading the facts again."""
    message, version = variant.message, variant.message.facts
    assert version is not None
    content = content or content_of(message, version)
    text_url = reverse("messages_edit_variant", args=[message.pk, variant.pk])
    facts_url = reverse("messages_change_facts", args=[message.pk])
    blocks = wording.blocks(variant.text)
    passages = [Passage(" ".join(block.lines), url=text_url) for block in blocks if not block.is_list]
    passages += [Passage(line, "item", url=text_url) for block in blocks if block.is_list for line in block.lines]
    passages += _beside(variant, version, facts_url)
    return Reading(
        subject=f"{KIND}:{variant.pk}", kind=KIND, title=wording.filled("{tytul}", content), target=_target(variant),
        lead=wording.filled("{krotko}", content), language=message.language,
        passages=(*passages, Passage(version.contact, "contact", url=facts_url)), pictures=_pictures(variant), has_care=False,
        owner_unit=message.owner_unit, contact=version.contact, asks_as_of=True, as_of=version.as_of,
        asks_expiry=message.kind == Message.Kind.DISRUPTION, expires_at=message.valid_until or version.ends,
        known_phones=tuple(PHONE.findall(version.contact)), edit_url=text_url,
        field_urls=dict.fromkeys(("title", "lead", "contact", "as_of", "expires_at"), facts_url),
        facts={"author": variant.author_id, "approver": variant.approved_by_id, "message": message.reference,
               "outlet": variant.outlet, "days": _days(version)},
    )  # fmt: skip


def _beside(variant: Variant, version: FactsVersion, url: str) -> list[Passage]:
    """What the public page shows besides the text: facts that the text does not repeat, who made the picture."""
    facts = [(getattr(version, name), url) for name in FACT_WORDS]
    picture = _picture(variant)
    credit = reverse("messages_picture", args=[variant.message_id])
    said = [*facts, *([(picture.author, credit), (picture.licence, credit)] if picture else [])]
    return [Passage(words, "note", url=where) for words, where in said if words and words not in variant.text]


def _days(version: FactsVersion) -> tuple[date, ...]:
    """The days that the facts name: a picture of an event serves a text about that day."""
    return tuple(local_day(moment) for moment in (version.starts, version.ends) if moment is not None)


def _target(variant: Variant) -> str:
    """Whose lengths and score hold: a crisis asks for simpler words everywhere."""
    if variant.message.kind == Message.Kind.CRISIS:
        return "crisis"
    return outlet_of(variant.outlet).gates or {Form.SHORT: "social"}.get(outlet_of(variant.outlet).form, "web")


def _pictures(variant: Variant) -> tuple[Picture, ...]:
    picture = _picture(variant)
    url = reverse("messages_picture", args=[variant.message_id])
    return (Picture(picture.alt, url=url, came_as=picture.came_as),) if picture else ()


def _picture(variant: Variant) -> MessagePicture | None:
    return getattr(variant.message, "picture", None) if variant.outlet in SHOW_PICTURES else None


def findings_for(variants: list[Variant], content: wording.Content, at: datetime) -> dict[int, list[Finding]]:
    """What the gates find in each of a message's texts, with what was let through; one query for all."""
    readings = {variant.pk: reading_of(variant, content) for variant in variants}
    prints = {reading.subject: reading.fingerprint() for reading in readings.values()}
    made = (
        GateOverride.objects.filter(subject__in=prints, fingerprint__in=prints.values()).select_related("person") if prints else ()
    )
    let = {(each.subject, each.fingerprint, each.gate): each for each in made}
    return {
        pk: [
            replace(finding, override=let.get((reading.subject, prints[reading.subject], finding.gate)))
            for finding in missing_in(reading, at)
        ]
        for pk, reading in readings.items()
    }


def _load(number: str) -> Any:
    found = Variant.objects.select_related("message__facts", "message__owner_unit")
    return found.filter(pk=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 19 else None


def _may_see(person: Any, variant: Variant, at: datetime) -> bool:
    return rules.may(person, "view", variant.message, at)


READER = Reader(reading_of, load=_load, may_see=_may_see)
