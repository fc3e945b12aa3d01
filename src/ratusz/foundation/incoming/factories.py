"""Letters as they come, a maildir to put them into, and letters already kept, for tests and the demo city."""

from __future__ import annotations

import os
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from ratusz.foundation.incoming.actions.keeping import keep_letter
from ratusz.foundation.incoming.adapters import Came
from ratusz.foundation.incoming.models import Letter
from ratusz.foundation.kit.clock import database_now

OURS = "konsultacje@ratusz.example"


def make_bytes(
    text: str = "Dzień dobry,\n\nproszę o ławki.\n", *, subject: str = "Uwaga", sender: str = "Ewa Zmyślona <ewa@poczta.example>",
    to: str = OURS, message_id: str = "", files: tuple[tuple[str, str, bytes], ...] = (), html: str = "", **headers: str,
) -> bytes:  # fmt: skip
    """A letter; `files` are (name, media type, bytes), `headers` further ones with _ for -."""
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    if message_id:
        letter["Message-ID"] = message_id
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    if html:
        letter.add_alternative(html, subtype="html")
    for name, media_type, content in files:
        main, _line, sub = media_type.partition("/")
        letter.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return letter.as_bytes()


def make_maildir(folder: Path) -> Path:
    """An empty maildir."""
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return folder


def put(folder: Path, name: str, content: bytes, at: datetime | None = None) -> Path:
    """Puts a letter into the maildir as a mail server does: whole, with the second of its delivery in the name."""
    moment = int((at or database_now()).timestamp())
    path = make_maildir(folder) / "new" / f"{moment}.{name}.poczta"
    (folder / "tmp" / path.name).write_bytes(content)
    (folder / "tmp" / path.name).rename(path)
    os.utime(path, (moment, moment))
    return path


def make_letter(content: bytes | None = None, *, mailbox: str = "remarks", at: datetime | None = None, **facts: Any) -> Letter:
    """A letter kept by the action; `facts` go to make_bytes."""
    content = content if content is not None else make_bytes(**facts)
    return keep_letter(mailbox=mailbox, came=Came("1", at or database_now(), len(content), content))
