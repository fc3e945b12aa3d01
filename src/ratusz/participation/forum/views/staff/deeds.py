"""What the screens share: the right first, one deed behind a button."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from ratusz.foundation.kit import buttons
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.forum import rules
from ratusz.participation.remarks.rules import NotYours as RemarkNotYours
from ratusz.participation.remarks.rules import RemarkRefused


def check(request: HttpRequest, deed: str, subject: Any = None) -> datetime:
    """Refuses whoever may not do the deed; gives the moment."""
    at = database_now()
    if not rules.may(request.user, deed, subject, at):
        raise PermissionDenied
    return at


press = partial(buttons.press, refused=(rules.ForumRefused, RemarkRefused), not_yours=(rules.NotYours, RemarkNotYours))
