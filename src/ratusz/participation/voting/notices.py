"""The notice of a cast ballot, with the link "this was not me". It says nothing of the choice and not the number of the ballot."""

from __future__ import annotations

import logging
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ratusz.foundation.notifications.actions import send
from ratusz.participation.budget.models import Edition

PURPOSE = "voting.ballot"
logger = logging.getLogger("ratusz.voting")


def tell_of_ballot(*, contact: str, token: str, edition: Edition, language: str) -> None:
    """Into the outbox. The ballot stands already, so one that cannot be written goes into our log."""
    link = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("ballot:not-me", args=[token, language])
    with override(language):
        text = _("A ballot in the participatory budget {year} was cast with this contact. If this was not you: {link}")
        subject = _("Your ballot is in the box")
        words = text.format(year=edition.year, link=link)
    try:
        channel = "email" if "@" in contact else "sms"
        send(to=contact, channel=channel, purpose=PURPOSE, dedup_key=f"ballot-{uuid4()}", subject=subject, text=words)
    except Exception:
        logger.exception("the notice of a ballot could not be written")
