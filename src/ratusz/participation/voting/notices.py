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

from ratusz.foundation.notifications.actions import keep_content, send
from ratusz.foundation.notifications.composing import write_content
from ratusz.foundation.notifications.models import Content
from ratusz.participation.budget.models import Edition
from ratusz.publishing.website.own_sites import full_address

PURPOSE = "voting.ballot"
STANDS_FOR_TOKEN = "tokenOfTheBallot"


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


def words_of(edition: int, language: str) -> Content:
    """What notices of one edition say in one language, written once for many; each message fills its token in."""
    year = Edition.objects.values_list("year", flat=True).get(pk=edition)
    link = full_address(reverse("ballot:not-me", args=[STANDS_FOR_TOKEN, language]))
    with override(language):
        text = _("A ballot in the participatory budget {year} was cast with this contact. If this was not you: {link}")
        subject = _("Your ballot is in the box")
        words, title = text.format(year=year, link=link), str(subject)
    # Written with a plain word in the token's place, so that the address becomes a link as a whole.
    content = write_content(subject=title, text=words, language=language)
    content.text = content.text.replace(STANDS_FOR_TOKEN, "[[token]]")
    content.html = content.html.replace(STANDS_FOR_TOKEN, "[[token]]")
    return keep_content(content=content)


def put_into_outbox(notice: Notice, number: str, content: Content) -> None:
    """One message a `number`, however often it is called."""
    send(
        to=notice.contact, channel="email" if "@" in notice.contact else "sms", purpose=PURPOSE, dedup_key=f"ballot-{number}",
        content=content, variables={"token": notice.token},
    )  # fmt: skip
