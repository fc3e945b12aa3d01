"""E-mail by SMTP, step by step, because what a fault means depends on the step it happens in."""

from __future__ import annotations

import re
import smtplib
import ssl
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from ratusz.foundation.notifications.adapters import Permanent, Temporary, Uncertain
from ratusz.foundation.notifications.adapters.mime import mime_bytes
from ratusz.foundation.notifications.composing import Envelope

_NO_SUCH_MAILBOX = re.compile(rb"\b5\.1\.\d+\b")
_ENHANCED = re.compile(rb"\b5\.\d+\.\d+\b")
_BAD_MAILBOX_CODES = (550, 551, 553)
LARGEST_BATCH_OF_ONE_CONNECTION = 100


class SmtpTransport:
    """One connection kept for a batch. `url` is smtp://user:password@host:port?tls=starttls|no or smtps://…; `timeout` in
    seconds."""

    def __init__(self, url: str | None = None, timeout: float | None = None):
        self.server = urlsplit(url or settings.RATUSZ_SMTP_URL)
        self.timeout = timeout or settings.RATUSZ_SMTP_TIMEOUT
        self.client: smtplib.SMTP | None = None
        self.count = 0

    def send(self, envelope: Envelope) -> None:
        data = mime_bytes(envelope, settings.DEFAULT_FROM_EMAIL)
        self._open_transaction()
        self._recipient(envelope.to)
        self._body(data)
        self.count += 1

    def close(self) -> None:
        client, self.client, self.count = self.client, None, 0
        if client:
            try:
                client.quit()
            except (smtplib.SMTPException, OSError):
                client.close()

    def _drop(self) -> None:
        client, self.client, self.count = self.client, None, 0
        if client:
            client.close()

    def _connect(self) -> smtplib.SMTP:
        host, port = self.server.hostname or "localhost", self.server.port or 25
        context = ssl.create_default_context()
        if self.server.scheme == "smtps":
            client: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=self.timeout, context=context)
        else:
            client = smtplib.SMTP(host, port, timeout=self.timeout)
        try:
            if self.server.scheme == "smtp" and parse_qs(self.server.query).get("tls", ["no"])[0] == "starttls":
                client.starttls(context=context)
            if self.server.username:
                client.login(unquote(self.server.username), unquote(self.server.password or ""))
            client.ehlo_or_helo_if_needed()
        except Exception:
            client.close()
            raise
        return client

    def _open_transaction(self) -> None:
        """Connects and names the sender. A fault here is ours or the server's, never the recipient's: always worth another try."""
        if self.count >= LARGEST_BATCH_OF_ONE_CONNECTION:
            self.close()
        is_old = self.client is not None
        try:
            if self.client is None:
                self.client = self._connect()
            code, _words = self.client.mail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            if is_old:
                return self._open_transaction()
            raise Temporary(type(error).__name__) from error
        if code != 250:
            self._drop()
            raise Temporary(f"MAIL {code}")

    def _recipient(self, to: str) -> None:
        assert self.client
        try:
            code, words = self.client.rcpt(to)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise Temporary(type(error).__name__) from error
        if code in (250, 251):
            return
        self._reset()
        if 400 <= code < 500:
            raise Temporary(f"RCPT {code}")
        raise Permanent(f"RCPT {code}", address_is_bad=_is_bad_address(code, words))

    def _body(self, data: bytes) -> None:
        assert self.client
        try:
            code, _words = self.client.docmd("DATA")
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise Temporary(type(error).__name__) from error
        if code != 354:
            self._reset()
            raise Temporary(f"DATA {code}") if code < 500 else Permanent(f"DATA {code}")
        try:
            self.client.send(smtplib._quote_periods(data) + b".\r\n")  # type: ignore[attr-defined]
            code, _words = self.client.getreply()
        except (smtplib.SMTPException, OSError) as error:
            # The dot may have arrived: the server may have taken the message although its answer did not reach us.
            self._drop()
            raise Uncertain(type(error).__name__) from error
        if code != 250:
            raise Temporary(f"END {code}") if code < 500 else Permanent(f"END {code}")

    def _reset(self) -> None:
        assert self.client
        try:
            self.client.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()


def _is_bad_address(code: int, words: bytes) -> bool:
    """RFC 3463: 5.1.x speaks of the address; a bare 550, 551 or 553 usually too; 5.2 (full) and 5.7 (policy) do not."""
    if _ENHANCED.search(words):
        return bool(_NO_SUCH_MAILBOX.search(words))
    return code in _BAD_MAILBOX_CODES
