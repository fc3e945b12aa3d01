"""Telling voters of their ballots: notices that committed with a ballot go into the outbox, each once."""

from __future__ import annotations

import logging

from django.db import transaction
from nacl.exceptions import CryptoError

from ratusz.foundation.notifications.models import Content
from ratusz.foundation.notifications.rules import NotDeliverable
from ratusz.participation.voting import notices
from ratusz.participation.voting.models import WaitingNotice

BATCH = 100
logger = logging.getLogger("ratusz.voting")


@transaction.atomic
def tell_voters() -> int:
    """Moves waiting notices into the outbox, in one transaction with taking them away; gives back how many it took."""
    waiting = list(WaitingNotice.objects.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    words: dict[tuple[int, str], Content] = {}
    for each in waiting:
        try:
            notice = notices.unsealed(bytes(each.content))
            kind = (notice.edition, notice.language)
            words[kind] = words.get(kind) or notices.words_of(*kind)
            notices.put_into_outbox(notice, str(each.pk), words[kind])
        except (NotDeliverable, CryptoError):
            # The ballot stands all the same; a notice that cannot go must not hold up the others.
            logger.exception("the notice of a ballot could not be written")
    WaitingNotice.objects.filter(pk__in=[each.pk for each in waiting]).delete()
    return len(waiting)
