"""From a published result to the finished bench: who may what, days, money, reasons, a result that changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.factories import UnitFactory
from ratusz.participation.budget.actions import count_pool, publish_result, record_change
from ratusz.participation.budget.factories import BallotFactory, EditionFactory, PoolFactory, ProjectFactory
from ratusz.participation.budget.tests.guards import without_guards
from ratusz.participation.projects.actions import delivery as actions
from ratusz.participation.projects.delivery import rules
from ratusz.participation.projects.delivery.forms import PlanForm
from ratusz.participation.projects.models import Delivery, DeliveryDay, DeliveryState, DeliveryStep
from ratusz.participation.projects.tests.buildings import (
    building,
    coordinator,
    delivery,
    department,
    fresh,
    gardener,
    greens,
    person_of,
    photo,
    pool,
    today,
)
from ratusz.publishing.following.models import ThingNews

__all__ = ["building", "coordinator", "delivery", "department", "gardener", "greens", "pool", "today"]
pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the file of a picture open when it reads its size.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
Refused = rules.DeliveryRefused


def test_a_published_result_opens_a_building_for_each_winner(pool):
    rows = Delivery.objects.values_list("project__number", "state", "stage", "ballot_grosze", "unit")
    assert list(rows) == [
        ("L12/01/X", "open", "preparing", 300_000_00, None),
        ("L12/02/X", "open", "preparing", 150_000_00, None),
    ]
    assert [each.kind for each in DeliveryStep.objects.all()] == ["opened", "opened"]
    assert Entry.objects.filter(deed="projects.open_deliveries").count() == 1
    assert actions.open_deliveries(edition=pool.edition) == 0, "once is enough"


@pytest.mark.slow
def test_other_cities_are_only_compared_with(db):
    assert actions.hear_results([], database_now()) == 0
    edition = EditionFactory(city="Kraków", number=None, year=2024, slug="krakow-2024")
    pool = PoolFactory(edition=edition, code="1", position=1)
    ProjectFactory(pool=pool, number="1")
    BallotFactory.create_batch(20, pool=pool)
    pool.ballots_are_complete = True
    pool.save()
    publish_result(result=count_pool(pool=pool))
    assert not Delivery.objects.exists()


def test_a_withdrawn_winner_is_dropped_and_the_next_one_comes_in(pool, delivery):
    record_change(pool=pool, kind="withdrawn", ground="Pismo autora nr 7", day=date(2023, 10, 2), project=delivery.project)
    publish_result(result=count_pool(pool=pool))
    states = dict(Delivery.objects.values_list("project__number", "state"))
    assert states == {"L12/01/X": "dropped", "L12/02/X": "open", "L12/03/X": "open"}
    dropped = fresh(delivery)
    assert (dropped.drop_kind, dropped.drop_reason) == ("result", "Po nowym liczeniu: wycofany. Pismo autora nr 7")
    assert ThingNews.objects.filter(thing=delivery.key, text__contains="Pismo autora nr 7").count() == 1


@pytest.mark.slow
def test_what_fell_out_comes_back_when_the_count_says_so(pool, delivery, coordinator):
    at = database_now()
    result = pool.results.get()
    end = result.projects.get(project=delivery.project)
    without_guards("ratusz_budget_projectresult")
    result.projects.filter(pk=end.pk).update(outcome="no_money", paid_grosze=0)
    actions.hear_results([result], at)
    assert fresh(delivery).state == "dropped"
    with pytest.raises(Refused, match="Wypadł z wyniku"):
        actions.take_up(delivery=delivery, reason="Jednak zbudujemy.", person=coordinator)
    result.projects.filter(pk=end.pk).update(outcome="funded", paid_grosze=end.cost_grosze)
    actions.hear_results([result], at)
    back = fresh(delivery)
    assert (back.state, back.drop_kind, back.drop_reason, back.ended_at) == ("open", "", "", None)
    assert [each.kind for each in back.steps.all()] == ["opened", "dropped", "back"]


@pytest.mark.slow
def test_what_is_built_stays_built_after_a_new_count(pool, building, coordinator, gardener, today):
    actions.report_done(
        delivery=building, day=today, text="Osiem ławek.", spent_grosze=300_000_00, photos=[photo()], person=gardener
    )
    actions.confirm_done(delivery=building, person=coordinator)
    result = pool.results.get()
    without_guards("ratusz_budget_projectresult")
    result.projects.filter(project=building.project).update(outcome="no_money", paid_grosze=0)
    actions.hear_results([result], database_now())
    found = fresh(building)
    assert found.state == "done" and found.steps.last().kind == "recounted"


def test_the_unit_reports_stage_by_stage_and_somebody_else_confirms_the_end(building, coordinator, gardener, today):
    assert set(Clock.objects.running().of(building.key).values_list("rule_code", "unit")) == {("delivery.report", building.unit_id)}
    actions.plan_days(
        delivery=building, planned={"building": today + timedelta(40), "done": today + timedelta(90)}, person=gardener
    )
    assert fresh(building).next_on == today + timedelta(40) and fresh(building).due_on == today + timedelta(90)
    assert Clock.objects.running().of(building.key).count() == 2
    actions.report(delivery=building, stage="building", day=today, text="Ekipa zaczęła.", photos=[photo()], person=gardener)
    assert DeliveryDay.objects.get(delivery=building, stage="building").reached_on == today
    actions.write_money(
        delivery=building, contract_grosze=280_000_00, spent_grosze=None, note="Przetarg był tańszy.", person=gardener
    )
    actions.report_done(delivery=building, day=today, text="Osiem ławek.", spent_grosze=280_000_00, person=gardener)
    reported = fresh(building)
    assert (reported.state, reported.stage) == ("reported", "building") and not Clock.objects.running().of(building.key).exists()
    with pytest.raises(rules.NotYours):
        actions.confirm_done(delivery=building, person=gardener)
    actions.send_back(delivery=building, note="Brakuje zdjęcia całości.", person=coordinator)
    assert fresh(building).state == "open"
    actions.report_done(
        delivery=building, day=today, text="Osiem ławek pod lipami.", spent_grosze=280_000_00, photos=[photo()], person=gardener
    )
    actions.confirm_done(delivery=building, person=coordinator)
    done = fresh(building)
    assert (done.state, done.stage, done.finished_on, done.spent_grosze) == ("done", "done", today, 280_000_00)
    assert [each.kind for each in done.steps.all()] == [
        "opened", "unit", "planned", "stage", "money", "reported", "sent_back", "reported", "done",
    ]  # fmt: skip
    told = list(ThingNews.objects.filter(thing=building.key).values_list("text", flat=True))
    assert told[-1] == "Gotowe. Osiem ławek pod lipami." and not any("Brakuje zdjęcia" in each for each in told)
    assert not Clock.objects.running().of(building.key).exists()


@pytest.mark.slow
def test_nobody_confirms_their_own_report(building, coordinator, department, today):
    actions.report_done(delivery=building, day=today, text="Gotowe.", spent_grosze=300_000_00, photos=[photo()], person=coordinator)
    with pytest.raises(Refused, match="Ten meldunek jest Twój"):
        actions.confirm_done(delivery=building, person=coordinator)
    head = person_of("head", department)
    assert actions.confirm_done(delivery=building, person=head).state == DeliveryState.DONE


def test_a_moved_day_has_its_reason_for_everybody(building, gardener, today):
    first = today + timedelta(30)
    actions.plan_days(delivery=building, planned={"done": first}, person=gardener)
    with pytest.raises(Refused, match="Napisz dlaczego"):
        actions.plan_days(delivery=building, planned={"done": today + timedelta(60)}, person=gardener)
    actions.plan_days(
        delivery=building, planned={"done": today + timedelta(60)}, reason="Wykonawca zszedł z placu.", person=gardener
    )
    day = DeliveryDay.objects.get(delivery=building, stage="done")
    assert (day.first_planned_on, day.planned_on) == (first, today + timedelta(60))
    assert list(building.moves.values_list("stage", "was_on", "now_on", "reason")) == [
        ("done", first, today + timedelta(60), "Wykonawca zszedł z placu.")
    ]
    due = Clock.objects.running().get(subject=building.key, rule_code="delivery.day").due_at
    assert local_day(due - timedelta(seconds=1)) == today + timedelta(60)


def test_a_plan_that_cannot_be_is_refused(building, gardener, today):
    for planned, words in (
        ({"done": -1}, "dzień przyszły"),
        ({"done": 5000}, "dzień przyszły"),
        ({"building": 60, "done": 30}, "kolejności"),
        ({"garden": 30}, "etap z listy"),
        ({}, "Żaden dzień"),
        ({"done": None}, "Żaden dzień"),
    ):
        days = {stage: None if ahead is None else today + timedelta(ahead) for stage, ahead in planned.items()}
        with pytest.raises(Refused, match=words):
            actions.plan_days(delivery=building, planned=days, person=gardener)


def test_a_planned_day_is_not_erased_and_a_reached_one_not_planned_again(building, gardener, today):
    actions.plan_days(delivery=building, planned={"design": today + timedelta(9)}, person=gardener)
    with pytest.raises(Refused, match="nie usuwa"):
        actions.plan_days(delivery=building, planned={"design": None}, reason="Bo tak.", person=gardener)
    actions.report(delivery=building, stage="design", day=today, text="", person=gardener)
    with pytest.raises(Refused, match="Żaden dzień"):
        actions.plan_days(delivery=building, planned={"design": today + timedelta(20)}, person=gardener)


def test_a_report_that_cannot_be_is_refused(building, gardener, today):
    for facts, words in (
        ({"stage": "done"}, "osobnym formularzem"),
        ({"stage": "garden"}, "etap z listy"),
        ({"stage": "preparing", "text": " "}, "Napisz to w jednym zdaniu"),
        ({"day": 1}, "jeszcze przed nami"),
        ({"day": -6000}, "przed pierwszym budżetem"),
        ({"text": "Wykonawca: PESEL 44051401359"}, "PESEL"),
        ({"text": "x" * 601}, "601"),
    ):
        sent = {"stage": "design", "day": 0, "text": "Projektant pracuje."} | facts
        with pytest.raises(Refused, match=words):
            actions.report(
                delivery=building, stage=sent["stage"], day=today + timedelta(sent["day"]), text=sent["text"], person=gardener
            )


@pytest.mark.slow
def test_a_step_back_says_why_and_later_stages_wait_again(building, gardener, today):
    actions.report(delivery=building, stage="tender", day=today, text="Ogłoszony.", person=gardener)
    with pytest.raises(Refused, match="wcześniejszego etapu"):
        actions.report(delivery=building, stage="design", day=today, text="", person=gardener)
    actions.report(delivery=building, stage="design", day=today, text="Nikt się nie zgłosił, zmieniamy projekt.", person=gardener)
    assert dict(building.days.values_list("stage", "reached_on")) == {"preparing": today, "tender": None, "design": today}


def test_amounts_that_differ_say_why(building, gardener):
    for contract, spent, note, words in (
        (310_000_00, None, "", "Umowa różni się"),
        (None, 300_001_00, "", "więcej, niż"),
        (None, None, "", "Żadna kwota"),
    ):
        with pytest.raises(Refused, match=words):
            actions.write_money(delivery=building, contract_grosze=contract, spent_grosze=spent, note=note, person=gardener)


def test_the_database_refuses_what_is_not_explained(building):
    for facts in (
        {"contract_grosze": 310_000_00},
        {"spent_grosze": 300_001_00},
        {"ballot_grosze": -1},
        {"state": "done"},
        {"state": "dropped"},
        {"drop_reason": "bo tak"},
        {"state": "elsewhere"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.filter(pk=building.pk).update(**facts)


@pytest.mark.slow
def test_the_end_needs_a_photo_a_unit_and_words_for_another_sum(delivery, coordinator, greens, gardener, today):
    done = {"day": today, "text": "Gotowe.", "spent_grosze": 300_000_00}
    with pytest.raises(Refused, match="która komórka"):
        actions.report_done(delivery=delivery, **done, photos=[photo()], person=coordinator)
    building = actions.assign_unit(delivery=delivery, unit=greens, person=coordinator)
    with pytest.raises(Refused, match="Dodaj zdjęcie"):
        actions.report_done(delivery=building, **done, person=gardener)
    with pytest.raises(Refused, match="inną kwotę"):
        actions.report_done(delivery=building, **done | {"spent_grosze": 1}, photos=[photo()], person=gardener)
    with pytest.raises(Refused, match="najwyżej 3"):
        actions.report_done(delivery=building, **done, photos=[photo()] * 4, person=gardener)


def test_a_delay_is_explained_only_when_there_is_one(building, gardener, today):
    with pytest.raises(Refused, match="nie jest spóźniony"):
        actions.explain_delay(delivery=building, text="Deszcz.", person=gardener)
    actions.plan_days(delivery=building, planned={"design": today}, person=gardener)
    DeliveryDay.objects.filter(delivery=building, stage="design").update(planned_on=today - timedelta(2))
    assert list(Delivery.objects.late(today)) == [building]
    actions.explain_delay(delivery=building, text="Deszcz padał cały miesiąc.", person=gardener)
    assert fresh(building).explanation == "Deszcz padał cały miesiąc."
    actions.report(delivery=building, stage="design", day=today, text="Ruszyło.", person=gardener)
    assert fresh(building).explanation == "" and not Delivery.objects.late(today).exists()


def test_a_reason_of_an_old_delay_explains_no_new_one(building, gardener, today):
    actions.plan_days(delivery=building, planned={"design": today}, person=gardener)
    DeliveryDay.objects.filter(delivery=building, stage="design").update(planned_on=today - timedelta(2))
    actions.explain_delay(delivery=building, text="Deszcz padał cały miesiąc.", person=gardener)
    actions.plan_days(delivery=building, planned={"done": today + timedelta(40)}, person=gardener)
    assert fresh(building).explanation == "Deszcz padał cały miesiąc.", "it is late still"
    actions.plan_days(delivery=building, planned={"design": today + timedelta(9)}, reason="Czekamy na mapy.", person=gardener)
    assert fresh(building).explanation == ""


def test_only_stages_to_come_are_planned(building, gardener, today):
    actions.report(delivery=building, stage="contract", day=today, text="Kupujemy bez przetargu.", person=gardener)
    form = PlanForm(None, delivery=fresh(building), at=database_now())
    assert list(form.fields) == ["day_building", "day_acceptance", "day_done", "reason"]


def test_a_dropped_project_keeps_its_reason_and_may_be_taken_up(building, coordinator, gardener):
    with pytest.raises(rules.NotYours):
        actions.drop(delivery=building, reason="Bo tak.", person=gardener)
    with pytest.raises(Refused, match="w jednym zdaniu"):
        actions.drop(delivery=building, reason=" ", person=coordinator)
    reason = "Teren przejęła kolej; decyzja nr 12/2024."
    actions.drop(delivery=building, reason=reason, person=coordinator)
    assert fresh(building).drop_reason == reason and not Clock.objects.running().of(building.key).exists()
    with pytest.raises(Refused, match="porzucony"):
        actions.report(delivery=building, stage="design", day=date(2024, 1, 1), text="x", person=gardener)
    actions.take_up(delivery=building, reason="Kolej oddała teren.", person=coordinator)
    assert fresh(building).state == "open" and Clock.objects.running().of(building.key).exists()


def test_who_may_what(building, coordinator, gardener, department):
    at, stranger = database_now(), person_of("unit_editor", UnitFactory())
    editor = person_of("editor", department)
    deeds = [*rules.OF_LEADERS, *rules.OF_DESK, *rules.OF_UNIT, "see", "photo_gate"]
    allowed = {
        name: {deed for deed in deeds if rules.may(person, deed, building, at)}
        for name, person in {"coordinator": coordinator, "editor": editor, "gardener": gardener, "stranger": stranger}.items()
    }
    assert allowed == {
        "coordinator": {*deeds} - {"photo_gate"}, "editor": {*rules.OF_DESK, *rules.OF_UNIT, "see", "photo_gate"},
        "gardener": {*rules.OF_UNIT, "see"}, "stranger": set(),
    }  # fmt: skip
    assert rules.may(stranger, "see", None, at) and not rules.may(None, "see", None, at)
    with pytest.raises(rules.NotYours):
        actions.report(delivery=building, stage="design", day=local_day(at), text="x", person=stranger)


def test_a_closed_or_the_same_unit_is_not_named(building, coordinator, greens):
    closed = UnitFactory(closed_date=date(2024, 1, 1))
    for unit in (greens, closed):
        with pytest.raises(Refused, match="inną działającą komórkę"):
            actions.assign_unit(delivery=building, unit=unit, person=coordinator)


def test_what_happened_is_never_rewritten(building):
    for rows in (building.steps.all(), building.moves.model.objects.all()):
        with pytest.raises(Exception, match="append-only|permission denied"), transaction.atomic():
            rows.update(stage="x")
