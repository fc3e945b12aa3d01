"""An answer is taken: once for one form, checked anew, counted against quotas, parted from whoever gave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.acting import untraced
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.surveys import links, rules
from ratusz.participation.surveys.actions.files import keep_files
from ratusz.participation.surveys.models import Answer, Channel, Questionnaire, Quota, Submission, Survey, Token
from ratusz.participation.surveys.questions.conditions import holds
from ratusz.participation.surveys.questions.judging import group_of, judge

SHARED = "SELECT * FROM ratusz_surveys_survey WHERE id = %s FOR SHARE"
"""Answers do not wait for one another, and closing waits for those on their way."""


@dataclass(frozen=True)
class Sent:
    """What came of a form. `is_again`: it had been sent before."""

    submission: Submission
    is_again: bool = False


@transaction.atomic
def submit_answer(
    *, version: Questionnaire, key: str, given: dict[str, Any], language: str = "pl", channel: str = Channel.ONLINE,
    token: Token | None = None, uploads: Mapping[str, Any] | None = None,
) -> Sent:  # fmt: skip
    """Takes one answer, typed values by codes of questions. `key` is that of the form: sent again, it gives the same receipt.

    `uploads`: code of a question to the file sent with this form. Raises AnswersWrong, QuotaFull, SurveyRefused: nothing is kept.
    """
    digest = links.key_digest(version.survey, key)
    if known := Submission.objects.filter(key=digest).first():
        return Sent(known, is_again=True)
    survey = Survey.objects.raw(SHARED, [version.survey_id])[0]
    now = database_now()
    rules.check_open(survey, now)
    judged = judge(version.content, given | dict.fromkeys(uploads or {}, NOT_KEPT_YET))
    if judged.errors:
        raise rules.AnswersWrong(judged.errors)
    if not judged.content:
        raise rules.SurveyRefused(_("Answer at least one question."))
    made = Submission(survey=survey, key=digest, receipt=links.receipt_of(digest), channel=channel, day=local_day(now))
    made.language, made.dropped = language, list(judged.dropped)
    made.received_at = None if survey.is_anonymous else now
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return Sent(Submission.objects.get(key=digest), is_again=True)
    _use_up(survey, token)
    _count(survey, judged.content)
    answer = take_content(version, made, keep_files(survey, judged.content, uploads or {}))
    if not survey.is_anonymous:
        with untraced():
            record(deed="surveys.answer", subject=answer, after={"channel": channel})
    return Sent(made)


NOT_KEPT_YET = "00000000-0000-0000-0000-000000000000"
"""Stands for a file while the answer is checked."""


def take_content(version: Questionnaire, made: Submission, content: dict[str, Any]) -> Answer:
    """Writes the content, which in an anonymous survey leads to no receipt, no moment and no order."""
    survey = made.survey
    return Answer.objects.create(
        survey=survey, questionnaire=version, submission=None if survey.is_anonymous else made, channel=made.channel,
        group=group_of(version.content, content), content=content,
    )  # fmt: skip


def _use_up(survey: Survey, token: Token | None) -> None:
    if not rules.needs_code(survey):
        return
    mine = Token.objects.select_for_update().filter(pk=token.pk if token else 0, survey=survey).first()
    if mine is None:
        raise rules.SurveyRefused(_("This survey is answered with a code. Enter yours first."))
    if mine.is_used:
        raise rules.SurveyRefused(_("This code has been used: one code is one answer."))
    mine.is_used = True
    mine.save(update_fields=["is_used"])


def _count(survey: Survey, content: dict[str, Any]) -> None:
    """Takes a place in every quota that concerns this answer; the rows are locked in one order."""
    concerned = [each.pk for each in Quota.objects.filter(survey=survey) if holds(each.condition, content)]
    for quota in Quota.objects.select_for_update().filter(pk__in=concerned).order_by("pk") if concerned else ():
        if quota.is_full:
            raise rules.QuotaFull(_("Thank you. We have enough answers of people in your situation, so we do not take this one."))
        quota.taken += 1
        quota.save(update_fields=["taken"])
