"""Turns of duty: who sets them, none crosses another, whoever has one may publish alone, and the desk says who has it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from tests.harness.signing_in import sign_in_staff

from ratusz.coordination.desk import actions, rules
from ratusz.coordination.desk.factories import make_duty
from ratusz.coordination.desk.models import DutyTurn
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.actions import sync_access
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.publishing.editing import rules as editing

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def department(db):
    return UnitFactory(is_department=True)


@pytest.fixture
def people(department):
    return {
        role: AppointmentFactory(role_code=role, unit=department).person
        for role in ("head", "deputy_head", "editor", "press_officer", "moderator")
    }


@pytest.fixture
def at():
    return database_now()


def turn(people, at, **facts):
    given = {"person": people["head"], "on_duty": people["editor"], "starts": at, "ends": at + DAY}
    return make_duty(**given | facts)


def refused(words, **facts):
    with pytest.raises(rules.Refused, match=words):
        make_duty(**facts)


def test_whoever_is_on_duty_publishes_alone_until_it_ends(people, at):
    turn(people, at, starts=at + DAY, ends=at + 2 * DAY)
    asked = [at, at + DAY, at + 2 * DAY - timedelta(seconds=1), at + 2 * DAY]
    assert [editing.may_publish_alone(people["editor"], each) for each in asked] == [False, True, True, False]
    turn(people, at, kind="press", on_duty=people["press_officer"])
    assert not editing.may_publish_alone(people["press_officer"], at), "the press phone gives no such right"


def test_heads_alone_set_turns(people, at):
    assert {role: rules.may(each, "set", None, at) for role, each in people.items()} == {
        "head": True, "deputy_head": True, "editor": False, "press_officer": False, "moderator": False,
    }  # fmt: skip
    assert all(rules.may(each, "see", None, at) for each in people.values())
    made = turn(people, at)
    for attempt in (
        lambda: turn(people, at, person=people["editor"], starts=at + 2 * DAY, ends=at + 3 * DAY),
        lambda: actions.cancel_duty(turn=made, person=people["editor"]),
        lambda: turn(people, at, person=AppointmentFactory(role_code="head", unit=UnitFactory()).person),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_turns_of_one_person_and_kind_never_cross(people, at):
    first = turn(people, at)
    cross = {"person": people["head"], "on_duty": people["editor"], "starts": at + DAY / 2, "ends": at + 2 * DAY}
    refused("ma już wtedy ten dyżur", **cross)
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyTurn.objects.create(kind="editing", person=people["editor"], starts=at, ends=at + DAY, set_by=people["head"], set_at=at)
    beside = turn(people, at, starts=first.ends, ends=first.ends + DAY)
    other = turn(people, at, on_duty=people["deputy_head"])
    press = turn(people, at, kind="press", on_duty=people["deputy_head"])
    assert set(DutyTurn.objects.all()) == {first, beside, other, press}
    with pytest.raises(rules.Refused, match="ma już wtedy"):
        turn(people, at, turn=beside, starts=first.ends - DAY / 2, ends=first.ends + DAY)


def test_what_a_turn_cannot_be(people, at):
    given = {"person": people["head"], "on_duty": people["editor"]}
    refused("musi się kończyć po tym", **given, starts=at + DAY, ends=at + DAY)
    refused("zaczyna się dziś albo później", **given, starts=at - 2 * DAY, ends=at + DAY)
    refused("nie ma wtedy takiej pracy", **given, kind="press", starts=at, ends=at + DAY)
    refused("nie ma wtedy takiej pracy", person=people["head"], on_duty=people["moderator"], starts=at, ends=at + DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyTurn.objects.create(kind="press", person=people["head"], starts=at, ends=at, set_by=people["head"], set_at=at)


def test_a_turn_that_has_begun_ends_and_stays(people, at):
    coming = turn(people, at, starts=at + 3 * DAY, ends=at + 4 * DAY)
    changed = turn(people, at, turn=coming, on_duty=people["deputy_head"], starts=at + 2 * DAY, ends=at + 4 * DAY)
    actions.cancel_duty(turn=changed, person=people["head"])
    assert DutyTurn.objects.count() == 0
    running = turn(people, at)
    with pytest.raises(rules.Refused, match="Ten dyżur już trwa"):
        turn(people, at, turn=running, on_duty=people["deputy_head"])
    with pytest.raises(rules.Refused, match="Ten koniec już minął"):
        turn(people, at, turn=running, ends=at + timedelta(microseconds=1))
    assert turn(people, at, turn=running, ends=at + 3 * DAY).ends == at + 3 * DAY
    actions.cancel_duty(turn=running, person=people["head"])
    running.refresh_from_db()
    assert at < running.ends < at + DAY
    with pytest.raises(rules.Refused, match="Ten dyżur się skończył"):
        actions.cancel_duty(turn=running, person=people["head"])
    deeds = Entry.objects.filter(deed__startswith="desk.").order_by("pk").values_list("deed", flat=True)
    assert list(deeds) == [
        "desk.set_duty", "desk.change_duty", "desk.cancel_duty", "desk.set_duty", "desk.change_duty", "desk.cancel_duty",
    ]  # fmt: skip


def sign_in(client, person):
    sync_access(person=person, at=database_now())
    person.refresh_from_db()
    return sign_in_staff(client, person)


def typed(person, day, **more):
    facts = {"kind": "editing", "person": person.pk, "first_day": f"{day:%Y-%m-%d}", "first_hour": "16:00"}
    return facts | {"last_day": f"{day + DAY:%Y-%m-%d}", "last_hour": "8.00"} | more


@pytest.mark.slow
def test_the_roster_through_pages(client, people, department, at):
    head = sign_in(client, people["head"])
    assert "Nikt nie ma teraz dyżuru" in client.get("/admin/dyzury/").text
    address, day = "/admin/dyzury/nowy/", at + DAY
    wrong = client.post(address, typed(people["editor"], day, last_day=f"{at:%Y-%m-%d}")).text
    assert "Dyżur musi się kończyć po tym, jak się zacznie." in wrong and 'value="16:00"' in wrong
    assert (
        "nie ma takiej godziny"
        in client.post(address, typed(people["editor"], day, first_day="2027-03-28", first_hour="2:30")).text
    )
    assert client.post(address, {}).status_code == 200
    assert "Dyżur ustalony." in client.post(address, typed(people["editor"], day), follow=True).text
    made = DutyTurn.objects.get()
    change = f"/admin/dyzury/{made.pk}/"
    shown = client.get(change).text
    assert 'name="first_hour" value="16:00"' in shown and 'name="last_hour" value="08:00"' in shown
    assert "Dyżur ustalony." in client.post(change, typed(people["deputy_head"], day), follow=True).text
    page = client.get("/admin/dyzury/").text
    assert people["deputy_head"].display_name in page and f"/admin/dyzury/{made.pk}/odwolaj/" in page
    assert "Dyżur odwołany." in client.post(f"{change}odwolaj/", follow=True).text
    over = turn(people, at, person=head)
    DutyTurn.objects.filter(pk=over.pk).update(starts=at - 2 * DAY, ends=at - DAY)
    assert client.get(f"/admin/dyzury/{over.pk}/").status_code == 404
    assert "Ten dyżur się skończył" in client.post(f"/admin/dyzury/{over.pk}/odwolaj/", follow=True).text


@pytest.mark.slow
def test_the_desk_says_who_has_the_duty(client, people, department, at):
    editor = sign_in(client, AppointmentFactory(role_code="editor", unit=department).person)
    assert "Teraz dyżuruje" not in client.get("/admin/").text
    turn(people, at)
    turn(people, at, on_duty=editor, starts=at + DAY, ends=at + 2 * DAY)
    page = client.get("/admin/").text
    assert "Teraz dyżuruje" in page and people["editor"].display_name in page and "Twój następny dyżur (redakcyjny)" in page
    assert client.get("/admin/dyzury/nowy/").status_code == 302 and "Ustal dyżur" not in client.get("/admin/dyzury/").text
    assert client.post(f"/admin/dyzury/{DutyTurn.objects.first().pk}/odwolaj/").status_code in (302, 403)
    assert DutyTurn.objects.count() == 2
    turn(people, at, on_duty=editor)
    assert "Masz dyżur" in client.get("/admin/").text


@pytest.mark.slow
def test_strangers_see_no_roster(client, people, at):
    turn(people, at)
    sign_in(client, AppointmentFactory(role_code="unit_editor", unit=UnitFactory()).person)
    assert client.get("/admin/dyzury/").status_code in (302, 403)
    assert "Teraz dyżuruje" not in client.get("/admin/").text
