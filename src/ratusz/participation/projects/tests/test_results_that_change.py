"""A result that changes after its publication, and cards that are missing: who is built, who is told, two at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import UnitFactory
from ratusz.participation.budget.actions import counting
from ratusz.participation.budget.tests.guards import without_guards
from ratusz.participation.projects.actions import delivery as building_actions
from ratusz.participation.projects.delivery import rules
from ratusz.participation.projects.models import Delivery
from ratusz.participation.projects.tests.buildings import coordinator, delivery, department, fresh, person_of, photo, pool
from ratusz.publishing.following.models import ThingNews

__all__ = ["coordinator", "delivery", "department", "pool"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    # Wagtail leaves the file of a picture open when it reads its size.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
WON = {"day": date(2023, 9, 20), "text": "Osiem ławek.", "spent_grosze": 300_000_00}


def lose(delivery) -> None:
    """As a new count would say it."""
    without_guards("ratusz_budget_projectresult")
    result = delivery.project.pool.result
    result.projects.filter(project=delivery.project).update(outcome="no_money", paid_grosze=0)
    building_actions.hear_results([result], database_now())


def test_what_a_decision_dropped_and_a_new_count_lost_is_not_taken_up(delivery, coordinator):
    building_actions.drop(delivery=delivery, reason="Teren przejęła kolej.", person=coordinator)
    lose(delivery)
    assert fresh(delivery).drop_kind == "decision"
    with pytest.raises(rules.DeliveryRefused, match="Wypadł z wyniku"):
        building_actions.take_up(delivery=delivery, reason="Kolej oddała teren.", person=coordinator)


def test_opening_what_is_missing_tells_nobody_anew(delivery, coordinator, department):
    building = building_actions.assign_unit(delivery=delivery, unit=UnitFactory(), person=coordinator)
    reporter = person_of("unit_editor", building.unit)
    building_actions.report_done(delivery=building, **WON, photos=[photo()], person=reporter)
    building_actions.confirm_done(delivery=building, person=coordinator)
    assert building.photos.get().stage == "done", "the caption of the finished bench says so"
    lose(building)
    told = ThingNews.objects.filter(thing=building.key).count()
    assert building_actions.open_deliveries(edition=building.project.edition, person=coordinator) == 0
    assert ThingNews.objects.filter(thing=building.key).count() == told


@pytest.mark.django_db(transaction=True)
def test_missing_cards_opened_by_two_at_once_are_opened_once(transactional_db, monkeypatch, request):
    monkeypatch.setattr(counting, "tell_of_results", lambda _results, _at: None)
    edition = request.getfixturevalue("pool").edition
    assert not Delivery.objects.exists(), "published before buildings were kept"

    def press(_number):
        try:
            return building_actions.open_deliveries(edition=edition)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as three:
        assert sorted(three.map(press, range(3))) == [0, 0, 2]
    assert Delivery.objects.count() == 2


def test_a_forged_number_tells_nothing_to_whoever_has_no_right(staff_client, delivery, department):
    signed = staff_client("unit_editor")
    answers = [
        signed.post(reverse(name, args=[number])).status_code
        for name, real in (("projects_open_deliveries", delivery.project.edition_id), ("projects_delivery_photo", 1))
        for number in (real, 999_999)
    ]
    assert answers == [302] * 4
