"""An application is written without an account, opened for signatures and submitted; or entered from paper by the Office."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import stop_clock
from ratusz.casework.deadlines.rules import WITHDRAWN
from ratusz.casework.documents.actions import take_number
from ratusz.casework.signatures.actions import end_collection
from ratusz.casework.signatures.actions import open_collection as open_signatures
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_until
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.notifications.actions import add_address
from ratusz.foundation.people.keys import digest_of_token
from ratusz.participation.consultations.applications import links, rules, terms
from ratusz.participation.consultations.applications.actions.steps import locked, run, step, tell
from ratusz.participation.consultations.models import Application, ApplicationArea, ApplicationState, ApplicationStep

SERIES = "consultations.application"
Facts = dict[str, Any]
"""Fields of the application: initiator, organisation, title, subject, reasons, scope_words, forms, other_forms, contact_name …"""


@transaction.atomic
def save_draft(*, facts: Facts, areas: Sequence[Facts], email: str, form_key: uuid.UUID) -> Application:
    """Keeps a draft nobody sees and sends its link to the mailbox. The same form sent twice is one draft.

    Raises ApplicationRefused.
    """
    if (found := _known(form_key)) is not None:
        return found
    now = database_now()
    mine = _made(facts, areas, form_key, now, contact=add_address(channel="email", value=email))
    record(deed="consultations.save_application_draft", subject=mine)
    _send_link(mine)
    return mine


def _known(form_key: uuid.UUID) -> Application | None:
    """What came of this form before; of two sendings at one moment the second waits for the first and finds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ratusz_application_form'), hashtext(%s))", [str(form_key)])
    return Application.objects.filter(form_key=form_key).first()


def _made(facts: Facts, areas: Sequence[Facts], form_key: uuid.UUID, now: datetime, **more: Any) -> Application:
    rules.check_areas(list(areas))
    mine = Application(public_id=uuid.uuid4(), form_key=form_key, made_at=now, **facts, **more)
    mine.token_digest = digest_of_token(links.token_of(mine))
    mine.save(force_insert=True)
    _write_areas(mine, areas)
    return mine


def _write_areas(mine: Application, areas: Sequence[Facts]) -> None:
    mine.areas.all().delete()
    ApplicationArea.objects.bulk_create(ApplicationArea(application=mine, **facts) for facts in areas)


def _send_link(mine: Application) -> None:
    text = _("Your draft “%(title)s” waits for you. By this link you change it, collect signatures and submit it.")
    tell(mine, _("Your application for a consultation"), text % {"title": mine.title})


@transaction.atomic
def change_draft(*, application: Application, facts: Facts, areas: Sequence[Facts]) -> Application:
    """Writes the draft anew; once people sign it, its words stay. Raises ApplicationRefused."""
    mine = locked(application)
    rules.check_state(mine, ApplicationState.DRAFT)
    rules.check_areas(list(areas))
    for name, value in facts.items():
        setattr(mine, name, value)
    mine.save()
    _write_areas(mine, areas)
    record(deed="consultations.change_application_draft", subject=mine)
    return mine


def _number(mine: Application, now: datetime) -> None:
    if mine.number is None:
        mine.number = take_number(series=SERIES, subject=mine.key, at=now).text
        mine.needed = terms.supporters_needed(mine.initiator, now)


@transaction.atomic
def open_collection(*, application: Application) -> Application:
    """The draft becomes public with a number, and people may sign it. Raises ApplicationRefused."""
    mine, now = locked(application), database_now()
    rules.check_state(mine, ApplicationState.DRAFT)
    _number(mine, now)
    if not mine.needed:
        raise rules.ApplicationRefused(_("This application needs no supporters. Submit it at once."))
    mine.state = ApplicationState.COLLECTING
    made = step(mine, ApplicationStep.Kind.OPENED, now)
    open_signatures(subject=mine.key)
    words = _("Your application has the number %(number)s. Its page, where people sign and sheets are printed: %(link)s")
    tell(mine, _("Signatures may be collected"), words % {"number": mine.number, "link": links.public_url(mine)}, made)
    return mine


@transaction.atomic
def submit_application(*, application: Application) -> Application:
    """Hands the application to the Office: its clocks start. Submitted twice it is submitted once. Raises ApplicationRefused."""
    mine, now = locked(application), database_now()
    if mine.submitted_at is not None:
        return mine
    rules.check_state(mine, ApplicationState.DRAFT, ApplicationState.COLLECTING)
    _submit(mine, now, now, None)
    return mine


@transaction.atomic
def enter_application(
    *, facts: Facts, areas: Sequence[Facts], received_on: date, channel: str, person: Any, email: str = "", form_key: uuid.UUID
) -> Application:
    """What came on paper or by e-mail, on the day it came; its clocks run from that day. Raises NotYours, ApplicationRefused."""
    now = database_now()
    rules.check_may(person, "enter", None, now)
    rules.check_received(received_on, now)
    if (found := _known(form_key)) is not None:
        return found
    contact = add_address(channel="email", value=email) if email else None
    mine = _made(facts, areas, form_key, now, contact=contact, channel=channel)
    received = now if received_on == local_day(now) else min(end_of_day(received_on), now)
    _submit(mine, received, now, person)
    return mine


def _submit(mine: Application, received: datetime, now: datetime, person: Any) -> None:
    _number(mine, now)
    mine.state, mine.submitted_at = ApplicationState.SUBMITTED, received
    due_at = run(mine, rules.DECISION, received).due_at
    run(mine, rules.CALL, received)
    made = step(mine, ApplicationStep.Kind.SUBMITTED, received, person=person, due_at=due_at)
    if mine.needed:
        open_signatures(subject=mine.key)
    words = _("We have your application “%(title)s”. Its number is %(number)s. We answer %(until)s.")
    until = polish_until(due_at) if due_at else ""
    tell(mine, _("Your application has reached us"), words % {"title": mine.title, "number": mine.number, "until": until}, made)


@transaction.atomic
def withdraw_application(*, application: Application, person: Any = None) -> Application:
    """The applicant takes it back; a draft that nobody saw is deleted. Raises NotYours, ApplicationRefused."""
    mine, now = locked(application), database_now()
    if person is not None:
        rules.check_may(person, "check", mine, now)
    if not rules.is_withdrawable(mine):
        raise rules.ApplicationRefused(_("This application is decided. It cannot be withdrawn any more."))
    if mine.state == ApplicationState.DRAFT:
        record(deed="consultations.delete_application_draft", subject=mine, actor=person)
        mine.delete()
        return mine
    mine.state = ApplicationState.WITHDRAWN
    for rule in (rules.CALL, rules.REPLY, rules.DECISION, rules.APPEAL, rules.COUNCIL):
        stop_clock(rule=rule, subject=mine.key, event=WITHDRAWN)
    step(mine, ApplicationStep.Kind.WITHDRAWN, now, person=person)
    end_collection(subject=mine.key)
    return mine
