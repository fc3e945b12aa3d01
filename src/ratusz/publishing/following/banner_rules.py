"""Who may show the emergency banner, how long and after whose look; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.links import is_safe_url
from ratusz.foundation.kit.packs import packs_of
from ratusz.foundation.units.rules import holds_department_role
from ratusz.publishing.following.models import Banner
from ratusz.publishing.gates.rules import stopped_words

WRITERS = ("editor", "press_officer", "head", "deputy_head")
ALONE = ("head", "deputy_head")
"""Who may show a banner of their own without a second person, with a reason that is recorded."""
HOURS = (1, 2, 3, 6, 12, 24, 48, 72)
"""What the screen offers, as far as the pack lets it: under pressure nobody counts hours across midnight."""


class BannerRefused(ValueError):
    """A banner that cannot be shown; the words say why and what to do."""


def may(person: Any, deed: str, banner: Banner | None, at: datetime) -> bool:
    """`write`, `approve`, `review` and `take_down` the department's writers, `show_alone` its head.

    Nobody approves or reviews their own.
    """
    if deed == "show_alone":
        return holds_department_role(person, *ALONE, at=at)
    is_own = banner is not None and banner.author_id == person.pk
    return not (deed in ("approve", "review") and is_own) and holds_department_role(person, *WRITERS, at=at)


def longest(at: datetime) -> timedelta:
    """How long a banner may stand, by the pack of that day."""
    rules = packs_of("ratusz.publishing.following")["banner"].at(local_day(at))
    return timedelta(hours=int(rules["max_hours"]))


def hours_on_offer(at: datetime) -> list[int]:
    """Whole hours a person can choose from."""
    return [hours for hours in HOURS if timedelta(hours=hours) <= longest(at)]


def check_banner(text: str, url: str, starts_at: datetime, expires_at: datetime, at: datetime, text_in_english: str = "") -> None:
    """Raises BannerRefused: without words, with some that a gate stops, with an address that is none, over too soon or too late."""
    if not text.strip():
        raise BannerRefused(_("Write what happens and what people should do."))
    stopped = [*stopped_words(text, "pl", at), *stopped_words(text_in_english, "en", at)]
    if stopped:
        raise BannerRefused(" ".join(dict.fromkeys(stopped)))
    if url and not is_safe_url(url, frozenset({"http", "https"})):
        raise BannerRefused(_("Give a page of this portal, for example /aktualnosci/, or an address that starts with https://."))
    if expires_at <= max(at, starts_at):
        raise BannerRefused(_("The banner would be over before it shows. Choose a later end."))
    if expires_at - starts_at > longest(at):
        words = _("A banner may stand at most %(hours)d hours. Choose a nearer end; it can be shown again.")
        raise BannerRefused(words % {"hours": longest(at).total_seconds() // 3600})


def state_of(banner: Banner, at: datetime) -> str:
    """waiting (for a second person), planned, showing, taken_down or over."""
    if banner.withdrawn_at is not None:
        return "taken_down"
    if banner.expires_at <= at:
        return "over"
    if banner.approved_at is None:
        return "waiting"
    return "showing" if banner.starts_at <= at else "planned"
