"""What messages ask of a person at the desk: texts to approve, corrections to publish and to make, texts to publish by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.registries import Move
from ratusz.publishing.messages import queries, rules
from ratusz.publishing.messages.models import Correction, Message, Variant
from ratusz.publishing.messages.models.variant import State
from ratusz.publishing.messages.outlets import outlet_of


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """Of the department; a unit's editor sees the messages of their own unit on the list."""
    if not rules.may(person, "approve", None, at):
        return
    yield from _corrections_to_publish(person)
    yield from _corrections_to_make()
    yield from _texts_to_approve(person)
    yield from _to_publish_by_hand()
    yield from _stuck()


def _address(message: Message) -> str:
    return reverse("messages_message", args=[message.pk])


def _corrections_to_publish(person: Any) -> Iterator[Move]:
    waiting = Correction.objects.waiting().exclude(written_by=person).select_related("message__facts").order_by("written_at")
    for correction in waiting:
        what = _("Check and publish the correction: %(message)s") % {"message": correction.message}
        yield Move(what, _address(correction.message), since=correction.written_at, kind="messages")


def _corrections_to_make() -> Iterator[Move]:
    for task in queries.open_tasks():
        message = task.correction.message
        what = _("Correct it there: %(place)s – %(message)s") % {"place": outlet_of(task.variant.outlet).name, "message": message}
        yield Move(what, _address(message), since=task.correction.published_at, kind="messages")


def _texts_to_approve(person: Any) -> Iterator[Move]:
    for message in queries.to_approve().order_by("handed_in_at"):
        assert message.facts is not None
        mine = {variant.author_id for variant in message.waiting_variants} | {message.facts.written_by_id}  # type: ignore[attr-defined]
        if mine != {person.pk}:
            what = _("Read and approve: %(message)s") % {"message": message}
            yield Move(what, _address(message), since=message.handed_in_at, kind="messages")


def _to_publish_by_hand() -> Iterator[Move]:
    waiting = Variant.objects.filter(state=State.BY_HAND, message__withdrawn_at=None, correction_tasks=None)
    for variant in waiting.select_related("message__facts", "release").order_by("release__left_at"):
        words = {"place": outlet_of(variant.outlet).name, "message": variant.message}
        what = _("Publish it there and bring the link back: %(place)s – %(message)s") % words
        yield Move(what, _address(variant.message), since=variant.release and variant.release.left_at, kind="messages")


def _stuck() -> Iterator[Move]:
    for variant in Variant.objects.filter(state__in=[State.HELD, State.FAILED]).select_related("message__facts").order_by("pk"):
        words = {"place": outlet_of(variant.outlet).name, "message": variant.message}
        yield Move(_("It could not leave: %(place)s – %(message)s") % words, _address(variant.message), kind="messages")
