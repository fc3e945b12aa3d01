"""Where a text may hold somebody's data: names, PESEL, telephone, mailbox, address, number plate, account. A person decides.

The patterns of numbers are those by which the gates stop a text; here they are wider, because a mark costs a look and a miss
costs somebody's secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ratusz.foundation.kit.lemmas import base_forms, is_first_name, is_surname

ACCOUNT = re.compile(r"(?<!\d)(?:PL ?)?\d{2}(?:[ \u00a0-]?\d{4}){6}(?!\d)")
PESEL = re.compile(r"(?<![\d+])\d{2}[ \u00a0-]?\d{2}[ \u00a0-]?\d{2}[ \u00a0-]?\d{5}(?!\d)")
MOBILE = re.compile(
    r"(?<![\d,.+])(?:\+48|0048)?[ \u00a0-]?(?:45|5[0137]|6[069]|7[2389]|88)\d(?:[ \u00a0-]?\d{3}){2}"
    r"(?![\d,]|[ \u00a0]?(?:zł|PLN|euro|mln|tys))"
)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@([\w-]+(?:\.[\w-]+)+)")
ADDRESS = re.compile(
    r"(?:\bul\.|\bal\.|\bos\.|\bpl\.|\bulic[ayę]|\bprzy ul\.) ?[^\d\n,;]{2,50}? \d{1,4}[A-Za-z]?(?:(?:/| m\. ?)\d{1,4})?"
)
TWO_NAMES = re.compile(r"\b([A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]+)[ \u00a0](?=[A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]+)")

NAME, NATIONAL, TELEPHONE, MAILBOX, HOME, PLATE, BANK = "name", "pesel", "phone", "mail", "address", "plate", "account"
KINDS = (NAME, NATIONAL, TELEPHONE, MAILBOX, HOME, PLATE, BANK)

_GAP = r"[ \u00a0.-]{0,2}"
_PHONE = re.compile(
    rf"(?<![\d,])(?:\(?(?:\+|00){_GAP}48\)?{_GAP})?(?:\d{{3}}(?:{_GAP}\d{{3}}){{2}}|\(?0?\d{{2}}\)?{_GAP}\d{{3}}(?:{_GAP}\d{{2}}){{2}})"
    r"(?!\d|,\d|[ \u00a0]?(?:zł|PLN|euro|mln|tys|m2|m²|ha\b))"
)
_ELEVEN = re.compile(r"(?<![\d+])\d(?:[ \u00a0-]?\d){10}(?!\d)")
_MAILBOX = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\(małpa\)|\[małpa\]| at | małpa )\s?[\w-]+"
    r"(?:\s?(?:\.|\(kropka\)| kropka )\s?[\w-]+)+",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:ul|al|os|pl|ulic[aęyą]|alej[aęią]|osiedl[eua]|plac[u]?)\b\.? ?[^\d\n,;:()]{2,50}? ?\d{1,4}(?: ?[A-Za-z]\b)?"
    r"(?: ?(?:/|m\.?|lok\.?|mieszkani[ea]|mieszkaniu) ?\d{1,4})?(?!\d)",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?:mieszka\w*|zamieszka\w*|adres\w*|zameldowan\w*|zam\.|mój dom|nasz dom)\b[^\d\n.!?]{0,60}?"
    r"(?:[A-ZĄĆĘŁŃÓŚŹŻ][\w-]+ ){1,3}\d{1,4}[A-Za-z]?(?: ?(?:/|m\.?|lok\.?) ?\d{1,4})?"
)
_FLAT = re.compile(r"\b(?:[A-ZĄĆĘŁŃÓŚŹŻ][\w-]+ ){1,3}\d{1,4}[A-Za-z]? ?(?:/|m\. ?|lok\. ?)\d{1,4}\b")
_POSTCODE = re.compile(r"(?<!\d)\d{2}-\d{3} [A-ZĄĆĘŁŃÓŚŹŻ]\w+")
_PLATE = re.compile(r"\b[A-Z]{2,3}[ -]?(?=[A-Z0-9]{0,4}\d[A-Z0-9]{0,4}\b)(?=(?:[A-Z]*\d){2})[A-Z0-9]{4,5}\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TITLE_WORDS = """
pan pani pana panu panem panią panie państwo państwa państwu p sąsiad sąsiadka sąsiada sąsiadki sąsiadowi sąsiadce sąsiadem
sąsiadką dr mgr inż prof ks radny radna radnego radnej dyrektor dyrektorka dyrektora kierownik kierowniczka doktor doktora
mecenas lekarz lekarka podpisano podpisana podpisany poważaniem mąż żona syn córka nazwisko
"""
_PLACE_WORDS = """
ul al pl os ulica ulicy ulicę ulicą aleja alei aleję plac placu osiedle osiedlu osiedla im imienia rondo ronda skwer skweru park
parku parkiem
"""
_TITLES, _OF_A_PLACE = frozenset(_TITLE_WORDS.split()), frozenset(_PLACE_WORDS.split())


@dataclass(frozen=True, order=True)
class Mark:
    """A part of a text that may be somebody's data: from the letter `start` up to `end`, and of what kind (see KINDS)."""

    start: int
    end: int
    kind: str


