"""Who answers for the text, when it is read again, as of when it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import polish_date
from ratusz.publishing.gates.findings import NOTE, WARN, Missing
from ratusz.publishing.gates.reading import Reading
from ratusz.publishing.gates.targets import Targets


def owner(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W01: a unit answers for the text, and readers can write to it."""
    if not reading.has_care:
        return
    if reading.owner_unit is None:
        yield Missing(_("Say which unit answers for this text."), reading.url_of("owner_unit"))
    if not reading.contact.strip():
        yield Missing(_("Give the e-mail address of the unit to which a reader may write."), reading.url_of("contact"))


def review(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W02: somebody reads it again within a year."""
    if not reading.has_care:
        return
    months = targets.of_office("review_within")
    url, last = reading.url_of("review_date"), _months_later(targets.day, months)
    if reading.review_date is None:
        yield Missing(_("Set the day when somebody reads this text again."), url)
    elif reading.review_date > last:
        yield Missing(_("Set the day of the next review within a year, at latest on %(day)s.") % {"day": polish_date(last)}, url)
    elif reading.review_date < targets.day:
        yield Missing(_("The day of the review has passed: read the text and set the next one."), url, WARN)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)  # pragma: no cover - every month has 28 days


def moments(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W11: facts say as of when they hold; a disruption or a banner says until when."""
    if reading.asks_as_of and reading.as_of is None:
        yield Missing(_("Write as of when these facts hold."), reading.url_of("as_of"))
    if reading.asks_expiry and reading.expires_at is None:
        yield Missing(_("Say until when this holds; after that it disappears by itself."), reading.url_of("expires_at"))
    elif reading.expires_at is not None and reading.expires_at <= at:
        yield Missing(_("The time until which this holds has passed."), reading.url_of("expires_at"), NOTE)
