"""What is kept of a letter, why one could not be read, where it may go next, who may read it: pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

MEGABYTE = 1024 * 1024
LARGEST = 30 * MEGABYTE
"""Bytes of one letter: with its attachments in base64 about 22 MB of files. What is larger stays in the mailbox and is told of."""
LONGEST_HEADERS = 256 * 1024
LONGEST_TEXT = 200_000
"""Characters of the text that staff read; the rest is in the letter as it came."""
LONGEST_HTML = 600_000
"""Characters of markup without pictures; some markup takes browsers' own parsers a time that grows with its square."""
MOST_PARTS, DEEPEST = 200, 20
MOST_ATTACHMENTS = 10

PROBLEMS = {
    "too_large": gettext_lazy("The letter is larger than 30 MB. It stays in the mailbox: open it there, or ask for a smaller one."),
    "too_many_parts": gettext_lazy("The letter has too many parts inside one another, as harmful ones do. Open it only with IT."),
    "long_headers": gettext_lazy("The header of the letter is too long, as harmful ones have it. Open it only with IT."),
    "broken": gettext_lazy("The letter is damaged and cannot be taken apart. Ask its sender to send it again."),
    "nothing": gettext_lazy("There is neither text nor an attachment in the letter. Ask its sender to send it again."),
    "encrypted": gettext_lazy("The letter is encrypted. Ask its sender for one without encryption, or for a form on the website."),
    "winmail": gettext_lazy("Outlook packed the whole letter into winmail.dat, which is not opened here. Ask for plain text."),
    "same_id": gettext_lazy("It has the identifier of an earlier letter, but says something else. Compare them."),
    "report": gettext_lazy("A mail server tells that a message of ours was not delivered, or was."),
    "auto_reply": gettext_lazy("An automatic answer, such as of somebody on leave."),
    "mailing_list": gettext_lazy("A mailing to many: a newsletter or a discussion list."),
    "own": gettext_lazy("It came from our own address."),
    "calendar": gettext_lazy("An invitation to a calendar, without words of its own."),
    "spam": gettext_lazy("It looks like spam. A person decides: nothing is deleted."),
}
"""Why a letter does not wait like the others, by code, in the words of the screen."""
AUTOMATIC = ("report", "auto_reply", "mailing_list", "own", "calendar")
"""Written by machines: set apart and never answered."""
SHUT = pgettext_lazy("an attachment", "It is not opened here. It stays in the letter as it came.")


class LetterRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles do not let them do this."""


def problem_words(code: str) -> str:
    """The sentence of a code; "" for none."""
    return str(PROBLEMS.get(code, ""))


def may(person: Any, deed: str, letter: Any, at: datetime) -> bool:
    """Deeds: `read` (the text and who wrote), `settle` (say what becomes of it). The module whose mailbox it is answers."""
    from ratusz.foundation.incoming.registry import mailboxes

    if not getattr(person, "is_active", False) or letter.mailbox not in mailboxes:
        return False
    return mailboxes[letter.mailbox].may(person, deed, letter, at)


def check_may(person: Any, deed: str, letter: Any, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, letter, at):
        raise NotYours


def check_state(letter: Any, *states: str) -> None:
    """Raises LetterRefused when the letter does not stand where the deed needs it."""
    if letter.state not in states:
        raise LetterRefused(gettext("Somebody has dealt with this letter in the meantime. Look at it again."))


def check_kept(letter: Any) -> None:
    """Raises LetterRefused for a letter whose text was erased."""
    if letter.erased_at is not None:
        raise LetterRefused(gettext("The text of this letter is erased; only what became of it is known."))


def check_reason(words: str) -> str:
    """The reason in one form; raises LetterRefused without one."""
    words = " ".join(words.split())[:500]
    if not words:
        raise LetterRefused(gettext("Write why: whoever looks for this letter later will read it."))
    return words
