"""Rights to one answer: codes made in a batch and shown once, and rights given for a mailbox or telephone that was proven."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.surveys import links, queries, rules
from ratusz.participation.surveys.actions.drafts import start_draft
from ratusz.participation.surveys.models import Door, Survey, Token, TokenBatch
from ratusz.participation.surveys.models.doors import MOST_CODES


@transaction.atomic
def make_codes(*, survey: Survey, count: int, note: str, person: Any) -> list[str]:
    """Makes codes and gives them back, once: only their digests are kept. Raises NotYours, SurveyRefused."""
    now = database_now()
    rules.check_may(person, "publish", survey, now)
    survey = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    if survey.door != Door.TOKEN:
        raise rules.SurveyRefused(_("Only a survey that is answered with one-time codes has them."))
    if not 1 <= count <= MOST_CODES or not note.strip():
        raise rules.SurveyRefused(_("Write for whom the codes are and how many, up to %(most)s.") % {"most": MOST_CODES})
    batch = TokenBatch.objects.create(survey=survey, note=note.strip()[:200], count=count, made_at=now, made_by=person)
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(links.new_code())
    Token.objects.bulk_create(
        [Token(survey=survey, batch=batch, digest=links.code_digest(survey, code)) for code in codes], batch_size=1000
    )
    record(deed="surveys.make_codes", subject=batch, after={"count": count}, actor=person)
    return list(codes)


def enter_with_code(*, survey: Survey, code: str, language: str = "pl") -> str:
    """The key of the draft behind a code from a letter. Raises SurveyRefused for one that is wrong or used."""
    token = Token.objects.filter(survey=survey, digest=links.code_digest(survey, code)).first()
    if token is None:
        raise rules.SurveyRefused(_("There is no such code. Compare it with the letter, sign by sign."))
    return _draft_behind(survey, token, language)


@transaction.atomic
def give_right(*, survey: Survey, contact: str, language: str = "pl") -> str:
    """The key of the draft of a mailbox or telephone whose code was right. Raises SurveyRefused when it has answered."""
    token, _is_new = Token.objects.get_or_create(digest=links.holder_digest(survey, contact), defaults={"survey": survey})
    return _draft_behind(survey, token, language)


def _draft_behind(survey: Survey, token: Token, language: str) -> str:
    if token.is_used:
        raise rules.SurveyRefused(_("This code has been used: one code is one answer."))
    key = links.key_of_token(survey, token.digest)
    start_draft(version=queries.version_in_force(survey), key=key, language=language, token=token)
    return key
