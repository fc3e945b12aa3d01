"""Who may do what with applications of projects, and what one must hold before it is taken in; pure, the moment is an argument."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.working_days import add_working_days, end_of_day
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.budget.models import Pool
from ratusz.participation.projects import standing_in
from ratusz.participation.projects.form_pack import FormPack
from ratusz.participation.projects.models import Application, Stage, State
from ratusz.participation.projects.settings import setting

LEADERS = ("budget_coordinator", "head", "deputy_head")
CLERKS = (*LEADERS, "editor")
DEEDS = {
    "see": CLERKS, "enter": CLERKS, "read_people": CLERKS, "check": CLERKS, "call": CLERKS,
    "assign": LEADERS, "ask_unit": LEADERS, "decide": LEADERS, "merge": LEADERS, "publish_list": LEADERS, "put_on_ballot": LEADERS,
    "withdraw": LEADERS, "survey": LEADERS,
}  # fmt: skip
"""Deed to the roles of the department that do it."""
AGAINST = {State.FORMAL_NO: (Stage.FORMAL, State.FORMAL_YES), State.NEGATIVE: (Stage.SUBSTANTIVE, State.POSITIVE)}
"""A refusal to its check, and where an appeal that is upheld leads."""
MAY_BE_WITHDRAWN = (State.SUBMITTED, State.COMPLETING, State.FORMAL_YES, State.REPLYING, State.POSITIVE, State.ON_BALLOT)
"""Until the ballot is frozen, whoever has the move."""
REMARKED = (State.SUBMITTED, State.COMPLETING, State.FORMAL_YES, State.REPLYING, State.POSITIVE)
"""States in which a remark can still weigh."""
TOKEN_BYTES = 16
"""128 random bits."""


class NotYours(PermissionError):
    """The person's roles do not let them do this."""


class ApplicationRefused(ValueError):
    """It cannot be done so; the message says why and what to do. `fields` names what is missing: code to words."""

    def __init__(self, words: Any, fields: dict[str, str] | None = None):
        super().__init__(words)
        self.fields = fields or {}


def may(person: Any, deed: str, object: Any, at: datetime) -> bool:
    """Deeds of the department by its roles; the desk enters papers, the data-protection officer sees, verifiers see their lists."""
    if not getattr(person, "is_active", False) or deed not in DEEDS:
        return False
    if deed in ("see", "enter") and holds_role(person, "desk_officer", at=at):
        return True
    if deed == "see" and holds_role(person, "unit_verifier", at=at):
        return True
    if deed in ("see", "read_people") and holds_role(person, "data_protection_officer", at=at):
        return True
    return holds_department_role(person, *DEEDS[deed], at=at)


def check_may(person: Any, deed: str, object: Any, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, object, at):
        raise NotYours


def new_link() -> tuple[str, str]:
    """A fresh token for an address, and its digest, which is all that is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """What is kept of a token. 128 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def number_pattern(pool: Pool) -> str:
    """How numbers of a pool read: L12/{number:02}/XIV, M/{number:02}/XIV."""
    return f"{pool.code}/{{number:02}}/{pool.edition.roman}"


def most_cost(pool: Pool, local_percent: int, city_percent: int) -> int:
    """The dearest a project of the pool may be, in grosze: a share of the pool, rounded to a whole zloty."""
    percent = city_percent if pool.is_city_wide else local_percent
    # Half a zloty goes up: 60 % of 100.01 zl, in whole numbers.
    return (pool.budget_grosze * percent // 100 + 50) // 100 * 100


def missing(pack: FormPack, facts: dict[str, Any], lines: Iterable[Any], most: int | None) -> dict[str, str]:
    """What stands in the way of submitting: code of the field to what to do. Empty when nothing does."""
    found = {}
    for field in pack.fields:
        value = facts.get(field.code)
        if field.required and (value is None or value == ""):
            found[field.code] = _("Fill this in: it is needed to submit the project.")
    if not facts.get("email") and not facts.get("phone"):
        found["email"] = _("Give an e-mail address or a telephone number: we have to be able to reach you.")
    if facts.get("is_minor"):
        for code in ("guardian_name", "guardian_contact"):
            if not facts.get(code):
                found[code] = _("A parent or guardian signs with you: fill this in.")
    total = sum(line["grosze"] for line in lines)
    if not total:
        found["costs"] = _("Write at least one line of costs.")
    elif most is not None and total > most:
        found["costs"] = _("The costs come to %(total)s. In this pool a project may cost %(most)s at most.") % {
            "total": zlotys(total), "most": zlotys(most),
        }  # fmt: skip
    return found


def takes_remarks(shown_state: str, is_open: bool) -> bool:
    """Whether residents may write of a project: the stage goes on, and as far as everybody knows it is still in the running.

    By its own state the form would tell a decision before the list that announces it.
    """
    return is_open and shown_state in REMARKED


def check_state(application: Application, *states: str) -> None:
    """Raises ApplicationRefused when the application is not in one of the states."""
    if application.state not in states:
        words = _("This cannot be done now: the project stands at “%(state)s”. Open its page again.")
        raise ApplicationRefused(words % {"state": State(application.state).label})


def may_give_opinion(person: Any, opinion: Any, at: datetime) -> bool:
    """The verifier of the unit that is asked, and who stands in for them or for the unit."""
    if not getattr(person, "is_active", False):
        return False
    return holds_role(person, "unit_verifier", at=at, unit=opinion.unit) or standing_in.may_for_unit(person, opinion, at)


def most_of(application: Application) -> int:
    """The dearest the project may be in its pool, by the edition's settings."""
    edition = application.edition
    local, city = (setting(edition, f"{name}_cost_share_percent") for name in ("local", "city"))
    return most_cost(application.contest, local, city)


def end_of_appeals(published_at: datetime, working_days: int) -> datetime:
    """The first moment after the term to appeal: the day of publication is not counted."""
    return end_of_day(add_working_days(local_day(published_at), working_days))
