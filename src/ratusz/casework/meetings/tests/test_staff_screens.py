"""The department plans, announces, moves and cancels; registers callers; sees which limit holds people back; prints the list."""

from __future__ import annotations

import io
import re
from datetime import datetime, time, timedelta

import openpyxl
import pikepdf
import pytest

from ratusz.casework.documents.models import Case
from ratusz.casework.meetings.factories import give_task, make_meeting, make_place, make_registration
from ratusz.casework.meetings.models import Meeting, Official, Place, Registration, SeatGroup, Series, Standing
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.rules import WARSAW
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.factories import UnitFactory
from ratusz.foundation.units.models import Unit

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def office(staff_client):
    """Somebody of the department, signed in."""
    return staff_client("editor", unit=Unit.objects.the_department() or UnitFactory(is_department=True))


def whose(client) -> User:
    """Who is signed in."""
    return User.objects.get(pk=client.session["_auth_user_id"])


def form_of(**facts) -> dict:
    day = local_day(database_now()) + timedelta(days=20)
    start = {
        "kind": "residents", "title": "Spotkanie w Ligocie", "day": day.isoformat(), "from_hour": "17:00", "to_hour": "19:00",
        "who_may_come": "każdy", "contact": "tel. 32 000 00 00", "capacity": "100", "is_public": "on", "is_formal": "on",
    }  # fmt: skip
    return start | facts


def test_a_meeting_from_the_form_to_its_announcement(office):
    place = make_place()
    answer = office.post("/admin/spotkania/nowe/", form_of(place=place.pk))
    meeting = Meeting.objects.get()
    assert (answer.url, meeting.state) == (f"/admin/spotkania/{meeting.pk}/", "draft")
    assert "Ogłoś" in office.get(answer.url).text
    office.post(f"{answer.url}krok/", {"deed": "announce"})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.kind_facts["code"], Case.objects.get().subject) == ("announced", "residents", meeting.key)
    assert office.get(meeting.public_path).status_code == 200
    assert {"meetings.plan_meeting", "meetings.announce"} <= set(Entry.objects.values_list("deed", flat=True))


def test_the_page_says_who_comes_what_is_ordered_and_when_people_register(office, client):
    starts = database_now() + timedelta(days=9)
    closes = datetime.combine(local_day(starts) - timedelta(days=1), time(12), tzinfo=WARSAW)
    meeting = make_meeting(starts_at=starts, needs_interpreter=True, is_recorded=True, registration_closes_at=closes)
    meeting.officials.add(Official.objects.create(name="Prezydent Miasta"))
    page = office.get(f"/admin/spotkania/{meeting.pk}/").text
    said = dict(re.findall(r'<th scope="row">([^<]+)</th><td>([^<]*)</td>', page))
    told = ("Z ramienia miasta", "Tłumacz języka migowego (PJM)", "Nagranie lub transmisja", "Zapisy")
    until = f"od ogłoszenia do {closes.day}.{closes:%m.%Y}, 12.00"
    assert [said[name] for name in told] == ["Prezydent Miasta", "zamówiony", "tak", until]
    assert "Prezydent Miasta" in client.get(meeting.public_path).text
    bare = office.get(f"/admin/spotkania/{make_meeting(in_days=30).pk}/").text
    assert "niezamówiony" in bare and "od ogłoszenia do początku spotkania" in bare
    draft = office.get(f"/admin/spotkania/{make_meeting(in_days=40, announced=False).pk}/").text
    assert ("jeszcze nie podano" in draft, "przez internet</td>" in draft) == (True, False)


def test_the_days_of_registration_are_set_in_the_form(office):
    day = local_day(database_now()) + timedelta(days=5)
    opens, closes = f"{day}T08:00", f"{day + timedelta(days=9)}T20:00"
    wrong = office.post("/admin/spotkania/nowe/", form_of(registration_opens_at=closes, registration_closes_at=opens))
    assert "Zapisy muszą skończyć się po tym, jak się zaczną." in wrong.text and Meeting.objects.count() == 0
    office.post("/admin/spotkania/nowe/", form_of(registration_opens_at=opens, registration_closes_at=closes))
    meeting = Meeting.objects.get()
    kept = [
        each.astimezone(WARSAW).strftime("%Y-%m-%dT%H:%M")
        for each in (meeting.registration_opens_at, meeting.registration_closes_at)
    ]
    assert kept == [opens, closes]


