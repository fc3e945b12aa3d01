"""From the bytes of a letter to what it says: who, when, text, attachments, or why it cannot be read. Pure, never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from zoneinfo import ZoneInfo

from ratusz.foundation.incoming import rules
from ratusz.foundation.incoming.reading.charsets import decoded, header_words
from ratusz.foundation.incoming.reading.html import text_of_html
from ratusz.foundation.incoming.reading.sorting import machine_of

SENT_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
"""Where our own address may stand: first what servers note of the envelope, then what the sender wrote."""
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_BESIDE = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_MEETING = "text/calendar"
WINMAIL = "application/ms-tnef"
KEPT = "_said"


@dataclass(frozen=True)
class Found:
    """One attachment: its name, its kind as declared, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass
class Read:
    """What a letter says. `problem` is a code of rules.PROBLEMS, and then the rest may be empty."""

    message_id: str = ""
    sender: str = ""
    """The address it comes from, as written."""
    sender_name: str = ""
    sent_to: tuple[str, ...] = ()
    """Addresses in small letters, those of the envelope first."""
    subject: str = ""
    dated_at: datetime | None = None
    text: str = ""
    is_cut: bool = False
    attachments: list[Found] = field(default_factory=list)
    problem: str = ""


def read_letter(content: bytes, *, is_whole: bool = True) -> Read:
    """What the bytes say. `is_whole` False: only the beginning of a letter that is too large; then its header alone is read."""
    end = _HEADER_END.search(content)
    if (end.start() if end else len(content)) > rules.LONGEST_HEADERS:
        return Read(problem="long_headers")
    if is_whole and _looks_like_a_bomb(content):
        return _head(content, "too_many_parts")
    if not is_whole:
        return _head(content, "too_large")
    try:
        return _whole(content)
    except RecursionError:
        return _head(content, "too_many_parts")
    except Exception:  # whatever a hostile letter makes the parser do, it is told of and the next one is read
        return _head(content, "broken")


def _looks_like_a_bomb(content: bytes) -> bool:
    """Before anything is taken apart: what would nest deeper than any program writes it."""
    small = content.lower()
    return small.count(b"boundary=") > rules.MOST_PARTS or small.count(b"message/rfc822") > rules.DEEPEST


def _head(content: bytes, problem: str) -> Read:
    try:
        return _addressed(BytesParser(policy=compat32).parsebytes(content[: rules.LONGEST_HEADERS], headersonly=True), problem)
    except Exception:  # a header that cannot be read either: the sentence alone is shown
        return Read(problem=problem)


def _addressed(letter: Message, problem: str = "") -> Read:
    name, address = _sender(letter)
    return Read(
        message_id=header_words(letter.get("Message-ID"), 500), sender=address, sender_name=name, sent_to=_sent_to(letter),
        subject=header_words(letter.get("Subject"), 500), dated_at=_dated(letter), problem=problem,
    )  # fmt: skip


def _sender(letter: Message) -> tuple[str, str]:
    """The name is decoded after the address was cut off: an encoded name cannot pass for an address."""
    for name, address in _pairs(letter, "From") + _pairs(letter, "Sender"):
        if "@" in address:
            return header_words(name, 200), address.strip().lower()[:254]
    return "", ""


def _pairs(letter: Message, name: str) -> list[tuple[str, str]]:
    values = [str(each)[:4000] for each in letter.get_all(name, [])[:20]]
    return getaddresses(values)[:200]


def _sent_to(letter: Message) -> tuple[str, ...]:
    found = [address.strip().lower()[:254] for name in SENT_TO for _name, address in _pairs(letter, name) if "@" in address]
    return tuple(dict.fromkeys(found))


def _dated(letter: Message) -> datetime | None:
    try:
        said = parsedate_to_datetime(header_words(letter.get("Date"), 100))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if not 1980 < said.year < 2200:
        return None
    return said if said.tzinfo else said.replace(tzinfo=ZoneInfo("UTC"))


