"""Made-up people of these tests: PESEL numbers that pass every check and belong to nobody here, files of them, staff who act."""

from __future__ import annotations

import io
from datetime import date

from openpyxl import Workbook

from ratusz.foundation.kit.pesel import check_digit
from ratusz.foundation.units.factories import AppointmentFactory

MONTHS = {19: 0, 20: 20}


def pesel(born: date, ordinal: int = 1234) -> str:
    """A number with the right check digit."""
    ten = f"{born.year % 100:02}{born.month + MONTHS[born.year // 100]:02}{born.day:02}{ordinal:04}"
    return ten + str(check_digit([int(digit) for digit in ten]))


ADULT, OTHER, CHILD = pesel(date(1980, 5, 17)), pesel(date(1975, 2, 3), 4321), pesel(date(2018, 9, 1))


def staff(role: str = "budget_coordinator"):
    """Somebody of the Office."""
    return AppointmentFactory(role_code=role).person


def csv_of(*rows: str, heading: str = "PESEL;Dzielnica", encoding: str = "utf-8") -> bytes:
    """A file as a register gives it."""
    return "\r\n".join([heading, *rows, ""]).encode(encoding)


def xlsx_of(*rows: tuple) -> bytes:
    """The same as a workbook."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def take(vote, content: bytes):
    """Both people at once."""
    from ratusz.participation.voting.actions import bring_register, take_register

    return take_register(brought=bring_register(vote=vote, content=content, person=staff()), person=staff())
