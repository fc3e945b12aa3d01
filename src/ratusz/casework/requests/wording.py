"""Requests in words: the state for whoever holds the number, the five words for staff."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ratusz.casework.deadlines.rulebook import Length, NoSuchRule, rule_of
from ratusz.casework.deadlines.wording import length_in_words, within_in_words
from ratusz.casework.requests import queries, rules
from ratusz.casework.requests.models import Kind, Outcome, Request
from ratusz.foundation.kit.dates import local_day, polish_date, polish_until
from ratusz.foundation.kit.registries import Receipt

logger = logging.getLogger(__name__)


def state(request: Request) -> str:
    """One of the five words, with whom it is."""
    if request.settled_at is None:
        return _("with: %(who)s") % {"who": request.person or request.unit or _("nobody yet")}
    return pgettext("state", "closed") if request.outcome == Outcome.WITHDRAWN else pgettext("state", "sent")


def term(kind: str, at: datetime) -> dict[str, str]:
    """By when the rule in force answers a request of that kind: `within`, and `at_most` with a notice ("" where there is none).

    Empty when no rule is in force: the former ended and nobody has written the next, so no term may be promised.
    """
    try:
        rule = rule_of(rules.CLOCKS[Kind(kind)], local_day(at))
    except NoSuchRule:
        logger.error("No rule of the term is in force", extra={"kind": kind})
        return {}
    at_most = length_in_words(rule.extension.length) if rule.extension else ""
    return {"within": within_in_words(Length(rule.length, rule.unit)), "at_most": at_most}


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
