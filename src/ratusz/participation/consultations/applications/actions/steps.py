"""What every deed on an application shares: the lock, the step in its history, the letter to the applicant, its clocks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.signatures.actions import renew_collection
from ratusz.foundation.audit.actions import record
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.applications import links
from ratusz.participation.consultations.models import Application, ApplicationStep

PURPOSE = "consultations.application"


def locked(application: Application) -> Application:
    """The application, nobody else's until the caller's transaction ends."""
    return Application.objects.select_for_update(of=("self",)).select_related("contact").get(pk=application.pk)


def step(
    mine: Application, kind: str, at: datetime, *, words: str = "", person: Any = None, due_at: datetime | None = None
) -> ApplicationStep:
    """Saves the application, writes the step and the record, and makes its collection of signatures follow."""
    mine.save()
    made = ApplicationStep.objects.create(
        application=mine, kind=kind, happened_at=at, words=words, person=person, due_at=due_at
    )  # fmt: skip
    after = {"step": kind, "state": mine.state, "due_at": due_at}
    record(deed="consultations.application_step", subject=mine, after=after, actor=person)
    renew_collection(subject=mine.key)
    return made


def run(mine: Application, rule: str, started_at: datetime, due_at: datetime | None = None) -> Clock:
    """Starts a clock of the application with the department."""
    return start_clock(
        rule=rule, subject=mine.key, label=str(mine), url=reverse("consultation_application", args=[mine.pk]),
        unit=Unit.objects.the_department(), started_at=started_at, due_at=due_at,
    )  # fmt: skip


def tell(mine: Application, subject: str, text: str, about: ApplicationStep | None = None, *, own_page: bool = True) -> None:
    """Writes to the contact person by e-mail or letter; who left no address looks by the number."""
    if mine.contact is None:
        return
    button = (_("Your application"), links.my_application_url(mine)) if own_page else None
    key = f"{mine.key}:{about.kind if about else 'link'}:{about.pk if about else 0}"
    send(to=mine.contact, purpose=PURPOSE, subject=subject, text=text, button=button, dedup_key=key)
