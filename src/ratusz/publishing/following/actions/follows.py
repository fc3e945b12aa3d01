"""Follow with a double opt-in, change what one follows, leave."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.registry import purposes
from ratusz.foundation.notifications.rules import LimitReached
from ratusz.publishing.following import links
from ratusz.publishing.following.models import PURPOSE, Follow, FollowTry
from ratusz.publishing.following.queries import everything_to_follow, names_of
from ratusz.publishing.following.rules import ASKS_KEPT, Choice, NothingChosen, check_asks


@transaction.atomic
def ask_to_follow(
    *, email: str, choices: list[Choice], rhythm: str, language: str = "pl", connection_address: str | None = None
) -> None:
    """Sends the letter whose link makes somebody a follower. Raises NothingChosen, AskedTooOften and notifications' NotDeliverable.

    The same letter goes to an address that follows already, so neither the page nor a stranger learns anything, and nobody
    changes another's choice. Over the hourly limit nothing more goes, and the page still says the same.
    """
    names = names_of(choices)
    if not names:
        raise NothingChosen
    if connection_address is not None:
        count_ask(connection_address)
    address = notifications.add_address(channel="email", value=email, language=language)
    asked_at = database_now()
    letter = f"follow-question:{address.pk}:{asked_at.timestamp()}"
    with translation.override(language):
        button = (_("Yes, I want to follow"), links.confirm_url(address, choices, rhythm, asked_at, letter))
        context = {"names": names, "consent_text": str(purposes[PURPOSE].consent_text)}
    with contextlib.suppress(LimitReached):
        notifications.send(
            to=address,
            purpose="notifications.question",
            template="following/mail/question",
            context=context,
            button=button,
            dedup_key=letter,
        )


def count_ask(connection_address: str) -> None:
    """Each address has its own limit of letters; this one is for many addresses from one place."""
    fingerprint = salted_hmac("following.asks", connection_address, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [fingerprint])
    at = database_now()
    FollowTry.objects.filter(tried_at__lt=at - ASKS_KEPT).delete()
    check_asks(FollowTry.objects.filter(fingerprint=fingerprint).values_list("tried_at", flat=True), at)
    FollowTry.objects.create(fingerprint=fingerprint, tried_at=at)


@transaction.atomic
def confirm_follow(*, token: str, at: datetime) -> Address:
    """Adds what the letter's link names to what the address follows, and takes the rhythm. Raises LinkRefused."""
    question = links.read_question(token, at)
    asked = question.asked_at
    # Whoever left all of it and comes back agrees to what this letter names alone.
    Follow.objects.without_consent().filter(address=question.address).delete()
    notifications.give_consent(address=question.address, purpose=PURPOSE, through="link", asked_at=asked, question=question.letter)
    _add(question.address, question.choices)
    notifications.choose_rhythm(address=question.address, purpose=PURPOSE, rhythm=question.rhythm)
    return question.address


@transaction.atomic
def change_follows(*, address: Address, choices: list[Choice], rhythm: str) -> None:
    """Exactly these from now on; with none of them the person leaves, and what waits for them is dropped."""
    wanted = _that_exist(choices)
    if not wanted:
        notifications.leave_purpose(address=address, purpose=PURPOSE)
        Follow.objects.filter(address=address).delete()
        return
    notifications.give_consent(address=address, purpose=PURPOSE, through="link")
    for kind in ("district", "topic", "unit"):
        numbers = [choice.number for choice in wanted if choice.kind == kind]
        Follow.objects.filter(address=address, **{f"{kind}__isnull": False}).exclude(**{f"{kind}__in": numbers}).delete()
    _add(address, wanted)
    notifications.choose_rhythm(address=address, purpose=PURPOSE, rhythm=rhythm)


def _that_exist(choices: Iterable[Choice]) -> list[Choice]:
    known = {code for rows in everything_to_follow().values() for code, _name in rows}
    return [choice for choice in choices if str(choice) in known]


def _add(address: Address, choices: Iterable[Choice]) -> None:
    now = database_now()
    rows = [Follow(address=address, followed_at=now, **{f"{choice.kind}_id": choice.number}) for choice in _that_exist(choices)]
    Follow.objects.bulk_create(rows, ignore_conflicts=True)
