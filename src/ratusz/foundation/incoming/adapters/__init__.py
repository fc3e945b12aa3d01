"""Mailboxes, behind one contract: a maildir folder, an IMAP server with TLS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit


class NotReached(Exception):
    """The mailbox cannot be read now; the words go above the list of letters, and nothing in them is secret."""


@dataclass(frozen=True)
class Came:
    """A letter in the mailbox that nobody has taken yet. `content` are its bytes, only the first ones when `is_whole` is False."""

    key: str
    arrived_at: datetime | None
    """When the server had it; None when it does not say."""
    size: int
    content: bytes
    is_whole: bool = True


class Source(Protocol):
    """One mailbox, opened for one look."""

    def waiting(self, most: int) -> Iterator[Came]:
        """Letters not marked yet, the oldest first, read one by one. Raises NotReached."""

    def mark(self, came: Came) -> None:
        """Marks a letter as read. Marked by somebody else meanwhile, or gone, it is left so. Raises NotReached."""

    def close(self) -> None:
        """Lets the mailbox go."""


def open_mailbox(url: str) -> Source:
    """`maildir:///folder`, `imaps://user:password@host:993/INBOX` or `imap://…`, which goes on only after STARTTLS.

    Raises NotReached.
    """
    from ratusz.foundation.incoming.adapters.imap import ImapMailbox
    from ratusz.foundation.incoming.adapters.maildir import MaildirMailbox

    scheme = urlsplit(url).scheme
    if scheme == "maildir":
        return MaildirMailbox(urlsplit(url).path)
    if scheme in ("imaps", "imap"):
        return ImapMailbox(url)
    raise NotReached(f"RATUSZ_REMARKS_MAILBOX: {scheme}://?")
