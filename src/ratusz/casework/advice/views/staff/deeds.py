"""What the screens share: the right first, the row a page is about, one deed behind a button."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import ngettext

from ratusz.casework.advice import rules
from ratusz.foundation.kit import buttons
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import FIRST_DAY, LAST_DAY


def check(request: HttpRequest, deed: str) -> datetime:
    """Refuses whoever may not do the deed; gives the moment."""
    at = database_now()
    if not rules.may(request.user, deed, None, at):
        raise PermissionDenied
    return at


press = partial(buttons.press, refused=rules.AdviceRefused, not_yours=rules.NotYours)


def day_of(text: str) -> date | None:
    """A day of our age as forms send it; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def told(number: int) -> str:
    """How many people were written to because the hours changed."""
    words = ngettext(
        "%(count)s appointment does not take place; the person was told.",
        "%(count)s appointments do not take place; the people were told.", number,
    )  # fmt: skip
    return words % {"count": number} if number else ""
