"""The portal as an outlet of messages: our page of each and the screens in the Office, which follow corrections and withdrawals."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from ratusz.foundation.territory.models import District
from ratusz.publishing.messages import wording
from ratusz.publishing.messages.models import Correction, Message
from ratusz.publishing.messages.outlets import MAIN, Form, Outlet, outlets
from ratusz.publishing.messages.queries import content_of, shown_corrections
from ratusz.publishing.messages.topics import topic_lists
from ratusz.publishing.website.actions import bump_content_version, refresh_after_commit
from ratusz.publishing.website.models import Topic
from ratusz.publishing.website.wire import actions as wire
from ratusz.publishing.website.wire.codes import code_of_message

SCREEN = "screen"
SOURCE = "messages"
KIND = "komunikaty"


def address(message: Message) -> str:
    """The path of the message's page, in the message's language."""
    with override(message.language):
        return reverse("website:message", args=[message.year, message.number, message.slug])


def short_address(message: Message) -> str:
    """The same without words: for paper, codes and short texts. It leads to the page."""
    with override(message.language):
        return reverse("website:message-by-number", args=[message.year, message.number])


def follow(message: Message) -> None:
    """The page has changed: kept pages go, the wire and the search hear of it."""
    bump_content_version()
    refresh_after_commit(source=SOURCE, key=str(message.pk))
    facts = facts_for_wire(message)
    if facts is None or message.withdrawn_at:
        wire.take_off_wire(source=SOURCE, key=str(message.pk))
    else:
        wire.put_on_wire(facts=facts)


def facts_for_wire(message: Message) -> wire.WireFacts | None:
    """What the page says now; None while it is not out."""
    variant = message.variants.filter(outlet=MAIN, release__isnull=False).select_related("release__facts").first()
    if variant is None or variant.release is None or message.published_at is None:
        return None
    release, version = variant.release, variant.release.facts
    content = content_of(message, version)
    corrections = [each for each in shown_corrections([message]).get(message.pk, []) if each.facts.number <= version.number]
    first = variant.releases.order_by("left_at", "pk").values_list("left_at", flat=True)[0]
    return wire.WireFacts(
        source=SOURCE, key=str(message.pk), code=code_of_message(message), kind=KIND,
        title=wording.filled("{tytul}", content), summary=wording.filled("{krotko}", content), url=address(message),
        published_at=first, as_of=version.as_of, updated_at=release.left_at, language=message.language,
        unit=message.owner_unit, **_correction(corrections[0] if corrections else None),
        topics=list(Topic.objects.filter(pk__in=message.topic_numbers)),
        districts=list(District.objects.filter(number__in=version.district_numbers)),
        longitude=version.longitude, latitude=version.latitude,
    )  # fmt: skip


def _correction(last: Correction | None) -> dict[str, Any]:
    if last is None:
        return {}
    return {"correction": last.is_right, "corrected_from": last.was_wrong, "is_update": last.nature == Correction.Nature.CHANGE}


def topics_offered(chosen: Collection[int]) -> list[tuple[int, str]]:
    """The portal's topics as a message may choose them."""
    return list((Topic.objects.in_use() | Topic.objects.filter(pk__in=chosen)).values_list("pk", "name"))


def _screens(message: Any) -> None:
    bump_content_version()


def register() -> None:
    """Puts them into the registry of outlets; called from ready()."""
    page = Outlet(code=MAIN, name=_("our web page"), form=Form.PAGE, order=10, is_live=True, follow=follow, address=short_address)
    screen = Outlet(
        code=SCREEN, name=pgettext_lazy("outlet", "screens in the Office"), form=Form.SIGN, order=20, most_characters=400,
        is_live=True, follow=_screens,
    )  # fmt: skip
    outlets.register(MAIN, page)
    outlets.register(SCREEN, screen)
    topic_lists.register("website", topics_offered)
