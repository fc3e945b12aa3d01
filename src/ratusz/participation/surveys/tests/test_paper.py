"""Paper cards are typed by two people and settled by a third; what was typed alike is an answer like any other."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ratusz.participation.surveys import actions, queries, rules
from ratusz.participation.surveys.factories import EVERY_KIND, make_survey
from ratusz.participation.surveys.models import Answer, CardSettlement, Submission

pytestmark = pytest.mark.django_db

FACTS = {"place": "Filia 3", "seal": "123", "issued": 20, "cards": 3, "second_person": "kierowniczka filii"}


@pytest.fixture
def desks(staff_client):
    return [staff_client("desk_officer") for _turn in range(3)]


@pytest.fixture
def clerks(desks):
    return [desk.person for desk in desks]


def test_cards_typed_alike_count_and_others_wait_for_a_third_person(desks, clerks):
    survey = make_survey(EVERY_KIND)
    batch = actions.count_batch(survey=survey, facts=FACTS, person=clerks[0])
    cards = list(batch.paper_cards.order_by("number"))
    typed = {"p1": "a", "p3": "no", "p7": "41", "p10": "Więcej drzew", "reason": ""}
    for desk in desks[:2]:
        desk.post(reverse("surveys_card", args=[cards[0].pk]), typed)
        desk.post(reverse("surveys_card", args=[cards[1].pk]), typed | ({"p7": "14"} if desk == desks[1] else {}))
        desk.post(reverse("surveys_card", args=[cards[2].pk]), {"reason": "N05"})
    client = desks[2]
    assert list(batch.paper_cards.order_by("number").values_list("state", flat=True)) == ["counted", "differs", "rejected"]
    page = client.get(reverse("surveys_card", args=[cards[1].pk])).content.decode()
    assert "41" in page and "14" in page
    client.post(reverse("surveys_card", args=[cards[1].pk]), typed)
    assert [each.content["p7"] for each in Answer.objects.filter(channel="paper")] == [41, 41]
    assert queries.paper_of(survey).get().left == 0 and queries.rejected_by_reason(survey) == [("N05", 1)]
    assert Submission.objects.filter(channel="paper").count() == 2


def test_nobody_types_a_card_twice_or_settles_what_they_typed(clerks):
    survey = make_survey()
    batch = actions.count_batch(survey=survey, facts=FACTS, person=clerks[0])
    card = batch.paper_cards.first()
    actions.type_card(card=card, given={"p1": "yes"}, person=clerks[0])
    with pytest.raises(rules.SurveyRefused):
        actions.type_card(card=card, given={"p1": "yes"}, person=clerks[0])
    card = actions.type_card(card=card, given={"p1": "no"}, person=clerks[1])
    with pytest.raises(rules.SurveyRefused):
        actions.settle_card(card=card, given={"p1": "no"}, person=clerks[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        CardSettlement.objects.create(card=card, person=clerks[1], content={}, made_at=batch.counted_at)


@pytest.mark.parametrize("wrong", [{"place": " "}, {"cards": 0}, {"second_person": ""}, {"issued": 2}])
def test_a_batch_without_its_protocol_is_refused(clerks, wrong):
    with pytest.raises(rules.SurveyRefused):
        actions.count_batch(survey=make_survey(), facts=FACTS | wrong, person=clerks[0])
