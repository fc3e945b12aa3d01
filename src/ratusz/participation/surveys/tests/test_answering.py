"""Answers are taken once, checked anew, parted from whoever gave them; hidden questions fall away."""

import uuid

import pytest
from tests.harness.at_once import at_once, outcomes

from ratusz.participation.surveys import actions, links, queries, rules
from ratusz.participation.surveys.factories import EVERY_KIND, answer, content_of, make_survey, question
from ratusz.participation.surveys.models import Answer, Quota, Submission, Token

pytestmark = pytest.mark.django_db

GIVEN = {
    "p1": "a", "p2": ["b", "x"], "p2_other": "hulajnogą", "p3": "yes", "p4": 4, "p5": {"r1": "a", "r2": "b"}, "p6": ["c", "a", "b"],
    "p7": 41, "p8": "2026-05-01", "p9": "zieleń", "p11": {"features": [], "place": "róg Rynku"}, "p12": 3,
}  # fmt: skip


def test_an_answer_to_every_kind_is_kept_as_it_was_given_and_leads_to_nobody():
    survey = make_survey(EVERY_KIND)
    sent = answer(survey, GIVEN | {"p10": "ukryte", "p77": "obce"})
    (kept,) = Answer.objects.all()
    assert (kept.content, kept.group, kept.submission, kept.channel) == (GIVEN, "a", None, "online")
    assert (sent.submission.received_at, sent.submission.dropped) == (None, ["p10"])


def test_a_form_sent_again_is_the_same_answer_and_the_same_receipt():
    survey = make_survey()
    key = links.new_key()
    first, *others = [answer(survey, key=key) for _turn in range(4)]
    assert [(each.submission.receipt, each.is_again) for each in others] == [(first.submission.receipt, True)] * 3
    assert (Answer.objects.count(), Submission.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "given, wrong",
    [
        ({}, {"p1", "p3"}),
        ({"p1": "zz", "p3": "yes"}, {"p1", "p5"}),
        ({"p1": "a", "p3": "yes", "p5": {"r1": "a"}}, {"p5"}),
        ({"p1": "a", "p3": "no", "p4": 9}, {"p4"}),
        ({"p1": "a", "p3": "no", "p6": ["a", "a"]}, {"p6"}),
        ({"p1": "a", "p3": "no", "p7": 1.5}, {"p7"}),
        ({"p1": "a", "p3": "no", "p8": "2026-02-30"}, {"p8"}),
        ({"p1": "a", "p3": "no", "p10": "a" * 20_001}, {"p10"}),
        ({"p1": ["a"], "p3": {"na": True}, "p9": 7, "p11": {"features": ["x"], "place": ""}}, {"p1", "p3", "p9", "p11"}),
    ],
)
def test_what_may_not_stand_is_refused_and_nothing_is_kept(given, wrong):
    with pytest.raises(rules.AnswersWrong) as refusal:
        answer(make_survey(EVERY_KIND), given or {"p99": "x"})
    assert set(refusal.value.errors) == wrong
    assert not Submission.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_code_sent_by_many_at_once_is_one_answer():
    survey = make_survey(door="token")
    token = Token.objects.create(survey=survey, digest="a" * 64)
    came = outcomes(*[lambda: answer(survey, token=token)] * 4, refusals=(rules.SurveyRefused,))
    assert came == ["SurveyRefused"] * 3 + ["done"]
    assert Answer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_by_many_at_once_is_one_answer_with_one_receipt():
    survey, key = make_survey(), links.new_key()
    came = at_once(*[lambda: answer(survey, key=key)] * 4)
    assert len({each.submission.receipt for each in came}) == 1
    assert Answer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_quota_is_never_exceeded_and_others_are_still_taken():
    survey = make_survey(content_of(question("p1", "single", choices=[{"code": code, "text": {}} for code in "ab"])))
    quota = Quota.objects.create(survey=survey, name="a", condition={"question": "p1", "op": "is", "value": "a"}, limit=2)
    came = outcomes(*[lambda: answer(survey, {"p1": "a"})] * 4, refusals=(rules.QuotaFull,))
    assert came == ["QuotaFull", "QuotaFull", "done", "done"]
    answer(survey, {"p1": "b"})
    quota.refresh_from_db()
    assert (quota.taken, Answer.objects.count()) == (2, 3)


def test_outside_its_time_nothing_is_taken():
    survey = make_survey()
    survey = actions.close_survey(survey=survey, reason="Zmiana planów", person=_head())
    with pytest.raises(rules.SurveyRefused, match="zakończ"):
        answer(survey)


def _head():
    from ratusz.foundation.units.factories import AppointmentFactory

    return AppointmentFactory(role_code="head", unit__is_department=True).person


def test_a_code_entered_gives_a_draft_that_is_sent_once():
    head = _head()
    survey = make_survey(door="token")
    (code,) = actions.make_codes(survey=survey, count=1, note="osiedle", person=head)
    key = actions.enter_with_code(survey=survey, code=code.lower())
    assert key == actions.enter_with_code(survey=survey, code=code)
    draft = links.draft_of(survey, key)
    actions.keep_page(draft=draft, pages=[0], given={"p1": "no"})
    sent = actions.send_draft(draft=draft, key=key)
    assert (Answer.objects.get().content, sent.submission.receipt) == (
        {"p1": "no"},
        links.receipt_of(links.key_digest(survey, key)),
    )
    with pytest.raises(rules.SurveyRefused):
        actions.enter_with_code(survey=survey, code=code)
    assert not Token.objects.filter(digest__contains=code).exists()


def test_a_survey_that_keeps_who_answered_when_has_the_moment():
    survey = make_survey(is_anonymous=False)
    sent = answer(survey)
    assert Answer.objects.get().submission == sent.submission
    assert sent.submission.received_at is not None


def test_rows_of_answers_stand_in_no_order():
    survey = make_survey()
    for _turn in range(3):
        answer(survey)
    assert {uuid.UUID(str(each.pk)).version for each in queries.answers_of(survey)} == {4}
