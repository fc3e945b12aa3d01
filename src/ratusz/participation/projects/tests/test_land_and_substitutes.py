"""The land of a project is checked once and for all to see; whoever stands in finds the queue of who is away, for those days."""

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.projects import actions, moves, queries, rules, standing_in, wording
from ratusz.participation.projects.actions.drafts import PURPOSE
from ratusz.participation.projects.factories import make_application
from ratusz.participation.projects.models import Attachment, LandCheck, State, Substitution
from ratusz.participation.projects.tests.test_assessment_and_lists import asked, passed, say

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LAND = {"plot": "15/3, obręb Bogucice", "owner": "city", "result": "fit", "source": "ewidencja gruntów, 3.12.2026"}


@pytest.fixture
def leader(staff_client):
    return staff_client("budget_coordinator")


def waiting(person):
    return [str(move.what) for move in moves.moves_of(person, database_now())]


def test_a_land_check_is_written_once_with_its_source(client, pool, leader):
    made = passed(pool, leader)
    page, deed = f"/admin/projekty/{made.pk}/", f"/admin/projekty/{made.pk}/ocena-formalna/"
    table = [
        ({"plot": " "}, "działkę"), ({"owner": "cooperative"}, "nie wymaga"), ({"owner": "other", "result": "statement"}, "spółdzielnia"),
        ({"owner": "tbs", "result": "statement"}, "nie dołączono"), ({"result": "unfit"}, "dlaczego"),
    ]  # fmt: skip
    for wrong, words in table:
        refused = leader.post(deed, LAND | {"deed": "land", "note": ""} | wrong)
        assert refused.status_code == 200 and words in refused.text.lower(), words
    assert not LandCheck.objects.exists() and "15/3, obręb Bogucice" in refused.text
    unfit = {"deed": "land", "result": "unfit", "note": "droga w planie miejscowym"}
    assert leader.post(deed, LAND | unfit).status_code == 302
    opinion, verifier = asked(made, leader)
    say(opinion, verifier)
    with pytest.raises(rules.ApplicationRefused, match="nie może tam stanąć"):
        actions.decide_substantive(application=made, is_positive=True, reasons="", person=leader.person)
    assert leader.post(deed, LAND | {"deed": "land", "note": "zmiana planu"}).status_code == 302
    shown = leader.get(page).text
    assert "droga w planie miejscowym" in shown and leader.person.get_full_name() in shown
    assert actions.decide_substantive(application=made, is_positive=True, reasons="", person=leader.person).state == State.POSITIVE
    assert (
        wording.land_fact(made)[0].value
        == "15/3, obręb Bogucice, teren: miasto; projekt może tam stanąć (ewidencja gruntów, 3.12.2026)"
    )
    assert "15/3" not in Client().get(made.get_absolute_url()).text
    assert Entry.objects.filter(deed="projects.check_land", actor_id=str(leader.person.pk)).count() == 2
    newest = LandCheck.objects.latest("pk")
    with pytest.raises(IntegrityError), transaction.atomic():
        LandCheck.objects.filter(pk=newest.pk).update(note="inaczej")


def test_the_asked_unit_checks_the_land_and_nobody_else(pool, leader):
    made = passed(pool, leader)
    opinion, verifier = asked(made, leader)
    file = accept_upload(upload=io.BytesIO(make_pdf()), name="zgoda.pdf", purpose=PURPOSE)
    made.attachments.create(what=Attachment.What.LAND, added_at=database_now(), file=file)
    check = actions.check_land(application=made, person=verifier, **LAND | {"owner": "tbs", "result": "statement"})
    assert check.is_named_to_all
    other = actions.check_land(application=made, person=verifier, **LAND | {"owner": "other", "result": "open"})
    assert not other.is_named_to_all and "15/3" not in wording.land_fact(made)[0].value
    with pytest.raises(rules.NotYours):
        actions.check_land(application=made, person=AppointmentFactory(role_code="unit_verifier").person, **LAND)


