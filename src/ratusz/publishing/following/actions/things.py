"""Follow one thing with a double opt-in, stop, and tell its followers of each change, once."""

from __future__ import annotations

import contextlib
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import Outgoing, hold_back
from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications.composing import template_content
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.registry import purposes
from ratusz.foundation.notifications.rules import LimitReached
from ratusz.publishing.following import thing_links
from ratusz.publishing.following.actions.follows import count_ask
from ratusz.publishing.following.models import THINGS, ThingFollow, ThingNews
from ratusz.publishing.following.models.things import LONGEST_NEWS
from ratusz.publishing.following.queries import thing_of
from ratusz.publishing.following.registries import Thing

BATCH = 50


@transaction.atomic
def ask_to_follow_thing(*, thing: Thing, email: str, connection_address: str | None = None) -> None:
    """Sends the letter whose link makes a follower; the same whether the address follows already or not.

    Raises AskedTooOften and notifications' NotDeliverable. Over the hourly limit of letters the page says the same.
    """
    if connection_address is not None:
        count_ask(connection_address)
    address = notifications.add_address(channel="email", value=email)
    at = database_now()
    letter = f"thing-question:{address.pk}:{at.timestamp()}"
    context = {"thing": thing, "consent_text": str(purposes[THINGS].consent_text)}
    button = (_("Yes, write to me"), thing_links.confirm_url(address, thing.key, at, letter))
    with contextlib.suppress(LimitReached):
        notifications.send(
            to=address, purpose="notifications.question", template="following/mail/thing_question", context=context,
            button=button, dedup_key=letter,
        )  # fmt: skip


@transaction.atomic
def confirm_thing(*, token: str, at: datetime) -> Thing:
    """Makes the follower. Raises LinkRefused."""
    asked = thing_links.read_question(token, at)
    # Whoever left all of it and comes back for one thing agrees to that one alone.
    ThingFollow.objects.without_consent().filter(address=asked.address).delete()
    notifications.give_consent(
        address=asked.address, purpose=THINGS, through="link", asked_at=asked.asked_at, question=asked.letter
    )
    row = ThingFollow(thing=asked.thing.key, address=asked.address, followed_at=database_now())
    ThingFollow.objects.bulk_create([row], ignore_conflicts=True)
    return asked.thing


@transaction.atomic
def stop_following_thing(*, token: str, at: datetime) -> str:
    """No more letters about this thing; without any other the consent ends too. The thing's key. Raises LinkRefused."""
    address, key = thing_links.read_stop(token, at)
    # Whoever confirms another thing at this moment goes first or second, never in between.
    Address.objects.select_for_update().get(pk=address.pk)
    ThingFollow.objects.filter(address=address, thing=key).delete()
    if not ThingFollow.objects.filter(address=address).exists():
        notifications.leave_purpose(address=address, purpose=THINGS)
    return key


def tell_of_thing(*, thing: str, text: str, at: datetime) -> ThingNews:
    """Notes within the caller's transaction that something changed for everybody; workers write to the followers."""
    return ThingNews.objects.create(thing=thing, text=text[:LONGEST_NEWS], happened_at=at)


@transaction.atomic
def tell_of_things() -> int:
    """Tells followers of the oldest news; gives back how many news. Workers call it in turn."""
    at = database_now()
    waiting = ThingNews.objects.filter(told_at=None).order_by("pk")
    found = list(waiting.select_for_update(skip_locked=True)[:BATCH])
    told = [news.pk for news in found if _tell(news, at)]
    ThingNews.objects.filter(pk__in=told).update(told_at=at)
    return len(told)


def _tell(news: ThingNews, at: datetime) -> bool:
    """False while something, such as the silence before an election, keeps it in the house."""
    # What happened before somebody followed is no news to them.
    followers = ThingFollow.objects.filter(thing=news.thing, followed_at__lte=news.happened_at).values("address")
    addresses = list(Address.objects.agreeing_to(THINGS).filter(pk__in=followers).order_by("pk"))
    thing = thing_of(news.thing, at)
    if not addresses or thing is None:
        return True
    if any(hold.blocks for hold in hold_back(Outgoing(f"following.news:{news.pk}", "follow-email", thing.title, news.text), at)):
        return False
    button = (_("See how it goes"), settings.PUBLIC_ADDRESS.rstrip("/") + thing.url)
    context = {"thing": thing, "news": news}
    made = template_content(template="following/mail/thing_news", context=context, button=button, language="pl")
    content = notifications.keep_content(content=made)
    for address in addresses:
        notifications.send(
            to=address, purpose=THINGS, content=content, dedup_key=f"following.news:{news.pk}:{address.pk}",
            variables={"stop": thing_links.stop_url(address, news.thing, at)},
        )  # fmt: skip
    return True


@transaction.atomic
def drop_news(*, number: str, at: datetime) -> None:
    """What was held and is not to leave any more is off the queue."""
    ThingNews.objects.filter(pk=number, told_at=None).update(told_at=at)


@transaction.atomic
def erase_things_of(*, address: Address) -> int:
    """Everything one address follows one by one."""
    return ThingFollow.objects.filter(address=address).delete()[0]
