"""How the clocks of reviews are named."""

from __future__ import annotations

REVIEW, ARCHIVE = "page.review", "page.archive"
_PREFIX = "ledger.page:"


def subject_of(page_number: int) -> str:
    return f"{_PREFIX}{page_number}"


def page_number_of(subject: str) -> int | None:
    """The page a clock belongs to; None for clocks of other modules."""
    number = subject.removeprefix(_PREFIX)
    return int(number) if subject.startswith(_PREFIX) and number.isdecimal() else None
