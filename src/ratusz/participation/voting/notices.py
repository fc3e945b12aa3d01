"""The notice of a cast ballot, with the link "this was not me". It says nothing of the choice and not the number of the ballot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from nacl.secret import SecretBox

from ratusz.foundation.notifications.actions import send
from ratusz.participation.budget.models import Edition

PURPOSE = "voting.ballot"


@dataclass(frozen=True)
class Notice:
    """What a notice is made of: where it goes, the token of its link, whose vote it is, the language of the ballot."""

    contact: str
    token: str
    edition: int
    language: str


@lru_cache(maxsize=1)
def _box() -> SecretBox:
    return SecretBox(sha256(settings.RATUSZ_KEY("voting-notices").encode()).digest())


def sealed(notice: Notice) -> bytes:
    """As it waits in the database."""
    return _box().encrypt(json.dumps(vars(notice)).encode())


def unsealed(content: bytes) -> Notice:
    """What was sealed; nacl.exceptions.CryptoError when it was changed or the key is another one."""
    return Notice(**json.loads(_box().decrypt(content)))


def put_into_outbox(notice: Notice, number: str) -> None:
    """One message a `number`, however often it is called."""
    edition = Edition.objects.get(pk=notice.edition)
    link = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("ballot:not-me", args=[notice.token, notice.language])
    with override(notice.language):
        text = _("A ballot in the participatory budget {year} was cast with this contact. If this was not you: {link}")
        subject = _("Your ballot is in the box")
        words = text.format(year=edition.year, link=link)
    channel = "email" if "@" in notice.contact else "sms"
    send(to=notice.contact, channel=channel, purpose=PURPOSE, dedup_key=f"ballot-{number}", subject=subject, text=words)
