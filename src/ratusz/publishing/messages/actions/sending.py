"""Let an approved text out: now, at a moment, once; or say what holds it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import Hold, Outgoing, hold_back, stopping, tell_override
from ratusz.foundation.units.rules import holds_department_role
from ratusz.publishing.messages import rules
from ratusz.publishing.messages.actions.locking import check_may, locked_variant, tell_outlets
from ratusz.publishing.messages.gate_reader import reading_of
from ratusz.publishing.messages.models import Message, Release, Variant
from ratusz.publishing.messages.models.variant import SENT, State
from ratusz.publishing.messages.outlets import SendingFailed, outlet_of

AT_ONCE = 100
"""How many due variants one run of the schedule sends."""


@transaction.atomic
def send_variant(*, variant: Variant, person: Any = None, override_because: str = "", with_its_set: bool = False) -> Variant:
    """Sends an approved text; asked twice, it leaves once. `person` None: the program, at the moment that was set.
    `with_its_set`: what it waits with goes out in the same transaction.

    What may not leave now is held with the words of the hold; whoever the hold names may let it out with a reason.
    """
    variant = locked_variant(variant)
    if person is not None:
        check_may(person, "send", variant.message)
    if variant.state in SENT:
        return variant
    rules.check_sending(variant)
    if not with_its_set:
        rules.check_alone(variant)
    at = database_now()
    outgoing = outgoing_of(variant, person)
    blocking = stopping(hold_back(outgoing, at), outgoing)
    if blocking and not _overrides(blocking, person, override_because, at):
        return _keep(variant, State.HELD, "; ".join(str(hold.words) for hold in blocking), person)
    try:
        with transaction.atomic():
            let_out(variant, person, at)
    except SendingFailed as failure:
        # In memory it still has the release that was undone.
        return _keep(locked_variant(variant), State.FAILED, str(failure), person)
    if blocking:
        tell_override(outgoing, person, override_because, at)
    after = {"text": variant.text, "override": override_because if blocking else ""}
    record(deed="messages.send_variant", subject=variant, after=after, actor=person)
    return variant


def outgoing_of(variant: Variant, person: Any = None, beside: Iterable[str] = ()) -> Outgoing:
    """The text with all that people read beside it, as those see it who may hold it back; `person` sends it now.

    `beside`: words that leave with it and stand in no fact, those of a correction.
    """
    message = variant.message
    assert message.facts is not None
    return Outgoing(
        subject=f"messages.variant:{variant.pk}",
        channel=variant.outlet,
        title=message.title,
        text="\n".join([*(words for words, _kind, _url in reading_of(variant).all_words), *beside]),
        is_crisis=message.kind == Message.Kind.CRISIS,
        is_voter_information=message.kind == Message.Kind.VOTERS,
        second_person=variant.approved_by_id is not None and not variant.approved_alone_because,
        by=person,
        url=reverse("messages_message", args=[message.pk]),
    )


def _overrides(blocking: list[Hold], person: Any, because: str, at: datetime) -> bool:
    """Whether a reason was given by somebody whom every hold lets override it; raises PermissionDenied for anybody else."""
    if not because.strip() or person is None:
        return False
    if not all(hold.may_override and holds_department_role(person, *hold.may_override, at=at) for hold in blocking):
        raise PermissionDenied
    return True


def _keep(variant: Variant, state: str, trouble: str, person: Any) -> Variant:
    """Stays in the house and says why."""
    variant.state, variant.trouble, variant.scheduled_at = state, trouble[:300], None
    variant.save()
    record(deed="messages.hold_variant", subject=variant, after={"state": str(state), "trouble": trouble}, actor=person)
    return variant


def let_out(variant: Variant, person: Any, at: datetime) -> Release:
    """Writes what leaves, and gives it to the outlet; the caller holds the lock, has checked, and the text is approved."""
    message, outlet = variant.message, outlet_of(variant.outlet)
    was_out, approver = variant.release_id is not None, variant.approved_by
    assert approver is not None
    release = Release.objects.create(
        variant=variant, facts=variant.based_on, text=variant.text, left_at=at, sent_by=person,
        approved_by=approver, approved_alone_because=variant.approved_alone_because,
    )  # fmt: skip
    variant.release, variant.trouble, variant.scheduled_at = release, "", None
    variant.state = State.BY_HAND if outlet.is_by_hand else State.CORRECTED if was_out else State.OUT
    variant.save()
    if message.published_at is None:
        message.published_at = at
        message.save()
    if outlet.deliver is not None:
        outlet.deliver(variant)
    tell_outlets(message, {variant.outlet})
    return release


@transaction.atomic
def schedule_variant(*, variant: Variant, person: Any, scheduled_at: datetime) -> Variant:
    """Sets the moment at which an approved text leaves by itself; the caller says which of two equal hours it is."""
    variant = locked_variant(variant)
    check_may(person, "send", variant.message)
    rules.check_sending(variant)
    rules.check_alone(variant)
    rules.check_schedule(scheduled_at, database_now())
    variant.state, variant.scheduled_at, variant.trouble = State.QUEUED, scheduled_at, ""
    variant.save()
    record(deed="messages.schedule_variant", subject=variant, after={"at": scheduled_at.isoformat()}, actor=person)
    return variant


@transaction.atomic
def cancel_sending(*, variant: Variant, person: Any) -> Variant:
    """Takes a text off the queue; it stays approved."""
    variant = locked_variant(variant)
    check_may(person, "send", variant.message)
    if variant.state != State.QUEUED:
        raise rules.Refused(_("This text waits for no moment any more."))
    variant.state, variant.scheduled_at = State.APPROVED, None
    variant.save()
    record(deed="messages.cancel_sending", subject=variant, actor=person)
    return variant


@transaction.atomic
def hear_decision(subject: str, decision: str, at: datetime) -> None:
    """A text that was held leaves with the next run of the schedule when somebody let it go; one that is not to leave says so."""
    kind, _colon, number = subject.partition(":")
    held = Variant.objects.filter(pk=number, state=State.HELD).first() if kind == "messages.variant" else None
    if held is None:
        return
    variant = locked_variant(held)
    if decision == "released":
        variant.state, variant.scheduled_at, variant.trouble = State.QUEUED, at, ""
    else:
        variant.trouble = _("It was decided that this does not leave.")
    variant.save()
    record(deed="messages.hear_decision", subject=variant, after={"state": variant.state, "decision": decision})


def send_due() -> int:
    """Sends what is queued and due; gives back how many it settled. One that cannot leave says why and stops none of the others."""
    due = list(Variant.objects.due(database_now()).select_related("message")[:AT_ONCE])
    for variant in due:
        _send_due_one(variant)
    return len(due)


@transaction.atomic
def _send_due_one(variant: Variant) -> None:
    locked = locked_variant(variant)
    # Taken off the queue, changed or sent by another worker since the list was read.
    if locked.state != State.QUEUED:
        return
    if words := rules.with_others([locked.pk]).get(locked.pk):
        _keep(locked, State.APPROVED, words, None)
        return
    send_variant(variant=locked)
