"""Places of the text that a reviewer may suggest other words for, each with its words now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ratusz.casework.meetings.minutes.kinds import KINDS, Mark, Widget
from ratusz.casework.meetings.models import Minutes


@dataclass(frozen=True)
class Place:
    """One text: "block:<key>:text", "voice:12:question"."""

    key: str
    words: str
    text: str


def places_of(minutes: Minutes, *, sees_all: bool) -> Iterator[Place]:
    """In the order of the text; without `sees_all` only what is public."""
    for block in minutes.blocks.standing():
        kind = KINDS[block.kind]
        if kind.only_if and not block.fields.get(kind.only_if) and not sees_all:
            continue
        for each in kind.fields:
            text = str(block.fields.get(each.name) or "")
            if each.widget in (Widget.TEXT, Widget.LINE) and text and (sees_all or each.mark is Mark.PUBLIC):
                yield Place(f"block:{block.key}:{each.name}", f"{kind.words}: {each.words}", text)
    yield from _spoken(minutes)


def _spoken(minutes: Minutes) -> Iterator[Place]:
    """Voices: what was said and what was answered, words that belong to the register of the day."""
    for voice in minutes.meeting.voices.order_by("number"):
        for name, words in (("question", _("Voice %(number)s")), ("answer", _("Answer to voice %(number)s"))):
            if text := getattr(voice, name):
                yield Place(f"voice:{voice.pk}:{name}", words % {"number": voice.number}, text)


def place_of(minutes: Minutes, key: str, *, sees_all: bool) -> Place | None:
    """The place of that key as it stands; None when there is none, or it is not for this reader."""
    return next((each for each in places_of(minutes, sees_all=sees_all) if each.key == key), None)
