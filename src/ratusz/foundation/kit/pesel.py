"""PESEL numbers: reading, checking, what they say, and what they never prove.

A PESEL is no secret and no proof of residence (trust.md 2.1, 2.2).
Neither the number nor a part of it appears in errors or in repr.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
CENTURY_OF_MONTH = {80: 1800, 0: 1900, 20: 2000, 40: 2100, 60: 2200}
OLDEST_AGE = 115
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")


class Sex(StrEnum):
    """As the register has it, told by the tenth digit."""

    FEMALE = "F"
    MALE = "M"


class Fault(StrEnum):
    """Why a number was refused."""

    NOT_ELEVEN_DIGITS = "not_eleven_digits"
    CHECKSUM = "checksum"
    DATE = "date"
    CENTURY = "century"
    FUTURE = "future"
    TOO_OLD = "too_old"


MESSAGES = {
    Fault.NOT_ELEVEN_DIGITS: _("A PESEL number has eleven digits. Check that none is missing or added."),
    Fault.CHECKSUM: _("There is a mistake in this PESEL number. Compare it with your identity document, digit by digit."),
    Fault.DATE: _("This PESEL number names a day that does not exist. Compare it with your identity document, digit by digit."),
    Fault.CENTURY: _("This PESEL number names an impossible century. Compare it with your identity document, digit by digit."),
    Fault.FUTURE: _("This PESEL number names a birth date in the future. Compare it with your identity document, digit by digit."),
    Fault.TOO_OLD: _("This PESEL number names an impossible age. Compare it with your identity document, digit by digit."),
}


class PeselRefused(ValueError):
    """What was typed is no PESEL of a living person; `fault` says why, the message what to do."""

    def __init__(self, fault: Fault):
        super().__init__(MESSAGES[fault])
        self.fault = fault


@dataclass(frozen=True)
class Pesel:
    """A formally valid number and what it says. `is_suspicious` marks 22222222222, which passes every formal check."""

    number: str = field(repr=False)
    birth_date: date = field(repr=False)
    sex: Sex = field(repr=False)
    is_suspicious: bool = False

    def __str__(self) -> str:
        return "PESEL •••••••••••"

    def age_on(self, day: date) -> int:
        return age_on(self.birth_date, day)


def read_pesel(text: str, at: date) -> Pesel:
    """A typed PESEL, checked for the day `at`: spaces and dashes are allowed, only ASCII digits count; raises PeselRefused.

    Refused are a wrong check digit, a day that does not exist, the centuries 18xx, 21xx and 22xx, a birth after `at` and an age
    over 115. A valid form never proves that the number was given to anybody.
    """
    number = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"[0-9]{11}", number):
        raise PeselRefused(Fault.NOT_ELEVEN_DIGITS)
    digits = [int(digit) for digit in number]
    if check_digit(digits[:10]) != digits[10]:
        raise PeselRefused(Fault.CHECKSUM)
    birth_date = _birth_date(number)
    if birth_date > at:
        raise PeselRefused(Fault.FUTURE)
    if age_on(birth_date, at) > OLDEST_AGE:
        raise PeselRefused(Fault.TOO_OLD)
    sex = Sex.FEMALE if digits[9] % 2 == 0 else Sex.MALE
    return Pesel(number, birth_date, sex, is_suspicious=len(set(number)) == 1)


def check_digit(first_ten: list[int]) -> int:
    """(10 − sum of digits times 1 3 7 9 1 3 7 9 1 3, mod 10) mod 10: finds every single wrong digit, not every exchange of two."""
    return -sum(weight * digit for weight, digit in zip(WEIGHTS, first_ten, strict=True)) % 10


def _birth_date(number: str) -> date:
    year, month, day = int(number[:2]), int(number[2:4]), int(number[4:6])
    century = CENTURY_OF_MONTH[month // 20 * 20]
    try:
        born = date(century + year, month % 20, day)
    except ValueError as problem:
        raise PeselRefused(Fault.DATE) from problem
    if century not in (1900, 2000):
        raise PeselRefused(Fault.CENTURY)
    return born


def age_on(birth_date: date, day: date) -> int:
    """Completed years. A person born on 29 February is a year older on 28 February of a common year (art. 112 Kodeks cywilny)."""
    birthday_has_come = (day.month, day.day) >= (birth_date.month, birth_date.day)
    if (birth_date.month, birth_date.day) == (2, 29) and (day.month, day.day) == (2, 28):
        birthday_has_come = not _is_leap(day.year)
    return day.year - birth_date.year - (not birthday_has_come)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
