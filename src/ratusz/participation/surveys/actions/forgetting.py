"""What is forgotten in time: drafts nobody sends, and own words, places and files of answers given long ago. Numbers stay."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import end_of_day, term_in_years
from ratusz.participation.surveys import terms
from ratusz.participation.surveys.actions.files import delete_files
from ratusz.participation.surveys.models import Answer, Draft, Survey
from ratusz.participation.surveys.questions import content as c

AT_ONCE = 500
OWN = (*c.WORDS, c.FILE, c.MAP)
"""Kinds whose answers may tell of a person."""


@transaction.atomic
def forget_drafts() -> int:
    """Deletes drafts past their time and those of surveys that are over; gives back how many."""
    now = database_now()
    old = Q(keep_until__lte=now) | Q(survey__closes_at__lte=now) | Q(survey__closed_at__isnull=False)
    return erase_drafts(drafts=Draft.objects.filter(old))


@transaction.atomic
def erase_drafts(*, drafts: QuerySet[Draft]) -> int:
    """Deletes drafts with their files; gives back how many."""
    found = list(drafts.select_for_update(of=("self",)).select_related("questionnaire"))
    delete_files([(each.questionnaire.content, each.content) for each in found], "retention")
    return Draft.objects.filter(pk__in=[each.pk for each in found]).delete()[0]


def forget_words() -> int:
    """Takes own words, places and files out of answers whose survey closed long ago; gives back how many answers changed."""
    count, now = 0, database_now()
    for survey in Survey.objects.exclude(published_at=None).filter(answers__erased_at=None).distinct():
        ended = survey.ends_at
        if ended and end_of_day(term_in_years(local_day(ended), terms.term("words_kept_years", now))) <= now:
            count += _forget_in(survey)
    return count


@transaction.atomic
def _forget_in(survey: Survey) -> int:
    now = database_now()
    found = list(survey.answers.filter(erased_at=None).select_related("questionnaire")[:AT_ONCE])
    delete_files([(each.questionnaire.content, each.content) for each in found], "retention")
    for each in found:
        each.content, each.erased_at = without_own_words(each.questionnaire.content, each.content), now
        each.save(update_fields=["content", "erased_at"])
    record(deed="surveys.forget_words", subject=survey, after={"answers": len(found)})
    return len(found)


def without_own_words(questions: c.Content, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers without what people wrote, drew and sent."""
    own = {item["code"] for item in c.items_of(questions) if item["kind"] in OWN}
    return {code: value for code, value in answers.items() if code not in own and not code.endswith(c.OTHER)}


@transaction.atomic
def erase_words(*, answer: Answer, person: Any) -> Answer:
    """Takes own words out of one answer because they tell of a person; the numbers stay."""
    mine = Answer.objects.select_for_update(of=("self",)).select_related("questionnaire").get(pk=answer.pk)
    delete_files([(mine.questionnaire.content, mine.content)], "personal data")
    mine.content, mine.erased_at = without_own_words(mine.questionnaire.content, mine.content), database_now()
    mine.save(update_fields=["content", "erased_at"])
    record(deed="surveys.erase_words", subject=mine, actor=person)
    return mine
