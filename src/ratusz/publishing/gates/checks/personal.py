"""Data of private persons that slipped into a text: PESEL and account numbers, phones, addresses, private mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from ratusz.foundation.kit.lemmas import is_first_name
from ratusz.foundation.kit.personal_marks import ACCOUNT, ADDRESS, MAIL, MOBILE, PESEL, TWO_NAMES, is_account
from ratusz.foundation.kit.pesel import PeselRefused, read_pesel
from ratusz.foundation.kit.telephones import international_number
from ratusz.publishing.gates.findings import WARN, Missing
from ratusz.publishing.gates.reading import Reading
from ratusz.publishing.gates.targets import Targets

NEAR = 60
"""How many letters from a person's name an address counts as theirs."""


def personal_data(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W09. The number itself is never repeated in the words."""
    phones = _office_phones(reading, targets)
    accounts = {_digits(account) for account in targets.of_office("accounts")}
    private = frozenset(targets.of_office("private_mail"))
    for text, kind, url in reading.all_words:
        if any(character.isdigit() for character in text):
            yield from _numbers(text, url, targets.day, accounts)
            if kind != "contact" and any(international_number(found[0]) not in phones for found in MOBILE.finditer(text)):
                yield Missing(_mobile_words(reading), url, WARN)
            if kind != "contact" and _has_private_address(text):
                words = _("An address stands beside a person's name. Take it out unless the person agreed and readers need it.")
                yield Missing(words, url, WARN)
        if any(found[1].lower() in private for found in MAIL.finditer(text)):
            yield Missing(_("A private e-mail address stands here. Give the unit's address instead."), url, WARN)


def _mobile_words(reading: Reading) -> str:
    if reading.has_care or reading.contact or any(passage.kind == "contact" for passage in reading.passages):
        return _("A mobile number stands here. If it is a private one, take it out; an office number belongs in a contact block.")
    return _("A mobile number stands here. Take it out: everybody reads these words.")


def _numbers(text: str, url: str, day: date, accounts: set[str]) -> Iterator[Missing]:
    for found in ACCOUNT.finditer(text):
        number = _digits(found[0])
        if number not in accounts and is_account(number):
            words = _("A bank-account number stands here. Take it out, unless it is the Office's own and on its list.")
            yield Missing(words, url)
    if any(_is_pesel(found[0], day) for found in PESEL.finditer(ACCOUNT.sub(" ", text))):
        yield Missing(_("A PESEL number stands here. Take it out: it may not be published."), url)


def _is_pesel(text: str, day: date) -> bool:
    try:
        read_pesel(text, day)
    except PeselRefused:
        return False
    return True


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _office_phones(reading: Reading, targets: Targets) -> set[str | None]:
    contacts = " ; ".join(passage.text for passage in reading.passages if passage.kind == "contact")
    known = [*reading.known_phones, *targets.of_office("phones"), *(found[0] for found in MOBILE.finditer(contacts))]
    return {international_number(phone) for phone in known}


def _has_private_address(text: str) -> bool:
    """A street with a number near a first name and a surname; the name in the street's own name is none."""
    for found in ADDRESS.finditer(text):
        around = text[max(0, found.start() - NEAR) : found.start()] + " ; " + text[found.end() : found.end() + NEAR]
        if any(is_first_name(name[1]) for name in TWO_NAMES.finditer(around)):
            return True
    return False
