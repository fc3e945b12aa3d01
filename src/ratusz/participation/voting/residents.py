"""By what one person is known in a vote, the same on every channel: a PESEL, or name, street and year of birth.

Whoever has no PESEL and is let in by a declaration is known by name, street and year also where the others are known by PESEL.
"""

from __future__ import annotations

import re
from datetime import date

from ratusz.foundation.kit.pesel import Pesel, age_on
from ratusz.foundation.kit.words import search_key
from ratusz.participation.voting import envelopes
from ratusz.participation.voting.rules import age_band

ADDRESS, PESEL, LETTER, DESK = "address", "pesel", "letter", "desk"
"""Ways to know a voter, as `Vote.identity` names them."""
NODE, OIDC = "node", "oidc"

KINDS_OF_STREET = frozenset(("ul", "ulica", "al", "aleja", "aleje", "pl", "plac", "os", "osiedle", "nr"))
FLAT = frozenset(("m", "mieszkanie", "mieszkania", "lok", "lokalu"))
"""What some write before the name of a street, before a house or a flat, and others leave out."""
CHILD, GUARDIAN = "child", "guardian"
"""Facts of a proof: the voter is a child; a guardian has said yes."""


def is_known_by_pesel(preset: str) -> bool:
    """Whether voters of this preset are told apart by PESEL."""
    return preset != ADDRESS


def plain(text: str) -> str:
    """A name or a street in the one form under which it is digested: no accents, no signs, one space, small letters."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in search_key(text)).split())


def plain_name(name: str) -> str:
    """A person's name in one form, whether the surname stands first or last."""
    return " ".join(sorted(plain(name).split()))


def plain_street(street: str) -> str:
    """A street with house and flat in one form: "ul. Rynek 3 m. 4", "Rynek 3/4" and "Rynek 3m4" are one home."""
    words = re.sub(r"(\d)(?:m|lok)(\d)", r"\1 \2", plain(street)).split()
    before = zip(words, [*words[1:], ""], strict=False)
    return " ".join(
        word for word, following in before if word not in KINDS_OF_STREET and not (word in FLAT and following[:1].isdigit())
    )


def key_by_address(edition: int, name: str, street: str, born_year: int) -> bytes:
    """The digest of somebody who is known by name, street and year of birth."""
    return envelopes.voter_key(edition, "address", plain_name(name), plain_street(street), str(born_year))


def key_by_pesel(edition: int, pesel: Pesel) -> bytes:
    """The digest of somebody who is known by PESEL."""
    return envelopes.voter_key(edition, "pesel", pesel.number)


def band_on(born: date, day: date) -> str:
    """The published age band of somebody on a day."""
    return age_band(age_on(born, day))


def needs_guardian(born: date, day: date, below: int) -> bool:
    """Whether somebody of this age votes with a guardian."""
    return age_on(born, day) < below


def asks_register(preset: str) -> bool:
    """Whether only people of the register go straight on; known by name and address alone, everybody who lives here does."""
    return preset != ADDRESS
