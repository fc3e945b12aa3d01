"""What the screens share: the right first, the row a page is about, one deed behind a button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail.admin import messages

from ratusz.casework.advice import rules
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import FIRST_DAY, LAST_DAY


def check(request: HttpRequest, deed: str) -> datetime:
    """Refuses whoever may not do the deed; gives the moment."""
    at = database_now()
    if not rules.may(request.user, deed, None, at):
        raise PermissionDenied
    return at


def press(request: HttpRequest, deed: Callable[[], Any], said: str, *back: Any) -> HttpResponse:
    """Carries out what a button stands for; a refusal is said on the page one comes back to."""
    try:
        deed()
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    except rules.AdviceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(*back)


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
