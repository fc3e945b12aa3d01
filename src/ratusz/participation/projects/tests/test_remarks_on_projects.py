"""Remarks of residents: only in their stage, read by a moderator first, answered for everybody; what was said goes with time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ratusz.casework.moderation.actions import judge
from ratusz.casework.moderation.models import Deed, Item, Source
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.budget import registers
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import actions, calendar, moves, queries, rules
from ratusz.participation.projects.actions import forgetting
from ratusz.participation.projects.factories import make_application
from ratusz.participation.projects.forms import ApplicationForm
from ratusz.participation.projects.models import Application, Remark, State
from ratusz.participation.projects.tests.test_assessment_and_lists import head, leader, passed, publish, refused
from ratusz.participation.projects.tests.test_from_accepted_to_the_frozen_ballot import accepted, opened

__all__ = ["head", "leader", "opened"]
pytestmark = pytest.mark.django_db


def address(made, name="remark"):
    return reverse(f"projects:{name}", args=[made.edition.slug, made.slug])


def let_out(remark):
    moderator = AppointmentFactory(role_code="moderator").person
    return judge(item=Item.objects.get(thing=f"projects.remark:{remark.pk}"), deed=Deed.APPROVE, person=moderator)


@pytest.mark.slow
def test_a_remark_is_read_by_a_moderator_then_by_everybody_with_the_answer(client, pool, leader):
    made = make_application(pool)
    typed = {"kind": "objection", "words": "Ławki zasłonią przejście.", "email": "ktos@example.pl"}
    assert Remark.objects.count() == 0 and client.post(address(made), typed | {"email": "ktos"}).context["form"].errors
    assert "Mamy Twoją uwagę" in client.post(address(made), typed, follow=True).text
    remark = Remark.objects.get()
    assert Item.objects.get().source == Source.BEFORE
    assert "zasłonią" not in client.get(address(made, "card")).text
    with pytest.raises(rules.ApplicationRefused, match="nie jest pokazana"):
        actions.answer_remark(remark=remark, answer="Nie.", person=leader.person)
    let_out(remark)
    say = {"deed": "answer_remark", "remark": remark.pk, "answer": "Przejście zostaje szerokie na dwa metry."}
    assert "Odpowiedź opublikowana" in leader.post(reverse("projects_assessment", args=[made.pk]), say, follow=True).text
    card = client.get(address(made, "card")).text
    assert "Ławki zasłonią przejście." in card and "szerokie na dwa metry" in card and "ktos@example.pl" not in card
    actions.hide_remark(remark=remark, person=leader.person)
    assert "zasłonią" not in client.get(address(made, "card")).text
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.update(answer="", answered_at=None)


def test_the_form_tells_no_decision_before_its_list(client, pool, leader, head):
    made = refused(pool, leader, head)
    assert made.state == State.NEGATIVE
    assert "Napisz uwagę albo sprzeciw" in client.get(address(made, "card")).text
    actions.write_remark(application=made, kind="remark", words="Dobrze.")
    publish(pool.edition, "substantive", leader)
    assert "Napisz uwagę albo sprzeciw" not in client.get(address(made, "card")).text
    with pytest.raises(rules.ApplicationRefused, match="nie przyjmujemy"):
        actions.write_remark(application=made, kind="remark", words="Dobrze.")


def test_outside_its_stage_and_for_a_project_that_left_nothing_is_taken(client, pool, leader, monkeypatch):
    left = actions.withdraw(application=make_application(pool), reason="oświadczenie autora", person=leader.person)
    with pytest.raises(rules.ApplicationRefused, match="nie przyjmujemy"):
        actions.write_remark(application=left, kind="remark", words="Dobrze.")
    made = make_application(pool, title="Drugi projekt")
    with pytest.raises(rules.ApplicationRefused, match="Napisz"):
        actions.write_remark(application=made, kind="remark", words=" ")
    monkeypatch.setattr(calendar, "is_open", lambda edition, code, at: code != "remarks")
    refused = client.post(address(made), {"kind": "remark", "words": "Trzymam kciuki."})
    assert "nie przyjmujemy" in refused.text and not Remark.objects.exists()


def test_what_an_author_said_goes_once_the_check_is_over(pool, leader, monkeypatch):
    made = make_application(pool)
    actions.assign_check(application=made, verifier=leader.person, person=leader.person)
    call = actions.call_author(application=made, kind="complete", text="Dopisz miejsce.", person=leader.person)
    actions.enter_answer(call=call, answer="Piszę ja, autorka.", received_at=database_now(), person=leader.person)
    actions.erase_parties(parties=made.parties.all())
    call.refresh_from_db()
    assert call.answer == "Piszę ja, autorka."
    Application.objects.update(state=State.FORMAL_NO)
    assert actions.forget_statements() == 1
    call.refresh_from_db()
    assert call.answer == ""
    made.remarks.create(kind="remark", words="Dobrze.", email="ktos@example.pl", written_at=database_now())
    late = database_now() + timedelta(days=1900)
    monkeypatch.setattr(forgetting, "database_now", lambda: late)
    assert actions.forget_statements() == 1 and Remark.objects.get().email == ""


def test_queues_name_who_has_what_and_until_when(pool, leader):
    made = make_application(pool)
    other = AppointmentFactory(role_code="editor").person
    actions.assign_check(application=made, verifier=leader.person, substitute=other, person=leader.person)
    later = passed(pool, leader, title="Drugi projekt")
    asked = actions.ask_unit(
        application=later, unit=AppointmentFactory(role_code="unit_verifier").unit, is_leading=True, person=leader.person
    )
    person, unit = queries.queues(pool.edition, database_now())
    assert (person["who"], person["stands_in"], person["number"]) == (leader.person.get_full_name(), other.get_full_name(), 1)
    assert (unit["who"], unit["number"], unit["due"]) == (asked.unit.name, 1, asked.due_at)
    shown = leader.get(reverse("projects_list"), {"edycja": pool.edition.slug, "kolejka": leader.person.pk})
    assert [row["made"] for row in shown.context["rows"]] == [made]


def test_stages_stand_in_the_calendar_and_the_second_person_has_the_move(opened, pool, leader, staff_client):
    accepted(pool, leader)
    stage = opened.stages.get(code="ballot_list")
    titles = [each.title for each in registers.dated_things(stage.starts_at, stage.ends_at)]
    assert titles == ["Lista projektów na karcie: budżet obywatelski XIV (2027)"]
    (mine,) = moves.moves_of(leader.person, stage.starts_at)
    assert mine.what == "Wpisz przyjęte projekty na kartę: XIV (2027)" and mine.due_at == stage.ends_at
    from ratusz.participation.budget import actions as budget

    budget.propose_stage(edition=opened, code="voting", first=stage.starts_at.date().replace(month=9, day=12),
                         last=stage.starts_at.date().replace(month=9, day=23), reason="Święto.", person=leader.person)  # fmt: skip
    deputy = staff_client("deputy_head").person
    assert [each.what for each in registers.moves(deputy, database_now())] == ["Zatwierdź zmianę: XIV (2027)"]
    assert not list(registers.moves(leader.person, database_now()))
    assert Edition.objects.going_on().get() == opened


def test_the_place_on_the_map_says_which_district_it_is(edition, pool):
    square = [[19.0, 50.2], [19.1, 50.2], [19.1, 50.3], [19.0, 50.3], [19.0, 50.2]]
    pool.district = DistrictFactory(shape={"type": "Polygon", "coordinates": [square]})
    pool.save()
    form = ApplicationForm({"point": "50.25, 19.02"}, edition=edition)
    assert form.is_valid() and form.cleaned_data["pool"] == pool