def _whole(content: bytes) -> Read:
    letter = BytesParser(policy=compat32).parsebytes(content)
    found = _addressed(letter)
    leaves = list(_leaves(letter, 0))
    if len(leaves) > rules.MOST_PARTS:
        return _head(content, "too_many_parts")
    said = [_said(part) for part in leaves if _is_text(part)]
    text = "\n\n".join(words for words, _is_cut in said if words).strip()
    found.text, found.is_cut = text[: rules.LONGEST_TEXT], len(text) > rules.LONGEST_TEXT or any(is_cut for _words, is_cut in said)
    found.attachments = [_attachment(part) for part in leaves if not _is_text(part) and not _is_beside(part)]
    found.problem = machine_of(letter, found.sender) or _problem_of(letter, leaves, found)
    return found


def _leaves(part: Message, depth: int) -> Iterator[Message]:
    """The parts that say something, in order; of alternatives the plainest that does."""
    if depth > rules.DEEPEST:
        raise RecursionError
    kind = part.get_content_type()
    if not part.is_multipart() or kind.startswith("message/"):
        yield part
        return
    inside = [each for each in part.get_payload() if isinstance(each, Message)]  # type: ignore[union-attr]
    if kind == "multipart/alternative":
        yield from _best_of(inside, depth)
        return
    for each in inside:
        yield from _leaves(each, depth + 1)


def _best_of(inside: list[Message], depth: int) -> Iterator[Message]:
    versions = [list(_leaves(each, depth + 1)) for each in inside]
    plain = [each for each in versions if any(_is_text(part) and _said(part)[0] for part in each)]
    chosen = min(plain, key=lambda each: each[0].get_content_type() != "text/plain", default=versions[0] if versions else [])
    yield from chosen
    # A calendar or a picture that is only in another version of the letter is not lost.
    for each in versions:
        if each is not chosen:
            yield from (part for part in each if not _is_text(part))


def _is_text(part: Message) -> bool:
    return (
        part.get_content_type() in ("text/plain", "text/html") and not part.is_multipart()
        and part.get_content_disposition() != "attachment" and not part.get_filename()
    )  # fmt: skip


def _is_beside(part: Message) -> bool:
    """Signatures, and small pictures of the letterhead that only HTML showed."""
    return part.get_content_type() in _BESIDE


def _said(part: Message) -> tuple[str, bool]:
    """The words of a part and whether it says more than is read; read once."""
    kept = part.__dict__
    if KEPT not in kept:
        content = part.get_payload(decode=True) or b""
        text = decoded(content, str(part.get_content_charset() or ""))  # type: ignore[arg-type]
        kept[KEPT] = text_of_html(text) if part.get_content_type() == "text/html" else (text.strip(), False)
    return kept[KEPT]


def _attachment(part: Message) -> Found:
    kind = part.get_content_type()
    if part.is_multipart():
        inside = part.get_payload()
        content = b"".join(each.as_bytes() for each in inside if isinstance(each, Message))  # type: ignore[union-attr]
    else:
        content = part.get_payload(decode=True) or b""  # type: ignore[assignment]
    name = header_words(part.get_filename(), 130)
    return Found(name or {"message/rfc822": "list.eml", _MEETING: "kalendarz.ics"}.get(kind, ""), kind, content)


def _problem_of(letter: Message, leaves: list[Message], found: Read) -> str:
    if letter.get_content_type() in _SEALED and (letter.get_param("smime-type") or "") != "signed-data":
        return "encrypted"
    if found.text:
        return ""
    kinds = {part.get_content_type() for part in leaves}
    if kinds & set(_SEALED):
        return "encrypted"
    if WINMAIL in kinds or any(each.name.lower() == "winmail.dat" for each in found.attachments):
        return "winmail"
    if _MEETING in kinds:
        return "calendar"
    return "" if any(each.content for each in found.attachments) else "nothing"
