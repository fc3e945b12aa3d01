"""Random numbers for people and machines: receipt codes with a check symbol, unguessable keys for addresses.

The 31 symbols leave out I, L, O, U and Z, which a reader takes for 1, 0, V and 2. 31 is a prime, so a weighted sum finds every
single wrong symbol and every two symbols exchanged (as in ISBN-10, with its modulus 11).
"""

from __future__ import annotations

import re
import secrets
import unicodedata

from django.utils.translation import gettext_lazy as _

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXY"
BASE = len(SYMBOLS)
LONGEST = BASE - 1
_TAKEN_FOR = str.maketrans("OILZU", "0112V")
_VALUE = {symbol: value for value, symbol in enumerate(SYMBOLS)}


class CodeMistyped(ValueError):
    """The code was typed wrong; the message says what to do and never repeats it."""


def random_code(length: int = 16) -> str:
    """A code of `length` symbols, the last being the check symbol: 4.95 random bits for each of the others (74 bits for 16)."""
    return with_check_symbol("".join(secrets.choice(SYMBOLS) for _position in range(length - 1)))


def code_of_digest(digest: bytes, length: int = 21) -> str:
    """The code that stands for a digest: its first 4.95 × (length − 1) bits (99 for 21) and the check symbol."""
    number, symbols = int.from_bytes(digest, "big"), []
    if number.bit_length() and len(digest) * 8 < length * 5:
        raise ValueError("The digest is shorter than the code")
    for _position in range(length - 1):
        number, value = divmod(number, BASE)
        symbols.append(SYMBOLS[value])
    return with_check_symbol("".join(symbols))


def with_check_symbol(symbols: str) -> str:
    """Appends the check symbol; at most 30 symbols together, so that all weights differ."""
    if not 1 <= len(symbols) < LONGEST:
        raise ValueError(f"A code has 2 to {LONGEST} symbols")
    # The check symbol has weight 1; the weights 2, 3, 4 … are distinct and never 0 modulo 31.
    total = sum(weight * _VALUE[symbol] for weight, symbol in enumerate(reversed(symbols), start=2))
    return symbols + SYMBOLS[-total % BASE]


def formatted(code: str) -> str:
    """In groups of four, as printed: "K7QM-2X9D-4TRA-0HBN"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def normalised(text: str) -> str:
    """What was typed, in the stored form: capitals without spaces and dashes, look-alike letters read as the symbols they mean."""
    letters = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[\s\-\u2010-\u2015\u2212_.]+", "", letters).translate(_TAKEN_FOR)


def read_code(text: str) -> str:
    """The stored form of a typed code; raises CodeMistyped when a symbol is foreign or the check symbol does not agree."""
    code = normalised(text)
    if not 2 <= len(code) <= LONGEST or set(code) - set(SYMBOLS) or with_check_symbol(code[:-1]) != code:
        raise CodeMistyped(_("This number has a mistake in it. Compare it with your receipt, sign by sign, and type it again."))
    return code


def unguessable_key() -> str:
    """133 random bits in small letters and digits, for an address that only its holder knows."""
    return "".join(secrets.choice(SYMBOLS) for _position in range(27)).lower()
