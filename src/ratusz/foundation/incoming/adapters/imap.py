"""An IMAP server, with TLS only, by the standard library's imaplib.

What was taken gets a flag of our own besides \\Seen, so a letter that somebody opened in a mail program is not lost. A server
that keeps no flags of others is read by \\Seen alone.
"""

from __future__ import annotations

import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from ratusz.foundation.incoming.adapters import Came, NotReached
from ratusz.foundation.incoming.rules import LARGEST, LONGEST_HEADERS

TAKEN = "RatuszTaken"
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
FAULTS = (imaplib.IMAP4.error, OSError, ValueError)


class ImapMailbox:
    """One connection for one look. `url` is imaps://user:password@host:port/folder; the folder is INBOX unless named."""

    def __init__(self, url: str) -> None:
        server = urlsplit(url)
        try:
            self.client = _connected(server)
        except FAULTS as problem:
            raise NotReached(_words(problem)) from problem
        try:
            self.client.login(unquote(server.username or ""), unquote(server.password or ""))
            self._select(unquote(server.path.strip("/")) or "INBOX")
        except FAULTS as problem:
            self.close()
            raise NotReached(_words(problem)) from problem

    def _select(self, folder: str) -> None:
        """A folder with letters other than ASCII is named as the server lists it (modified UTF-7)."""
        quoted = folder.replace("\\", "\\\\").replace('"', '\\"')
        self._done(self.client.select(f'"{quoted}"'))
        kept = b" ".join(_bytes(each) for each in self.client.untagged_responses.get("PERMANENTFLAGS") or [])
        self.keeps_flags = b"\\*" in kept or TAKEN.encode() in kept

    def waiting(self, most: int) -> Iterator[Came]:
        wanted = ("UNKEYWORD", TAKEN, "UNDELETED") if self.keeps_flags else ("UNSEEN", "UNDELETED")
        try:
            found = self._done(self.client.uid("SEARCH", *wanted))
            numbers = (found[0] or b"").split()[:most]
            for number in numbers:
                came = self._came(number.decode())
                if came is not None:
                    yield came
        except FAULTS as problem:
            raise NotReached(_words(problem)) from problem

    def _came(self, uid: str) -> Came | None:
        facts = b" ".join(_bytes(each) for each in self._done(self.client.uid("FETCH", uid, "(RFC822.SIZE INTERNALDATE)")))
        size = _SIZE.search(facts)
        if size is None:  # gone meanwhile
            return None
        is_whole = int(size[1]) <= LARGEST
        # PEEK: reading alone marks nothing. The size is what the server says, so no more is asked for than we would keep.
        part = f"(BODY.PEEK[]<0.{LARGEST + 1 if is_whole else LONGEST_HEADERS}>)"
        body = next((each[1] for each in self._done(self.client.uid("FETCH", uid, part)) if isinstance(each, tuple)), None)
        if body is None:
            return None
        return Came(uid, _arrived(facts), int(size[1]), body, is_whole and len(body) <= LARGEST)

    def mark(self, came: Came) -> None:
        try:
            flags = f"(\\Seen {TAKEN})" if self.keeps_flags else "(\\Seen)"
            self._done(self.client.uid("STORE", came.key, "+FLAGS.SILENT", flags))
        except FAULTS as problem:
            raise NotReached(_words(problem)) from problem

    def close(self) -> None:
        try:
            self.client.logout()
        except FAULTS:
            self.client.shutdown()

    def _done(self, answer: tuple[str, list[Any]]) -> list[Any]:
        if answer[0] != "OK":
            raise imaplib.IMAP4.error(answer[0])
        return answer[1]


def _connected(server: Any) -> imaplib.IMAP4:
    context = ssl.create_default_context(cafile=settings.RATUSZ_MAIL_AUTHORITIES or None)
    host, timeout = server.hostname or "localhost", settings.RATUSZ_IMAP_TIMEOUT
    if server.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, server.port or 993, ssl_context=context, timeout=timeout)
    client = imaplib.IMAP4(host, server.port or 143, timeout=timeout)
    try:
        client.starttls(context)
    except FAULTS:
        client.shutdown()
        raise
    return client


def _arrived(facts: bytes) -> datetime | None:
    found = imaplib.Internaldate2tuple(facts)
    return datetime.fromtimestamp(time.mktime(found), UTC) if found else None


def _bytes(answer: Any) -> bytes:
    return b" ".join(answer) if isinstance(answer, tuple) else answer or b""


def _words(problem: Exception) -> str:
    """What went wrong, without what the server repeats of names and passwords."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"TLS: {problem.verify_message}"
    if isinstance(problem, OSError):
        return problem.strerror or type(problem).__name__
    said = str(problem)
    return said.partition("]")[0].lstrip("b'\"[") if said.startswith(("b'[", "[", 'b"[')) else "IMAP"
