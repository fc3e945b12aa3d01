"""Intakes are judged at entry: completed, accepted, rejected with a code, set apart, taken back; complaints about rejections."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.moderation.actions import hold, withdraw_from_queue
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import area, links, rules, terms
from ratusz.participation.remarks.actions.intake import Author, missing_of, proof_of
from ratusz.participation.remarks.actions.repeated import settle_repeated
from ratusz.participation.remarks.actions.showing import QUEUE, before_everybody, hide_remark
from ratusz.participation.remarks.actions.telling import note
from ratusz.participation.remarks.boxes import box_of
from ratusz.participation.remarks.models import NOT_SHOWN, Change, Complaint, Intake, Remark

State = Intake.State
OPEN = (State.REGISTERED, State.COMPLETION_ASKED, State.ACCEPTED, State.LATE, State.OUT_OF_SCOPE, State.WRONG_FORM)
"""States from which a clerk may move an intake."""


def locked(intake: Intake) -> Intake:
    """The intake under its lock, the consultation's first, as everywhere; no moderator judges its remarks meanwhile."""
    hold(*[f"{QUEUE}:{pk}" for pk in intake.remarks.values_list("pk", flat=True)])
    Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=intake.consultation_id)
    # Not FOR UPDATE: whoever holds a remark and notes a step of it would wait for this row, and this one for the remark.
    rows = Intake.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("consultation", "form", "contact", "district")
    return found.get(pk=intake.pk)


def _taken(intake: Intake, person: Any, deed: str = "run") -> Intake:
    rules.check_may(person, deed, intake, database_now())
    return locked(intake)


@transaction.atomic
def ask_completion(*, intake: Intake, words: str, person: Any) -> Intake:
    """Asks the author for what is missing; without an address the question stands under the receipt number. Raises as usual."""
    intake, now = _taken(intake, person, "enter"), database_now()
    rules.check_state(intake, State.REGISTERED, State.COMPLETION_ASKED)
    if not words.strip():
        raise rules.RemarkRefused(_("Write what is missing: the author gets exactly these words."))
    before, intake.state, intake.asked_at = intake.state, State.COMPLETION_ASKED, now
    intake.save(update_fields=["state", "asked_at"])
    until = local_day(now) + timedelta(days=terms.term("completion_days", now))
    told = _("%(words)s Please complete it until %(day)s.") % {"words": words.strip(), "day": polish_date(until)}
    note(intake, Change.Kind.ASKED, words=told, at=now)
    record(deed="remarks.ask_completion", subject=intake, before={"state": before}, after={"state": intake.state}, actor=person)
    return intake


@transaction.atomic
def complete(*, intake: Intake, author: Author, person: Any = None) -> Intake:
    """The author, by the own link, or a clerk adds what was missing; then the intake is judged anew. Raises as usual."""
    if person is not None:
        rules.check_may(person, "enter", intake, database_now())
    intake = locked(intake)
    rules.check_kept(intake)
    rules.check_state(intake, State.REGISTERED, State.COMPLETION_ASKED)
    code = "code" in intake.missing and person is None
    intake.author_name, intake.author_address = author.name.strip(), author.address.strip()
    intake.category, intake.organisation = author.category, author.organisation.strip()
    intake.answers = {**intake.answers, **author.answers}
    places = list(intake.remarks.values_list("place", flat=True))
    intake.district = area.district_of(intake.author_address, places)
    intake.is_in_area = area.is_inside(intake.consultation, intake.form, intake.district, places)
    intake.author_digest = links.author_digest(intake.consultation, intake.author_name, intake.author_address)
    intake.proof = proof_of(intake)
    email = intake.contact.value if intake.contact else ""
    said = Author(author.name, author.address, author.category, author.organisation, email, intake.answers)
    intake.missing = [each for each in missing_of(intake, said, box_of(intake.form)) if each != "code"] + ["code"] * code
    if intake.missing:
        intake.save()
        return intake
    return _accepted(intake, person, Change.Kind.COMPLETED)


