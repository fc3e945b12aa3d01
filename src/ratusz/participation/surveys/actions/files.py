"""Files that people send with an answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from ratusz.foundation.audit.acting import untraced
from ratusz.foundation.files.actions import accept_upload, check_upload, delete_file
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.surveys import rules, terms
from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.questions import content as c

PURPOSE = "surveys.file"


def keep_files(survey: Survey, content: dict[str, Any], uploads: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the public ids of files sent now; those of hidden questions are not kept. Raises AnswersWrong."""
    kept, errors = dict(content), {}
    now = database_now()
    for code, upload in uploads.items():
        if code not in kept:
            continue
        try:
            with untraced():
                stored = accept_upload(
                    upload=upload, name=upload.name or "", purpose=PURPOSE, subject=f"ratusz_surveys.Survey:{survey.pk}",
                    keep_until=now + timedelta(days=terms.term("file_days", now)),
                )  # fmt: skip
            kept[code] = str(stored.public_id)
        except FileRefused as refusal:
            errors[code] = " ".join(refusal.messages)
    if errors:
        raise rules.AnswersWrong(errors)
    return kept


def faults_of(uploads: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with files by the code of their question, before anything is kept."""
    errors = {}
    for code, upload in uploads.items():
        try:
            check_upload(upload=upload, purpose=PURPOSE)
        except FileRefused as refusal:
            errors[code] = " ".join(refusal.messages)
    return errors


def delete_files(contents: Iterable[tuple[dict[str, Any], dict[str, Any]]], reason: str) -> None:
    """Deletes the files of answers; pairs of the questions and what was answered."""
    wanted: list[str] = [
        str(value) for questions, answers in contents for item in c.items_of(questions)
        if item["kind"] == c.FILE and _is_id(value := answers.get(item["code"]))
    ]  # fmt: skip
    for file in StoredFile.objects.filter(public_id__in=wanted, purpose=PURPOSE, deleted_at=None) if wanted else ():
        delete_file(file=file, reason=reason)


def _is_id(value: Any) -> bool:
    try:
        return bool(uuid.UUID(value))
    except (TypeError, ValueError, AttributeError):
        return False
