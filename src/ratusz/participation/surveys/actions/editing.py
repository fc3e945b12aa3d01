"""The questions are written: every change keeps what was before for one step back; after a published version the next begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.surveys import queries, rules
from ratusz.participation.surveys.models import Questionnaire, Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions import editing


@transaction.atomic
def change_questions(*, survey: Survey, change: Callable[[c.Content], c.Content], person: Any) -> Questionnaire:
    """Carries one change of `questions.editing` out. Raises NotYours, SurveyRefused."""
    mine = _mine(survey, person)
    try:
        changed = change(mine.content)
    except editing.NoRoom as refusal:
        raise rules.SurveyRefused(_("The questionnaire is as long as it may be. Delete something first.")) from refusal
    except (KeyError, IndexError) as refusal:
        raise rules.SurveyRefused(_("This question or part was deleted a moment ago. Look at the questions again.")) from refusal
    mine.undo, mine.content, mine.changed_at = mine.content, changed, database_now()
    mine.save(update_fields=["undo", "content", "changed_at"])
    counts = {"questions": len(c.questions_of(changed)), "parts": len(c.pages_of(changed))}
    record(deed="surveys.change_questions", subject=mine, after=counts, actor=person)
    return mine


@transaction.atomic
def take_back_change(*, survey: Survey, person: Any) -> Questionnaire:
    """One step back; once more brings the change again. Raises NotYours, SurveyRefused."""
    mine = _mine(survey, person)
    if mine.undo is None:
        raise rules.SurveyRefused(_("There is no change to take back."))
    mine.undo, mine.content, mine.changed_at = mine.content, mine.undo, database_now()
    mine.content["last"] = max(mine.content.get("last", 0), mine.undo.get("last", 0))
    mine.save(update_fields=["undo", "content", "changed_at"])
    record(deed="surveys.take_back_change", subject=mine, actor=person)
    return mine


def _mine(survey: Survey, person: Any) -> Questionnaire:
    """The version that may change, locked."""
    rules.check_may(person, "draft", survey, database_now())
    Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    return rules.check_version(Questionnaire.objects.select_for_update().filter(survey=survey, published_at=None).first())


@transaction.atomic
def begin_version(*, survey: Survey, person: Any) -> Questionnaire:
    """The next version, from the questions as they are now. Raises NotYours, SurveyRefused."""
    now = database_now()
    rules.check_may(person, "draft", survey, now)
    survey = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    if survey.is_over(now):
        raise rules.SurveyRefused(_("The survey is over: its questions stay as they were."))
    if begun := queries.draft_version(survey):
        return begun
    number = survey.versions.aggregate(last=Max("number"))["last"] + 1
    content = queries.version_in_force(survey).content
    made = Questionnaire.objects.create(survey=survey, number=number, content=content, made_at=now, changed_at=now)
    record(deed="surveys.begin_version", subject=made, after={"number": number}, actor=person)
    return made
