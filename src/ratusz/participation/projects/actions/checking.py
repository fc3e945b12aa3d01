"""The formal check: given to a verifier, marked by criteria, passed by one person or refused by two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import rules, standing_in
from ratusz.participation.projects.actions.drafts import locked
from ratusz.participation.projects.actions.steps import take_step, write_to_author
from ratusz.participation.projects.actions.supporting import check_enough, end_supporting
from ratusz.participation.projects.criteria import SUPPORTERS, criteria
from ratusz.participation.projects.models import Application, Check, Estimate, Mark, Stage, State


@transaction.atomic
def assign_check(*, application: Application, verifier: Any, substitute: Any = None, person: Any) -> Check:
    """Gives the formal check to a verifier, and to who stands in for them. Raises NotYours, ApplicationRefused."""
    application = locked(application)
    now = database_now()
    rules.check_may(person, "assign", application, now)
    rules.check_state(application, State.SUBMITTED, State.COMPLETING)
    for each in filter(None, (verifier, substitute)):
        if not rules.may(each, "check", application, now):
            raise rules.ApplicationRefused(_("%(name)s has no role to check projects.") % {"name": each.get_full_name()})
    if substitute is not None and substitute.pk == verifier.pk:
        raise rules.ApplicationRefused(_("Nobody stands in for themselves. Choose another person."))
    given = {"verifier": verifier, "substitute": substitute, "assigned_at": now}
    check, _is_new = Check.objects.update_or_create(application=application, defaults=given)
    record(deed="projects.assign_check", subject=check, after={"verifier": verifier.pk}, actor=person)
    return check


@transaction.atomic
def share_out(*, edition: Edition, verifiers: Sequence[Any], person: Any) -> int:
    """Gives everything nobody checks yet to these people, to whoever has least first. Raises NotYours, ApplicationRefused."""
    rules.check_may(person, "assign", edition, database_now())
    if not verifiers:
        raise rules.ApplicationRefused(_("Choose at least one person."))
    held = Check.objects.filter(application__edition=edition, decided_at=None).values_list("verifier").annotate(number=Count("pk"))
    load = {each.pk: 0 for each in verifiers} | {pk: number for pk, number in held if pk in {each.pk for each in verifiers}}
    waiting = Application.objects.filter(edition=edition, state=State.SUBMITTED, check_of=None).by_number()
    shared = 0
    for application in waiting:
        least = min(verifiers, key=lambda each: load[each.pk])
        assign_check(application=application, verifier=least, person=person)
        load[least.pk] += 1
        shared += 1
    return shared


@transaction.atomic
def mark_formal(*, application: Application, answers: Mapping[str, tuple[str, str]], person: Any) -> None:
    """Writes the checklist: code to (answer, reason). Raises NotYours for whoever it is not given to, ApplicationRefused."""
    application = locked(application)
    check = _check_hand(application, person)
    rules.check_state(application, State.SUBMITTED)
    write_marks(application, Stage.FORMAL, None, answers, person)
    # A refusal proposed before stood on other marks.
    check.proposed_by = None
    check.save(update_fields=["proposed_by"])
    record(
        deed="projects.mark_formal", subject=application, after={code: says for code, (says, _why) in answers.items()}, actor=person
    )


def write_marks(application: Application, stage: str, unit: Any, answers: Mapping[str, tuple[str, str]], person: Any) -> None:
    """Marks of one check by the department or a unit; within the caller's transaction."""
    now = database_now()
    for criterion in criteria(stage):
        says, reason = answers.get(criterion.code, ("", ""))
        if not says:
            continue
        if says == Mark.Says.NO and not reason.strip():
            raise rules.ApplicationRefused(_("Say why it is not met: %(criterion)s.") % {"criterion": criterion.words})
        if criterion.code == SUPPORTERS and stage == Stage.FORMAL and says == Mark.Says.YES:
            check_enough(application)
        told = {"says": says, "reason": reason.strip(), "basis": criterion.basis, "by": person, "at": now}
        Mark.objects.update_or_create(application=application, stage=stage, unit=unit, code=criterion.code, defaults=told)


