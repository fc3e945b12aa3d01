"""Whom a notice is for: units with those below, buildings, roles; all of a target together, any of the targets."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.people.models import Role
from ratusz.publishing.intranet import audience, queries
from ratusz.publishing.intranet.factories import (
    AppointmentFactory,
    BuildingFactory,
    UnitFactory,
    make_notice,
    make_staff,
    make_writer,
)
from ratusz.publishing.intranet.models import Notice, NoticeTarget
from ratusz.publishing.intranet.tree import Tree

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    top = UnitFactory()
    left, right = UnitFactory(parent=top), UnitFactory(parent=top)
    deep = UnitFactory(parent=left)
    town_hall, annexe = BuildingFactory(), BuildingFactory()
    town_hall.units.add(top)
    annexe.units.add(right)
    units = {"top": top, "left": left, "right": right, "deep": deep}
    return {
        **units, "town_hall": town_hall, "annexe": annexe, "writer": make_writer(),
        "people": {name: make_staff(unit, last_name=name) for name, unit in units.items()},
        "verifier": make_staff(right, "unit_verifier", last_name="verifier"),
    }  # fmt: skip


def role(code):
    return Role.objects.get(code=code)


def reached(office, *targets):
    notice = make_notice(office["writer"], targets=[NoticeTarget(**each) for each in targets])
    names = {each.last_name for each in audience.people_of(notice, AT)}
    everybody = [*office["people"].values(), office["verifier"], office["writer"]]
    mine = {each.last_name for each in everybody if notice in audience.notices_for(each, AT)}
    assert names == mine
    return names - {office["writer"].last_name}


@pytest.mark.slow
def test_both_readings_of_targets_agree(office):
    everybody = {"top", "left", "right", "deep", "verifier"}
    assert reached(office) == everybody
    assert reached(office, {"unit": office["left"]}) == {"left", "deep"}
    assert reached(office, {"unit": office["deep"]}, {"unit": office["right"]}) == {"deep", "right", "verifier"}
    assert reached(office, {"building": office["town_hall"]}) == {"top", "left", "deep"}
    assert reached(office, {"building": office["annexe"]}) == {"right", "verifier"}
    assert reached(office, {"role": role("unit_verifier")}) == {"verifier"}
    assert reached(office, {"unit": office["top"], "role": role("employee")}) == everybody - {"verifier"}
    assert reached(office, {"unit": office["top"], "building": office["annexe"], "role": role("employee")}) == {"right"}
    assert reached(office, {"unit": office["left"], "building": office["annexe"]}) == set()


def test_whoever_stands_in_belongs_to_the_own_unit(office):
    head = AppointmentFactory(role_code="head", unit=office["right"])
    AppointmentFactory(person=office["people"]["left"], role_code="head", unit=office["right"], standing_in_for=head)
    notice = make_notice(office["writer"], targets=[NoticeTarget(unit=office["right"])])
    assert office["people"]["left"] not in audience.people_of(notice, AT)


def test_whose_appointment_is_over_is_not_asked(office):
    gone = AppointmentFactory(role_code="employee", unit=office["left"], ends=datetime(2026, 11, 1, tzinfo=UTC)).person
    notice = make_notice(office["writer"])
    assert gone not in audience.people_of(notice, AT)
    assert notice not in audience.notices_for(gone, AT) or not audience.audience_of(notice, AT).filter(person=gone).exists()


def test_the_feed_costs_the_same_for_any_number_of_notices(office, django_assert_num_queries):
    person = office["people"]["deep"]
    for _number in range(3):
        make_notice(office["writer"], targets=[NoticeTarget(unit=office["left"])])
        with django_assert_num_queries(4):
            list(queries.feed(person, AT))


def test_search_knows_forms_and_missing_polish_letters(office):
    found = make_notice(office["writer"], title="Nowa centrala telefoniczna", lead="Łączność bez żółtych skrzynek.")
    for query in ("centralą", "ŻÓŁTA skrzynka", "zolte", "ewakuację"):
        assert list(queries.found(Notice.objects.all(), query)) == [found], query
    for query in ("tramwaj", "centrala tramwaj"):
        assert list(queries.found(Notice.objects.all(), query)) == []
    assert queries.words_for_search("", "", []) == ""


@given(st.dictionaries(st.integers(0, 12), st.none() | st.integers(0, 12), max_size=13), st.data())
def test_the_tree_is_walked_even_where_it_bites_its_tail(parents, data):
    tree = Tree(parents, {0: {7}})
    for unit in parents:
        line = tree.line(unit)
        assert line[0] == unit and len(line) == len(set(line))
        for above in line:
            if above in parents:
                assert unit in tree.below(above)
        assert tree.buildings_of(unit) == ({7} if 0 in line else set())
    assert tree.inside(7) == {unit for unit in parents if 0 in tree.line(unit)}
