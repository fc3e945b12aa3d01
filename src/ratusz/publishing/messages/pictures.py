"""Whether the picture of a message may be shown at a place: modules above that keep rights to pictures are asked each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ratusz.foundation.kit.registries import Registry
from ratusz.publishing.messages.models import Message, MessagePicture
from ratusz.publishing.messages.outlets import MAIN

SHOW_PICTURES = (MAIN, "cms")
"""Outlets that carry the picture of a message."""

picture_rights: Registry[Callable[[str, str, datetime], str | None]] = Registry("rights to pictures of messages")
"""name -> f(MessagePicture.came_as, code of the outlet, moment) giving why it may not be shown there; None when it may."""


def refusal(came_as: str, outlet: str, at: datetime) -> str | None:
    """Why a picture that came as this file may not be shown in that outlet, in words; None when it may."""
    return next((words for ask in picture_rights if (words := ask(came_as, outlet, at))), None) if came_as else None


def shown_picture(message: Message, outlet: str, at: datetime) -> MessagePicture | None:
    """The message's picture as that outlet may show it: none when its consent was withdrawn or does not reach so far."""
    picture = getattr(message, "picture", None)
    return None if picture is None or refusal(picture.came_as, outlet, at) else picture
