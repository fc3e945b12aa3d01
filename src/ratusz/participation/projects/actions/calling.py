"""Letters to the author that wait for an answer by a link: complete the application, or reply before a refusal."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.units.models import Unit
from ratusz.participation.projects import rules
from ratusz.participation.projects.actions.drafts import locked, write_content
from ratusz.participation.projects.actions.intake import check_complete
from ratusz.participation.projects.actions.steps import take_step, write_to_author
from ratusz.participation.projects.actions.supporting import follow
from ratusz.participation.projects.models import Application, Call, Check, State
from ratusz.publishing.website.own_sites import full_address

WHEN = {Call.Kind.COMPLETE: (State.SUBMITTED, State.COMPLETING), Call.Kind.REPLY: (State.FORMAL_YES, State.REPLYING)}
"""Kind of a call to the state it is sent in and the one it leads to."""


@transaction.atomic
def call_author(*, application: Application, kind: str, text: str, person: Any) -> Call:
    """Writes to the author, starts the clock. Raises NotYours, ApplicationRefused."""
    application = locked(application)
    now = database_now()
    rules.check_may(person, "call", application, now)
    before, during = WHEN[Call.Kind(kind)]
    rules.check_state(application, before)
    if not text.strip():
        raise rules.ApplicationRefused(_("Write what the author should do: they get exactly these words."))
    clock = start_clock(
        rule=f"project.{kind}", subject=application.key, label=application.number, unit=Unit.objects.the_department(),
        url=reverse("projects_project", args=[application.pk]), started_at=now,
    )  # fmt: skip
    if kind == Call.Kind.COMPLETE:
        # A refusal proposed before stands on an application that will change.
        Check.objects.filter(application=application).update(proposed_by=None)
    token, digest = rules.new_link()
    call = Call.objects.create(
        application=application,
        kind=kind,
        text=text.strip(),
        link_digest=digest,
        sent_at=now,
        due_at=cast(datetime, clock.due_at),
        sent_by=person,
    )
    address = full_address(reverse("projects:call", args=[application.edition.slug, token]))
    write_to_author(
        application, kind, {"text": call.text, "until": polish_until(call.due_at)}, dedup=f"call:{call.pk}",
        button=(_("Answer"), address),
    )  # fmt: skip
    take_step(application, during, deed="projects.call_author", reason=call.text, person=person)
    follow(application)
    return call


@transaction.atomic
def answer_call(*, call: Call, answer: str, facts: dict[str, Any] | None = None, lines: list[dict[str, Any]] | None = None) -> Call:
    """The author answers in time; a call to complete also changes the application, as a new version. Raises ApplicationRefused."""
    application = locked(call.application)
    call = Call.objects.select_for_update().get(pk=call.pk)
    now = database_now()
    if call.answered_at or call.closed_at:
        raise rules.ApplicationRefused(_("This letter is answered already, or its term is closed."))
    if now >= call.due_at:
        raise rules.ApplicationRefused(
            _("The term ended %(until)s. Call us if something kept you.") % {"until": polish_until(call.due_at)}
        )
    if not answer.strip() and facts is None:
        raise rules.ApplicationRefused(_("Write your answer."))
    if facts is not None and call.kind == Call.Kind.COMPLETE:
        # Where a project lies and its number are settled at intake.
        facts = facts | {"pool": application.pool}
        check_complete(application.edition, facts, lines or [])
        write_content(application, facts, lines or [], by="author")
    call.answer, call.answered_at = answer.strip(), now
    call.save(update_fields=["answer", "answered_at"])
    _back(application, call, "answered", None)
    record(deed="projects.answer_call", subject=call, after={"answered": True})
    return call


@transaction.atomic
def enter_answer(*, call: Call, answer: str, received_at: datetime, person: Any) -> Call:
    """Enters what the author answered on paper or by telephone, by the moment it came. Raises NotYours, ApplicationRefused."""
    application = locked(call.application)
    call = Call.objects.select_for_update().get(pk=call.pk)
    now = database_now()
    rules.check_may(person, "enter", application, now)
    if call.answered_at or call.closed_at:
        raise rules.ApplicationRefused(_("This letter is answered already, or its term is closed."))
    if not call.sent_at <= received_at <= now:
        raise rules.ApplicationRefused(_("Write the moment the answer came: after the letter was sent, and not ahead of now."))
    if received_at >= call.due_at:
        raise rules.ApplicationRefused(_("It came after the term. Close the term without an answer."))
    if not answer.strip():
        raise rules.ApplicationRefused(_("Write what the author says."))
    call.answer, call.answered_at = answer.strip(), received_at
    call.save(update_fields=["answer", "answered_at"])
    _back(application, call, "answered", person)
    record(deed="projects.enter_answer", subject=call, after={"answered": True}, actor=person)
    return call


@transaction.atomic
def close_call(*, call: Call, person: Any) -> Call:
    """The term is over without an answer: the check goes on with what there is. Raises NotYours, ApplicationRefused (too early)."""
    application = locked(call.application)
    call = Call.objects.select_for_update().get(pk=call.pk)
    now = database_now()
    rules.check_may(person, "call", application, now)
    if call.answered_at or call.closed_at:
        raise rules.ApplicationRefused(_("This letter is answered already, or its term is closed."))
    if now < call.due_at:
        raise rules.ApplicationRefused(_("The author has time %(until)s. Wait until then.") % {"until": polish_until(call.due_at)})
    call.closed_at = now
    call.save(update_fields=["closed_at"])
    _back(application, call, "closed", person)
    record(deed="projects.close_call", subject=call, after={"closed_at": now}, actor=person)
    return call


def end_calls(application: Application) -> None:
    """Closes the letter that waits, with its clock: the project leaves. Within the caller's transaction and lock."""
    for call in Call.objects.select_for_update().filter(application=application, answered_at=None, closed_at=None):
        call.closed_at = database_now()
        call.save(update_fields=["closed_at"])
        stop_clock(rule=f"project.{call.kind}", subject=application.key, event="closed")


def _back(application: Application, call: Call, event: str, person: Any) -> None:
    stop_clock(rule=f"project.{call.kind}", subject=application.key, event=event)
    reason = _("The author answered.") if event == "answered" else _("The term passed without an answer.")
    take_step(application, WHEN[Call.Kind(call.kind)][0], deed="projects.call_ended", reason=reason, person=person)
    follow(application)
