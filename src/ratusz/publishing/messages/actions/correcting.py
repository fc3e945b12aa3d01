"""A correction is published by a second person and followed to every place where the old text is; a message is withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import hold_back, stopping
from ratusz.publishing.messages import rules
from ratusz.publishing.messages.actions.approving import mark_approved
from ratusz.publishing.messages.actions.changing import CORRECTION_WORDS, replace_open_ones
from ratusz.publishing.messages.actions.locking import check_may, locked_message, locked_variant, tell_outlets
from ratusz.publishing.messages.actions.sending import let_out, outgoing_of
from ratusz.publishing.messages.gate_reader import KIND
from ratusz.publishing.messages.models import Correction, CorrectionTask, Message, Variant
from ratusz.publishing.messages.models.variant import SENT, UNSENT, State
from ratusz.publishing.messages.outlets import outlet_of


@transaction.atomic
def publish_correction(*, correction: Correction, person: Any, alone_because: str = "") -> Correction:
    """Approves and publishes: what the program shows itself is right at once, other places become tasks for people."""
    message = locked_message(correction.message)
    correction = Correction.objects.select_for_update().get(pk=correction.pk)
    check_may(person, "approve", message)
    if correction.published_at:
        return correction
    if correction.replaced_at:
        raise rules.Refused(_("A later change has taken the place of this correction."))
    at = database_now()
    rules.check_second_person(person, correction.written_by_id, alone_because, at)
    rules.check_public_words((getattr(correction, name) for name in CORRECTION_WORDS), message.language, at)
    correction.approved_by, correction.published_at = person, at
    correction.approved_alone_because = alone_because.strip()[:300] if person.pk == correction.written_by_id else ""
    correction.save()
    for task in correction.tasks.filter(state=CorrectionTask.State.DUE).select_related("variant__message").order_by("pk"):
        _carry(task, person, alone_because, at, by=person)
    record(deed="messages.publish_correction", subject=message, after=_words(correction), actor=person)
    tell_outlets(message)
    return correction


def _words(correction: Correction) -> dict[str, str]:
    alone = correction.approved_alone_because
    return {"was_wrong": correction.was_wrong, "is_right": correction.is_right, "alone_because": alone}


def _carry(task: CorrectionTask, approver: Any, alone_because: str, at: datetime, by: Any) -> None:
    """The corrected text leaves to its place, or the task says why it could not; `by` None: the program sends it."""
    variant = locked_variant(task.variant)
    try:
        rules.check_text(variant, outlet_of(variant.outlet).most_characters)
        mark_approved(variant, approver, alone_because)
    except rules.Refused as refusal:
        return _put_off(task, str(refusal))
    outgoing = outgoing_of(variant, by, [getattr(task.correction, name) for name in CORRECTION_WORDS])
    blocking = stopping(hold_back(outgoing, at), outgoing)
    if blocking:
        return _put_off(task, "; ".join(str(hold.words) for hold in blocking))
    let_out(variant, by, at)
    if not outlet_of(variant.outlet).is_by_hand:
        _settle(task, CorrectionTask.State.DONE, by, at)


def _put_off(task: CorrectionTask, why: str) -> None:
    task.note = why[:300]
    task.save()


def _settle(task: CorrectionTask, state: str, person: Any, at: datetime, note: str = "") -> None:
    task.state, task.settled_at, task.settled_by, task.note = state, at, person, note[:300]
    task.save()


def release_correction(*, task: CorrectionTask, person: Any, alone_because: str = "") -> CorrectionTask:
    """Sends the corrected text of one place that could not leave with the others: it had to be rewritten, or was held.

    Raises rules.Refused when it cannot leave now either; that it was held stays on record.
    """
    task = _try_again(task, person, alone_because)
    if task.state == CorrectionTask.State.DUE and task.note:
        raise rules.Refused(task.note)
    return task


@transaction.atomic
def _try_again(task: CorrectionTask, person: Any, alone_because: str) -> CorrectionTask:
    locked_message(task.correction.message)
    task = CorrectionTask.objects.select_for_update(of=("self",)).select_related("correction", "variant__message").get(pk=task.pk)
    check_may(person, "approve", task.variant.message)
    if task.state != CorrectionTask.State.DUE:
        return task
    if task.correction.nature == Correction.Nature.WITHDRAWAL:
        raise rules.Refused(_("The message has been withdrawn."))
    if task.correction.published_at is None:
        raise rules.Refused(_("Publish the correction first."))
    at = database_now()
    _carry(task, person, alone_because, at, by=person)
    record(deed="messages.release_correction", subject=task.variant, after={"note": task.note}, actor=person)
    return task


@transaction.atomic
def hear_decision_on_correction(subject: str, decision: str, at: datetime) -> None:
    """A correction that was held leaves when somebody let it go, as it was approved; one that is not to leave says so."""
    kind, _colon, number = subject.partition(":")
    if kind != KIND:
        return
    due = CorrectionTask.objects.filter(state=CorrectionTask.State.DUE, correction__published_at__isnull=False)
    found = due.filter(variant=int(number)).select_related("variant__message").first()
    if found is None:
        return
    locked_message(found.variant.message)
    task = (
        due.select_for_update(of=("self",))
        .select_related("correction__approved_by", "variant__message")
        .filter(pk=found.pk)
        .first()
    )
    if task is None or task.correction.nature == Correction.Nature.WITHDRAWAL:
        return
    if decision == "released":
        task.note = ""
        task.save()
        _carry(task, task.correction.approved_by, task.correction.approved_alone_because, at, by=None)
    else:
        _put_off(task, _("It was decided that this does not leave."))
    after = {"state": str(task.state), "note": task.note, "decision": decision}
    record(deed="messages.hear_decision", subject=task.variant, after=after)


@transaction.atomic
def settle_task(*, task: CorrectionTask, person: Any, is_needed: bool = True, note: str = "") -> CorrectionTask:
    """A person has corrected a place by hand, or says why it needs no correction there (a reason is asked for)."""
    locked_message(task.correction.message)
    task = CorrectionTask.objects.select_for_update(of=("self",)).select_related("correction", "variant__message").get(pk=task.pk)
    message = task.variant.message
    check_may(person, "write", message)
    if task.state != CorrectionTask.State.DUE:
        return task
    if is_needed and task.correction.published_at is None:
        raise rules.Refused(_("Publish the correction first."))
    is_withdrawal = task.correction.nature == Correction.Nature.WITHDRAWAL
    if is_needed and not is_withdrawal and not outlet_of(task.variant.outlet).is_by_hand:
        raise rules.Refused(_("The program sends the correction to this place by itself. Press “Send the correction”."))
    if is_needed and _old_posters(task).exists():
        raise rules.Refused(_("Old posters still hang. Write down where and when they were taken down."))
    if not is_needed and not note.strip():
        raise rules.Refused(_("Write why this place needs no correction."))
    at = database_now()
    _settle(task, CorrectionTask.State.DONE if is_needed else CorrectionTask.State.NOT_NEEDED, person, at, note.strip())
    if is_needed and task.variant.state in SENT:
        Variant.objects.filter(pk=task.variant_id).update(state=State.WITHDRAWN if message.withdrawn_at else State.CORRECTED)
    record(deed="messages.settle_task", subject=task.variant, after={"state": str(task.state), "note": note}, actor=person)
    return task


def _old_posters(task: CorrectionTask):
    """Posters on the boards that carry facts from before the correction, or anything of a withdrawn message."""
    hanging = task.variant.hangings.hanging()
    if task.correction.nature == Correction.Nature.WITHDRAWAL:
        return hanging
    return hanging.filter(release__facts__number__lt=task.correction.facts.number)


@transaction.atomic
def withdraw_message(*, message: Message, person: Any, because: str) -> Message:
    """Takes the message back: what is unsent never leaves, our page stays with a notice, other places become tasks."""
    message = locked_message(message)
    check_may(person, "withdraw", message)
    if message.withdrawn_at:
        return message
    if not because.strip():
        raise rules.Refused(_("Write why the message is withdrawn: people will see it."))
    at = database_now()
    rules.check_public_words([because], message.language, at)
    message.withdrawn_at, message.withdrawn_because = at, because.strip()[:300]
    message.save()
    replace_open_ones(message, at)
    message.variants.filter(state__in=UNSENT).update(state=State.WITHDRAWN, scheduled_at=None)
    _tasks_of_withdrawal(message, person, at)
    record(deed="messages.withdraw_message", subject=message, after={"because": message.withdrawn_because}, actor=person)
    tell_outlets(message)
    return message


def _tasks_of_withdrawal(message: Message, person: Any, at: datetime) -> None:
    """Places where it is out: ours are done at once, by hand ones wait for a person. Taking back waits for nobody's approval."""
    sent = list(message.variants.filter(state__in=SENT).order_by("pk"))
    if not sent:
        return
    assert message.facts is not None
    correction = Correction.objects.create(
        message=message, facts=message.facts, nature=Correction.Nature.WITHDRAWAL, was_wrong=message.title,
        is_right=message.withdrawn_because, written_by=person, written_at=at, approved_by=person, published_at=at,
        approved_alone_because=_("withdrawn: taking back waits for nobody"),
    )  # fmt: skip
    for variant in sent:
        by_itself = outlet_of(variant.outlet).is_live
        state = CorrectionTask.State.DONE if by_itself else CorrectionTask.State.DUE
        settled = {"settled_at": at, "settled_by": person} if by_itself else {}
        CorrectionTask.objects.create(correction=correction, variant=variant, state=state, **settled)
    message.variants.filter(pk__in=[each.pk for each in sent if outlet_of(each.outlet).is_live]).update(state=State.WITHDRAWN)
