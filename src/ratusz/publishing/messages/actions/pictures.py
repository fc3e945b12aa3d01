"""Give a message its picture, with the words instead of it and the right to show it; take it away."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload, delete_file
from ratusz.foundation.files.rules import LARGEST
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import holds_on, stopping
from ratusz.publishing.messages.actions.locking import check_may, locked_message, tell_outlets
from ratusz.publishing.messages.actions.sending import outgoing_of
from ratusz.publishing.messages.actions.writing import unapproved
from ratusz.publishing.messages.models import Message, MessagePicture
from ratusz.publishing.messages.models.variant import SENT, State
from ratusz.publishing.messages.pictures import SHOW_PICTURES, refusal
from ratusz.publishing.messages.rules import Refused, check_public_words

WIDEST = 1600
APPROVED = (State.APPROVED, State.QUEUED, State.HELD, State.FAILED)


@transaction.atomic
def set_picture(
    *, message: Message, upload: BinaryIO, name: str, alt: str, author: str, licence: str, person: Any
) -> MessagePicture:
    """Gives the message its picture, at most 1600 px wide, with the words instead of it, its author and the right to show it.

    Texts approved with another picture wait for approval again; where one is out, only who approves may change it.
    Raises files.rules.FileRefused when it is no picture.
    """
    message = locked_message(message)
    outside = _outside(message)
    check_may(person, "approve" if outside else "write", message)
    if not (alt.strip() and author.strip() and licence.strip()):
        raise Refused(_("A picture needs a description, its author and the right to use it."))
    check_public_words((alt, author, licence), message.language, database_now())
    came_as = _hash_of(upload)
    # What is out shows it at once and passes no gate any more, so its rights are asked here.
    for outlet in outside:
        if words := refusal(came_as, outlet, database_now()):
            raise Refused(words)
    _check_holds(message, alt, person)
    file = accept_upload(
        upload=_narrowed(upload),
        name=name,
        purpose="messages.picture",
        uploaded_by=person,
        subject=f"{message._meta.label}:{message.pk}",
    )
    _drop_former(message)
    picture = MessagePicture.objects.create(
        message=message, file=file, alt=alt.strip(), author=author.strip(), licence=licence.strip(), came_as=came_as
    )
    _take_approvals_back(message, person)
    record(deed="messages.set_picture", subject=message, after={"alt": alt, "licence": licence}, actor=person)
    tell_outlets(message)
    return picture


@transaction.atomic
def remove_picture(*, message: Message, person: Any) -> None:
    """Takes the picture out of the message and of every place that the program shows itself; twice changes nothing."""
    message = locked_message(message)
    check_may(person, "write", message)
    picture = _drop_former(message)
    if picture is None:
        return
    record(deed="messages.remove_picture", subject=message, before={"alt": picture.alt}, actor=person)
    tell_outlets(message)


def _outside(message: Message) -> list[str]:
    """Outlets with pictures where the message is out now."""
    sent = message.variants.filter(state__in=SENT, outlet__in=SHOW_PICTURES)
    return list(sent.order_by("outlet").values_list("outlet", flat=True))


def _check_holds(message: Message, alt: str, person: Any) -> None:
    """What is out shows it at once, and nobody but this person has seen it: whatever holds back such a text refuses it."""
    for variant in message.variants.filter(state__in=SENT, outlet__in=SHOW_PICTURES).order_by("outlet"):
        outgoing = replace(outgoing_of(variant, person), text=f"{variant.text}\n{alt}", second_person=False)
        if holding := stopping(holds_on(outgoing, database_now()), outgoing):
            raise Refused("; ".join(str(hold.words) for hold in holding))


def _drop_former(message: Message) -> MessagePicture | None:
    """The picture that is there goes with its bytes: whoever withdrew a consent does not stay in our files."""
    picture = MessagePicture.objects.filter(message=message).select_related("file").first()
    if picture is not None:
        picture.delete()
        delete_file(file=picture.file, reason="picture of a message replaced or taken out")
    return picture


def _take_approvals_back(message: Message, person: Any) -> None:
    for variant in message.variants.filter(state__in=APPROVED, outlet__in=SHOW_PICTURES):
        unapproved(variant, person)
        variant.save()


def _hash_of(upload: BinaryIO) -> str:
    """SHA-1 of the file as it came, by which the photo bank knows its pictures too."""
    upload.seek(0)
    return hashlib.sha1(upload.read(LARGEST + 1), usedforsecurity=False).hexdigest()


def _narrowed(upload: BinaryIO) -> BinaryIO:
    """The same picture narrowed for the web; what is no picture goes on as it is, and the inspection refuses it."""
    upload.seek(0)
    try:
        with Image.open(upload, formats=["JPEG", "PNG", "WEBP"]) as image:
            if image.width <= WIDEST or image.width * image.height > 60_000_000:
                return upload
            form = image.format
            image.draft("RGB", (WIDEST, WIDEST))
            image.thumbnail((WIDEST, WIDEST * 2))
            kept = io.BytesIO()
            image.save(kept, form)
            return kept
    except Exception:
        return upload
