"""Requests in words: the state for whoever holds the number, the five words for staff."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ratusz.casework.requests import queries
from ratusz.casework.requests.models import Outcome, Request
from ratusz.foundation.kit.dates import polish_date, polish_until
from ratusz.foundation.kit.registries import Receipt


def state(request: Request) -> str:
    """One of the five words, with whom it is."""
    if request.settled_at is None:
        return _("with: %(who)s") % {"who": request.person or request.unit or _("nobody yet")}
    return pgettext("state", "closed") if request.outcome == Outcome.WITHDRAWN else pgettext("state", "sent")


def find_receipt(typed: str, at: datetime) -> Receipt | None:
    """What the number on a receipt tells: the state and the days, never what was asked or answered."""
    request = queries.by_code(typed)
    if request is None:
        return None
    facts = [(_("Received"), polish_date(request.received_at))]
    if request.settled_at is None and request.due_at is not None:
        facts.append((_("We answer"), polish_until(request.due_at)))
    if request.settled_at is not None:
        facts.append((_("Closed"), polish_date(request.settled_at)))
    return Receipt(title=capital(request.get_kind_display()), status=_status(request, at), facts=tuple(facts))


def _status(request: Request, at: datetime) -> str:
    if request.settled_at is not None:
        ended = capital(request.get_outcome_display())
        return f"{ended}: {request.handed_to}." if request.handed_to else f"{ended}."
    if request.due_at is not None and request.due_at <= at:
        return _("We are late with the answer. You may complain: the form is among the requests.")
    return _("We told you of a longer term and why.") if request.extended_until else _("We are working on it.")


def capital(words: str) -> str:
    """Words that begin a line."""
    return words[:1].upper() + words[1:]
