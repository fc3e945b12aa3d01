"""Who may take pages down and see the ledger, when a link counts as broken and when it is asked again: pure, given the moment."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.publishing.gates.rules import stopped_words

KEEPERS = ("editor", "head", "deputy_head")
"""Of the department: they publish, so they take down."""
OF_UNITS = ("unit_editor", "head", "deputy_head")
"""Of any unit: they see the ledger of their own unit and confirm its pages."""

FAILURES_TO_BREAK, TIME_TO_BREAK = 3, timedelta(days=1)
BETWEEN_FAILURES = timedelta(hours=12)
BETWEEN_CHECKS = timedelta(days=7)
AFTER_REFUSAL = timedelta(days=30)
NOT_NOW = frozenset({429, 503})
"""The server asks for patience: no verdict at all."""
CLOSED_TO_MACHINES = frozenset({401, 403, 405, 406, 451, 999})
"""There is something, though not for a checker."""
PERMANENT_MOVES = frozenset({301, 308})
UNKNOWN_HOST = "unknown_host"


def may(person: Any, deed: str, subject: Any, at: datetime) -> bool:
    """`take_down` and `bring_back`: whoever publishes in the department. `see_ledger`: they, and who edits or heads any unit.
    `see_page` and `confirm`: the same, of the unit that looks after the page (`subject`, None when there is none)."""
    if holds_department_role(person, *KEEPERS, at=at):
        return True
    if deed == "see_ledger":
        return holds_role(person, *OF_UNITS, at=at)
    return deed in ("see_page", "confirm") and subject is not None and holds_role(person, *OF_UNITS, at=at, unit=subject)


class UnpublishRefused(ValueError):
    """The page cannot be taken down like that; `field` names what to mend in the form, the message says how."""

    def __init__(self, field: str | None, message: Any):
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True)
class Taking:
    """What is asked: the page's state, the reason and where readers are to be led."""

    page_id: int
    is_live: bool
    published_below: int
    reason: str
    public_note: str = ""
    target_id: int | None = None
    target_is_live: bool = False
    target_leads_to: tuple[int, ...] = ()
    """Numbers of the pages to which the target itself, taken down, leads on."""


def check_taking_down(asked: Taking) -> None:
    """Raises UnpublishRefused."""
    if not asked.is_live:
        raise UnpublishRefused(None, _("This page is not published, so there is nothing to take down."))
    if asked.published_below:
        raise UnpublishRefused(None, _("There are published pages below this one. Move them or take them down first."))
    if asked.reason == "withdrawn":
        if not asked.public_note.strip():
            raise UnpublishRefused("public_note", _("Write for the readers why the page no longer holds and what holds now."))
        if asked.target_id is not None:
            raise UnpublishRefused("redirect_to", _("A withdrawn page stays at its address. Leave the other page out."))
    elif asked.reason == "merged" and asked.target_id is None:
        raise UnpublishRefused("redirect_to", _("Choose the page that now says the same."))
    if asked.target_id is not None:
        _check_target(asked)


def check_public_note(public_note: str, language: str, at: datetime) -> None:
    """Raises UnpublishRefused when a gate stops what readers of a page taken down are told."""
    stopped = stopped_words(public_note, language, at)
    if stopped:
        raise UnpublishRefused("public_note", " ".join(stopped))


def _check_target(asked: Taking) -> None:
    if asked.target_id == asked.page_id or asked.page_id in asked.target_leads_to:
        raise UnpublishRefused("redirect_to", _("Readers would go round in a circle. Choose another page."))
    if not asked.target_is_live:
        raise UnpublishRefused("redirect_to", _("That page is not published. Choose one that readers can open."))


class CannotBringBack(ValueError):
    """The page is gone for good, or stands there again already."""


@dataclass(frozen=True)
class Verdict:
    """What one look at a foreign address changes."""

    state: str | None
    """None: the state stays as it was."""
    failures: int
    first_failed_at: datetime | None
    next_check_at: datetime


