"""Weights of a survey: shares of the population are met, nobody weighs too much, the sum stays."""

from datetime import date

import numpy as np
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.territory.models import RegisteredCount
from ratusz.participation.surveys.factories import content_of, make_survey, question
from ratusz.participation.surveys.models import Answer
from ratusz.participation.surveys.results.weights import raked

PEOPLE = st.lists(
    st.fixed_dictionaries({"sex": st.sampled_from("KM"), "age": st.sampled_from(["18-39", "40-59", "60+"])}),
    min_size=1,
    max_size=60,
)


@settings(max_examples=40)
@given(PEOPLE, st.lists(st.integers(1, 50), min_size=5, max_size=5))
def test_the_sum_is_kept_and_what_converged_meets_its_shares(people, wanted):
    targets = {
        "sex": dict(zip("KM", wanted[:2], strict=True)),
        "age": dict(zip(["18-39", "40-59", "60+"], wanted[2:], strict=True)),
    }
    found = raked(people, targets, lightest=0, heaviest=np.inf)
    assert found.weights.sum() == pytest.approx(len(people)) and (found.weights > 0).all()
    assert 1 <= found.effective <= len(people) + 1e-6
    if found.converged:
        for trait, classes in targets.items():
            present = {name: number for name, number in classes.items() if any(each[trait] == name for each in people)}
            for name, number in present.items():
                weight = sum(w for w, each in zip(found.weights, people, strict=True) if each[trait] == name)
                assert weight / len(people) == pytest.approx(number / sum(present.values()), abs=1e-5)


def test_a_heavy_weight_is_cut_and_it_is_told():
    people = [{"sex": "K"}] * 99 + [{"sex": "M"}]
    found = raked(people, {"sex": {"K": 50, "M": 50}})
    assert (found.trimmed, found.converged) == (1, False)
    assert found.furthest > 0.4 and found.weights.max() == pytest.approx(5) and found.effective == pytest.approx(86.1, abs=0.2)
    with pytest.raises(ValueError):
        raked([], {})


@pytest.mark.django_db
def test_weighted_shares_stand_beside_the_plain_ones_and_never_for_ballots(staff_client):
    client, asked = staff_client("editor"), content_of(question("p1"), question("p2", "district", measures="district"))
    survey, ballot = make_survey(asked, slug="a"), make_survey(asked, slug="b", sample="census")
    for number, people in ((1, 900), (2, 100)):
        RegisteredCount.objects.create(
            district=DistrictFactory(number=number), day=date(2026, 1, 1), people=people, source="ewidencja"
        )
    given = [{"p1": "yes", "p2": 1}] * 20 + [{"p1": "no", "p2": 2}] * 20
    for each in (survey, ballot):
        version = each.versions.get()
        Answer.objects.bulk_create(Answer(survey=each, questionnaire=version, channel="online", content=one) for one in given)
    page = client.get(reverse("surveys_heard", args=[survey.pk])).content.decode()
    assert "50,0%" in page and "90,0%" in page and "Wszystkie cele są spełnione" in page and "tyle co próba 24" in page
    assert "90,0%</td></tr>" not in client.get(reverse("surveys_heard", args=[ballot.pk])).content.decode()
