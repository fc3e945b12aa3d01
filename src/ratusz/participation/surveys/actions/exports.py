"""A file with every answer is asked for, written in the background while its progress is told, and kept for a day."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import keep_made
from ratusz.foundation.jobs.actions import plan
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.made_files import XLSX
from ratusz.participation.surveys import rules, terms
from ratusz.participation.surveys.models import Answer, AnswersExport, Survey
from ratusz.participation.surveys.results import files
from ratusz.participation.surveys.results.reading import items_of

JOB, PURPOSE = "surveys.write_export", "surveys.export"
MEDIA = {"zip": "application/zip", "xlsx": XLSX}
WRITERS = {"zip": files.csv_package, "xlsx": files.workbook}
logger = logging.getLogger("ratusz.surveys")


@transaction.atomic
def ask_export(*, survey: Survey, kind: str, person: Any) -> AnswersExport:
    """Puts a file into the queue; while one of its kind waits or is written, that one is given back.

    Raises NotYours, KeyError, SurveyRefused for a workbook that is too large.
    """
    now = database_now()
    rules.check_may(person, "publish", survey, now)
    held = Survey.objects.select_for_update(no_key=True, of=("self",)).get(pk=survey.pk)
    unfinished = (AnswersExport.State.WAITING, AnswersExport.State.RUNNING)
    waiting = AnswersExport.objects.filter(survey=held, kind=kind, state__in=unfinished).first()
    if waiting is not None:
        # Its job may have been given up for good; then another one takes over.
        _plan(waiting)
        return waiting
    count = Answer.objects.filter(survey=held).count()
    if kind == AnswersExport.Kind.XLSX:
        rules.check_workbook(count, len(files.FIRST) + len(files.columns_of(items_of(held))))
    made = AnswersExport.objects.create(survey=held, kind=AnswersExport.Kind(kind), answers=count, asked_at=now, asked_by=person)
    _plan(made)
    record(deed="surveys.ask_export", subject=made, after={"kind": kind, "answers": count}, actor=person)
    return made


def _plan(export: AnswersExport) -> None:
    plan(action=JOB, arguments={"export": export.pk}, key=f"{JOB}:{export.pk}", keep=True)


def write_export(*, export: int) -> None:
    """The job. A file that broke says so and may be asked for again; one taken over from a dead worker begins anew."""
    unfinished = (AnswersExport.State.WAITING, AnswersExport.State.RUNNING)
    found = AnswersExport.objects.filter(pk=export, state__in=unfinished).select_related("survey", "asked_by").first()
    if found is None:
        return
    # Somebody else may have finished it meanwhile: what is ready stays as it is.
    mine = AnswersExport.objects.filter(pk=export, state__in=unfinished)
    mine.update(state=AnswersExport.State.RUNNING, written=0)
    try:
        content, written = WRITERS[found.kind](found.survey, lambda rows: mine.update(written=rows))
        with content:
            _keep(found, content, written)
    except Exception as error:
        # The class only: words of an error may quote an answer.
        logger.error("the file %s broke: %s", export, type(error).__name__)
        mine.update(state=AnswersExport.State.FAILED, finished_at=database_now())


@transaction.atomic
def _keep(export: AnswersExport, content: Any, written: files.Written) -> None:
    held = AnswersExport.objects.select_for_update(of=("self",)).select_related("survey", "asked_by").get(pk=export.pk)
    if not held.is_open:
        return
    now = database_now()
    held.file = keep_made(
        content=content, name=f"ankieta-{held.survey.slug}.{held.kind}", media_type=MEDIA[held.kind], purpose=PURPOSE,
        subject=f"ratusz_surveys.Survey:{held.survey_id}", keep_until=now + timedelta(days=terms.term("export_days", now)),
        person=held.asked_by,
    )  # fmt: skip
    held.state, held.written, held.digest, held.finished_at = AnswersExport.State.DONE, written.rows, written.digest, now
    held.save(update_fields=["file", "state", "written", "digest", "finished_at"])
