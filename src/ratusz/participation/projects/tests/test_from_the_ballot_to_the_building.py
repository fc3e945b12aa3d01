"""One project from its assessment through the frozen ballot and the count to its building: nothing is typed twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.models import Unit
from ratusz.participation.budget import actions as budget
from ratusz.participation.budget.factories import BallotFactory
from ratusz.participation.budget.models import Ballot, Pool
from ratusz.participation.budget.tests.guards import without_guards
from ratusz.participation.projects import actions
from ratusz.participation.projects.actions import delivery as building_actions
from ratusz.participation.projects.delivery import rules
from ratusz.participation.projects.models import Delivery
from ratusz.participation.projects.tests.test_assessment_and_lists import asked, head, leader, passed, say
from ratusz.participation.projects.tests.test_from_accepted_to_the_frozen_ballot import accepted, opened, put

__all__ = ["head", "leader", "opened"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def won(opened, pool, city_pool, leader, head):
    """What an assessed project becomes: on the ballot, frozen by two, not counted yet; with the unit that said yes."""
    made = passed(pool, leader, title="Ławka z widokiem na staw")
    opinion, verifier = asked(made, leader)
    say(opinion, verifier)
    actions.decide_substantive(application=made, is_positive=True, reasons="", person=leader.person)
    accepted(city_pool, leader, title="Ścieżka przez całe miasto")
    assert put(opened, leader) == 2
    budget.freeze_ballot(edition=opened, person=leader.person)
    budget.freeze_ballot(edition=opened, person=head)
    return made, opinion.unit


def voted(edition) -> None:
    """Everybody votes for the one project of each pool, and the results are published."""
    without_guards("ratusz_budget_pool")
    with connection.cursor() as cursor:
        # A result and its ends are written one after the other: their sum is looked at last.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for pool in edition.pools.all():
        Ballot.objects.bulk_create(BallotFactory.build_batch(20, pool=pool, choices=[0]))
        Pool.objects.filter(pk=pool.pk).update(ballots_are_complete=True)
        budget.publish_result(result=budget.count_pool(pool=Pool.objects.get(pk=pool.pk)))


def test_a_project_is_built_by_the_unit_that_said_yes_at_the_cost_it_gave(client, won, opened):
    made, unit = won
    Unit.objects.filter(pk=unit.pk).update(kind=Unit.Kind.ENTITY, email="jednostka@ratusz.example")
    voted(opened)
    found = Delivery.objects.get(project__number=made.number)
    assert (found.state, found.unit, found.ballot_grosze) == ("open", unit, 5_000_000)
    assert [each.address.value for each in OutboxMessage.objects.filter(purpose="projects.delivery")] == [
        "jednostka@ratusz.example"
    ]
    page = client.get(found.project.get_absolute_url()).text
    assert 'id="realizacja"' in page
    assert made.get_absolute_url() in page and unit.name in page


@pytest.mark.parametrize("facts, is_given", [({"closed_date": date(2026, 1, 1)}, False), ({"email": "to nie adres"}, True)])
def test_a_closed_unit_gets_no_building_and_a_wrong_address_stops_no_result(won, opened, leader, facts, is_given):
    made, unit = won
    Unit.objects.filter(pk=unit.pk).update(**{"kind": Unit.Kind.ENTITY} | facts)
    voted(opened)
    found = Delivery.objects.get(project__number=made.number)
    assert found.unit == (unit if is_given else None)
    assert not OutboxMessage.objects.filter(purpose="projects.delivery").exists()
    if is_given:
        with pytest.raises(rules.DeliveryRefused, match="adres e-mail"):
            building_actions.send_link(delivery=found, person=leader.person)
