"""Text messages through a gateway's HTTP address: POST {"to", "text", "id"} as JSON with a bearer token.

The address is set by whoever runs the server, never by a visitor, and usually lies in the office's own network, so it does not pass
the guarded way out. `id` is the message's own: a gateway that knows it already answers 409 and sends nothing twice.
"""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

from django.conf import settings

from ratusz.foundation.notifications.adapters import Permanent, Temporary, Uncertain
from ratusz.foundation.notifications.composing import Envelope


class SmsTransport:
    """One request a message; `timeout` in seconds."""

    def __init__(self, url: str | None = None, token: str | None = None, timeout: float | None = None):
        self.url = urlsplit(url or settings.RATUSZ_SMS_URL)
        self.token = settings.RATUSZ_SMS_TOKEN if token is None else token
        self.timeout = timeout or settings.RATUSZ_SMS_TIMEOUT

    def send(self, envelope: Envelope) -> None:
        connection = self._connect()
        try:
            code = self._answer(connection, envelope)
        finally:
            connection.close()
        if code in (200, 201, 202, 409):
            return
        if code in (404, 422):
            raise Permanent(f"HTTP {code}", address_is_bad=code == 422)
        if code == 400:
            raise Permanent(f"HTTP {code}")
        raise Temporary(f"HTTP {code}")

    def close(self) -> None:
        """Nothing is kept open."""

    def _connect(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
        connection = kind(self.url.hostname or "", self.url.port, timeout=self.timeout)
        try:
            connection.connect()
        except OSError as error:
            raise Temporary(type(error).__name__) from error
        return connection

    def _answer(self, connection: http.client.HTTPConnection, envelope: Envelope) -> int:
        body = json.dumps({"to": envelope.to, "text": envelope.text, "id": envelope.message_id})
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        try:
            connection.request("POST", self.url.path or "/", body=body, headers=headers)
            return connection.getresponse().status
        except (http.client.HTTPException, OSError) as error:
            raise Uncertain(type(error).__name__) from error
