"""Addresses in one form, quiet hours, limits, what may stand in a header: pure, the moment is an argument."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.telephones import international_number

WARSAW = ZoneInfo("Europe/Warsaw")
QUIET_FROM, QUIET_TO = time(21), time(8)
TRIES = 20
"""About two and a half days of rests: as long as a mail server usually keeps trying."""


class NotDeliverable(ValidationError):
    """The address cannot be one; the message says what is wrong in the person's words."""


class LimitReached(Exception):
    """Too many messages of this purpose went to this address within the hour."""


def clean_address(channel: str, value: str) -> str:
    """The one form in which an address is kept and compared; raises NotDeliverable."""
    value = unicodedata.normalize("NFKC", value).strip()
    if channel == "letter":
        return _clean_postal(value)
    if _control(value):
        raise NotDeliverable(_("There are characters in the address that do not belong there."))
    return _clean_email(value) if channel == "email" else _clean_phone(value)


def _control(value: str) -> bool:
    return any(unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp") for letter in value)


def _clean_email(value: str) -> str:
    value = value.lower()
    try:
        validate_email(value)
    except ValidationError:
        raise NotDeliverable(_("Write the e-mail address in full, for example jan.kowalski@example.pl.")) from None
    # No internationalised mailbox names: few servers take them, and look-alikes pass for somebody else's address.
    if not value.isascii() or len(value) > 254:
        raise NotDeliverable(_("Write the e-mail address without Polish letters."))
    return value


def _clean_phone(value: str) -> str:
    number = international_number(value)
    if number is None:
        raise NotDeliverable(_("Write a phone number of nine digits, for example 600 100 200."))
    return number


def _clean_postal(value: str) -> str:
    lines = [" ".join(line.split()) for line in value.splitlines()]
    lines = [line for line in lines if line]
    if not 2 <= len(lines) <= 6 or any(_control(line) or len(line) > 80 for line in lines):
        raise NotDeliverable(_("Write the name, the street and the postcode with the town, each on a line of its own."))
    return "\n".join(lines)


def lookup_of(channel: str, value: str, key: str) -> str:
    """The keyed hash by which an address is found (64 hexadecimal digits); `value` as `clean_address` gives it."""
    folded = value.casefold().replace("\n", " ")
    return hmac.new(key.encode(), f"{channel}:{folded}".encode(), hashlib.sha256).hexdigest()


def message_id(dedup_key: str, domain: str, key: str) -> str:
    """The Message-ID that follows from what the message is, so a second copy can be told by any mail server."""
    digest = hmac.new(key.encode(), f"message-id:{dedup_key}".encode(), hashlib.sha256).hexdigest()
    return f"<{digest[:40]}@{domain}>"


def one_line(text: str, longest: int = 200) -> str:
    """Text fit for a header: no line breaks or control characters, no doubled spaces, not too long.

    The e-mail library decodes `=?…?=` found in a value and would write out the line breaks hidden in it, so that mark is broken up.
    """
    letters = (letter for letter in text if unicodedata.category(letter) not in ("Cf", "Cs"))
    cleaned = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in letters)
    return " ".join(cleaned.split()).replace("=?", "= ?")[:longest].rstrip()


def readable(text: str) -> str:
    """Text without the control characters that no letter may hold (XML 1.0); a name typed with one must not stop a message."""
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs"))


def may_go_at(channel: str, at: datetime, is_urgent: bool) -> datetime:
    """The first moment from `at` on when this message may go: a text message waits from 21:00 to 8:00 unless urgent."""
    local = at.astimezone(WARSAW)
    if channel != "sms" or is_urgent or QUIET_TO <= local.time() < QUIET_FROM:
        return at
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_TO, tzinfo=WARSAW).astimezone(at.tzinfo)


def hour_of(at: datetime) -> datetime:
    """The start of the clock hour in which limits are counted."""
    return at.replace(minute=0, second=0, microsecond=0)


def mask(channel: str, value: str) -> str:
    """The address as it may be shown on a page opened by a link: j…@example.pl, •••200."""
    if channel == "email":
        name, _at, domain = value.partition("@")
        return f"{name[:1]}…@{domain}"
    return f"•••{value[-3:]}" if channel == "sms" else value.splitlines()[0] if value else ""


def may(person: Any, deed: str, subject: Any = None, at: datetime | None = None) -> bool:
    """Whether staff may see the outbox (`see_outbox`), settle a doubtful message (`settle_message`), print letters or change
    suppressions."""
    if not getattr(person, "is_active", False):
        return False
    needed = {
        "see_outbox": "view_outboxmessage",
        "settle_message": "change_outboxmessage",
        "see_suppressions": "view_suppression",
        "change_suppression": "change_suppression",
        "print_letters": "change_printedletter",
    }[deed]
    return person.has_perm(f"ratusz_notifications.{needed}")
