"""Which letters are written by machines, by their headers (RFC 3834): they are set apart and never answered. Pure."""

from __future__ import annotations

import re
from email.message import Message

from ratusz.foundation.incoming.reading.charsets import header_words

OF_REPORTS = ("delivery-status", "disposition-notification", "feedback-report")
SENT_BY_MACHINES = re.compile(r"^(no-?reply|do-?not-?reply|nie-?odpowiadaj)\b", re.IGNORECASE)
SUBJECTS = re.compile(
    r"^(autoodpowied[zź]|automatyczna odpowied[zź]|odpowied[zź] automatyczna|poza biurem|automatic reply|auto(matic)?[- ]?reply"
    r"|out of office|abwesenheit)",
    re.IGNORECASE,
)


def machine_of(letter: Message, sender: str) -> str:
    """A code of rules.AUTOMATIC, or "" for a letter that somebody wrote. `sender` is the address it comes from."""
    name = sender.partition("@")[0].lower()
    if _is_report(letter) or name in ("mailer-daemon", "postmaster"):
        return "report"
    # An answer on leave also has no way back; only what says nothing else of itself is taken for a report.
    if _is_auto_reply(letter):
        return "auto_reply"
    if _value(letter, "Return-Path") == "<>":
        return "report"
    if letter.get("List-Id") or letter.get("List-Unsubscribe") or _value(letter, "Precedence") in ("bulk", "list", "junk"):
        return "mailing_list"
    return "auto_reply" if SENT_BY_MACHINES.match(name) else ""


def _is_report(letter: Message) -> bool:
    if letter.get_content_type() == "multipart/report":
        return True
    kinds = {part.get_content_subtype() for part in letter.get_payload()} if letter.is_multipart() else set()  # type: ignore[union-attr]
    return bool(kinds & set(OF_REPORTS))


def _is_auto_reply(letter: Message) -> bool:
    submitted = _value(letter, "Auto-Submitted")
    if submitted and submitted.partition(";")[0].strip() != "no":
        return True
    if any(letter.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From")):
        return True
    return _value(letter, "Precedence") == "auto_reply" or bool(SUBJECTS.match(header_words(letter.get("Subject"), 100)))


def _value(letter: Message, name: str) -> str:
    return header_words(letter.get(name), 200).lower()
