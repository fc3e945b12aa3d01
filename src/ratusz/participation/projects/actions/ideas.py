"""Idea surveys: written and published, answered online or from cards of an urn, their words judged before everybody reads them."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ratusz.casework.moderation.actions import put_in_queue
from ratusz.casework.moderation.models import Source
from ratusz.foundation.audit.acting import untraced
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import rules
from ratusz.participation.projects.ideas import asking
from ratusz.participation.projects.models import IdeaAnswer, IdeaSurvey, IdeaWords, Urn
from ratusz.publishing.website.actions import bump_content_version

QUEUE = "projects.idea"
FIELDS = ("title", "lead", "questions", "opens_at", "closes_at")


@transaction.atomic
def save_survey(*, edition: Edition, facts: dict[str, Any], person: Any) -> IdeaSurvey:
    """Writes the edition's survey or changes it. Published, only its last day may move, and only ahead.

    Raises NotYours, ApplicationRefused.
    """
    now = database_now()
    rules.check_may(person, "survey", None, now)
    # Two who write the first at once: the second finds what the first wrote.
    edition = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    survey = IdeaSurvey.objects.select_for_update().filter(edition=edition).first() or IdeaSurvey(edition=edition)
    before = {name: getattr(survey, name) for name in FIELDS} if survey.pk else {}
    if facts["closes_at"] <= facts["opens_at"]:
        raise rules.ApplicationRefused(_("The survey has to close after it opens."))
    if survey.published_at:
        if any(facts[name] != before[name] for name in FIELDS if name != "closes_at"):
            raise rules.ApplicationRefused(_("The survey is published: only its last day may be moved."))
        if facts["closes_at"] < before["closes_at"] or survey.closes_at <= now:
            raise rules.ApplicationRefused(_("The last day of a published survey may only be moved ahead, while it goes on."))
    for name in FIELDS:
        setattr(survey, name, facts[name])
    survey.save()
    after = {name: getattr(survey, name) for name in FIELDS}
    record(deed="projects.save_survey", subject=survey, before=before, after=after, actor=person)
    bump_content_version()
    return survey


@transaction.atomic
def publish_survey(*, survey: IdeaSurvey, person: Any) -> IdeaSurvey:
    """From now on everybody sees it, and its questions stay as they are. Raises NotYours, ApplicationRefused."""
    now = database_now()
    rules.check_may(person, "survey", None, now)
    survey = IdeaSurvey.objects.select_for_update().get(pk=survey.pk)
    if survey.published_at:
        return survey
    if not survey.questions:
        raise rules.ApplicationRefused(_("Write at least one question."))
    if survey.closes_at <= now:
        raise rules.ApplicationRefused(_("The last day of the survey is past. Set another one."))
    survey.published_at = now
    survey.save(update_fields=["published_at"])
    record(deed="projects.publish_survey", subject=survey, after={"questions": len(survey.questions)}, actor=person)
    bump_content_version()
    return survey


@transaction.atomic
def answer_survey(*, survey: IdeaSurvey, given: dict[str, Any], form_key: uuid.UUID) -> IdeaAnswer:
    """Takes an answer by the form; the same form sent twice is one answer. Raises ApplicationRefused."""
    survey = IdeaSurvey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    now = database_now()
    # A key belongs to one survey: sent to another one it is another key.
    form_key = uuid.uuid5(form_key, str(survey.pk))
    if known := IdeaAnswer.objects.filter(form_key=form_key, survey=survey, urn=None).first():
        return known
    if not survey.takes_answers(now):
        raise rules.ApplicationRefused(_("The survey does not take answers now."))
    choices, words = asking.split(survey.questions, given)
    if not choices and not words:
        raise rules.ApplicationRefused(_("Answer at least one question."))
    made = IdeaAnswer.objects.create(survey=survey, choices=choices, received_at=now, form_key=form_key)
    # Nobody is asked who they are; nor does the record say from which connection an answer came.
    with untraced():
        record(deed="projects.answer_survey", subject=made, after={"questions": sorted({*choices, *words})})
        _keep_words(made, words)
    return made


@transaction.atomic
def count_urn(*, survey: IdeaSurvey, place: str, cards: int, second_person: str, person: Any) -> Urn:
    """Writes down how many cards two people found in an urn. Raises NotYours, ApplicationRefused."""
    now = database_now()
    rules.check_may(person, "enter", None, now)
    survey = IdeaSurvey.objects.get(pk=survey.pk)
    if survey.published_at is None or survey.opens_at > now:
        raise rules.ApplicationRefused(_("The survey has not opened yet: there are no cards to count."))
    if not place.strip() or not second_person.strip():
        raise rules.ApplicationRefused(_("Write where the urn stood and who counted with you."))
    facts = {"cards": cards, "counted_at": now, "counted_by": person, "second_person": second_person.strip()}
    try:
        with transaction.atomic():
            urn = Urn.objects.create(survey=survey, place=place.strip(), **facts)
    except IntegrityError as error:
        raise rules.ApplicationRefused(_("An urn of this place is counted already, or it holds no card.")) from error
    record(deed="projects.count_urn", subject=urn, after={"place": urn.place, "cards": cards}, actor=person)
    return urn


@transaction.atomic
def enter_card(*, urn: Urn, card: int, given: dict[str, Any], person: Any) -> IdeaAnswer:
    """Enters one card by the number written on it; a card without answers is blank. Raises NotYours, ApplicationRefused."""
    now = database_now()
    rules.check_may(person, "enter", None, now)
    urn = Urn.objects.select_for_update().select_related("survey").get(pk=urn.pk)
    if not 1 <= card <= urn.cards:
        raise rules.ApplicationRefused(_("This urn has cards from 1 to %(cards)d.") % {"cards": urn.cards})
    if urn.answers.filter(card=card).exists():
        raise rules.ApplicationRefused(_("Card %(card)d of this urn is entered already.") % {"card": card})
    choices, words = asking.split(urn.survey.questions, given)
    made = IdeaAnswer.objects.create(
        survey=urn.survey, urn=urn, card=card, choices=choices, received_at=now, entered_by=person, form_key=uuid.uuid4()
    )
    record(deed="projects.enter_card", subject=made, after={"urn": urn.place, "card": card}, actor=person)
    _keep_words(made, words)
    bump_content_version()
    return made


def _keep_words(answer: IdeaAnswer, words: dict[str, str]) -> None:
    for code, said in words.items():
        made = IdeaWords.objects.create(answer=answer, code=code, words=said)
        put_in_queue(thing=f"{QUEUE}:{made.pk}", source=Source.BEFORE)


@transaction.atomic
def judge_words(*, words: IdeaWords, person: Any, deed: str, text: str = "", **facts: Any) -> None:
    """Lets words out, hides or changes them. For moderation, in its transaction."""
    facts |= {"words": text} if text else {}
    IdeaWords.objects.filter(pk=words.pk).update(**facts)
    record(deed=deed, subject=words, after={"is_shown": facts.get("shown_at", words.shown_at) is not None}, actor=person)
    bump_content_version()