def stand_in(leader, days=(0, 7), **whose):
    now = database_now()
    starts, ends = (now + timedelta(days=day) - timedelta(seconds=1) for day in days)
    return actions.set_substitute(starts_at=starts, ends_at=ends, person=leader.person, **whose)


def test_checks_of_who_is_away_are_in_the_queue_of_who_stands_in(pool, leader, staff_client):
    """From the first moment, to the last; ended early the queue is as it was."""
    away, here = staff_client("editor"), AppointmentFactory(role_code="editor").person
    made = make_application(pool)
    actions.assign_check(application=made, verifier=away.person, person=leader.person)
    with pytest.raises(rules.NotYours):
        actions.mark_formal(application=made, answers={}, person=here)
    later = stand_in(leader, (1, 3), absent=away.person, substitute=here)
    assert waiting(here) == [] and standing_in.people(here, database_now()) == {here.pk}
    now = stand_in(leader, absent=away.person, substitute=here)
    assert waiting(here) == waiting(away.person) == [f"Oceń formalnie: {made}"]
    assert list(queries.listed(pool.edition, whose=standing_in.in_queue(here, database_now()))) == [made]
    assert [row["stands_in"] for row in queries.queues(pool.edition, database_now())] == [here.get_full_name()]
    actions.mark_formal(application=made, answers={}, person=here)
    actions.end_substitute(substitution=now, person=leader.person)
    actions.end_substitute(substitution=later, person=leader.person)
    assert waiting(here) == [] and Substitution.objects.get().pk == now.pk
    with pytest.raises(rules.NotYours):
        actions.mark_formal(application=made, answers={}, person=here)
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitution.objects.filter(pk=now.pk).update(substitute=away.person)


def test_an_opinion_of_a_unit_is_given_by_who_stands_in_for_it_or_for_its_verifier(pool, leader):
    made = passed(pool, leader)
    opinion, verifier = asked(made, leader)
    for whose in ({"unit": opinion.unit}, {"absent": verifier}):
        other = AppointmentFactory(role_code="unit_verifier", unit=UnitFactory()).person
        with pytest.raises(rules.NotYours):
            say(opinion, other)
        ended = stand_in(leader, substitute=other, **whose)
        assert len(waiting(other)) == 1 and rules.may_give_opinion(other, opinion, database_now())
        if "unit" in whose:
            actions.end_substitute(substitution=ended, person=leader.person)
    say(opinion, other)
    opinion.refresh_from_db()
    assert opinion.given_by == other


def test_a_substitution_is_written_on_its_screen(pool, leader, staff_client):
    screen, away, today = "/admin/projekty/zastepstwa/", staff_client("editor").person, local_day(database_now())
    here = AppointmentFactory(role_code="editor").person
    typed = {"deed": "set", "absent": away.pk, "substitute": here.pk, "first": today, "last": today}
    table = [
        ({"absent": ""}, "jedną osobę albo jedną komórkę"), ({"substitute": away.pk}, "sam siebie"),
        ({"first": today - timedelta(days=3), "last": today - timedelta(days=1)}, "dzisiaj albo później"),
        ({"last": "9999-12-31"}, "od 2000 do 2099"), ({"first": "0001-01-01"}, "od 2000 do 2099"),
    ]  # fmt: skip
    for wrong, words in table:
        assert words in leader.post(screen, typed | wrong).text, words
    assert leader.post(screen, typed).status_code == 302
    assert "już zapisane" in leader.post(screen, typed).text
    assert here.get_full_name() in leader.get(screen).text and waiting(here) == []
    leader.post(screen, {"deed": "end", "substitution": Substitution.objects.get().pk})
    assert "Nikt teraz nikogo nie zastępuje" in leader.get(screen).text
    assert list(Entry.objects.filter(deed__endswith="_substitute").order_by("pk").values_list("deed", flat=True)) == [
        "projects.set_substitute", "projects.end_substitute",
    ]  # fmt: skip
    assert staff_client("unit_verifier").get(screen).url == "/admin/"