def verdict_of_answer(status: int, moves: tuple[int, ...], is_soft_404: bool, before: Verdict, at: datetime) -> Verdict:
    """After an answer came. `before` carries the failures so far."""
    if status in NOT_NOW:
        return Verdict(None, before.failures, before.first_failed_at, at + BETWEEN_FAILURES)
    if status >= 400 and status not in CLOSED_TO_MACHINES:
        return verdict_of_failure(before, at)
    has_moved = bool(moves) and moves[0] in PERMANENT_MOVES
    state = "soft_404" if is_soft_404 else "moved" if has_moved else "works"
    return Verdict(state, 0, None, at + BETWEEN_CHECKS)


def verdict_of_failure(before: Verdict, at: datetime) -> Verdict:
    """Broken only after three failures over a day, so that a momentary outage alarms nobody."""
    first = before.first_failed_at or at
    failures = before.failures + 1
    is_broken = failures >= FAILURES_TO_BREAK and at - first >= TIME_TO_BREAK
    return Verdict("broken" if is_broken else None, failures, first, at + (TIME_TO_BREAK if is_broken else BETWEEN_FAILURES))


def verdict_of_refusal(code: str, before: Verdict, at: datetime) -> Verdict:
    """A private or forbidden address is refused at once; a host that nobody knows may be back tomorrow."""
    if code == UNKNOWN_HOST:
        return verdict_of_failure(before, at)
    return Verdict("refused", 0, None, at + AFTER_REFUSAL)


ANSWERS, ANSWERS_WITHIN = 20, timedelta(minutes=10)
ANSWERS_TO_A_PAGE, TO_A_PAGE_WITHIN = 10, timedelta(hours=24)
"""A household or a library may share a connection; whoever clicks all day long does not make the page's figure."""
SAME_ANSWER_WITHIN = timedelta(minutes=1)
"""A second click of the same reader on the same page is the same answer."""
COMMENT_WITHIN = timedelta(hours=1)
COMMENTS_KEPT = timedelta(days=365)
TRIES_KEPT = timedelta(days=1)


class TooManyAnswers(Exception):
    """Somebody answers too often from one connection."""


def check_answers(earlier: list[tuple[int, datetime]], page: int, at: datetime) -> None:
    """At most 20 answers from a connection within 10 minutes and 10 to one page a day; `earlier` are page and moment of each.

    Raises TooManyAnswers.
    """
    in_a_row = sum(moment > at - ANSWERS_WITHIN for _page, moment in earlier)
    to_the_page = sum(of == page and moment > at - TO_A_PAGE_WITHIN for of, moment in earlier)
    if in_a_row >= ANSWERS or to_the_page >= ANSWERS_TO_A_PAGE:
        raise TooManyAnswers


def may_still_comment(answered_at: datetime, has_comment: bool, at: datetime) -> bool:
    """Once, within an hour of the answer."""
    return not has_comment and at < answered_at + COMMENT_WITHIN


class TooLateToComment(Exception):
    """The hour is over, or a comment stands there already."""


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LONG_NUMBER = re.compile(r"(?<![\w])\+?\d(?:[ \u00a0\-./()]{0,2}\d){8,27}(?!\w)")
HIDDEN_MAIL, HIDDEN_NUMBER = "[e-mail]", "[numer]"


def masked(text: str) -> str:
    """The comment as it may be kept: e-mail addresses and numbers of nine digits and more (phones, PESEL, accounts) are hidden.

    Full-width and other look-alike digits count as digits.
    """
    return _LONG_NUMBER.sub(HIDDEN_NUMBER, _MAIL.sub(HIDDEN_MAIL, unicodedata.normalize("NFKC", text)))


class NobodyLooksAfter(ValueError):
    """A page without a unit that answers for it cannot be confirmed."""


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month; a negative number goes back."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
