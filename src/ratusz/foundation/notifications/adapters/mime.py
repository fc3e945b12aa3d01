"""The bytes of an e-mail. Headers come from cleaned single lines only, so nothing in a text or a name becomes a header."""

from __future__ import annotations

from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr

from ratusz.foundation.notifications.composing import Attachment, Envelope
from ratusz.foundation.notifications.rules import one_line

_POLICY = SMTP.clone(cte_type="7bit")


def mime_bytes(envelope: Envelope, sender: str) -> bytes:
    """The message with CRLF line ends, text first, HTML as the alternative. `sender` may carry a name: "Miasto <x@y>"."""
    message = EmailMessage(policy=_POLICY)
    name, address = parseaddr(sender)
    message["From"] = MailAddress(display_name=one_line(name), addr_spec=address)
    message["To"] = MailAddress(addr_spec=envelope.to)
    message["Subject"] = one_line(envelope.subject)
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = envelope.message_id
    for header, value in envelope.headers.items():
        message[header] = one_line(value, longest=900)
    message.set_content(envelope.text, charset="utf-8")
    if envelope.html:
        message.add_alternative(envelope.html, subtype="html", charset="utf-8")
    for each in envelope.attachments:
        _attach(message, each)
    return message.as_bytes()


def _attach(message: EmailMessage, each: Attachment) -> None:
    """In base64, so that no mail server breaks the lines of a calendar entry."""
    kind, *parameters = [part.strip() for part in each.media_type.split(";")]
    main, _slash, sub = kind.partition("/")
    named = dict(parameter.split("=", 1) for parameter in parameters)
    message.add_attachment(each.body, maintype=main, subtype=sub, cte="base64", filename=one_line(each.name), params=named)
