"""Polish words: the order of the alphabet, search without accents, plurals, slugs, no-break spaces."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

NO_BREAK_SPACE = "\u00a0"
TELLS_EQUALS_APART = 40
"""How many letters of the text itself end its sort key, for accents and capitals of otherwise equal texts."""
POLISH_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"

# "~" is above every letter, so "ą" stands between "az" and "b"; ż has two, because it follows ź.
_LETTERS = {letter: letter for letter in POLISH_ALPHABET if letter.isascii()} | {
    "ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z~", "ż": "z~~",
}  # fmt: skip
_WITHOUT_STROKE = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ı": "i",
    }
)
_LONG_NUMBER = re.compile(r"\+?\d(?:[ \u00a0\-./()]{0,2}\d){8,}")
_PIECES = re.compile(r"(?P<number>\d+)|(?P<word>[^\W\d_]+)|(?P<between>[\W_]+)")
_ONE_LETTER_WORD = re.compile(r"(?<![^\W_])(?<!['’-])([aiouwzAIOUWZ]) +(?=\S)")
_NUMBER_AND_ITS_UNIT = re.compile(
    r"(?<=\d) +(?=(?:r|zł|gr|proc|tys|mln|mld|ha|m|km|cm|mm|kg|min|godz|pkt|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca"
    r"|sierpnia|września|października|listopada|grudnia|%)(?!\w))"
)


def polish_sort_key(text: str) -> str:
    """A string whose code-point order is the Polish order of `text`; store it in a column with `db_collation="C"`.

    Word by word (a space or a hyphen comes before digits, digits before letters), numbers by their value ("Dzielnica 2" before
    "Dzielnica 10"), letters with foreign accents as their base letter; small letters before capitals only between equal texts.
    The key takes at most some two letters for one of the text, and 41 more.
    """
    text = unicodedata.normalize("NFKC", text)
    pieces = []
    for match in _PIECES.finditer(text.lower()):
        if match["number"]:
            pieces.append(_number_key(match["number"]))
        elif match["word"]:
            pieces.append("".join(_letter_key(letter) for letter in unicodedata.normalize("NFC", match["word"])))
        else:
            pieces.append("#")
    return "".join(pieces).strip("#") + "!" + text[:TELLS_EQUALS_APART].swapcase()


def _number_key(digits: str) -> str:
    """Longer numbers are greater: the length goes first (nines for each nine digits, then the rest)."""
    value = str(int(digits)) if len(digits) < 4000 else digits.lstrip("0")
    return "9" * (len(value) // 9) + str(len(value) % 9) + value


def _letter_key(letter: str) -> str:
    if key := _LETTERS.get(letter):
        return key
    base = _without_accents(letter)
    return "".join(_LETTERS.get(part, "}" + part) for part in base)


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_WITHOUT_STROKE))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_WITHOUT_STROKE)


def search_key(text: str) -> str:
    """`text` for comparing without accents and case: "Żółw  Łódzki" and "zolw lodzki" give the same. Spaces are single."""
    return " ".join(_without_accents(_without_accents(text).casefold()).split())


def without_long_numbers(text: str) -> str:
    """The text without numbers of nine digits and more, by which a person may be known: telephones, PESEL, accounts."""
    return _LONG_NUMBER.sub(" ", unicodedata.normalize("NFKC", text))


def slug(text: str, max_length: int = 80) -> str:
    """A part of an address from Polish text, cut between words: "Żółw i łódź" gives "zolw-i-lodz"; empty when nothing is left."""
    words = re.findall(r"[a-z0-9]+", search_key(text))
    whole = "-".join(words)
    if len(whole) <= max_length:
        return whole
    cut = whole[: max_length + 1].rpartition("-")[0]
    return cut or whole[:max_length]


def plural(number: int | float | Decimal, one: str, few: str, many: str, fraction: str = "") -> str:
    """The form of a Polish noun for a number: 1 głos, 2 głosy, 5 głosów; `fraction` ("głosu") for 1,5, otherwise `few`."""
    if number != int(number):
        return fraction or few
    whole = abs(int(number))
    if whole == 1:
        return one
    if whole % 10 in (2, 3, 4) and whole % 100 not in (12, 13, 14):
        return few
    return many


def count_of(number: int, one: str, few: str, many: str) -> str:
    """The number with its noun, never broken between lines: count_of(1248, "głos", "głosy", "głosów") is "1 248 głosów"."""
    return f"{grouped(number)}{NO_BREAK_SPACE}{plural(number, one, few, many)}"


def grouped(number: int) -> str:
    """A whole number with its thousands apart by no-break spaces and a real minus sign: "1 248 068"."""
    return f"{number:,}".replace(",", NO_BREAK_SPACE).replace("-", "\u2212")


def size_in_words(size: int) -> str:
    """So many bytes as people read it: "1 kB" at least, "2,4 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{NO_BREAK_SPACE}kB"
    return f"{decimal_comma(size / 1_000_000, 1)}{NO_BREAK_SPACE}MB"


def decimal_comma(number: float | Decimal, places: int) -> str:
    """A number rounded to `places` with a decimal comma and grouped thousands: "1 248,5"."""
    return f"{number:,.{places}f}".replace(",", NO_BREAK_SPACE).replace(".", ",").replace("-", "\u2212")


def no_break(text: str) -> str:
    """For print and headings: a no-break space after one-letter words (w, z, i, o, u, a) and between a number and its unit."""
    text = _ONE_LETTER_WORD.sub(rf"\1{NO_BREAK_SPACE}", text)
    return _NUMBER_AND_ITS_UNIT.sub(NO_BREAK_SPACE, text)
