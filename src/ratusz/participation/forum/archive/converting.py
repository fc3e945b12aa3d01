"""Words of the old forum (BBCode and HTML) in our own marks; what we have no mark for stays as plain text. Pure."""

from __future__ import annotations

import html
import re

import nh3

_MARKS = (
    (re.compile(r"\[b\](.*?)\[/b\]", re.IGNORECASE | re.DOTALL), r"**\1**"),
    (re.compile(r"\[i\](.*?)\[/i\]", re.IGNORECASE | re.DOTALL), r"*\1*"),
    (re.compile(r"\[url=[\"']?(https?://[^\]\"'\s]+)[\"']?\](.*?)\[/url\]", re.IGNORECASE | re.DOTALL), r"[\2](\1)"),
    (re.compile(r"\[(?:url|img)\](.*?)\[/(?:url|img)\]", re.IGNORECASE | re.DOTALL), r"\1"),
    (re.compile(r"\[\*\]\s*", re.IGNORECASE), "\n- "),
)
_QUOTE = re.compile(r"\[quote(?:=([^\];]{1,60})[^\]]*)?\](.*?)\[/quote\]", re.IGNORECASE | re.DOTALL)
_ANY = re.compile(
    r"\[/?(?:u|s|size|color|center|left|right|justify|font|list|code|highlight|attach|youtube|email)(?:=[^\]]*)?\]", re.IGNORECASE
)
_BREAKS = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def to_marks(words: str) -> str:
    """The words as our own comments are written."""
    text = words.replace("\r\n", "\n")
    if _TAG.search(text):
        text = html.unescape(nh3.clean(_BREAKS.sub("\n", text), tags=set()))
    text = _QUOTE.sub(_quoted, text)
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return re.sub(r"\n{3,}", "\n\n", _ANY.sub("", text)).strip()


def _quoted(found: re.Match[str]) -> str:
    """Names of those who are quoted go: they are authors under made-up names now."""
    lines = [f"> {line}" for line in found[2].strip().splitlines()]
    return "\n" + "\n".join(lines) + "\n\n"
