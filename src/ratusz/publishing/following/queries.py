"""What can be followed, and what somebody follows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.foundation.notifications.models import Address
from ratusz.foundation.territory.models import District
from ratusz.publishing.following.models import Follow
from ratusz.publishing.following.registries import Thing, things
from ratusz.publishing.following.rules import Choice
from ratusz.publishing.messages.models import Message
from ratusz.publishing.website.message_parts import going, on_the_page, shown
from ratusz.publishing.website.models import Topic, UnitProfile


def everything_to_follow() -> dict[str, list[tuple[str, str]]]:
    """Kind -> (code, name) of each district, topic in use and working unit with a page; three queries."""
    topics = Topic.objects.in_use().values_list("pk", "name")
    districts = District.objects.by_name().values_list("pk", "name")
    units = UnitProfile.objects.working().values_list("unit_id", "unit__name")
    rows: dict[str, Any] = {"topic": topics, "district": districts, "unit": units}
    return {kind: [(str(Choice(kind, pk)), name) for pk, name in found] for kind, found in rows.items()}


def crisis_messages(at: datetime) -> list[tuple[str, str]]:
    """The newest crisis messages that are out and current: (a sentence fit for the banner, the address of the page)."""
    found = going(on_the_page("pl").filter(message__kind=Message.Kind.CRISIS), at).order_by("-release__left_at")[:3]
    return [(item.title[:200], item.url) for item in shown(found)]


def names_of(choices: list[Choice]) -> list[str]:
    """The names of those choices that still exist and can be followed, in their order."""
    names = {code: name for rows in everything_to_follow().values() for code, name in rows}
    return [names[str(choice)] for choice in choices if str(choice) in names]


def followed_by(address: Address) -> list[Choice]:
    """What the address follows."""
    rows = Follow.objects.filter(address=address).values_list("district_id", "topic_id", "unit_id")
    return [
        Choice(kind, number)
        for row in sorted(rows, key=str)
        for kind, number in zip(("district", "topic", "unit"), row, strict=True)
        if number
    ]


def thing_of(key: str, at: datetime) -> Thing | None:
    """The thing of a key such as "projects.delivery:12", while everybody may see it."""
    kind, _colon, number = key.partition(":")
    if kind not in things or not (number.isascii() and number.isdecimal()) or len(number) > 15:
        return None
    return things[kind](int(number), at)
