"""Whoever holds the whole database tries to join anonymous answers with receipts and codes by what the tables show beside their rows."""

import pytest
from django.db import connection, transaction
from tests.harness.at_once import at_once

from ratusz.participation.surveys import actions
from ratusz.participation.surveys.factories import answer, content_of, make_survey, question
from ratusz.participation.surveys.models import Answer, Draft, Submission, Token

pytestmark = pytest.mark.django_db
PEOPLE = 40
ORDERS = ("ctid", "xmin::text::bigint, ctid", "id")


def _rows(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def _right(given: dict[str, str], order: str) -> int:
    """How many answers somebody joins with their receipt who lays both tables beside each other in that order."""
    answers = _rows(f"SELECT content->>'p1' FROM ratusz_surveys_answer ORDER BY {order}")
    receipts = _rows(f"SELECT receipt FROM ratusz_surveys_submission ORDER BY {order}")
    return sum(given[receipt] == said for (said,), (receipt,) in zip(answers, receipts, strict=True))


def _by_code() -> list[int]:
    """For each code that was used, how many answers one transaction wrote together with it."""
    return [row[0] for row in _rows(
        "SELECT count(a.id) FROM ratusz_surveys_token t LEFT JOIN ratusz_surveys_answer a ON a.xmin = t.xmin GROUP BY t.id"
    )]  # fmt: skip


def _answered(survey) -> dict[str, str]:
    """Receipt of each to what they answered, in the order in which they came."""
    given = {}
    for number in range(PEOPLE):
        token = Token.objects.create(survey=survey, digest=f"{number * 7919 % 10_007:064d}")
        sent = answer(survey, {"p1": number}, token=token)
        given[sent.submission.receipt] = str(number)
    return given


@pytest.mark.slow
def test_neither_place_nor_transaction_nor_key_joins_an_answer_with_its_receipt_or_code():
    survey = make_survey(content_of(question("p1", "number")), door="token")
    given = _answered(survey)
    # Where earlier rows left room on the disk the first order is no longer that of coming; transactions always are.
    assert max(_right(given, order) for order in ORDERS[:2]) == PEOPLE and _by_code() == [1] * PEOPLE, "a real attack"
    assert actions.part_answers() == 4
    assert all(_right(given, order) < 10 for order in ORDERS)
    assert set(_by_code()) <= {0, PEOPLE}
    came = [row[0] for row in _rows("SELECT content->>'p1' FROM ratusz_surveys_answer ORDER BY ctid")]
    receipts = [row[0] for row in _rows("SELECT receipt FROM ratusz_surveys_submission ORDER BY id")]
    assert came != list(given.values()) and receipts != list(given), "nor the order in which they came"
    assert (Answer.objects.count(), Submission.objects.count(), Token.objects.filter(is_used=True).count()) == (PEOPLE,) * 3
    assert actions.part_answers() == 0, "nothing new, nothing to part"
    answer(survey, {"p1": 99}, token=Token.objects.create(survey=survey, digest="f" * 64))
    assert actions.part_answers() == 4
    assert len(_rows("SELECT DISTINCT xmin::text FROM ratusz_surveys_answer")) == 1


def test_what_guards_answers_and_receipts_still_guards_them_after_the_parting():
    survey = make_survey()
    for _turn in range(2):
        answer(survey)
    actions.part_answers()
    with pytest.raises(Exception, match="stays as it was given"):
        Answer.objects.update(content={})


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_table_somebody_reads_for_long_is_parted_the_next_time_and_answers_are_taken(caplog):
    survey = make_survey()
    for _turn in range(2):
        answer(survey)

    with transaction.atomic():
        list(Draft.objects.all())
        (parted,) = at_once(actions.part_answers)
    assert parted == 3 and "draft" in caplog.text
    assert answer(survey).submission.receipt