def test_what_is_missing_is_said_before_announcing(office):
    office.post("/admin/spotkania/nowe/", form_of(contact="", who_may_come=""))
    meeting = Meeting.objects.get()
    page = office.post(f"/admin/spotkania/{meeting.pk}/krok/", {"deed": "announce"}, follow=True).text
    meeting.refresh_from_db()
    assert meeting.state == "draft"
    assert "kto może przyjść, kontakt w razie pytań, miejsce albo link" in page


def test_a_room_taken_and_an_official_elsewhere_are_shown_before_saving(office):
    place, president = make_place(), Official.objects.create(name="Prezydent Miasta")
    office.post("/admin/spotkania/nowe/", form_of(place=place.pk, officials=[president.pk]))
    taken = office.post("/admin/spotkania/nowe/", form_of(place=place.pk, title="Drugie", despite="bo tak"))
    elsewhere = form_of(place=make_place("Inna sala").pk, title="Trzecie", officials=[president.pk])
    busy = office.post("/admin/spotkania/nowe/", elsewhere)
    assert "jest zajęta" in taken.text and "inne spotkanie w tym czasie" in busy.text
    assert Meeting.objects.count() == 1
    office.post("/admin/spotkania/nowe/", elsewhere | {"despite": "Zastępuje go wiceprezydent"})
    assert Meeting.objects.filter(title="Trzecie").count() == 1


def test_moving_and_cancelling_on_the_page(office, told):
    meeting = make_meeting(capacity=1)
    make_registration(meeting, email="ala@example.pl")
    make_registration(meeting, email="ola@example.pl", standing="waiting")
    make_registration(meeting, email="nikt@example.pl", standing="unconfirmed")
    url = f"/admin/spotkania/{meeting.pk}/krok/"
    day = (local_day(meeting.starts_at) + timedelta(days=7)).isoformat()
    when = {"move-day": day, "move-from_hour": "18:00", "move-to_hour": "20:00", "move-reason": "Remont", "deed": "move"}
    assert office.post(url, when | {"move-reason": ""}).status_code == 200
    office.post(url, when)
    office.post(url, {"deed": "cancel", "cancel-reason": "Awaria"})
    office.post(url, {"deed": "cancel", "cancel-reason": "Awaria"})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence, meeting.moves.get().reason) == ("cancelled", 2, "Remont")
    assert told() == [("ala", "called_off"), ("ola", "called_off")], "told after the cancelling, the move says nothing any more"


def test_series_of_all_districts_from_one_template(office):
    for number in range(1, 4):
        District.objects.create(number=number, name=f"Dzielnica {number}", slug=f"d{number}", sort_key=str(number))
    facts = form_of(title="Spotkania 2027", first_day=form_of()["day"], hour="17:00", every="7")
    office.post("/admin/spotkania/cykle/nowy/", facts | {"districts": [each.pk for each in District.objects.all()]})
    series = Series.objects.get()
    made = list(series.meetings.order_by("starts_at").values_list("title", "state", "capacity"))
    assert made == [(f"Spotkania 2027: Dzielnica {number}", "draft", 100) for number in (1, 2, 3)]
    assert office.get(f"/admin/spotkania/cykle/{series.pk}/").text.count("Spotkania 2027: Dzielnica") == 3
    again = office.post("/admin/spotkania/cykle/nowy/", facts | {"districts": [District.objects.first().pk]})
    assert "Jest już cykl" in again.text


def test_a_caller_is_registered_and_a_namesake_is_shown_first(office):
    meeting = make_meeting(capacity=5)
    make_registration(meeting, name="Anna Próbna")
    url = f"/admin/spotkania/{meeting.pk}/zapisani/nowy/"
    facts = {"name": "anna probna", "phone": "600 100 200", "email": "", "persons": "1"}
    page = office.post(url, facts).text
    assert "nazywa się już tak samo" in page and Registration.objects.count() == 1
    office.post(url, facts | {"other_person": "1"})
    made = Registration.objects.order_by("-pk").first()
    assert (made.standing, made.through, made.address.value) == ("confirmed", "phone", "+48600100200")
    known = office.post(url, facts | {"name": "Ktoś inny"}).text
    assert "Ten adres jest już zapisany" in known


def test_the_list_is_searched_without_accents_and_namesakes_are_joined(office):
    meeting = make_meeting()
    first = make_registration(meeting, name="Łucja Żółw", email="lucja@example.pl")
    second = make_registration(meeting, name="Lucja Zolw")
    make_registration(meeting, name="Jan")
    url = f"/admin/spotkania/{meeting.pk}/zapisani/"
    page = office.get(url, {"szukaj": "lucja"})
    assert [row["mine"] for row in page.context["rows"]] == [first, second]
    assert "być może to jedna osoba" in page.text
    office.post(f"{url}{second.pk}/", {"deed": "join", "other": first.pk})
    second.refresh_from_db()
    assert second.standing == Standing.CANCELLED
    assert [row["mine"] for row in office.get(url, {"szukaj": first.door_code}).context["rows"]] == [first]


