"""Pictures inside messages that are the photo bank's too: their passport is asked, and a withdrawn consent finds them.

A message keeps a file of its own, so the two are known as one by the file: as it came, or as the bank keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.publishing.messages import wording
from ratusz.publishing.messages.models import Message, MessagePicture
from ratusz.publishing.messages.models.variant import SENT
from ratusz.publishing.messages.outlets import MAIN, outlet_of
from ratusz.publishing.messages.pictures import SHOW_PICTURES
from ratusz.publishing.messages.queries import content_of
from ratusz.publishing.website.models import PortalImage
from ratusz.publishing.website.passports import rules
from ratusz.publishing.website.registries import ImageUse


def image_of_file(came_as: str) -> PortalImage | None:
    """The bank's picture that came as this file or is kept so; of several a withdrawn one, then one with a passport."""
    if not came_as:
        return None
    found = PortalImage.objects.filter(Q(came_as=came_as) | Q(file_hash=came_as))
    return found.order_by(F("passport__withdrawn_at").asc(nulls_last=True), F("passport__pk").desc(nulls_last=True), "pk").first()


def refuses(came_as: str, outlet: str, at: datetime) -> str | None:
    """Why a message may not show the picture there, in words; None when it may or the bank does not know it."""
    image = image_of_file(came_as)
    return rules.refusal(getattr(image, "passport", None), outlet, at) if image else None


def uses_in_messages(image: PortalImage) -> Iterator[ImageUse]:
    """Messages with that file, unsent ones included, and besides each place by hand to which it went."""
    known = {image.came_as, image.get_file_hash()} - {""}
    pictures = MessagePicture.objects.filter(came_as__in=known).select_related("message__facts").order_by("message_id")
    for picture in pictures:
        message = picture.message
        words = _("Message: %(title)s") % {"title": _title(message)}
        yield ImageUse(words, reverse("messages_picture", args=[message.pk]), MAIN, key=f"message:{message.pk}")
        elsewhere = message.variants.filter(outlet__in=SHOW_PICTURES, state__in=SENT).exclude(outlet=MAIN).order_by("pk")
        for variant in elsewhere:
            where = f"{words} ({outlet_of(variant.outlet).name})"
            url = reverse("messages_message", args=[message.pk])
            yield ImageUse(where, variant.outside_url or url, variant.outlet, key=f"variant:{variant.pk}")


def _title(message: Message) -> str:
    assert message.facts is not None
    return f"{message.reference} {wording.filled('{tytul}', content_of(message, message.facts))}"
