"""Who may do what with initiatives, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.initiatives.models import ENDED, DistrictCouncil, Initiative

CLERKS = ("head", "deputy_head", "editor")
AGENDA = "initiative.agenda"
LONG_NUMBER = 9
"""Digits in a row that no address has: a PESEL or a telephone."""


class InitiativeRefused(ValueError):
    """It cannot be done so; the message says why and what to do. `fields`: words of what stands in a form, by the field's name."""

    def __init__(self, words: str = "", fields: Mapping[str, str] | None = None):
        super().__init__(words or " ".join((fields or {}).values()))
        self.fields = dict(fields or {})


def check_fields(fields: Mapping[str, str]) -> None:
    """Raises InitiativeRefused with everything that is wrong, each beside its field."""
    if fields:
        raise InitiativeRefused(fields=fields)


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, initiative: Initiative | None, at: datetime) -> bool:
    """`see`, `read` (the committee) and `handle`: the department; the data-protection officer sees and reads."""
    if deed in ("see", "read") and holds_role(person, "data_protection_officer", at=at):
        return True
    return holds_department_role(person, *CLERKS, at=at)


KEEPER = "unit_editor"
"""The role by which a council's person keeps its contact, in the unit that stands for the council."""


def keeps(person: Any, council: DistrictCouncil, at: datetime) -> bool:
    """Whether the person keeps this one contact as an editor of the council's unit."""
    return council.unit is not None and holds_role(person, KEEPER, at=at, unit=council.unit)


def check_may(person: Any, deed: str, initiative: Initiative | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, initiative, at):
        raise NotYours


def check_state(initiative: Initiative, *states: str) -> None:
    """Raises InitiativeRefused when the initiative has moved on."""
    if initiative.state not in states:
        raise InitiativeRefused(_("This initiative has moved on a moment ago. Look where it stands now."))


def read_members(typed: str) -> list[tuple[str, str]]:
    """People of the committee, one in a line: "name surname; address". Raises InitiativeRefused."""
    found = [(number, line.partition(";")) for number, line in enumerate(typed.splitlines(), 1) if line.strip()]
    members = [(number, " ".join(name.split()), " ".join(home.split())) for number, (name, _semicolon, home) in found]
    wrong = [str(number) for number, name, home in members if len(name.split()) < 2 or not home]
    if wrong:
        words = ngettext(
            "Line %(lines)s: write the name and surname, a semicolon and the address of one person.",
            "Lines %(lines)s: write in each the name and surname, a semicolon and the address of one person.",
            len(wrong),
        )
        raise InitiativeRefused(fields={"members": words % {"lines": ", ".join(wrong)}})
    for number, name, home in members:
        if sum(map(str.isdigit, name + home)) >= LONG_NUMBER + 4:
            words = _("Line %(line)s: a long number stands beside this person. Take it out: PESEL is not asked.")
            raise InitiativeRefused(fields={"members": words % {"line": number}})
    return [(name, home) for _number, name, home in members]


def check_committee(members: list[tuple[str, str]], least: int) -> None:
    """Raises InitiativeRefused for a committee with too few people, each counted once whatever the case of letters."""
    count = len({(name.casefold(), home.casefold()) for name, home in members})
    if count != len(members):
        raise InitiativeRefused(fields={"members": _("One person stands in the committee twice. Take one line out.")})
    if count < least:
        words = ngettext(
            "The committee has %(count)s person, and at least %(least)s are needed.",
            "The committee has %(count)s people, and at least %(least)s are needed.",
            count,
        )
        raise InitiativeRefused(fields={"members": words % {"count": count, "least": least}})


def check_signatures(needed: int, valid: int, waits: bool) -> None:
    """Raises InitiativeRefused while too few signatures count, or something of the lists is still to be read."""
    if waits:
        raise InitiativeRefused(_("Some lines of the lists of signatures are still to be typed or looked at. Finish them first."))
    if valid < needed:
        words = _("%(valid)s signatures of %(needed)s count. Call the committee to complete the list, or return the draft.")
        raise InitiativeRefused(words % {"valid": valid, "needed": needed})


def check_words(words: str) -> str:
    """The words without spaces around; raises InitiativeRefused when there are none."""
    if not words.strip():
        words = _("Write the words: the committee gets exactly these, and everybody reads them in the register.")
        raise InitiativeRefused(fields={"words": words})
    return words.strip()


def check_past(day: date, at: datetime) -> None:
    """Raises InitiativeRefused for a day that is still ahead."""
    if day > local_day(at):
        raise InitiativeRefused(fields={"received_on": _("This day is still ahead. Write the day on which the draft came.")})


def check_session(day: date, filed_at: datetime | None) -> None:
    """Raises InitiativeRefused for a session before the draft was filed."""
    if filed_at is not None and day < local_day(filed_at):
        words = _("This session was before the draft was filed. Write the day of a later one.")
        raise InitiativeRefused(fields={"session_on": words})


def is_withdrawable(initiative: Initiative) -> bool:
    """The committee may take it back until the end."""
    return initiative.state not in ENDED