def test_needs_are_seen_by_two_roles_only(office, staff_client):
    meeting = make_meeting()
    make_registration(meeting, needs=["interpreter"], needs_words="wózek szeroki")
    url = f"/admin/spotkania/{meeting.pk}/zapisani/"
    assert "wózek szeroki" not in office.get(url).text
    give_task(meeting, whose(office))
    assert "wózek szeroki" in office.get(url).text and "tłumacz języka migowego" in office.get(url).text
    client = staff_client("head", unit=Unit.objects.the_department())
    assert "wózek szeroki" in client.get(url).text
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}lista.xlsx").content))
    assert [cell.value for cell in book.active[1]][-1] == "Potrzeby"


def test_the_list_for_the_door_is_in_the_order_of_the_polish_alphabet(office):
    meeting = make_meeting()
    for name in ("Żaneta", "Zofia", "Ćwiek", "Cyryl"):
        make_registration(meeting, name=name)
    make_registration(meeting, name="Czekający", standing="waiting")
    answer = office.get(f"/admin/spotkania/{meeting.pk}/zapisani/lista.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.Lang == "pl"


def test_the_page_says_which_limit_holds_people_back_and_over_by_how_much(office):
    meeting = make_meeting(capacity=3)
    group = SeatGroup.objects.create(meeting=meeting, name="Rada dzielnicy", capacity=1)
    make_registration(meeting, group=group)
    make_registration(meeting, persons=3)
    page = office.get(f"/admin/spotkania/{meeting.pk}/").text
    assert "Ponad limit o 1" in page and "limit tej puli" in page


def test_groups_of_seats_are_set_and_one_in_use_stays(office):
    meeting = make_meeting(announced=False)
    url = f"/admin/spotkania/{meeting.pk}/pule/"
    frame = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-name": "Rada",
        "form-0-capacity": "2",
        "form-0-priority": "1",
    }
    office.post(url, frame)
    group = SeatGroup.objects.get()
    make_registration(meeting, group=group)
    kept = office.post(url, {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"})
    assert "nie można jej usunąć" in kept.text.lower() and SeatGroup.objects.get() == group


def test_rooms_and_officials_are_written_down(office):
    office.post("/admin/spotkania/sale/nowa/", {"name": "Sala", "address": "ul. Próbna 2", "capacity": "40"})
    office.post("/admin/spotkania/wladze/nowe/", {"name": "Sekretarz Miasta", "order": "3"})
    page = office.get("/admin/spotkania/sale/").text
    assert "Sala, ul. Próbna 2" in page and "Sekretarz Miasta" in page and Place.objects.get().capacity == 40


def test_the_staff_calendar_follows_the_role_at_every_reading(client, office):
    editor = whose(office)
    meeting = make_meeting(announced=False)
    feed = office.get("/admin/spotkania/").context["feed"]
    path = "/" + feed.split("/", 3)[3]
    assert f"UID:{meeting.uid}" in client.get(path).text
    editor.appointments.all().delete()
    assert f"UID:{meeting.uid}" not in client.get(path).text
    editor.is_active = False
    editor.save()
    assert client.get(path).status_code == 404
    assert client.get("/spotkania/kalendarz/urzad/zly.ics").status_code == 404


def test_the_list_of_meetings_is_narrowed_and_asks_a_constant_number_of_times(office, django_assert_num_queries):
    make_meeting()
    office.get("/admin/spotkania/")
    with django_assert_num_queries(24):
        office.get("/admin/spotkania/")
    for _each in range(2):
        make_registration(make_meeting())
    with django_assert_num_queries(24):
        office.get("/admin/spotkania/")
    make_meeting("moderators", in_days=-3)
    found = {
        query: len(office.get(f"/admin/spotkania/?{query}").context["rows"])
        for query in ("minione=on", "rodzaj=moderators", "slowa=sala", "")
    }
    assert found == {"minione=on": 1, "rodzaj=moderators": 0, "slowa=sala": 0, "": 3}


def test_people_of_other_roles_do_not_get_in(staff_client):
    client = staff_client("unit_editor")
    meeting = make_meeting()
    for address in ("", "nowe/", f"{meeting.pk}/", f"{meeting.pk}/zapisani/", "cykle/", "sale/"):
        assert client.get(f"/admin/spotkania/{address}").status_code == 302, address
