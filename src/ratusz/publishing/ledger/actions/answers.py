"""Write down what readers answer, and forget it in time."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from wagtail.models import Page

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.ledger import rules
from ratusz.publishing.ledger.models import AnswerCount, AnswerTry, ReaderAnswer

LONGEST_COMMENT = 1000


@transaction.atomic
def answer_page(*, page: Page, is_useful: bool, connection_address: str) -> ReaderAnswer:
    """Counts an answer. A second click within a minute gives back the first answer; too many raise TooManyAnswers."""
    fingerprint = salted_hmac("ledger.answers", connection_address, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [fingerprint])
    at = database_now()
    tries = AnswerTry.objects.filter(fingerprint=fingerprint)
    same = tries.filter(page_number=page.pk, tried_at__gt=at - rules.SAME_ANSWER_WITHIN, answer__is_useful=is_useful)
    if (known := same.select_related("answer").first()) is not None and known.answer is not None:
        return known.answer
    rules.check_answers(list(tries.values_list("page_number", "tried_at")), page.pk, at)
    answer = ReaderAnswer.objects.create(page_id=page.pk, is_useful=is_useful, answered_at=at)
    AnswerTry.objects.create(fingerprint=fingerprint, page_number=page.pk, answer=answer, tried_at=at)
    _count(page, is_useful, local_day(at).replace(day=1))
    return answer


def _count(page: Page, is_useful: bool, month) -> None:
    field = "useful" if is_useful else "not_useful"
    AnswerCount.objects.get_or_create(page_id=page.pk, month=month)
    AnswerCount.objects.filter(page=page.pk, month=month).update(**{field: F(field) + 1})


@transaction.atomic
def add_comment(*, key: UUID, text: str) -> ReaderAnswer:
    """Adds words to an answer, once, with numbers and addresses hidden. Sent twice, it is still one; raises TooLateToComment."""
    answer = ReaderAnswer.objects.select_for_update().get(pk=key)
    words = rules.masked(text.replace("\x00", "").strip())[:LONGEST_COMMENT]
    if not words or answer.comment == words:
        return answer
    if not rules.may_still_comment(answer.answered_at, bool(answer.comment), database_now()):
        raise rules.TooLateToComment
    answer.comment = words
    answer.save(update_fields=["comment"])
    return answer


@transaction.atomic
def forget_answers() -> int:
    """Deletes tries after a day, answers with their comments after a year; counts by month stay. Gives back how many rows went."""
    at = database_now()
    tries, _by = AnswerTry.objects.filter(tried_at__lt=at - rules.TRIES_KEPT).delete()
    answers, _by = ReaderAnswer.objects.older_than(at - rules.COMMENTS_KEPT).delete()
    return tries + answers
