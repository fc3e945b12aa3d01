"""Personal data leave moderation: when a person asks, and when their time is over. That something was judged, and why, stays."""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q

from ratusz.casework.moderation import catalogue
from ratusz.casework.moderation.models import Appeal, Flag, Item, Judgement, Suspension
from ratusz.foundation.kit.clock import database_now

NO_WORDS = {"facts": "", "words_before": "", "words_after": "", "statement": ""}


@transaction.atomic
def erase_items(*, items: models.QuerySet[Item]) -> int:
    """Takes author and words out of items, flags, judgements and appeals; gives back how many rows lost something."""
    numbers, now = list(items.values_list("pk", flat=True)), database_now()
    judgements = Judgement.objects.filter(item__in=numbers, erased_at=None).update(**NO_WORDS, erased_at=now)
    appeals = Appeal.objects.filter(judgement__item__in=numbers, erased_at=None)
    answered = appeals.update(words="", answer="", words_after="", erased_at=now)
    about = Flag.objects.filter(item__in=numbers).exclude(words="").update(words="")
    authors = (
        Item.objects.filter(pk__in=numbers)
        .exclude(author=None, author_address="")
        .update(author=None, author_address="", signals=[])
    )
    Suspension.objects.filter(judgement__item__in=numbers).update(author=None, author_address="")
    return judgements + answered + about + authors


@transaction.atomic
def erase_flags(*, flags: models.QuerySet[Flag]) -> int:
    """Takes who flagged and their words out; that there was a flag stays in the count."""
    gone = {
        "reporter": None,
        "words": "",
        "sender": models.functions.Concat(models.Value("erased:"), models.F("pk"), output_field=models.CharField()),
    }
    return flags.update(**gone)


@transaction.atomic
def forget_words() -> int:
    """Every night: items closed longer ago than the pack says lose author, words and flags' words. Gives back how many rows did."""
    now = database_now()
    old = Item.objects.closed_before(now - timedelta(days=catalogue.term("kept_days", now)))
    flags = Flag.objects.filter(item__in=old).exclude(Q(reporter=None) & Q(words="") & Q(sender__startswith="erased:"))
    rows = erase_flags(flags=flags)
    return rows + erase_items(items=old)
