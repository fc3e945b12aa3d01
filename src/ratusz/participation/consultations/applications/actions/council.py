"""After a refusal: its receipt, the appeal to the City Council, the session, what the Council resolved; and terms that ran out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import set_due, stop_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.signatures.actions import end_collection
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.participation.consultations.applications import rules
from ratusz.participation.consultations.applications.actions.checking import resume_decision
from ratusz.participation.consultations.applications.actions.deciding import become_consultation
from ratusz.participation.consultations.applications.actions.steps import locked, run, step, tell
from ratusz.participation.consultations.models import Application, ApplicationState, ApplicationStep


@transaction.atomic
def note_delivery(*, application: Application, day: date, person: Any) -> Application:
    """The letter with the refusal was received on that day: the days of the appeal run. Raises NotYours, ApplicationRefused."""
    mine, now = locked(application), database_now()
    rules.check_may(person, "note", mine, now)
    rules.check_state(mine, ApplicationState.REFUSED)
    rules.check_received(day, now)
    if mine.delivered_at is not None or (mine.decided_at and day < local_day(mine.decided_at)):
        raise rules.ApplicationRefused(_("The receipt is noted already, or the day is before the refusal. Look at the history."))
    mine.delivered_at = min(end_of_day(day), now)
    due_at = run(mine, rules.APPEAL, mine.delivered_at).due_at
    step(mine, ApplicationStep.Kind.DELIVERED, mine.delivered_at, person=person, due_at=due_at)
    return mine


@transaction.atomic
def file_appeal(*, application: Application, words: str, person: Any = None) -> Application:
    """The applicant appeals to the City Council; a clerk writes down one on paper. Raises NotYours, ApplicationRefused."""
    mine, now = locked(application), database_now()
    if person is not None:
        rules.check_may(person, "enter", mine, now)
    clock = Clock.objects.filter(rule_code=rules.APPEAL, subject=mine.key).order_by("-pk").first()
    rules.check_appeal(mine, clock.due_at if clock else None, now)
    words = rules.check_words(words)
    stop_clock(rule=rules.APPEAL, subject=mine.key, event="appealed")
    mine.state = ApplicationState.APPEALED
    due_at = end_of_day(mine.session_on) if mine.session_on else None
    run(mine, rules.COUNCIL, now, due_at)
    made = step(mine, ApplicationStep.Kind.APPEALED, now, words=words, person=person, due_at=due_at)
    text = _("We have your appeal in the matter of the application %(number)s. The City Council hears it at its next session.")
    tell(mine, _("Your appeal has reached us"), text % {"number": mine.number}, made)
    return mine


@transaction.atomic
def note_session(*, application: Application, day: date, person: Any) -> Application:
    """The day of the session that hears the appeal is known. Raises NotYours, ApplicationRefused."""
    mine, now = locked(application), database_now()
    rules.check_may(person, "note", mine, now)
    rules.check_state(mine, ApplicationState.APPEALED)
    if day < local_day(now):
        raise rules.ApplicationRefused(_("This day is over. Write the day of a session that is still ahead."))
    mine.session_on, due_at = day, end_of_day(day)
    set_due(rule=rules.COUNCIL, subject=mine.key, due_at=due_at)
    made = step(mine, ApplicationStep.Kind.SESSION, now, person=person, due_at=due_at)
    text = _("The City Council hears your appeal on %(day)s (application %(number)s).")
    tell(mine, _("The session that hears your appeal"), text % {"day": polish_date(day), "number": mine.number}, made)
    return mine


@transaction.atomic
def note_council(*, application: Application, is_upheld: bool, resolution: str, words: str, person: Any) -> Application:
    """What the City Council resolved; an appeal that is upheld makes a consultation. Raises NotYours, ApplicationRefused."""
    mine, now = locked(application), database_now()
    rules.check_may(person, "note", mine, now)
    rules.check_state(mine, ApplicationState.APPEALED)
    if not resolution.strip():
        raise rules.ApplicationRefused(_("Write the number of the Council's resolution."))
    rules.check_session_over(mine, now)
    mine.resolution = resolution.strip()[:60]
    if is_upheld:
        become_consultation(mine, person)
    mine.state = ApplicationState.ACCEPTED if is_upheld else ApplicationState.DISMISSED
    stop_clock(rule=rules.COUNCIL, subject=mine.key, event="upheld" if is_upheld else "dismissed")
    kind = ApplicationStep.Kind.UPHELD if is_upheld else ApplicationStep.Kind.DISMISSED
    made = step(mine, kind, now, words=words.strip(), person=person)
    end_collection(subject=mine.key)
    result = _("upheld: the consultation will be held") if is_upheld else _("dismissed: the refusal stands")
    text = _("The City Council decided on your appeal (application %(number)s, resolution %(resolution)s): %(result)s.")
    told = text % {"number": mine.number, "resolution": mine.resolution, "result": result}
    tell(mine, _("The City Council decided on your appeal"), told, made)
    return mine


@transaction.atomic
def close_what_lapsed(*, subject: str, rule: str, at: datetime) -> None:
    """A term of the applicant ran out: without an answer the check goes on, without an appeal the refusal is final."""
    mine = Application.objects.select_for_update().filter(pk=subject.partition(":")[2]).first()
    if mine is None:
        return
    if rule == rules.REPLY and mine.state == ApplicationState.CALLED:
        stop_clock(rule=rules.REPLY, subject=mine.key, event="lapsed", at=at)
        resume_decision(mine)
        mine.state = ApplicationState.SUBMITTED
        made = step(mine, ApplicationStep.Kind.LAPSED, at)
        text = _("The term to complete the application %(number)s is over. The President decides on what is there.")
        tell(mine, _("The term to complete your application is over"), text % {"number": mine.number}, made)
    if rule == rules.APPEAL and mine.state == ApplicationState.REFUSED:
        stop_clock(rule=rules.APPEAL, subject=mine.key, event="not_appealed", at=at)
        end_collection(subject=mine.key)