def confirm_author(intake: Intake) -> Intake:
    """The code of the author was typed right; within the caller's transaction, under the lock of the intake."""
    intake.proof = Intake.Proof.CODE
    intake.missing = [each for each in intake.missing if each != "code"]
    if intake.missing or intake.state != State.COMPLETION_ASKED:
        intake.save(update_fields=["proof", "missing"])
        return intake
    return _accepted(intake, None, Change.Kind.COMPLETED)


def _accepted(intake: Intake, person: Any, kind: str) -> Intake:
    now, before = database_now(), intake.state
    intake.state, intake.judged_at, intake.judged_by = State.ACCEPTED, now, person
    intake.reason_code, intake.reason_note, intake.repeats = "", "", None
    intake.save()
    note(intake, kind, at=now)
    record(deed="remarks.accept", subject=intake, before={"state": before}, after={"state": intake.state}, actor=person)
    settle_repeated(intake, now)
    before_everybody(intake, intake.remarks.filter(is_public=False))
    return intake


@transaction.atomic
def accept(*, intake: Intake, person: Any) -> Intake:
    """A clerk takes it as it is, although something may be missing. Raises NotYours, RemarkRefused."""
    intake = _taken(intake, person)
    rules.check_state(intake, State.REGISTERED, State.COMPLETION_ASKED, State.OUT_OF_SCOPE, State.WRONG_FORM)
    return _accepted(intake, person, Change.Kind.COMPLETED)


@transaction.atomic
def set_apart(*, intake: Intake, state: str, note_words: str = "", person: Any) -> Intake:
    """Outside the subject, or in another form: kept, reported under its own heading. Raises NotYours, RemarkRefused."""
    intake, now = _taken(intake, person), database_now()
    rules.check_state(intake, *OPEN)
    if state not in (State.OUT_OF_SCOPE, State.WRONG_FORM):
        raise rules.RemarkRefused(_("Choose what it is: outside the subject, or in another form."))
    before, intake.state, intake.reason_note = intake.state, state, note_words.strip()[:500]
    intake.judged_at, intake.judged_by = now, person
    intake.save(update_fields=["state", "reason_note", "judged_at", "judged_by"])
    if state in NOT_SHOWN:
        _out_of_sight(intake, person)
    note(intake, Change.Kind.CLASSIFIED, words=str(intake.get_state_display()).capitalize() + ".", at=now)
    record(deed="remarks.set_apart", subject=intake, before={"state": before}, after={"state": state}, actor=person)
    return intake


@transaction.atomic
def reject(*, intake: Intake, code: str, note_words: str = "", second: Any = None, person: Any) -> Intake:
    """It does not count, for a reason with a code; on paper a second person looked at it. Nothing is deleted. Raises as usual."""
    intake, now = _taken(intake, person), database_now()
    rules.check_state(intake, *OPEN)
    rules.check_reason(code, terms.reasons_on(local_day(now)))
    rules.check_second_person(intake, second, person)
    before, intake.state, intake.reason_code = intake.state, State.REJECTED, code
    intake.reason_note, intake.judged_at, intake.judged_by, intake.second_by = note_words.strip()[:500], now, person, second
    intake.save(update_fields=["state", "reason_code", "reason_note", "judged_at", "judged_by", "second_by"])
    _out_of_sight(intake, person)
    days = terms.term("complaint_days", now)
    told = _("Reason: %(reason)s. You may complain until %(day)s on the page of your intake or at the Office.") % {
        "reason": terms.reason_name(code, now), "day": polish_date(local_day(now) + timedelta(days=days)),
    }  # fmt: skip
    note(intake, Change.Kind.REJECTED, words=told, at=now)
    record(
        deed="remarks.reject", subject=intake, before={"state": before}, after={"state": intake.state, "reason": code},
        actor=person,
    )  # fmt: skip
    return intake


