"""The database itself refuses what was promised never to happen."""

import pytest
from django.db import Error, transaction

from ratusz.participation.surveys.factories import answer, make_survey
from ratusz.participation.surveys.models import Answer, Questionnaire, Submission, Survey

pytestmark = pytest.mark.django_db


def _refused(deed) -> bool:
    try:
        with transaction.atomic():
            deed()
    except Error:
        return True
    return False


def test_published_questions_promises_answers_and_receipts_stay():
    survey = make_survey()
    answer(survey)
    for deed in (
        lambda: Questionnaire.objects.update(content={}), lambda: Questionnaire.objects.filter(survey=survey).update(number=7),
        lambda: Survey.objects.update(is_anonymous=False), lambda: Survey.objects.update(door="token"),
        lambda: Survey.objects.update(smallest_cell=3), lambda: Survey.objects.update(closes_at=survey.opens_at),
        lambda: Answer.objects.update(content={}), lambda: Answer.objects.all().delete(),
        lambda: Submission.objects.update(receipt="x"), lambda: Submission.objects.all().delete(),
        lambda: Answer.objects.update(submission=Submission.objects.get()),
    ):  # fmt: skip
        assert _refused(deed)


def test_an_anonymous_answer_leads_to_nobody():
    survey = make_survey()
    sent = answer(survey)
    version = survey.versions.get()
    facts = {"survey": survey, "questionnaire": version, "channel": "online"}
    assert _refused(lambda: Answer.objects.create(submission=sent.submission, **facts))
    facts = {"survey": survey, "key": "k", "receipt": "r", "channel": "online", "day": sent.submission.day}
    assert _refused(lambda: Submission.objects.create(received_at=survey.opens_at, **facts))
    assert not _refused(lambda: Answer.objects.create(survey=survey, questionnaire=version, channel="online"))


def test_an_answer_is_of_a_published_version_of_its_survey():
    draft = make_survey(is_published=False, slug="szkic")
    assert _refused(lambda: Answer.objects.create(survey=draft, questionnaire=draft.versions.get(), channel="online"))
    other = make_survey(slug="inna")
    assert _refused(lambda: Answer.objects.create(survey=draft, questionnaire=other.versions.get(), channel="online"))
