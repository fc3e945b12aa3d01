"""Steps of a remark are noted in the transaction they happen in, and told to its author and followers within the hour."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.registry import purposes
from ratusz.foundation.notifications.rules import LimitReached, NotDeliverable
from ratusz.participation.remarks import follow_links, links
from ratusz.participation.remarks.models import Change, Follower, Intake, Remark

AUTHOR, FOLLOWED = "remarks.author", "remarks.followed"
"""Purposes: what came of one's own remark, and of a remark somebody follows."""
BATCH = 100
NOT_TOLD = (Change.Kind.RECEIVED, Change.Kind.LATE)
"""The receipt says it at once."""
FOR_FOLLOWERS = (
    Change.Kind.SHOWN, Change.Kind.POSITION, Change.Kind.REPORTED, Change.Kind.OUTCOME, Change.Kind.WITHDRAWN,
)  # fmt: skip


def note(intake: Intake, kind: str, *, remark: Remark | None = None, words: str = "", at: datetime | None = None) -> Change:
    """Notes a step; within the caller's transaction."""
    now = at or database_now()
    told = now if kind in NOT_TOLD else None
    return Change.objects.create(intake=intake, remark=remark, kind=kind, words=words[:1000], happened_at=now, told_at=told)


def send_receipt(intake: Intake) -> None:
    """The number at once, to whoever left an address; within the caller's transaction."""
    if intake.contact is None:
        return
    context = {"intake": intake, "consultation": intake.consultation, "late": intake.state == Intake.State.LATE}
    with override(_language(intake)):
        notifications.send(
            to=intake.contact, purpose=AUTHOR, template="remarks/mail/received", context=context,
            button=(_("See what becomes of it"), links.my_intake_url(intake)), dedup_key=f"{intake.key}:received",
            language=_language(intake),
        )  # fmt: skip


def _language(intake: Intake) -> str:
    return intake.language or "pl"


@transaction.atomic
def tell_changes() -> int:
    """Tells authors and followers of the oldest steps; gives back how many steps. Workers call it in turn."""
    now = database_now()
    waiting = Change.objects.filter(told_at=None).order_by("pk").select_for_update(of=("self",), skip_locked=True)
    found = list(waiting.select_related("intake__contact", "intake__consultation", "remark__consultation")[:BATCH])
    for change in found:
        _tell(change, now)
    Change.objects.filter(pk__in=[each.pk for each in found]).update(told_at=now)
    return len(found)


def _tell(change: Change, now: datetime) -> None:
    intake = change.intake
    if intake.contact is not None and intake.contact.erased_at is None:
        _write(change, intake.contact, AUTHOR, links.my_intake_url(intake), {})
    remark = change.remark
    if remark is None or change.kind not in FOR_FOLLOWERS or not remark.is_public:
        return
    rows = Follower.objects.filter(remark=remark).values("address")
    for address in Address.objects.agreeing_to(FOLLOWED).filter(pk__in=rows):
        stop = {"stop": follow_links.stop_url(address, remark, now)}
        _write(change, address, FOLLOWED, links.remark_url(remark), stop)


def _write(change: Change, to: Address, purpose: str, url: str, variables: dict[str, str]) -> None:
    context = {"change": change, "intake": change.intake, "remark": change.remark, "is_author": purpose == AUTHOR}
    language = _language(change.intake) if purpose == AUTHOR else to.language
    with override(language), contextlib.suppress(NotDeliverable, LimitReached):
        notifications.send(
            to=to, purpose=purpose, template="remarks/mail/change", context=context, variables=variables,
            button=(_("See what became of it"), url), dedup_key=f"remarks.change:{change.pk}:{to.pk}",
            language=language,
        )  # fmt: skip


@transaction.atomic
def ask_to_follow(*, remark: Remark, email: str) -> None:
    """Sends the letter whose link makes a follower; the same whether the address follows already. Raises NotDeliverable."""
    address, now = notifications.add_address(channel="email", value=email), database_now()
    letter = f"remarks.question:{remark.pk}:{address.pk}:{local_day(now)}"
    with contextlib.suppress(LimitReached):
        notifications.send(
            to=address, purpose="notifications.question", template="remarks/mail/question",
            context={"remark": remark, "consultation": remark.consultation, "consent_text": str(purposes[FOLLOWED].consent_text)},
            dedup_key=letter,
            button=(_("Yes, write to me"), follow_links.confirm_url(address, remark, now, letter)),
        )  # fmt: skip


@transaction.atomic
def confirm_follow(*, token: str) -> Remark:
    """Makes the follower. Raises LinkRefused."""
    now = database_now()
    address, remark, asked_at, letter = follow_links.read_question(token, now)
    notifications.give_consent(address=address, purpose=FOLLOWED, through="link", asked_at=asked_at, question=letter)
    Follower.objects.bulk_create([Follower(remark=remark, address=address, followed_at=now)], ignore_conflicts=True)
    return remark


@transaction.atomic
def stop_following(*, token: str) -> Remark:
    """No more letters about this remark; without any other the consent ends too. Raises LinkRefused."""
    address, remark = follow_links.read_stop(token, database_now())
    Follower.objects.filter(address=address, remark=remark).delete()
    if not Follower.objects.filter(address=address).exists():
        notifications.leave_purpose(address=address, purpose=FOLLOWED)
    return remark


def note_for_all(remarks: Any, kind: str, words: str = "") -> int:
    """A step of many remarks at once, such as the report; within the caller's transaction. Gives how many."""
    now = database_now()
    rows = (Change(intake_id=each.intake_id, remark=each, kind=kind, words=words[:1000], happened_at=now) for each in remarks)
    return len(Change.objects.bulk_create(rows, batch_size=1000))
