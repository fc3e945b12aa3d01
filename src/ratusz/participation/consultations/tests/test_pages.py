"""Pages of consultations: the list and one for everybody, every screen of staff from plan to launch, meetings behind forms."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from tests.harness.signing_in import sign_in_staff

from ratusz.casework.meetings import actions as meeting_actions
from ratusz.casework.meetings.factories import make_place
from ratusz.casework.meetings.models import Meeting
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import dated_things, moves, search_sources
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.actions import sync_access
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.consultations import actions, registries, rules, standing
from ratusz.participation.consultations.factories import AreaFactory, ConsultationFactory, FormFactory
from ratusz.participation.consultations.models import Consultation, Form, Notice, Opinion
from ratusz.participation.consultations.modes.pack import rules_for
from ratusz.participation.consultations.tests.conftest import evidence, facts, launch, make_plan
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.founding import add_page
from ratusz.publishing.website.models import GuidePage

pytestmark = pytest.mark.django_db


def enter(client, person) -> None:
    """Signs the person in with the rights of their roles."""
    sync_access(person=person, at=database_now())
    person.refresh_from_db()
    sign_in_staff(client, person)


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def posted(client, name, pk, **data):
    """Sends a form of staff and gives the page one lands on."""
    return text_of(client.post(reverse(f"consultations_{name}", args=[pk] if pk else []), data, follow=True))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_for_everybody(client, django_assert_num_queries, rows):
    for _number in range(rows):
        for traits in ({"running": True}, {"announced": True}, {"ended": True}):
            AreaFactory(consultation=ConsultationFactory(**traits), of_district=True)
    ConsultationFactory(title="Nikt tego nie widział")
    client.get(reverse("consultations:list"))
    with django_assert_num_queries(9):
        page = text_of(client.get(reverse("consultations:list")))
    assert "Nikt tego nie widział" not in page
    order = [page.index(words) for words in ("w toku</", "ogłoszone</", "raport za ")]
    assert order == sorted(order)
    first = Consultation.objects.running(local_day(database_now())).first()
    narrowed = text_of(client.get(reverse("consultations:list"), {"stan": "running", "szukaj": first.title, "tryb": "art5a"}))
    assert first.title in narrowed and narrowed.count('class="tag') == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_one(client, django_assert_num_queries, editor, monkeypatch, rows):
    # Parts of other modules count their own queries.
    monkeypatch.setattr(registries.public_parts, "_entries", {})
    made = ConsultationFactory(running=True)
    for number in range(rows):
        AreaFactory(consultation=made, of_district=True)
        FormFactory(consultation=made, title=f"Forma {number}")
        Notice.objects.create(consultation=made, channel="bip", published_on=made.starts_on, entered_at=database_now())
        Opinion.objects.create(
            consultation=made, body_kind="other", body=f"Rada próbna {number}", asked_on=made.starts_on, due_on=made.starts_on
        )
    client.get(made.get_absolute_url())
    with django_assert_num_queries(6):
        page = text_of(client.get(made.get_absolute_url()))
    for words in ("konsultacje społeczne", "Układ alejek", "Forma 0", "brakuje dowodu", "znaczy brak uwag", "Biuletyn"):
        assert words in page
    assert client.get(ConsultationFactory().get_absolute_url()).status_code == 404
    assert b"BEGIN:VEVENT" in client.get(reverse("consultations:ics", args=[made.slug])).content
    assert made.title in client.get(reverse("consultations:feed", args=["atom"])).content.decode()
    assert client.get(reverse("consultations:feed", args=["json"])).json()["items"][0]["title"] == made.title


@pytest.mark.slow
def test_from_an_empty_plan_to_a_launched_consultation_on_screens(client, editor):
    enter(client, editor)
    DistrictFactory(number=7)
    start = {name: value for name, value in facts(owner_unit=UnitFactory().pk, owner_person=editor.pk).items() if value is not None}
    page = posted(client, "new", None, title="Próbny skwer przy szkole")
    assert "Wybierz: konsultacje społeczne albo rozmowa bez trybu." in page
    plan = Consultation.objects.get()
    page = posted(client, "plan", plan.pk, **start, ends_on_typo="")
    assert "Brakuje formy konsultacji." in page
    assert "nie można jeszcze ogłosić" in posted(client, "launch", plan.pk).lower()
    posted(client, "add_form", plan.pk, kind="remarks", title="Uwagi na piśmie")
    page = posted(
        client, "add_form", plan.pk, kind="remarks", title="Zła", starts_at="2026-12-02T10:00", ends_at="2026-12-01T10:00"
    )
    assert "kończy się, zanim się zacznie" in page and 'value="Zła"' in page
    posted(client, "add_form", plan.pk, kind="survey", title="Ankieta o skwerze")
    asked = plan.forms.get(kind="survey")
    page = client.get(reverse("consultations_consultation", args=[plan.pk])).content.decode()
    assert "Przygotuj" in page and reverse("surveys_list") not in page.partition('id="formy"')[2].partition("<h2")[0]
    page = posted(client, "form_deed", asked.pk, deed="prepare")
    asked.refresh_from_db()
    assert "stronie spotkania" not in page and reverse("surveys_survey", args=[asked.subject.rpartition(":")[2]]) in page
    page = posted(
        client, "add_notice", plan.pk, channel="bip", occasion="launch", published_on=str(local_day(database_now())),
        evidence=evidence(), url="https://bip.example.pl/1",
    )  # fmt: skip
    assert "SHA-256" in page
    assert "Konsultacje są ogłoszone." in posted(client, "launch", plan.pk)
    plan.refresh_from_db()
    page = text_of(client.get(plan.get_absolute_url()))
    bip = plan.notices.get(channel="bip")
    assert bip.sha256[:10] in page and "Całe miasto" in page
    kept = client.get(reverse("consultations:evidence", args=[plan.slug, bip.pk]))
    assert len(b"".join(kept.streaming_content)) == bip.file.size
    page = posted(
        client, "ask", plan.pk, body_kind="youth_council", body="Młodzieżowa Rada (próbna)", asked_on=str(bip.published_on)
    )
    assert "odpowiedź oczekiwana do" in page
    opinion = plan.opinions.get()
    page = posted(client, "answer", opinion.pk, answered_on=str(opinion.asked_on), stance="for", text="Popieramy.")
    assert "za (" in page and "Popieramy." in text_of(client.get(plan.get_absolute_url()))
    page = posted(client, "extend", plan.pk, ends_on=str(plan.ends_on), reason="prośby")
    assert "nigdy nie skraca" in page
    page = posted(client, "extend", plan.pk, ends_on=str(plan.ends_on + timedelta(days=7)), reason="prośby")
    assert "Konsultacje potrwają dłużej." in page
    assert "<textarea" in posted(client, "cancel", plan.pk, reason=" ")
    assert Consultation.objects.get(pk=plan.pk).cancelled_at is None
    page = posted(client, "cancel", plan.pk, reason="Zmienił się projekt.")
    assert "Konsultacje są odwołane." in page
    assert "Zmienił się projekt." in text_of(client.get(plan.get_absolute_url()))
    assert client.get(reverse("consultations_export")).content[:2] == b"PK"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_staff(client, editor, django_assert_max_num_queries, rows):
    for _number in range(rows):
        AreaFactory(consultation=ConsultationFactory(), of_district=True)
    enter(client, editor)
    client.get(reverse("consultations_list"))
    with django_assert_max_num_queries(45):
        page = text_of(client.get(reverse("consultations_list"), {"stan": "plan", "sort": "-koniec"}))
    assert page.count("Próbny park") >= rows
    # Property 15: an export has as many rows as the list it was made of.
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("consultations_export"), {"stan": "plan"}).content))
    assert book.active.max_row == rows + 1
    enter(client, UserFactory(is_staff=True))
    assert client.get(reverse("consultations_list")).status_code in (302, 403)


def test_a_place_that_a_form_names_first_is_written_down_once_for_all_meetings(editor):
    made, begins = launch(editor), database_now() + timedelta(days=16)
    for day, words in enumerate(("Dom Próbny, ul. Próbna 47", "dom próbny,  ul. Próbna 47", "gdzieś w parku")):
        times = {"starts_at": begins + timedelta(days=day), "ends_at": begins + timedelta(days=day, hours=2)}
        form = actions.add_form(
            consultation=made, kind="open_meeting", person=editor, facts={"title": "Spotkanie", "place": words} | times
        )
        actions.prepare_form(form=form, person=editor)
    first, second, third = Meeting.objects.order_by("starts_at")
    assert (first.place.name, first.place.address) == ("Dom Próbny", "ul. Próbna 47")
    assert second.place == first.place and third.place is None


def test_who_plans_no_meetings_is_refused_also_where_the_place_is_new(editor):
    plan, begins = make_plan(editor), database_now() + timedelta(days=16)
    owner = AppointmentFactory(role_code="unit_editor", unit=plan.owner_unit, person=UserFactory(is_staff=True)).person
    asked = {
        "title": "Spotkanie",
        "place": "Dom Próbny, ul. Próbna 47",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
    }
    form = actions.add_form(consultation=plan, kind="open_meeting", person=owner, facts=asked)
    with pytest.raises(rules.NotYours):
        actions.prepare_form(form=form, person=owner)


def test_a_form_is_a_meeting_that_is_planned_counted_and_owes_minutes(editor, client):
    made = launch(editor)
    begins = database_now() + timedelta(days=16)
    place = make_place()
    form = actions.add_form(
        consultation=made, kind="open_meeting", person=editor,
        facts={"title": "Spotkanie otwarte", "starts_at": begins, "ends_at": begins + timedelta(hours=2), "place": place.name},
    )  # fmt: skip
    form = actions.prepare_form(form=form, person=editor)
    meeting = Meeting.objects.get(pk=form.subject.removeprefix("meetings.meeting:"))
    assert (meeting.kind, meeting.place, meeting.contact) == ("consultation", place, made.contact)
    kind = registries.form_kinds["open_meeting"]
    assert kind.take_part_url(form, database_now()) == ""
    meeting_actions.announce(meeting=meeting, person=editor)
    assert kind.take_part_url(form, database_now()) == meeting.public_path
    assert meeting.public_path in text_of(client.get(made.get_absolute_url()))
    later = begins + timedelta(days=1)
    meeting_actions.move_meeting(
        meeting=meeting, starts_at=later, ends_at=later + timedelta(hours=2), reason="sala zajęta", person=editor
    )
    assert Form.objects.get(pk=form.pk).starts_at == later
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=begins - timedelta(days=30), ends_at=begins - timedelta(days=29))
    assert [gap.code for gap in kind.gaps(form, database_now())] == ["meeting_open", "minutes_missing"]
    meeting_actions.mark_held(meeting=Meeting.objects.get(pk=meeting.pk), person=editor)
    form = Form.objects.get(pk=form.pk)
    assert form.held_at and [gap.code for gap in kind.gaps(form, database_now())] == ["minutes_missing"]
    assert [(each.channel, each.received) for each in kind.counts(form)] == [("attendance", 0)]


def test_what_waits_what_is_dated_and_what_is_found(editor):
    plan, made = make_plan(editor), ConsultationFactory(running=True)
    late = ConsultationFactory(ended=True, owner_person=editor)
    at = database_now()
    told = [move.what for move in moves["consultations"](editor, at)]
    assert f"Ogłoś konsultacje: {plan.title}" in told and f"Opublikuj raport: {late.title}" in told
    found = list(dated_things["consultations"](at, at + timedelta(days=3)))
    assert [(each.title, each.what_to_do) for each in found] == [(made.title, "Weź udział")]
    titles = {entry.title for entry in search_sources["consultations"].entries()}
    assert titles == {made.title, late.title}
    assert search_sources["consultations"].entry(f"consultation:{plan.pk}") is None


@pytest.mark.slow
def test_a_walk_says_its_route_before_and_what_was_seen_afterwards(client, editor):
    enter(client, editor)
    made = ConsultationFactory(running=True)
    page = posted(client, "add_form", made.pk, kind="study_walk", title="Spacer wzdłuż Rawy")
    assert "Trasa" in page and "Obserwacje" not in page
    walk = made.forms.get()
    posted(client, "form", walk.pk, title=walk.title, route="Od mostu do kładki.", weather="Tydzień później.", capacity="25")
    walk.refresh_from_db()
    assert walk.said == {
        "route": "Od mostu do kładki.", "stops": "", "weather": "Tydzień później.", "sign_up": "", "capacity": 25,
    }  # fmt: skip
    page = text_of(client.get(made.get_absolute_url()))
    assert "Trasa: Od mostu do kładki." in page and "Ile osób może wziąć udział: 25" in page and "Przystanki" not in page
    page = posted(client, "hold_form", walk.pk, result_summary="Było 12 osób.", came="12", observations="Przy kładce brak światła.")
    assert "Przy kładce brak światła." in page and "Od mostu do kładki." in page
    desk = made.forms.create(kind="duty_hours", title="Dyżur")
    posted(client, "hold_form", desk.pk, came="3", notes="Pytano o hałas.")
    page = text_of(client.get(made.get_absolute_url()))
    assert "Ile osób przyszło: 3" in page and "Pytano o hałas." not in page


@pytest.mark.slow
def test_a_chain_is_read_both_ways_and_people_are_told_what_the_modes_give_them(client):
    content = rules_for(["plan"], date(2026, 1, 1), {"intent_resolution": date(2024, 1, 10)}).content
    first = ConsultationFactory(ended=True, title="Pierwsza rozmowa o planie", modes=["plan"], rules=content)
    later = ConsultationFactory(running=True, title="Projekt planu", follows=first)
    FormFactory(consultation=first, kind="study_walk", title="Spacer")
    page = text_of(client.get(first.get_absolute_url()))
    assert later.get_absolute_url() in page and "Ciąg dalszy" in page
    assert "bez zgody opiekuna" in page and "Idziemy razem przez teren" in page
    assert first.get_absolute_url() in text_of(client.get(later.get_absolute_url()))
    how = reverse("consultations:how")
    assert how in page and client.get(how).url == reverse("consultations:list")
    card = add_page(make_portal()["pl"], GuidePage(title="Konsultacje krok po kroku", slug="krok", process="consultations"))
    assert client.get(how).url == card.url


@pytest.mark.slow
def test_the_card_of_a_campaign_is_warned_of_until_it_has_every_channel_of_the_modes(client, editor):
    enter(client, editor)
    plan = make_plan(editor, modes=["environment"])
    told = {each.code for each in standing.findings_of(plan, plan.starts_on) if each.level == "warn"}
    assert "campaign" in told
    posted(client, "campaign", plan.pk, goal="Wie o niej każdy dom.", channels=["website", "bip"], target="3000 domów")
    plan = Consultation.objects.get(pk=plan.pk)
    found = [each for each in standing.findings_of(plan, plan.starts_on) if each.part == "campaign"]
    assert [(each.code, each.expected) for each in found] == [("campaign_channel", "tablica w siedzibie urzędu")]
    assert "Tryby wymagają też kanału" in text_of(client.get(reverse("consultations_campaign", args=[plan.pk])))
    page = posted(
        client, "campaign", plan.pk, goal="Wie o niej każdy dom.", channels=["website", "bip", "office"], outcome="2100 domów",
    )  # fmt: skip
    assert "Cel kampanii: Wie o niej każdy dom." in page and "Co wyszło z kampanii: 2100 domów" in page
    assert not [
        each for each in standing.findings_of(Consultation.objects.get(pk=plan.pk), plan.starts_on) if each.part == "campaign"
    ]
    assert "Zapisz kartę" in posted(client, "campaign", plan.pk, goal="")
    with pytest.raises(rules.ConsultationRefused, match="Nie ma kanału"):
        actions.save_campaign(consultation=plan, facts={"goal": "x", "channels": ["radio"]}, person=editor)
