"""Which lines of a letter are its own words, and which are a greeting, a quote of an older letter or a signature. Pure.

Only a proposal: whoever reads the letter sees every line with what is said of it, and decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WORDS, GREETING, QUOTE, SIGNATURE = "words", "greeting", "quote", "signature"
_GREETING = re.compile(
    r"^(dzień dobry|dobry wieczór|witam|szanown[iyae]\b.{0,40}|cześć|hej|доброго дня|добрий день|вітаю|hello|hi|dear .{0,40})"
    r"[\s,.!]*$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^\s*(>|\|)")
_QUOTE_BEGINS = re.compile(
    r"^\s*(-{2,}\s*(original message|wiadomość oryginalna|treść oryginalna|oryginalna wiadomość|forwarded message"
    r"|wiadomość przekazana( dalej)?|початкове повідомлення)\s*-{2,}"
    r"|(w dniu|dnia|on|\w{2,4}[.,] )\b.{4,160}\b(napisała?|napisał\(a\)|pisze|wrote|пише)\s*:?\s*$"
    r"|.{6,160}\b(napisał\(a\)|napisała?|wrote)\s*:\s*$)",
    re.IGNORECASE,
)
_HEADER_OF_QUOTE = re.compile(r"^\s*\**(od|from|від)\**\s*:\**\s*\S", re.IGNORECASE)
_FURTHER_HEADER = re.compile(r"^\s*\**(wysłano|data|sent|date|do|to|temat|subject|dw|cc)\**\s*:", re.IGNORECASE)
_SIGNATURE_LINE = re.compile(r"^-- ?$|^_{5,}$")
_SENT_FROM = re.compile(r"^\s*(wysłan[eoay]\b.{0,20}\bz|sent from|надіслано з)\b.{0,80}$", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"(wiadomość|informacj|e-mail|message).{0,120}(poufn|confidential|wyłącznie dla adresata|administratorem danych)", re.IGNORECASE
)
_GOODBYE = re.compile(
    r"^\s*((serdecznie |z góry |łączę )?(pozdrawiam|pozdrowienia|dziękuję|dziękujemy)\b.{0,30}|z poważaniem|z wyrazami szacunku"
    r"|z uszanowaniem|kind regards|best regards|regards|з повагою)[\s,.!]*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*(?:(?:ad\.? ?)?(\d{1,2})[.)]|(\d{1,2})\s*[-–:])\s+\S", re.IGNORECASE)
LONGEST_GOODBYE = 8
"""Lines after "Pozdrawiam" that still are a signature."""


@dataclass(frozen=True)
class Block:
    """Lines that belong together. `kind` is one of the four above; `number` is that of a numbered point, 0 of others."""

    words: str
    kind: str = WORDS
    number: int = 0


def blocks_of(text: str) -> list[Block]:
    """The blocks of a letter in order: parted by empty lines, by a change of kind and before numbered points. No line is lost."""
    lines = text.replace("\r\n", "\n").split("\n")
    kinds = _kinds(lines)
    found: list[Block] = []
    held: list[str] = []
    kind, number = WORDS, 0

    def close() -> None:
        if words := "\n".join(held).strip("\n"):
            found.append(Block(words, kind, number))
        held.clear()

    for line, is_of in zip(lines, kinds, strict=True):
        begins = int(_point(line)) if is_of == WORDS else 0
        if not line.strip() or is_of != kind or begins:
            close()
            kind, number = is_of, begins
        if line.strip():
            held.append(line.rstrip())
    close()
    return found


def _point(line: str) -> str:
    match = _NUMBERED.match(line)
    return (match[1] or match[2]) if match else "0"


def _kinds(lines: list[str]) -> list[str]:
    """The kind of each line; once the quote of a whole older letter begins, all that follows belongs to it."""
    kinds = [QUOTE if _QUOTED.match(line) else WORDS for line in lines]
    end = next((number for number, line in enumerate(lines) if _begins_quote(lines, number, line)), len(lines))
    kinds[end:] = [QUOTE] * (len(lines) - end)
    begin = _signature_from(lines[:end], kinds)
    kinds[begin:end] = [each if each == QUOTE else SIGNATURE for each in kinds[begin:end]]
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines and kinds[first] == WORDS and _GREETING.match(lines[first].strip()):
        kinds[first] = GREETING
    return kinds


def _begins_quote(lines: list[str], number: int, line: str) -> bool:
    if len(line) > 400:
        return False
    if _QUOTE_BEGINS.match(line):
        return True
    if not _HEADER_OF_QUOTE.match(line):
        return False
    return any(_FURTHER_HEADER.match(each[:400]) for each in lines[number + 1 : number + 4])


def _signature_from(lines: list[str], kinds: list[str]) -> int:
    """Where the signature begins: the mark "-- ", a goodbye near the end, or what a telephone or an office adds."""
    for number, line in enumerate(lines):
        if _SIGNATURE_LINE.match(line[:400]):
            return number
    said = [number for number, line in enumerate(lines) if line.strip() and kinds[number] == WORDS]
    begin = len(lines)
    for number in reversed(said):
        if _SENT_FROM.match(lines[number][:200]) or _DISCLAIMER.search(lines[number][:600]):
            begin = number
            continue
        break
    near = [number for number in said if number < begin][-LONGEST_GOODBYE:]
    goodbye = next((number for number in near if _GOODBYE.match(lines[number][:120])), begin)
    # A letter that is nothing but a goodbye keeps its words.
    return goodbye if said and goodbye > said[0] else begin


def has_own_words(blocks: list[Block]) -> bool:
    """Whether something is left besides greeting, quote and signature; a forwarded letter may have nothing else."""
    return any(each.kind == WORDS for each in blocks)
