"""The bytes of an e-mail. Headers come from cleaned single lines only, so nothing in a text or a name becomes a header."""

from __future__ import annotations

from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr

from ratusz.foundation.notifications.composing import Envelope
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
    return message.as_bytes()