@transaction.atomic
def pass_formal(*, application: Application, person: Any) -> Application:
    """All criteria are met: the project goes on to the units. Raises NotYours, ApplicationRefused."""
    application = locked(application)
    check = _check_hand(application, person)
    rules.check_state(application, State.SUBMITTED)
    marks = {mark.code: mark.says for mark in application.marks.filter(stage=Stage.FORMAL)}
    if missing := [
        each.words for each in criteria(Stage.FORMAL) if marks.get(each.code) not in (Mark.Says.YES, Mark.Says.NOT_ASKED)
    ]:
        raise rules.ApplicationRefused(_("Not met or not checked yet: %(criteria)s.") % {"criteria": "; ".join(missing)})
    # Again, as a signature may have been taken back since it was marked.
    if marks.get(SUPPORTERS) == Mark.Says.YES:
        check_enough(application)
    check.is_passed, check.decided_at, check.decided_by = True, database_now(), person
    check.save()
    note_estimate_of_author(application)
    take_step(application, State.FORMAL_YES, deed="projects.pass_formal", person=person)
    end_supporting(application)
    write_to_author(application, "formal_yes", {}, dedup="formal")
    return application


def note_estimate_of_author(application: Application) -> None:
    """The author's own estimate opens the history of estimates; within the caller's transaction."""
    Estimate.objects.create(
        application=application, grosze=application.cost_grosze, running_grosze=application.running_grosze,
        reason=_("by the author"), made_at=database_now(),
    )  # fmt: skip


@transaction.atomic
def propose_refusal(*, application: Application, reasons: str, person: Any) -> Check:
    """The verifier proposes to refuse, with reasons; somebody else approves. Raises NotYours, ApplicationRefused."""
    application = locked(application)
    check = _check_hand(application, person)
    rules.check_state(application, State.SUBMITTED)
    if not application.marks.filter(stage=Stage.FORMAL, says=Mark.Says.NO).exists():
        raise rules.ApplicationRefused(_("Mark first which criterion is not met, and why."))
    if not reasons.strip():
        raise rules.ApplicationRefused(_("Write the reasons: they stand on the list and in the letter."))
    check.reasons, check.proposed_by, check.sent_back = reasons.strip(), person, ""
    check.save()
    record(deed="projects.propose_refusal", subject=check, after={"proposed": True}, actor=person)
    return check


@transaction.atomic
def approve_refusal(*, application: Application, person: Any) -> Application:
    """Somebody other than who proposed it refuses the project. Raises NotYours, ApplicationRefused."""
    application = locked(application)
    now = database_now()
    rules.check_may(person, "decide", application, now)
    rules.check_state(application, State.SUBMITTED)
    check = Check.objects.select_for_update().filter(application=application).first()
    if check is None or check.proposed_by is None:
        raise rules.ApplicationRefused(_("Nobody proposed a refusal yet."))
    if check.proposed_by_id == person.pk:
        raise rules.ApplicationRefused(_("Another person than the one who proposed the refusal approves it."))
    check.is_passed, check.decided_at, check.decided_by = False, now, person
    check.save()
    take_step(application, State.FORMAL_NO, deed="projects.approve_refusal", reason=check.reasons, person=person)
    end_supporting(application)
    write_to_author(application, "formal_no", {"reasons": check.reasons}, dedup="formal")
    return application


@transaction.atomic
def send_back_refusal(*, application: Application, reason: str, person: Any) -> Check:
    """Whoever does not agree with a proposed refusal gives it back to the verifier. Raises NotYours, ApplicationRefused."""
    application = locked(application)
    rules.check_may(person, "decide", application, database_now())
    rules.check_state(application, State.SUBMITTED)
    check = Check.objects.select_for_update().filter(application=application).first()
    if check is None or check.proposed_by is None:
        raise rules.ApplicationRefused(_("Nobody proposed a refusal yet."))
    if not reason.strip():
        raise rules.ApplicationRefused(_("Write in a few words why."))
    check.proposed_by, check.sent_back = None, reason.strip()[:500]
    check.save(update_fields=["proposed_by", "sent_back"])
    record(deed="projects.send_back_refusal", subject=check, after={"reason": check.sent_back}, actor=person)
    return check


def _check_hand(application: Application, person: Any) -> Check:
    """The check, if it is this person's: the verifier's or who stands in for them. Raises NotYours."""
    now = database_now()
    rules.check_may(person, "check", application, now)
    check = Check.objects.select_for_update().filter(application=application).first()
    if check is None or not standing_in.is_hand(check, person, now):
        raise rules.NotYours
    return check
