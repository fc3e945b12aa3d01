"""Paper cards: counted by two people, each typed by two clerks; alike they count, where they differ a third settles it."""

from __future__ import annotations

from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.surveys import links, queries, rules
from ratusz.participation.surveys.actions.answering import take_content
from ratusz.participation.surveys.models import (
    CardEntry,
    CardSettlement,
    CardState,
    Channel,
    PaperBatch,
    PaperCard,
    Submission,
    Survey,
)
from ratusz.participation.surveys.models.paper import MOST_CARDS
from ratusz.participation.surveys.questions.judging import judge

SCANS = "surveys.scan"
"""Purpose of the files."""
Scan = tuple[BinaryIO, str]


@transaction.atomic
def count_batch(*, survey: Survey, facts: dict[str, Any], scan: Scan | None = None, person: Any) -> PaperBatch:
    """Writes down the cards of one place, opened by two people, and numbers them. Facts: place, seal, issued, cards, second_person.

    Raises NotYours, SurveyRefused.
    """
    survey = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    now = database_now()
    rules.check_may(person, "enter", survey, now)
    if survey.published_at is None or survey.opens_at is None or survey.opens_at > now:
        raise rules.SurveyRefused(_("The survey has not opened yet: there are no cards to count."))
    if not facts["place"].strip() or not facts["second_person"].strip() or not 1 <= facts["cards"] <= MOST_CARDS:
        raise rules.SurveyRefused(_("Write where the cards were taken in, how many there are and who counted with you."))
    if PaperBatch.objects.filter(survey=survey, place=facts["place"].strip()).exists():
        raise rules.SurveyRefused(_("The cards of this place are counted already."))
    if facts.get("issued") is not None and facts["issued"] < facts["cards"]:
        raise rules.SurveyRefused(_("More cards came back than were given out. Count again, or leave that number empty."))
    batch = PaperBatch(survey=survey, questionnaire=queries.version_in_force(survey), counted_at=now, counted_by=person)
    batch.place, batch.second_person, batch.seal = facts["place"].strip(), facts["second_person"].strip(), facts.get("seal", "")
    batch.cards, batch.issued = facts["cards"], facts.get("issued")
    batch.scan = _kept(scan, survey, person) if scan else None
    batch.save()
    PaperCard.objects.bulk_create([PaperCard(batch=batch, number=number) for number in range(1, batch.cards + 1)])
    record(deed="surveys.count_batch", subject=batch, after={"place": batch.place, "cards": batch.cards}, actor=person)
    return batch


def _kept(scan: Scan, survey: Survey, person: Any) -> StoredFile:
    upload, name = scan
    try:
        return accept_upload(
            upload=upload, name=name, purpose=SCANS, uploaded_by=person, subject=f"ratusz_surveys.Survey:{survey.pk}"
        )
    except FileRefused as refusal:
        raise rules.SurveyRefused(" ".join(refusal.messages)) from refusal


def _locked(card: PaperCard) -> PaperCard:
    found = PaperCard.objects.select_for_update(of=("self",)).select_related("batch__survey", "batch__questionnaire")
    return found.get(pk=card.pk)


@transaction.atomic
def keep_scan(*, card: PaperCard, scan: Scan, person: Any) -> PaperCard:
    """Links the scan of a card. Raises NotYours, SurveyRefused."""
    mine = _locked(card)
    rules.check_may(person, "enter", mine.batch.survey, database_now())
    mine.scan = _kept(scan, mine.batch.survey, person)
    mine.save(update_fields=["scan"])
    record(deed="surveys.keep_scan", subject=mine, actor=person)
    return mine


@transaction.atomic
def type_card(*, card: PaperCard, given: dict[str, Any], reason: str = "", person: Any) -> PaperCard:
    """The first or the second typing: answers, or the code of the reason why the card does not count.

    After the second the card counts, is rejected, or waits for a third look. Raises NotYours, AnswersWrong, SurveyRefused.
    """
    mine, now = _locked(card), database_now()
    rules.check_may(person, "enter", mine.batch.survey, now)
    entries = list(mine.entries.all())
    if mine.state not in (CardState.WAITING, CardState.ONCE):
        raise rules.SurveyRefused(_("This card was typed twice already."))
    if any(each.clerk_id == person.pk for each in entries):
        raise rules.SurveyRefused(_("You typed this card the first time: the second time somebody else does."))
    content = _judged(mine, given, reason)
    CardEntry.objects.create(card=mine, turn=len(entries) + 1, clerk=person, content=content, reason=reason, made_at=now)
    record(deed="surveys.type_card", subject=mine, after={"turn": len(entries) + 1}, actor=person)
    if not entries:
        mine.state = CardState.ONCE
        mine.save(update_fields=["state"])
    elif (entries[0].content, entries[0].reason) == (content, reason):
        _decide(mine, content, reason)
    else:
        mine.state = CardState.DIFFERS
        mine.save(update_fields=["state"])
    return mine


@transaction.atomic
def settle_card(*, card: PaperCard, given: dict[str, Any], reason: str = "", person: Any) -> PaperCard:
    """The third look at a card typed differently, by somebody who typed neither. Raises NotYours, AnswersWrong, SurveyRefused."""
    mine, now = _locked(card), database_now()
    rules.check_may(person, "enter", mine.batch.survey, now)
    if mine.state != CardState.DIFFERS:
        raise rules.SurveyRefused(_("This card needs no third look."))
    if mine.entries.filter(clerk=person).exists():
        raise rules.SurveyRefused(_("Whoever typed a card does not settle it: ask somebody else."))
    content = _judged(mine, given, reason)
    CardSettlement.objects.create(card=mine, person=person, content=content, reason=reason, made_at=now)
    record(deed="surveys.settle_card", subject=mine, actor=person)
    _decide(mine, content, reason)
    return mine


def _judged(mine: PaperCard, given: dict[str, Any], reason: str) -> dict[str, Any]:
    """What the card says, hidden questions left out; paper may leave questions open."""
    if reason:
        if reason not in rules.INVALID:
            raise rules.SurveyRefused(_("Choose a reason from the list."))
        return {}
    judged = judge(mine.batch.questionnaire.content, given, asks_all=False)
    if judged.errors:
        raise rules.AnswersWrong(judged.errors)
    return judged.content


def _decide(mine: PaperCard, content: dict[str, Any], reason: str) -> None:
    """The card is an answer like any other, or rejected with its reason."""
    if reason:
        mine.state, mine.reason = CardState.REJECTED, reason
    else:
        survey, now = mine.batch.survey, database_now()
        digest = links.key_digest(survey, f"card:{mine.pk}")
        made = Submission(survey=survey, key=digest, receipt=links.receipt_of(digest), channel=Channel.PAPER, day=local_day(now))
        made.received_at = None if survey.is_anonymous else now
        made.save(force_insert=True)
        take_content(mine.batch.questionnaire, made, content)
        mine.state, mine.submission = CardState.COUNTED, made
    mine.save(update_fields=["state", "reason", "submission"])
    record(deed="surveys.decide_card", subject=mine, after={"state": mine.state, "reason": reason})
