"""Numbers and receipts of remarks: one of each whatever happens to groups, states and two people at once; counts always add up."""

from __future__ import annotations

import uuid
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.harness.at_once import at_once

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import found_by, queries
from ratusz.participation.remarks.actions import grouping, judging
from ratusz.participation.remarks.factories import make_form, make_intake
from ratusz.participation.remarks.models import Cluster, Intake, Remark
from ratusz.participation.remarks.rules_grouping import GroupingRefused

pytestmark = pytest.mark.django_db
ONE_OF_MANY = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.slow
@ONE_OF_MANY
@given(st.lists(st.tuples(st.sampled_from(["merge", "split", "move", "alone"]), st.integers(0, 7), st.integers(0, 7)), max_size=8))
def test_no_grouping_loses_a_receipt_or_a_number(form, editor, steps):
    consultation = form.consultation
    intakes = [make_intake(form, f"Uwaga {number}.") for number in range(8)]
    mine = Remark.objects.filter(intake__in=intakes)
    before = Counter(mine.values_list("intake__receipt", "number"))
    keys = [each.remarks.get().pk for each in intakes]
    grouping.make_group(consultation=consultation, name="Pierwsza", remarks=keys[:4], person=editor)
    grouping.make_group(consultation=consultation, name="Druga", remarks=keys[4:], person=editor)
    for deed, one, other in steps:
        groups = list(Cluster.objects.filter(remarks__in=keys).distinct().order_by("pk"))
        try:
            if deed == "merge":
                grouping.merge_groups(
                    consultation=consultation, clusters=[each.pk for each in groups[:2]], name="Razem", person=editor
                )
            elif deed == "split" and groups:
                grouping.split_group(cluster=groups[0], remarks=[keys[one]], name=f"Nowa {one}", person=editor)
            else:
                to = groups[other % len(groups)] if deed == "move" and groups else None
                grouping.move_remarks(consultation=consultation, remarks=[keys[one]], to=to, person=editor)
        except GroupingRefused:
            continue
    assert Counter(mine.values_list("intake__receipt", "number")) == before
    assert all(found_by.find_receipt(receipt, database_now()) for receipt, _number in before)


@pytest.mark.slow
@ONE_OF_MANY
@given(st.lists(st.sampled_from(["leave", "N01", "N05", "N08", "wrong", "outside", "withdraw"]), max_size=12), st.data())
def test_received_is_valid_and_invalid_and_wrong_form_in_every_channel(editor, desk, head, fates, data):
    form = make_form(is_read_before=False)
    for fate in fates:
        channel = data.draw(st.sampled_from(["online", "hand", "email"]))
        intake = make_intake(form, "Uwaga.", person=None if channel == "online" else desk, channel=channel)
        if fate.startswith("N"):
            judging.reject(intake=intake, code=fate, second=head, person=editor)
        elif fate in ("wrong", "outside"):
            state = {"wrong": "wrong_form", "outside": "out_of_scope"}[fate]
            judging.set_apart(intake=intake, state=state, person=editor)
        elif fate == "withdraw":
            judging.withdraw(intake=intake)
    counts = queries.counts_of(form)
    assert all(each.received == each.valid + sum(each.invalid.values()) + each.wrong_form for each in counts)
    assert sum(each.received for each in counts) == len(fates) == queries.numbers_of(form.consultation)["intakes"]
    assert sum(each.wrong_form for each in counts) == fates.count("wrong")
    assert sum(sum(each.invalid.values()) for each in counts) == sum(fate.startswith("N") for fate in fates)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_six_at_once_have_six_numbers_and_one_form_sent_twice_at_once_is_one_intake():
    form, key = make_form(is_read_before=False), uuid.uuid4()
    deeds = [lambda number=number: make_intake(form, f"Uwaga {number}.") for number in range(4)]
    twice = [lambda: make_intake(form, "Ta sama.", form_key=key) for _time in range(2)]
    came = at_once(*deeds, *twice)
    assert came[-1].pk == came[-2].pk
    assert sorted(Remark.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert Intake.objects.count() == 5 == len(set(Intake.objects.values_list("receipt", flat=True)))
    assert Consultation.objects.count() == 1
