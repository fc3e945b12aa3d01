"""Remarks on projects: written by residents while that stage is open, let out or hidden by moderation, answered by the Office."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from ratusz.casework.moderation.actions import put_in_queue
from ratusz.casework.moderation.models import Source
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.projects import announced, calendar, rules
from ratusz.participation.projects.models import Application, Remark
from ratusz.publishing.website.actions import bump_content_version

QUEUE = "projects.remark"


@transaction.atomic
def write_remark(*, application: Application, kind: str, words: str, email: str = "") -> Remark:
    """Takes a remark in and puts it before a moderator. Raises ApplicationRefused outside the stage of remarks."""
    now = database_now()
    if not rules.takes_remarks(announced.shown_state(application), calendar.is_open(application.edition, "remarks", now)):
        raise rules.ApplicationRefused(_("Remarks on this project are not taken now."))
    if not words.strip():
        raise rules.ApplicationRefused(_("Write your remark."))
    made = Remark.objects.create(application=application, kind=kind, words=words.strip(), email=email, written_at=now)
    record(deed="projects.write_remark", subject=made, after={"kind": kind, "project": application.number})
    put_in_queue(thing=f"{QUEUE}:{made.pk}", source=Source.BEFORE)
    return made


@transaction.atomic
def show_remark(*, remark: Remark, person: Any) -> None:
    """Lets a remark out; without effect on one that is out. For moderation, in its transaction."""
    _set(remark, person, "projects.show_remark", shown_at=remark.shown_at or database_now())


@transaction.atomic
def hide_remark(*, remark: Remark, person: Any) -> None:
    """Takes a remark away from everybody's eyes. For moderation, in its transaction."""
    _set(remark, person, "projects.hide_remark", shown_at=None)


@transaction.atomic
def edit_remark(*, remark: Remark, words: str, person: Any) -> None:
    """Changes the words, such as a name taken out. For moderation, in its transaction."""
    _set(remark, person, "projects.edit_remark", words=words)


def _set(remark: Remark, person: Any, deed: str, **facts: Any) -> None:
    Remark.objects.filter(pk=remark.pk).update(**facts)
    record(deed=deed, subject=remark, after={"is_shown": facts.get("shown_at", remark.shown_at) is not None}, actor=person)
    bump_content_version()


@transaction.atomic
def answer_remark(*, remark: Remark, answer: str, person: Any) -> Remark:
    """What the Office says to a remark that is out; a later answer stands instead. Raises NotYours, ApplicationRefused."""
    now = database_now()
    rules.check_may(person, "check", remark.application, now)
    remark = Remark.objects.select_for_update().get(pk=remark.pk)
    if remark.shown_at is None:
        raise rules.ApplicationRefused(_("This remark is not shown. A moderator lets it out first."))
    if not answer.strip():
        raise rules.ApplicationRefused(_("Write the answer: everybody reads it under the remark."))
    before, remark.answer, remark.answered_at, remark.answered_by = remark.answer, answer.strip(), now, person
    remark.save(update_fields=["answer", "answered_at", "answered_by"])
    record(deed="projects.answer_remark", subject=remark, before={"answer": before}, after={"answer": remark.answer}, actor=person)
    bump_content_version()
    return remark


@transaction.atomic
def erase_remarks(*, remarks: models.QuerySet[Remark]) -> int:
    """Takes the e-mail out; the remark itself names nobody and stays."""
    return Remark.objects.filter(pk__in=list(remarks.values_list("pk", flat=True))).exclude(email="").update(email="")