def is_account(digits: str) -> bool:
    """Whether 26 digits are a Polish account number: country and check digits at the end, modulo 97 gives 1 (ISO 13616)."""
    return int(digits[2:] + "2521" + digits[:2]) % 97 == 1


def personal_marks(text: str) -> list[Mark]:
    """All marks in the order of the text; none lies over another: the longer one of two counts, of equals the first of KINDS."""
    found = sorted(_numbers(text)) + sorted(_names(text))
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda each: (each.start - each.end, KINDS.index(each.kind), each.start)):
        if all(mark.end <= other.start or mark.start >= other.end for other in kept):
            kept.append(mark)
    return sorted(kept)


def tells_contact(text: str) -> bool:
    """Whether a mailbox, a telephone, a PESEL or an account seems to stand in the text; names and addresses are not looked for."""
    return any(mark.kind in (BANK, NATIONAL, TELEPHONE, MAILBOX) for mark in _numbers(text))


def _numbers(text: str) -> Iterator[Mark]:
    if any(character.isdigit() for character in text):
        for kind, patterns in (
            (BANK, (ACCOUNT,)), (NATIONAL, (PESEL, _ELEVEN)), (TELEPHONE, (MOBILE, _PHONE)), (PLATE, (_PLATE,)),
            (HOME, (_STREET, _LIVES, _FLAT, _POSTCODE)),
        ):  # fmt: skip
            for pattern in patterns:
                yield from _found(pattern.finditer(text), kind)
    yield from _found(_MAILBOX.finditer(text), MAILBOX)


def _found(matches: Iterable[re.Match[str]], kind: str) -> Iterator[Mark]:
    for match in matches:
        start = match.start() + len(match[0]) - len(match[0].lstrip(" \u00a0"))
        yield Mark(start, match.start() + len(match[0].rstrip()), kind)


def _names(text: str) -> Iterator[Mark]:
    """A first name beside another name, a surname after a title or an initial; not the patron of a street."""
    words = list(_WORD.finditer(text))
    place = 0
    while place < len(words):
        length = _length(words, place, text)
        if length:
            yield Mark(words[place].start(), words[place + length - 1].end(), NAME)
        place += max(length, 1)


def _length(words: list[re.Match[str]], place: int, text: str) -> int:
    """How many words from here are somebody's name; 0 for none."""
    before = words[place - 1][0].lower() if place else ""
    if before in _OF_A_PLACE and not text[words[place - 1].end() : words[place].start()].strip(". \u00a0"):
        return 0
    word, after = words[place][0], _next(words, place, text)
    if _is_first(word) and after and (_is_last(after) or after[:1].isupper() or _is_first(after)):
        third = _next(words, place + 1, text)
        return 3 if third and third[:1].isupper() and _is_last(third) else 2
    if _is_last(word) and word[:1].isupper() and after and _is_first(after) and after[:1].isupper():
        return 2
    if _is_last(word) and word[:1].isupper() and after[:1].isupper() and _is_first(_next(words, place + 1, text) or "-"):
        return 3
    if len(word) == 1 and word.isupper() and after and after[:1].isupper() and _is_last(after) and _is_initial(words, place, text):
        return 2
    return 1 if before in _TITLES and word[:1].isupper() and (_is_last(word) or _is_first(word)) else 0


def _next(words: list[re.Match[str]], place: int, text: str) -> str:
    """The word that stands right after, with spaces or the dot of an initial between; "" when something else does."""
    if place + 1 >= len(words):
        return ""
    between = text[words[place].end() : words[place + 1].start()]
    is_near = not between.strip(" \u00a0") or (between.strip() == "." and len(words[place][0]) == 1)
    return words[place + 1][0] if is_near else ""


def _is_initial(words: list[re.Match[str]], place: int, text: str) -> bool:
    return text[words[place].end() :].startswith(".")


@lru_cache(maxsize=20_000)
def _is_first(word: str) -> bool:
    """A first name as written, in capitals or in small letters alike; a small one only when it is no other word."""
    if word[:1].isupper():
        return is_first_name(word) or is_first_name(word.capitalize())
    return len(word) > 2 and is_first_name(word.capitalize()) and word not in _TITLES and not _is_common(word)


@lru_cache(maxsize=20_000)
def _is_last(word: str) -> bool:
    """A surname by the dictionary, or by the ending that only surnames have; each part of a double one."""
    parts = word.split("-")
    return all(len(part) > 1 and (is_surname(part.capitalize()) or _ENDING.search(part.lower()) is not None) for part in parts)


_ENDING = re.compile(
    r"(?:[sc]k|dzk)(?:i|iego|iemu|im|a|iej|ą|ich|imi)$|(?:owicz|ewicz)(?:a|owi|em|u|owie|ów|om|ami|ach)?$"
    r"|czyk(?:a|owi|iem|u)?$"
)


def _is_common(word: str) -> bool:
    return any(form[:1].islower() for form in base_forms(word))
