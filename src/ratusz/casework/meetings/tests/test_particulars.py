"""Workshops, lessons, training and meetings run by others: what each kind asks, who goes there, and the short note afterwards."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.harness.signing_in import sign_in_staff

from ratusz.casework.meetings import actions, portal, rules, wording
from ratusz.casework.meetings.factories import make_place
from ratusz.casework.meetings.models import Meeting
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.models import Role
from ratusz.foundation.units.factories import AppointmentFactory

pytestmark = pytest.mark.django_db
FACTS = {"title": "Rada osiedla o projektach", "who_may_come": "mieszkańcy osiedla", "contact": "tel. 32 000 00 00"}
BEFORE = {
    "organiser": "Rada Jednostki Pomocniczej nr 9",
    "our_part": "Kwadrans o terminach.",
    "materials": "40 ulotek, wzór listy poparcia",
}


def planned(editor, kind, **facts):
    starts = database_now() + timedelta(days=3)
    return actions.plan_meeting(
        kind=kind,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        facts=FACTS | {"place": make_place()} | facts,
        person=editor,
    )


def begun(meeting):
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=database_now() - timedelta(hours=3), ends_at=database_now() - timedelta(hours=1)
    )
    return Meeting.objects.get(pk=meeting.pk)


def moves(person):
    return [str(move.what) for move in portal.moves_of(person, database_now())]


def test_a_meeting_run_by_others_has_who_goes_what_they_take_and_a_short_note(editor):
    """Not announced without somebody who goes and materials; not closed without the note; both wait on the delegate's desk."""
    meeting = planned(editor, "run_by_others")
    with pytest.raises(rules.Refused, match="jedzie w naszym imieniu.*Kto prowadzi.*Materiały"):
        actions.announce(meeting=meeting, person=editor)
    delegate = AppointmentFactory(role_code="unit_editor").person
    actions.give_duty(meeting=meeting, to=delegate, task="delegate", person=editor)
    actions.save_particulars(meeting=meeting, answers=BEFORE | {"pesel": "x"}, person=delegate)
    actions.announce(meeting=meeting, person=editor)
    assert Meeting.objects.get().particulars == BEFORE and moves(delegate) == [f"Jedziesz tam: {FACTS['title']}"]
    with pytest.raises(rules.Refused, match="gdy spotkanie się zacznie"):
        actions.save_particulars(meeting=meeting, answers={"note": "Było."}, person=delegate)
    meeting = begun(meeting)
    assert moves(delegate) == [f"Napisz krótką notatkę: {FACTS['title']}"]
    with pytest.raises(rules.Refused, match="Krótka notatka"):
        actions.mark_held(meeting=meeting, person=editor)
    actions.save_particulars(meeting=meeting, answers={"note": "Pytano o oświetlenie; odpowiemy na piśmie."}, person=delegate)
    assert moves(delegate) == [] and actions.mark_held(meeting=meeting, person=editor).state == "held"
    shown = {fact.label: fact.value for fact in wording.page(Meeting.objects.get(), database_now(), only_public=False).facts}
    assert (
        shown["Krótka notatka: o co pytano, co obiecaliśmy"].startswith("Pytano")
        and shown["Materiały, które zabieramy"] == BEFORE["materials"]
    )
    assert Entry.objects.filter(deed="meetings.save_particulars", actor_id=str(delegate.pk)).count() == 2
    stranger = AppointmentFactory(role_code="unit_editor").person
    with pytest.raises(rules.NotYours):
        actions.save_particulars(meeting=meeting, answers={}, person=stranger)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(particulars=[])


def test_everybody_reads_of_a_workshop_what_is_for_everybody(editor, client):
    meeting = planned(editor, "authors_workshop")
    actions.save_particulars(
        meeting=meeting, answers={"topics": "Kosztorys i zgody na grunt", "materials": "Cennik"}, person=editor
    )
    actions.announce(meeting=meeting, person=editor)
    text = client.get(meeting.public_path).content.decode()
    assert "Kosztorys i zgody na grunt" in text and "Cennik" not in text


def test_the_page_asks_what_the_kind_asks(client, editor):
    """A lesson: school, class, number of pupils; figures and note once it has begun; what was typed wrong comes back."""
    person = sign_in_staff(client)
    AppointmentFactory(person=person, role=Role.objects.get(code="head"))
    meeting = planned(editor, "school_lesson")
    page = reverse("meetings_particulars", args=[meeting.pk])
    assert "Ilu uczniów było" not in client.get(page).content.decode()
    typed = {
        "school": "Szkoła Podstawowa nr 0 (próbna)",
        "level": "klasa 7",
        "pupils": "dużo",
        "materials": "Karty do głosowania klasowego",
    }
    refused = client.post(page, typed).content.decode()
    assert "Karty do głosowania klasowego" in refused and Meeting.objects.get().particulars == {}
    assert client.post(page, typed | {"pupils": "24"}).status_code == 302
    assert Meeting.objects.get().particulars["pupils"] == 24
    begun(meeting)
    assert "Ilu uczniów było" in client.get(page).content.decode()
    assert client.get(reverse("meetings_particulars", args=[planned(editor, "group").pk])).status_code == 404