def _out_of_sight(intake: Intake, person: Any) -> None:
    for remark in Remark.objects.filter(intake=intake):
        hide_remark(remark=remark, person=person)
        withdraw_from_queue(thing=f"{QUEUE}:{remark.pk}")


@transaction.atomic
def withdraw(*, intake: Intake, person: Any = None) -> Intake:
    """The author takes it back, by the own link or at the Office. Its numbers stay; it needs no reasons. Raises as usual."""
    if person is not None:
        rules.check_may(person, "enter", intake, database_now())
    intake, now = locked(intake), database_now()
    rules.check_state(intake, *OPEN)
    rules.check_no_ballot(intake)
    if intake.consultation.reported_at is not None:
        words = _("The report is published already, so the remark stays in it. Write to us if it has to change.")
        raise rules.RemarkRefused(words)
    before, intake.state, intake.judged_at = intake.state, State.WITHDRAWN, now
    intake.save(update_fields=["state", "judged_at"])
    for remark in intake.remarks.filter(is_public=False):
        withdraw_from_queue(thing=f"{QUEUE}:{remark.pk}")
    for remark in intake.remarks.all():
        note(intake, Change.Kind.WITHDRAWN, remark=remark, at=now)
    record(deed="remarks.withdraw", subject=intake, before={"state": before}, after={"state": intake.state}, actor=person)
    return intake


@transaction.atomic
def complain(*, intake: Intake, words: str, person: Any = None) -> Complaint:
    """The author says why it should count; once, within the days of the pack. Raises RemarkRefused."""
    if person is not None:
        rules.check_may(person, "enter", intake, database_now())
    intake, now = locked(intake), database_now()
    rules.check_state(intake, State.REJECTED)
    if not words.strip():
        raise rules.RemarkRefused(_("Write why it should count."))
    last = local_day(intake.judged_at or now) + timedelta(days=terms.term("complaint_days", now))
    if local_day(now) > last and person is None:
        raise rules.RemarkRefused(_("The time for a complaint was over on %(day)s. Write to us.") % {"day": polish_date(last)})
    made, is_new = Complaint.objects.get_or_create(intake=intake, defaults={"words": words.strip()[:3000], "made_at": now})
    if not is_new:
        raise rules.RemarkRefused(_("We have your complaint already. The answer comes to you and stands here."))
    record(deed="remarks.complain", subject=made, actor=person)
    return made


@transaction.atomic
def answer_complaint(*, complaint: Complaint, is_upheld: bool, answer: str, person: Any) -> Complaint:
    """Somebody else than whoever rejected answers; upheld, the intake counts. Raises NotYours, RemarkRefused."""
    intake, now = _taken(complaint.intake, person), database_now()
    complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    rules.check_answerer(intake, person)
    if complaint.answered_at is not None:
        raise rules.RemarkRefused(_("This complaint has been answered already."))
    if not answer.strip():
        raise rules.RemarkRefused(_("Write the answer: the author gets exactly these words."))
    complaint.is_upheld, complaint.answer = is_upheld, answer.strip()[:3000]
    complaint.answered_at, complaint.answered_by, complaint.intake = now, person, intake
    complaint.save()
    record(deed="remarks.answer_complaint", subject=complaint, after={"is_upheld": is_upheld}, actor=person)
    if is_upheld:
        _restored(intake, answer.strip(), person)
    else:
        note(intake, Change.Kind.REJECTED, words=answer.strip(), at=now)
    return complaint


def _restored(intake: Intake, words: str, person: Any) -> None:
    is_late = rules.is_late(intake.consultation, intake.form, intake.received_at)
    before, intake.state = intake.state, State.LATE if is_late else State.ACCEPTED
    intake.reason_code, intake.repeats, intake.second_by = "", None, None
    intake.save(update_fields=["state", "reason_code", "repeats", "second_by"])
    note(intake, Change.Kind.RESTORED, words=words)
    record(deed="remarks.restore", subject=intake, before={"state": before}, after={"state": intake.state}, actor=person)
    before_everybody(intake, intake.remarks.filter(is_public=False))
