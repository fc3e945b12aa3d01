"""A poll is set up before people take part; urns are placed and opened; the decision that came later is written beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.consultations.models import Form
from ratusz.participation.polls import rules
from ratusz.participation.polls.models import Poll, Urn
from ratusz.participation.remarks.models import Box, Intake
from ratusz.participation.remarks.rules import RemarkRefused

SCHEMA = "ballot"


@transaction.atomic
def set_poll(*, form: Form, question: str, answers: str, residence: str, is_online: bool, uniqueness: str, person: Any) -> Poll:
    """The question, answers one in a line, whose ballots count, and which of several of one person does.

    Raises NotYours, RemarkRefused once people take part.
    """
    now = database_now()
    rules.check_may(person, "run", form, now)
    form = Form.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=form.pk)
    poll = Poll.objects.filter(form=form).first()
    rules.check_unbegun(poll, form, now)
    if form.kind != rules.BALLOT or not question.strip():
        raise RemarkRefused(_("Write the question."))
    before = {} if poll is None else {"question": poll.question, "answers": poll.answers, "residence": poll.residence}
    facts = {
        "question": " ".join(question.split()), "answers": rules.answers_from(answers), "residence": residence,
        "is_online": is_online,
    }  # fmt: skip
    made, _is_new = Poll.objects.update_or_create(form=form, defaults=facts)
    declared = {"schema": SCHEMA, "uniqueness": uniqueness, "proof": Intake.Proof.NONE}
    Box.objects.update_or_create(form=form, defaults=declared)
    record(deed="polls.set_poll", subject=made, before=before, after=facts | {"uniqueness": uniqueness}, actor=person)
    return made


@transaction.atomic
def place_urn(*, poll: Poll, place: str, hours: str = "", seal: str = "", issued: int = 0, person: Any) -> Urn:
    """An urn stands somewhere from now on. Raises NotYours, RemarkRefused for a place that has one, or after the report."""
    rules.check_may(person, "run", poll, database_now())
    rules.check_unreported(poll.form.consultation)
    try:
        with transaction.atomic():
            urn = Urn.objects.create(poll=poll, place=place.strip(), hours=hours.strip(), seal=seal.strip(), issued=issued)
    except IntegrityError as twice:
        raise RemarkRefused(_("There is an urn at this place already.")) from twice
    record(deed="polls.place_urn", subject=urn, after={"place": urn.place, "issued": issued}, actor=person)
    return urn


@transaction.atomic
def open_urn(*, urn: Urn, cards: int, returned: int | None, second: Any, note: str = "", person: Any) -> Urn:
    """Two people open it and count; from then on it stays as they found it. Raises NotYours, RemarkRefused."""
    now = database_now()
    rules.check_may(person, "enter", urn, now)
    urn = Urn.objects.select_for_update(of=("self",)).select_related("poll__form__consultation").get(pk=urn.pk)
    if urn.opened_at is not None:
        raise RemarkRefused(_("This urn was opened before. Its protocol stays as it is."))
    if not urn.poll.form.consultation.has_ended(local_day(now)):
        raise RemarkRefused(_("An urn is opened after the last day of the consultation."))
    rules.check_unreported(urn.poll.form.consultation)
    rules.check_two(person, second)
    rules.check_counts(issued=urn.issued, cards=cards, returned=returned)
    urn.cards, urn.returned, urn.opened_at, urn.opened_by, urn.second_by = cards, returned, now, person, second
    urn.opening_note = note.strip()[:1000]
    urn.save()
    record(deed="polls.open_urn", subject=urn, after={"cards": cards, "returned": returned}, actor=person)
    return urn


@transaction.atomic
def tell_decision(*, poll: Poll, words: str, decided_on: date, person: Any) -> Poll:
    """What was decided later and why stands beside the result, which only advised. Raises NotYours, RemarkRefused."""
    now = database_now()
    rules.check_may(person, "run", poll, now)
    poll = Poll.objects.select_for_update(of=("self",)).select_related("form__consultation").get(pk=poll.pk)
    if not words.strip() or decided_on > local_day(now):
        raise RemarkRefused(_("Write what was decided and why, and on which day."))
    before = {"decision": poll.decision, "decided_on": poll.decided_on}
    poll.decision, poll.decided_on = words.strip(), decided_on
    poll.save(update_fields=["decision", "decided_on"])
    record(
        deed="polls.tell_decision", subject=poll, before=before, after={"decision": poll.decision, "decided_on": decided_on},
        actor=person,
    )  # fmt: skip
    return poll
