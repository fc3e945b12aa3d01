"""Tell followers what is new and what was corrected: a row to each recipient, a batch at a time."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import Outgoing, hold_back
from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications.models import Address
from ratusz.publishing.following.actions.things import drop_news
from ratusz.publishing.following.models import PURPOSE, Follow, Telling
from ratusz.publishing.following.rules import is_worth_telling
from ratusz.publishing.website.models import WireItem

BATCH = 500


def hear(item: WireItem, event: str) -> None:
    """What this module registers with the wire: notes in the same transaction that followers are to be told, or no longer."""
    if event == "withdrawn":
        _take_back(item)
    elif is_worth_telling(event, item.published_at, database_now()):
        telling = Telling(item=item, event=event, version=item.version, made_at=database_now())
        Telling.objects.bulk_create([telling], ignore_conflicts=True)


def _take_back(item: WireItem) -> None:
    """Who waits for a digest does not get what was withdrawn meanwhile; a letter that went stays where it is."""
    for telling in Telling.objects.filter(item=item).select_related("item"):
        notifications.take_back_event(purpose=PURPOSE, dedup_key=telling.dedup_key)
    Telling.objects.open().filter(item=item).update(finished_at=database_now())


@transaction.atomic
def tell_followers() -> int:
    """One batch of the oldest telling that nothing holds back; gives back how many people it was. Workers call it in turn."""
    at = database_now()
    open_ones = Telling.objects.open().select_for_update(of=("self",), skip_locked=True).select_related("item")
    telling = next((each for each in open_ones[:20] if not _is_held(each, at)), None)
    if telling is None:
        return 0
    followers = Follow.objects.of_item(telling.item).values("address")
    found = Address.objects.agreeing_to(PURPOSE).filter(
        pk__in=followers, pk__gt=telling.told_up_to, channel="email", language=telling.item.language
    )
    batch = list(found.order_by("pk")[:BATCH])
    if batch:
        _tell(telling, batch)
        telling.told_up_to = batch[-1].pk
    if len(batch) < BATCH:
        telling.finished_at = at
    telling.save(update_fields=["told_up_to", "finished_at"])
    return len(batch)


def _is_held(telling: Telling, at: datetime) -> bool:
    """Whether something, such as the silence before an election, keeps it in the house for now."""
    outgoing = Outgoing(f"following.telling:{telling.pk}", "follow-email", telling.item.title, telling.item.summary)
    return any(hold.blocks for hold in hold_back(outgoing, at))


@transaction.atomic
def hear_decision(subject: str, decision: str, at: datetime) -> None:
    """What was held and is not to leave any more is off the queue."""
    kind, _colon, number = subject.partition(":")
    if decision != "dropped":
        return
    if kind == "following.telling":
        Telling.objects.open().filter(pk=number).update(finished_at=at)
    elif kind == "following.news":
        drop_news(number=number, at=at)


def _tell(telling: Telling, batch: list[Address]) -> None:
    item = telling.item
    with translation.override(item.language):
        title, text = item.title, item.summary
        if telling.event == Telling.Event.CORRECTED:
            words = _("Update: %(title)s") if item.is_update else _("Corrected: %(title)s")
            title, text = words % {"title": item.title}, item.correction
            if item.corrected_from:
                text = _("Was: %(before)s\nIs: %(now)s") % {"before": item.corrected_from, "now": text}
    notifications.collect_for_many(
        addresses=batch,
        purpose=PURPOSE,
        title=title,
        text=f"{title}\n\n{text}".strip(),
        url=settings.PUBLIC_ADDRESS.rstrip("/") + item.url,
        dedup_key=telling.dedup_key,
        language=item.language,
    )
