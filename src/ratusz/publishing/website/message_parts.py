"""Messages on the portal: one as the page shows it, lists, parts of the home page and of a district's page, dates, the search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import DatedThing, SearchEntry
from ratusz.foundation.territory.models import District
from ratusz.publishing.messages import wording
from ratusz.publishing.messages.models import Correction, FactsVersion, Message, Variant
from ratusz.publishing.messages.outlets import MAIN
from ratusz.publishing.messages.queries import content_of, district_names, released, shown_corrections
from ratusz.publishing.website.message_outlet import SCREEN, address
from ratusz.publishing.website.models import Topic
from ratusz.publishing.website.registries import PagePart
from ratusz.ui.parts import Fact

KIND = "message"
ON_HOME = 4
ON_A_DISTRICT = 5
LOUD = (Message.Kind.CRISIS, Message.Kind.DISRUPTION)


@dataclass(frozen=True)
class ShownMessage:
    """A message as its page shows it: what is out, not what is being written."""

    message: Message
    version: FactsVersion
    content: wording.Content
    text: str
    title: str
    summary: str
    left_at: datetime
    corrections: tuple[Correction, ...] = ()
    topics: tuple[Topic, ...] = ()

    @property
    def url(self) -> str:
        return address(self.message)

    @property
    def blocks(self) -> list[wording.Block]:
        return wording.blocks(self.text)

    @property
    def facts(self) -> list[Fact]:
        return [Fact(label, value) for label, value in wording.fact_lines(self.content)]

    @property
    def blocks_below(self) -> list[wording.Block]:
        """The text without the introduction that stands above it already."""
        blocks = self.blocks
        return blocks[1:] if blocks and " ".join(blocks[0].lines) == " ".join(self.summary.split()) else blocks

    @property
    def when(self) -> str:
        return self.content.facts["kiedy"]

    @property
    def when_is_news(self) -> bool:
        """Whether the words have not said it."""
        return bool(self.when) and self.when.lower() not in f"{self.title} {self.text}".lower()

    @property
    def place_is_news(self) -> bool:
        return bool(self.version.place) and self.version.place.lower() not in f"{self.title} {self.text}".lower()

    @property
    def beside(self) -> str:
        """When and where, as far as title and introduction have not said it."""
        said = f"{self.title} {self.summary}".lower()
        return " · ".join(fact for fact in (self.when, self.version.place) if fact and fact.lower() not in said)

    @property
    def language(self) -> str:
        """Set when the words are in another language than the page."""
        return "" if self.message.language == get_language() else self.message.language


def shown(variants: Iterable[Variant]) -> list[ShownMessage]:
    """What is out of these variants; a query for each of districts, corrections and topics that any has."""
    variants = list(variants)
    if not variants:
        return []
    names = district_names()
    corrections = shown_corrections(variant.message for variant in variants)
    topics = _topics_of(variants)
    return [_shown(variant, names, corrections.get(variant.message_id, []), topics) for variant in variants]


def _topics_of(variants: list[Variant]) -> dict[int, Topic]:
    numbers = {number for variant in variants for number in variant.message.topic_numbers}
    return {topic.pk: topic for topic in Topic.objects.filter(pk__in=numbers)} if numbers else {}


def _shown(variant: Variant, names: dict[int, str], corrections: list[Correction], topics: dict[int, Topic]) -> ShownMessage:
    release, message = variant.release, variant.message
    assert release is not None
    content = content_of(message, release.facts, names)
    title, summary = wording.filled("{tytul}", content), wording.filled("{krotko}", content)
    # A correction that has not reached this place yet says here nothing: its facts are not these.
    here = tuple(each for each in corrections if each.facts.number <= release.facts.number)
    about = tuple(topic for number, topic in topics.items() if number in message.topic_numbers)
    return ShownMessage(message, release.facts, content, release.text, title, summary, release.left_at, here, about)


def on_the_page(language: str | None = None) -> QuerySet[Variant]:
    """Whatever has a page, withdrawn ones included."""
    found = released(MAIN)
    return found.filter(message__language=language) if language else found


def going(variants: QuerySet[Variant], at: datetime) -> QuerySet[Variant]:
    """Of messages that are current: neither withdrawn, nor past their time, nor a disruption or an event that is over."""
    over = Q(message__valid_until__lte=at) | Q(message__valid_until=None, release__facts__ends__lte=at)
    return variants.filter(message__withdrawn_at=None).exclude(over)


def in_district(variants: QuerySet[Variant], number: int) -> QuerySet[Variant]:
    """Those that name the district."""
    return variants.filter(release__facts__district_numbers__contains=[number])


def loudest_first(variants: QuerySet[Variant]) -> QuerySet[Variant]:
    """A crisis, then what is urgent, then disruptions, then the rest; among equals the newest."""
    weight = Case(
        When(message__kind=Message.Kind.CRISIS, then=Value(0)),
        When(message__urgency=Message.Urgency.URGENT, then=Value(1)),
        When(message__kind=Message.Kind.DISRUPTION, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return variants.annotate(weight=weight).order_by("weight", "-release__left_at", "-pk")


def home_part(at: datetime) -> PagePart | None:
    """What is going on now, disruptions first."""
    return _part(loudest_first(going(on_the_page(get_language() or "pl"), at))[:ON_HOME], order=5, district=None)


def district_part(district: District, at: datetime) -> PagePart | None:
    """The same for one district."""
    found = in_district(going(on_the_page(get_language() or "pl"), at), district.number)
    return _part(loudest_first(found)[:ON_A_DISTRICT], order=5, district=district)


def _part(variants: QuerySet[Variant], order: int, district: District | None) -> PagePart | None:
    items = shown(variants)
    if not items:
        return None
    more = reverse("website:messages") + (f"?dzielnica={district.slug}" if district else "")
    loud = any(item.message.kind in LOUD for item in items)
    heading = _("Disruptions and messages") if loud else _("Messages of the Office")
    context = {"items": items, "more_url": more, "level": "h3"}
    return PagePart(heading, "website/part_messages.html", context, order=order, anchor="komunikaty")


def dated_things(starts: datetime, ends: datetime) -> Iterator[DatedThing]:
    """Events told by messages that touch the period; withdrawn ones are gone."""
    events = on_the_page().filter(message__kind=Message.Kind.EVENT, message__withdrawn_at=None, release__facts__starts__lt=ends)
    touching = events.filter(Q(release__facts__ends__gt=starts) | Q(release__facts__ends=None, release__facts__starts__gte=starts))
    for item in shown(touching.order_by("release__facts__starts", "pk")):
        yield dated_thing(item)


def dated_thing(item: ShownMessage) -> DatedThing:
    """One event for calendars."""
    version = item.version
    assert version.starts is not None
    return DatedThing(
        kind=KIND, title=item.title, starts=version.starts, ends=version.ends, url=item.url, what_to_do=version.what_to_do,
        district_numbers=tuple(version.district_numbers), language=item.language, unit=item.message.owner_unit.short_name,
        place=version.place, point=point_of(version), code=item.message.reference,
        topics=tuple(topic.slug for topic in item.topics),
    )  # fmt: skip


def point_of(version: FactsVersion) -> tuple[float, float] | None:
    """(longitude, latitude) of the facts, where they have a point."""
    return None if version.longitude is None or version.latitude is None else (version.longitude, version.latitude)


def search_entries() -> Iterator[SearchEntry]:
    """Every message that has a page and is not withdrawn."""
    for item in shown(on_the_page().filter(message__withdrawn_at=None)):
        yield _entry(item)


def search_entry(key: str) -> SearchEntry | None:
    """One by the number of its row."""
    found = shown(on_the_page().filter(message__withdrawn_at=None, message_id=int(key)))
    return _entry(found[0]) if found else None


def _entry(item: ShownMessage) -> SearchEntry:
    words = [item.text, *(str(fact.value) for fact in item.facts), item.message.reference]
    return SearchEntry(
        key=str(item.message.pk), url=item.url, title=item.title, summary=item.summary, body=" ".join(words),
        language=item.message.language, kind=KIND, day=local_day(item.message.published_at or item.left_at),
    )  # fmt: skip


def on_screens(at: datetime) -> list[ShownMessage]:
    """What the screens in the Office turn through."""
    return shown(loudest_first(going(released(SCREEN), at)))


def for_machines(item: ShownMessage, absolute: Any) -> dict[str, Any]:
    """A message in the read API: a lasting number, the version, facts with their moment, corrections; withdrawn, a trace."""
    message = item.message
    own: dict[str, Any] = {"id": message.reference, "url": absolute(item.url), "version": item.version.number}
    if message.withdrawn_at:
        return own | {"withdrawn": message.withdrawn_at.isoformat(), "withdrawn_because": message.withdrawn_because}
    return own | {
        "kind": message.kind, "urgency": message.urgency, "language": message.language,
        "topics": [topic.name for topic in item.topics],
        "title": item.title, "summary": item.summary, "text": item.text, "owner": message.owner_unit.name,
        "facts": wording.as_facts(item.content), "published": message.published_at and message.published_at.isoformat(),
        "updated": item.left_at.isoformat(), "current_until": message.valid_until and message.valid_until.isoformat(),
        "corrections": corrections_for_machines(item),
    }  # fmt: skip


def corrections_for_machines(item: ShownMessage) -> list[dict[str, Any]]:
    """What was put right, the newest first, each with its moment."""
    return [
        {
            "kind": each.nature, "was": each.was_wrong, "is": each.is_right, "cause": each.cause,
            "since": each.since and each.since.isoformat(), "published": each.published_at and each.published_at.isoformat(),
        }
        for each in item.corrections
    ]  # fmt: skip
