"""The number on a voter's receipt: 26 signs of SHA-256 of the sealed ballot and a check sign. It says nothing of the choice. Pure.

Base32 of RFC 4648: no 0, 1, 8 or 9, so a misread sign is put right where only one can be meant. The check sign makes
Σ aⁱ·signᵢ zero over the field of 32 elements: one wrong sign, and any two that changed places, always show.
"""

from __future__ import annotations

import base64
from hashlib import sha256

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
SIGNS = 26
GROUP = 5
MODULUS = 0b100101  # x⁵ + x² + 1
MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B"})


def _times_a(value: int) -> int:
    value <<= 1
    return value ^ MODULUS if value & 32 else value


def _sum(signs: str) -> int:
    """Σ aⁱ·signᵢ by Horner, the last sign with a⁰."""
    total = 0
    for sign in signs:
        total = _times_a(total) ^ ALPHABET.index(sign)
    return total


def code_of(inner: bytes) -> str:
    """The number of a sealed ballot, as it is stored: 27 signs."""
    signs = base64.b32encode(sha256(inner).digest()).decode()[:SIGNS]
    return signs + ALPHABET[_times_a(_sum(signs))]


def is_code(text: str) -> bool:
    """Whether these 27 signs can be a number."""
    return len(text) == SIGNS + 1 and all(sign in ALPHABET for sign in text) and _sum(text) == 0


def read_code(typed: str) -> str:
    """A number as somebody typed it, in the stored form; "" when it cannot be one."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(MISREAD)
    return plain if is_code(plain) else ""


def shown(code: str) -> str:
    """In groups of five, as it is printed and read out."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))
