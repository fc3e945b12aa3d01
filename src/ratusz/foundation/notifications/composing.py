"""From a subject and plain paragraphs to what is sent: HTML by MJML with the city's tokens, placeholders filled for each
recipient."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import mrml
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, urlize
from django.utils.safestring import mark_safe

from ratusz.foundation.notifications import links, rules
from ratusz.foundation.notifications.models import Content, OutboxMessage
from ratusz.foundation.notifications.registry import purposes
from ratusz.ui import chrome, tokens

_PLACEHOLDER = re.compile(r"\[\[([a-z_]+)\]\]")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n+")


@dataclass(frozen=True)
class Attachment:
    """A small file that goes with an e-mail. `media_type` may carry parameters: "text/calendar; method=CANCEL"."""

    name: str
    media_type: str
    body: bytes

    @property
    def kept(self) -> dict[str, str]:
        """As JSON can hold it."""
        return {"name": self.name, "media_type": self.media_type, "body": base64.b64encode(self.body).decode()}

    @classmethod
    def of_kept(cls, kept: dict[str, str]) -> Attachment:
        return cls(kept["name"], kept["media_type"], base64.b64decode(kept["body"]))


@dataclass(frozen=True)
class Envelope:
    """One finished message for an adapter."""

    channel: str
    to: str
    subject: str
    text: str
    html: str = ""
    message_id: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()


def write_content(
    *, subject: str, text: str, button: tuple[str, str] | None = None, language: str = "pl", html: str = ""
) -> Content:
    """An unsaved Content: paragraphs of `text` (parted by empty lines) also as HTML; `button` is its words and its address."""
    subject, text = rules.one_line(subject), rules.readable(text).strip()
    with translation.override(language):
        plain = text if button is None else f"{text}\n\n{button[0]}:\n{button[1]}"
        return Content(subject=subject, text=plain, html=html or _html(subject, text, button, language), language=language)


def _html(subject: str, text: str, button: tuple[str, str] | None, language: str) -> str:
    paragraphs = [_paragraph(part) for part in _PARAGRAPHS.split(text) if part.strip()]
    context: dict[str, Any] = {"subject": subject, "paragraphs": paragraphs, "button": button, "language": language}
    context |= {
        "city": chrome.city(),
        "token": {name.replace("-", "_"): value for name, value in tokens.read().items()},
    }
    return mrml.to_html(render_to_string("notifications/mail/layout.mjml", context)).content


def _paragraph(part: str) -> str:
    linked = urlize(part.strip(), nofollow=False, autoescape=True)
    return mark_safe(linked.replace("\n", "<br/>"))


def template_content(*, template: str, context: dict, button: tuple[str, str] | None = None, language: str = "pl") -> Content:
    """Content from `<template>.subject.txt` and `<template>.txt`; both are plain text, so nothing in them is escaped."""
    with translation.override(language):
        subject = render_to_string(f"{template}.subject.txt", context)
        text = render_to_string(f"{template}.txt", context)
    return write_content(subject=subject, text=text, button=button, language=language)


def envelope_for(message: OutboxMessage) -> Envelope:
    """Fills the placeholders for this recipient; what a variable holds can't become markup or a header."""
    content, address = message.content, message.address
    values = {name: str(value) for name, value in message.variables.items()}
    values |= {"preferences": links.preferences_url(address), "unsubscribe": links.unsubscribe_url(address, message.purpose)}
    return Envelope(
        channel=message.channel,
        to=address.value,
        subject=rules.one_line(_fill(content.subject, values)),
        text=_fill(content.text, values) + (_footer(message, values) if message.channel == "email" else ""),
        html=_fill(content.html, {name: escape(value) for name, value in values.items()}),
        message_id=message.message_id,
        headers=_headers(message, values),
        attachments=[Attachment.of_kept(kept) for kept in content.attachments] if message.channel == "email" else [],
    )


def _fill(text: str, values: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)


def _footer(message: OutboxMessage, values: dict[str, str]) -> str:
    with translation.override(message.content.language):
        sentence = translation.gettext("Choose what we write to you about, or leave:")
    return f"\n\n-- \n{sentence}\n{values['preferences']}\n"


def _headers(message: OutboxMessage, values: dict[str, str]) -> dict[str, str]:
    headers = {"Auto-Submitted": "auto-generated"}
    if message.purpose in purposes and purposes[message.purpose].needs_consent:
        headers |= {"List-Unsubscribe": f"<{values['unsubscribe']}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers
