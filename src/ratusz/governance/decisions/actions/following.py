"""Follow a decision with a double opt-in, stop, and tell followers and askers of each public change, once."""

from __future__ import annotations

import contextlib
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.outgoing import Outgoing, hold_back
from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications.composing import template_content
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.registry import purposes
from ratusz.foundation.notifications.rules import LimitReached
from ratusz.governance.decisions import follow_links
from ratusz.governance.decisions.lineage import earlier_of
from ratusz.governance.decisions.models import Asker, Decision, Follower, PublicChange
from ratusz.governance.decisions.models.people import ASKED, FOLLOWED
from ratusz.ui import chrome

BATCH = 50


@transaction.atomic
def ask_to_follow(*, decision: Decision, email: str) -> None:
    """Sends the letter whose link makes a follower; the same whether the address follows already or not.

    Raises notifications' NotDeliverable. Over the hourly limit nothing more goes, and the page says the same.
    """
    address = notifications.add_address(channel="email", value=email)
    at = database_now()
    letter = f"decision-question:{address.pk}:{at.timestamp()}"
    context = {"decision": decision, "consent_text": str(purposes[FOLLOWED].consent_text)}
    with contextlib.suppress(LimitReached):
        notifications.send(
            to=address, purpose="notifications.question", template="decisions/mail/question", context=context,
            button=(_("Yes, write to me"), follow_links.confirm_url(address, decision, at, letter)), dedup_key=letter,
        )  # fmt: skip


@transaction.atomic
def confirm_follow(*, token: str, at: datetime) -> Decision:
    """Makes the follower. Raises LinkRefused."""
    asked = follow_links.read_question(token, at)
    notifications.give_consent(
        address=asked.address, purpose=FOLLOWED, through="link", asked_at=asked.asked_at, question=asked.letter
    )
    row = Follower(decision=asked.decision, address=asked.address, followed_at=database_now())
    Follower.objects.bulk_create([row], ignore_conflicts=True)
    return asked.decision


@transaction.atomic
def stop_following(*, token: str, at: datetime) -> Decision:
    """No more letters about this decision; without any other the consent ends too. Raises LinkRefused."""
    address, decision = follow_links.read_stop(token, at)
    line = earlier_of(decision)
    Follower.objects.filter(address=address, decision__in=line).delete()
    Asker.objects.filter(address=address, decision__in=line).update(address=None)
    if not Follower.objects.filter(address=address).exists():
        notifications.leave_purpose(address=address, purpose=FOLLOWED)
    return decision


@transaction.atomic
def tell_changes() -> int:
    """Tells followers and askers of the oldest changes; gives back how many changes. Workers call it in turn."""
    at = database_now()
    waiting = PublicChange.objects.filter(told_at=None).order_by("pk")
    found = list(waiting.select_for_update(of=("self",), skip_locked=True).select_related("decision")[:BATCH])
    told = [change for change in found if _tell(change, at)]
    PublicChange.objects.filter(pk__in=[change.pk for change in told]).update(told_at=at)
    return len(told)


def _tell(change: PublicChange, at: datetime) -> bool:
    """False while something, such as the silence before an election, keeps it in the house."""
    decision = change.decision
    line = earlier_of(decision)
    askers = list(Address.objects.filter(pk__in=Asker.objects.filter(decision__in=line).values("address"), erased_at=None))
    followers: list[Address] = []
    if decision.is_public:
        rows = Follower.objects.filter(decision__in=line).values("address")
        followers = list(Address.objects.agreeing_to(FOLLOWED).filter(pk__in=rows).exclude(pk__in=[each.pk for each in askers]))
    if not askers and not followers:
        return True
    outgoing = Outgoing(f"decisions.change:{change.pk}", "follow-email", decision.number, change.text)
    if any(hold.blocks for hold in hold_back(outgoing, at)):
        return False
    for purpose, addresses in ((ASKED, askers), (FOLLOWED, followers)):
        _write(change, purpose, addresses, at)
    return True


def _write(change: PublicChange, purpose: str, addresses: list[Address], at: datetime) -> None:
    if not addresses:
        return
    content = notifications.keep_content(content=_content(change, purpose))
    for address in addresses:
        notifications.send(
            to=address, purpose=purpose, content=content, dedup_key=f"decisions.change:{change.pk}:{address.pk}",
            variables={"stop": follow_links.stop_url(address, change.decision_id, at)},
        )  # fmt: skip


def _content(change: PublicChange, purpose: str):
    decision = change.decision
    context = {
        "decision": decision, "change": change, "due": polish_date(change.due_on) if change.due_on else "",
        "is_asker": purpose == ASKED,
    }  # fmt: skip
    root = settings.PUBLIC_ADDRESS.rstrip("/")
    button = (_("See what was decided"), root + decision.get_absolute_url())
    if not decision.is_public:
        button = (_("Check by number"), root + (chrome.of(None).check_number_url or "/"))
    return template_content(template="decisions/mail/change", context=context, button=button, language="pl")


@transaction.atomic
def hear_decision(subject: str, decision: str, at: datetime) -> None:
    """What was held and is not to leave any more is off the queue."""
    kind, _colon, number = subject.partition(":")
    if kind == "decisions.change" and decision == "dropped":
        PublicChange.objects.filter(pk=number, told_at=None).update(told_at=at)


@transaction.atomic
def forget_address(*, address: Address) -> int:
    """Everything kept beside one address goes; that somebody asked stays without them."""
    count = Follower.objects.filter(address=address).delete()[0]
    return count + Asker.objects.filter(address=address).update(address=None)


@transaction.atomic
def forget_askers(*, askers: models.QuerySet[Asker]) -> int:
    """Takes addresses out of askers; gives back how many."""
    return askers.update(address=None)
