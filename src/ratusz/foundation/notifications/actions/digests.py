"""Collect events and tell each person of them in one mail a day or a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import ngettext

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.actions.outbox import keep_content, keep_contents, queue, queue_each, send
from ratusz.foundation.notifications.composing import write_content
from ratusz.foundation.notifications.models import Address, Consent, Content, DigestItem, OutboxMessage, Rhythm, RhythmChoice
from ratusz.foundation.notifications.registry import purposes

DIGEST = "notifications.digest"
PEOPLE = 1000
"""Addresses whose digests are written in one transaction."""


@transaction.atomic
def choose_rhythm(*, address: Address, purpose: str, rhythm: str) -> None:
    """Sets how often a person hears of a purpose: Rhythm.AT_ONCE, DAILY or WEEKLY.

    What waited for a digest goes at once when the person wants it so; no later digest would take it along.
    """
    RhythmChoice.objects.update_or_create(address=address, purpose=purpose, defaults={"rhythm": Rhythm(rhythm)})
    if rhythm == Rhythm.AT_ONCE:
        _send_to([address.pk], rhythm)


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
    """One mail to each person with events that wait in this rhythm; gives back how many mails. Safe to run twice.

    So many people at a time in a handful of statements (50,000 of them within 2 minutes: bench digest), each group in a
    transaction of its own: a run that breaks off is taken up by the next one where it stopped.
    """
    sent, last = 0, 0
    while people := _waiting_after(last):
        sent += _send_to(people, rhythm)
        last = people[-1]
    return sent


def _waiting_after(address: int) -> list[int]:
    """Numbers of the next addresses with events that wait."""
    waiting = DigestItem.objects.filter(message__isnull=True, address__gt=address).order_by("address")
    return list(waiting.values_list("address", flat=True).distinct()[:PEOPLE])


@transaction.atomic
def _send_to(people: Sequence[int], rhythm: str) -> int:
    """Writes the digests of these addresses, under their locks; the same words are written down once."""
    addresses = list(Address.objects.select_for_update(of=("self",)).filter(pk__in=people).order_by("pk"))
    items = _items([each.pk for each in addresses], rhythm)
    contents: dict[tuple[str, str, str], Content] = {}
    rows: list[tuple[Address, Content, str]] = []
    for address in addresses:
        if own := items.get(address.pk):
            subject, text = _words(own, address.language)
            words = (subject, text, address.language)
            if words not in contents:
                contents[words] = write_content(subject=subject, text=text, language=address.language)
            rows.append((address, contents[words], f"digest:{address.pk}:{max(item.pk for item in own)}"))
    keep_contents(contents=list(contents.values()))
    numbers = queue_each(purpose=DIGEST, rows=rows)
    _told([(item.pk, numbers[key]) for address, _content, key in rows for item in items[address.pk]])
    return len(rows)


def _told(pairs: Sequence[tuple[int, int]]) -> None:
    """Which message tells each event; one statement, however many."""
    sql = f"""
        UPDATE {DigestItem._meta.db_table} AS event SET message_id = found.message
        FROM unnest(%s::bigint[], %s::bigint[]) AS found (event, message) WHERE event.id = found.event
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [[event for event, _message in pairs], [message for _event, message in pairs]])


def _items(people: Sequence[int], rhythm: str) -> dict[int, list[DigestItem]]:
    """What waits in this rhythm by address, of purposes the person still agrees to; the rest is let go."""
    chosen = RhythmChoice.objects.filter(address__in=people).values_list("address", "purpose", "rhythm")
    rhythms = {(address, purpose): rhythm for address, purpose, rhythm in chosen}
    agreed = set(Consent.objects.live().filter(address__in=people).values_list("address", "purpose"))
    waiting = DigestItem.objects.filter(address__in=people, message__isnull=True).order_by(
        "address", "purpose", "happened_at", "pk"
    )
    items: dict[int, list[DigestItem]] = defaultdict(list)
    refused = []
    for item in waiting:
        if rhythms.get((item.address_id, item.purpose), Rhythm.DAILY) != rhythm:
            continue
        needs_consent = item.purpose in purposes and purposes[item.purpose].needs_consent
        if needs_consent and (item.address_id, item.purpose) not in agreed:
            refused.append(item.pk)
        else:
            items[item.address_id].append(item)
    DigestItem.objects.filter(pk__in=refused).delete()
    return items


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
