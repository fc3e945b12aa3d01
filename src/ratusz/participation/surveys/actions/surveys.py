"""A survey from its first words to its end: made, its facts saved, published, its last day moved, closed; quotas."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.participation.surveys import queries, rules, terms
from ratusz.participation.surveys.models import Questionnaire, Quota, Survey
from ratusz.participation.surveys.questions import editing
from ratusz.publishing.website.actions import bump_content_version

FACTS = (
    "slug", "title", "lead", "thanks", "words", "languages", "unit", "door", "sample", "who_could", "reached_by", "population",
    "is_anonymous", "smallest_cell", "is_paged", "is_listed", "opens_at", "closes_at",
)  # fmt: skip


@transaction.atomic
def make_survey(
    *, title: str, slug: str, unit: Unit, person: Any, ready: str = "", like: Survey | None = None, subject: str = ""
) -> Survey:
    """A new survey, empty, from the library (`ready`) or `like` an earlier one. Raises NotYours, SurveyRefused."""
    now = database_now()
    survey = Survey(title=title.strip(), slug=slug, unit=unit, languages=["pl"], made_at=now, made_by=person, subject=subject)
    rules.check_may(person, "draft", survey, now)
    if Survey.objects.filter(slug=slug).exists():
        raise rules.SurveyRefused(_("Another survey has this address. Choose another one."))
    survey.smallest_cell = terms.term("smallest_cell", now)
    if like is not None:
        for name in (
            "lead",
            "thanks",
            "words",
            "languages",
            "door",
            "sample",
            "who_could",
            "reached_by",
            "is_anonymous",
            "is_paged",
        ):
            setattr(survey, name, getattr(like, name))
    survey.save()
    content = queries.newest_version(like).content if like else terms.library()[ready].content if ready else editing.empty()
    Questionnaire.objects.create(survey=survey, number=1, content=content, made_at=now, changed_at=now)
    record(deed="surveys.make_survey", subject=survey, after={"title": survey.title}, actor=person)
    return survey


@transaction.atomic
def save_survey(*, survey: Survey, facts: dict[str, Any], person: Any) -> Survey:
    """Saves facts by the names of FACTS; once published, those of rules.SETTLED stay. Raises NotYours, SurveyRefused."""
    rules.check_may(person, "draft", survey, database_now())
    mine = Survey.objects.select_for_update().get(pk=survey.pk)
    before = {name: getattr(mine, name) for name in FACTS if name in facts}
    changed = {name: facts[name] for name in before if facts[name] != before[name]}
    if mine.published_at is not None:
        rules.check_may(person, "publish", mine, database_now())
        if set(changed) & set(rules.SETTLED):
            rules.check_not_published(mine)
    if facts.get("slug", mine.slug) != mine.slug and Survey.objects.filter(slug=facts["slug"]).exists():
        raise rules.SurveyRefused(_("Another survey has this address. Choose another one."))
    for name, value in changed.items():
        setattr(mine, name, value)
    rules.check_may(person, "draft", mine, database_now())
    mine.save()
    told = {name: str(value) for name, value in changed.items()}
    record(deed="surveys.save_survey", subject=mine, before={name: str(before[name]) for name in changed}, after=told, actor=person)
    bump_content_version()
    return mine


@transaction.atomic
def publish(*, survey: Survey, person: Any) -> Survey:
    """Publishes the survey, or the new version of one that goes on. Raises NotYours, SurveyRefused with all that is missing."""
    survey = Survey.objects.select_for_update().select_related("unit").get(pk=survey.pk)
    now = database_now()
    rules.check_may(person, "publish", survey, now)
    version = Questionnaire.objects.select_for_update().filter(survey=survey, published_at=None).first()
    rules.check_publishable(survey, version, now)
    if version is not None:
        version.published_at, version.undo = now, None
        version.save(update_fields=["published_at", "undo"])
    if survey.published_at is None:
        survey.published_at, survey.published_by = now, person
        survey.save(update_fields=["published_at", "published_by"])
    facts = {"version": version.number if version else 0, "anonymous": survey.is_anonymous, "door": survey.door}
    record(deed="surveys.publish", subject=survey, after=facts, actor=person)
    bump_content_version()
    return survey


@transaction.atomic
def move_end(*, survey: Survey, closes_at: datetime, person: Any) -> Survey:
    """The last day moves, only ahead and only while the survey goes on. Raises NotYours, SurveyRefused."""
    mine = Survey.objects.select_for_update().get(pk=survey.pk)
    now = database_now()
    rules.check_may(person, "publish", mine, now)
    if mine.published_at is None or mine.is_over(now) or mine.closes_at is None or closes_at <= mine.closes_at:
        raise rules.SurveyRefused(_("The last day of a published survey may only be moved ahead, while it goes on."))
    before, mine.closes_at = mine.closes_at, closes_at
    mine.save(update_fields=["closes_at"])
    record(deed="surveys.move_end", subject=mine, before={"closes_at": before}, after={"closes_at": closes_at}, actor=person)
    bump_content_version()
    return mine


@transaction.atomic
def follow_end(*, survey: Survey, closes_at: datetime) -> Survey:
    """The end moves ahead with what the survey belongs to, in its transaction; never back, and not once it is over."""
    mine = Survey.objects.select_for_update().get(pk=survey.pk)
    if mine.closes_at is None or closes_at <= mine.closes_at or mine.is_over(database_now()):
        return mine
    before, mine.closes_at = mine.closes_at, closes_at
    mine.save(update_fields=["closes_at"])
    record(deed="surveys.move_end", subject=mine, before={"closes_at": before}, after={"closes_at": closes_at})
    bump_content_version()
    return mine


@transaction.atomic
def close_with(*, survey: Survey, reason: str) -> Survey:
    """Closes a survey that goes on because what it belongs to is called off, in its transaction."""
    mine = Survey.objects.select_for_update().get(pk=survey.pk)
    now = database_now()
    if mine.published_at is None or mine.is_over(now):
        return mine
    mine.closed_at, mine.close_reason = now, reason.strip()[:500] or "–"
    mine.save(update_fields=["closed_at", "close_reason"])
    record(deed="surveys.close_survey", subject=mine, after={"reason": mine.close_reason})
    bump_content_version()
    return mine


@transaction.atomic
def close_survey(*, survey: Survey, reason: str, person: Any) -> Survey:
    """Ends it before its time, with a reason that everybody reads. Raises NotYours, SurveyRefused."""
    mine = Survey.objects.select_for_update().get(pk=survey.pk)
    now = database_now()
    rules.check_may(person, "publish", mine, now)
    if mine.published_at is None or mine.is_over(now):
        raise rules.SurveyRefused(_("Only a survey that goes on can be closed."))
    if not reason.strip():
        raise rules.SurveyRefused(_("Write why it is closed before its time: everybody reads it."))
    mine.closed_at, mine.close_reason = now, reason.strip()[:500]
    mine.save(update_fields=["closed_at", "close_reason"])
    record(deed="surveys.close_survey", subject=mine, after={"reason": mine.close_reason}, actor=person)
    bump_content_version()
    return mine


@transaction.atomic
def set_quota(*, survey: Survey, name: str, condition: dict[str, Any], limit: int, person: Any) -> Quota:
    """Sets a quota, or another limit of one; never below what is taken. Raises NotYours, SurveyRefused."""
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    rules.check_may(person, "publish", survey, database_now())
    found = Quota.objects.select_for_update().filter(survey=survey, name=name.strip()).first()
    quota = found or Quota(survey=survey, name=name.strip(), condition=condition)
    if survey.published_at is not None and found is None:
        rules.check_not_published(survey)
    if limit < quota.taken:
        raise rules.SurveyRefused(_("So many answers are taken already. Write a higher number."))
    quota.limit = limit
    quota.save()
    record(deed="surveys.set_quota", subject=quota, after={"limit": limit}, actor=person)
    return quota


@transaction.atomic
def drop_quota(*, quota: Quota, person: Any) -> None:
    """Takes a quota away before the survey is published. Raises NotYours, SurveyRefused."""
    survey = Survey.objects.select_for_update().get(pk=quota.survey_id)
    rules.check_may(person, "publish", survey, database_now())
    rules.check_not_published(survey)
    record(deed="surveys.drop_quota", subject=quota, actor=person)
    quota.delete()
