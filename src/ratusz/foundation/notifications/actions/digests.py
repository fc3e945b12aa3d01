"""Collect events and tell each person of them in one mail a day or a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import ngettext

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.actions.outbox import keep_content, queue, send
from ratusz.foundation.notifications.composing import write_content
from ratusz.foundation.notifications.models import Address, Consent, DigestItem, OutboxMessage, Rhythm, RhythmChoice
from ratusz.foundation.notifications.registry import purposes

DIGEST = "notifications.digest"


@transaction.atomic
def choose_rhythm(*, address: Address, purpose: str, rhythm: str) -> None:
    """Sets how often a person hears of a purpose: Rhythm.AT_ONCE, DAILY or WEEKLY.

    What waited for a digest goes at once when the person wants it so; no later digest would take it along.
    """
    RhythmChoice.objects.update_or_create(address=address, purpose=purpose, defaults={"rhythm": Rhythm(rhythm)})
    if rhythm == Rhythm.AT_ONCE:
        _send_one(address.pk, rhythm)


@transaction.atomic
def collect(*, to: Address, purpose: str, title: str, dedup_key: str, url: str = "", at: datetime | None = None) -> None:
    """Keeps an event for the person's next digest, or tells it at once if they chose so. The key makes it told once."""
    choice = RhythmChoice.objects.filter(address=to, purpose=purpose).first()
    if choice and choice.rhythm == Rhythm.AT_ONCE:
        send(to=to, purpose=purpose, subject=title, text=f"{title}\n\n{url}".strip(), dedup_key=f"event:{to.pk}:{dedup_key}")
        return
    item = DigestItem(
        address=to, purpose=purpose, title=title[:200], url=url, happened_at=at or database_now(), dedup_key=dedup_key
    )
    DigestItem.objects.bulk_create([item], ignore_conflicts=True)


@transaction.atomic
def collect_for_many(
    *, addresses: Sequence[Address], purpose: str, title: str, text: str, url: str, dedup_key: str, language: str = "pl"
) -> None:
    """The same event for many people in a handful of statements: each in their rhythm, each once for the key."""
    now, choices = database_now(), RhythmChoice.objects.filter(purpose=purpose, rhythm=Rhythm.AT_ONCE, address__in=addresses)
    at_once = set(choices.values_list("address_id", flat=True))
    common = {"purpose": purpose, "title": title[:200], "url": url, "happened_at": now, "dedup_key": dedup_key}
    later = [DigestItem(address=address, **common) for address in addresses if address.pk not in at_once]
    DigestItem.objects.bulk_create(later, ignore_conflicts=True)
    if at_once:
        content = keep_content(content=write_content(subject=title, text=f"{text}\n\n{url}".strip(), language=language))
        queue(address_ids=sorted(at_once), purpose=purpose, content=content, dedup_suffix=dedup_key)


@transaction.atomic
def take_back_event(*, purpose: str, dedup_key: str) -> int:
    """An event that is not true any more leaves the digests that were not written yet; gives back from how many."""
    return DigestItem.objects.filter(purpose=purpose, dedup_key=dedup_key, message__isnull=True).delete()[0]


def send_digests(*, rhythm: str) -> int:
    """One mail to each person with events that wait in this rhythm; gives back how many mails. Safe to run twice."""
    waiting = DigestItem.objects.filter(message__isnull=True).values_list("address", flat=True).distinct()
    return sum(_send_one(pk, rhythm) for pk in waiting)


@transaction.atomic
def _send_one(address_id: int, rhythm: str) -> bool:
    address = Address.objects.select_for_update().get(pk=address_id)
    items = _items(address, rhythm)
    if not items:
        return False
    subject, text = _words(items, address.language)
    key = f"digest:{address.pk}:{max(item.pk for item in items)}"
    message = send(to=address, purpose=DIGEST, subject=subject, text=text, dedup_key=key)
    DigestItem.objects.filter(pk__in=[item.pk for item in items]).update(message=message)
    return True


def _items(address: Address, rhythm: str) -> list[DigestItem]:
    """What waits in this rhythm, of purposes the person still agrees to; the rest is let go."""
    rhythms = dict(RhythmChoice.objects.filter(address=address).values_list("purpose", "rhythm"))
    agreed = set(Consent.objects.live().filter(address=address).values_list("purpose", flat=True))
    waiting = DigestItem.objects.filter(address=address, message__isnull=True).order_by("purpose", "happened_at")
    items = [item for item in waiting if rhythms.get(item.purpose, Rhythm.DAILY) == rhythm]
    refused = [
        item.pk
        for item in items
        if item.purpose in purposes and purposes[item.purpose].needs_consent and item.purpose not in agreed
    ]
    DigestItem.objects.filter(pk__in=refused).delete()
    return [item for item in items if item.pk not in refused]


def _words(items: list[DigestItem], language: str) -> tuple[str, str]:
    with translation.override(language):
        subject = ngettext("%(count)s new matter", "%(count)s new matters", len(items)) % {"count": len(items)}
    return subject, "\n\n".join(f"{item.title}\n{item.url}".strip() for item in items)


def let_go(*, address: Address, purpose: str) -> None:
    """After a person left a purpose: its events are dropped, and a digest not yet sent is taken back to be written anew."""
    DigestItem.objects.filter(address=address, purpose=purpose, message__isnull=True).delete()
    waiting = OutboxMessage.objects.filter(address=address, purpose=DIGEST, state="waiting", digest_items__purpose=purpose)
    ids = list(waiting.values_list("pk", flat=True))
    DigestItem.objects.filter(message__in=ids, purpose=purpose).delete()
    DigestItem.objects.filter(message__in=ids).update(message=None)
    OutboxMessage.objects.filter(pk__in=ids).delete()
