"""What visitors do on the website: look, register, confirm, change; opening a page changes nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from ratusz.casework.meetings import actions, links, signing_up
from ratusz.casework.meetings.factories import make_invitation, make_meeting, make_registration
from ratusz.casework.meetings.models import Invitation, Meeting, Registration, SeatGroup, Standing
from ratusz.casework.meetings.portal import find_receipt
from ratusz.casework.meetings.views import places
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.territory.models import District

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
FORM = {"name": "Ala", "by": "email", "email": "ala@example.pl", "phone": "", "persons": "2", "needs": ["loop"], "homepage": ""}


def page_of(registration: Registration) -> str:
    return f"/spotkania/miejsce/{links.token_of(registration)}/"


def test_registering_by_the_website_from_the_form_to_the_code_for_the_door(client, told):
    meeting = make_meeting(capacity=10)
    answer = client.post(f"/spotkania/{meeting.pk}/zapisy/", FORM, follow=True)
    assert "Zajrzyj do skrzynki" in answer.text
    assert told() == [("ala", "confirm")]
    link = re.search(r"/spotkania/miejsce/\w+/", OutboxMessage.objects.get().content.text)[0]
    assert "Potwierdzam" in client.get(link).text
    assert Registration.objects.get().standing == Standing.UNCONFIRMED, "opening the page changes nothing"
    done = client.post(link, {"deed": "confirm"}, follow=True)
    mine = Registration.objects.get()
    assert (mine.standing, mine.persons, mine.needs) == (Standing.CONFIRMED, 2, ["loop"])
    assert mine.door_code in done.text and "<svg" in done.text
    assert done.headers["Cache-Control"] == "no-store" and done.headers["Referrer-Policy"] == "same-origin"


def test_a_stranger_who_tries_a_registered_address_sees_the_same_screen(client, told):
    meeting = make_meeting()
    answers = []
    for _time in range(2):
        answer = client.post(f"/spotkania/{meeting.pk}/zapisy/", FORM)
        answers.append((answer.status_code, answer.url, client.get(answer.url).text))
        actions.confirm_registration(registration=Registration.objects.get())
    assert answers[0] == answers[1]
    assert told()[-1] == ("ala", "again")


def test_a_scanner_that_follows_every_link_changes_nothing(client):
    meeting, invited = make_meeting(), make_meeting("group")
    states = ("unconfirmed", "waiting", "offered", "confirmed", "expired", "cancelled", "declined", "pending")
    made = [make_registration(meeting, standing=each, email=f"{each}@example.pl") for each in states]
    guest = make_invitation(invited, state="sent", sent_at=database_now())
    addresses = [
        "/spotkania/", meeting.public_path, f"/spotkania/{meeting.pk}/zapisy/", f"/spotkania/{meeting.pk}/zapisy/wyslane/",
        f"/spotkania/{meeting.pk}/spotkanie.ics", "/spotkania/kalendarz/wszystkie.ics",
        f"/spotkania/zaproszenie/{links.token_of(guest)}/", *map(page_of, made),
    ]  # fmt: skip
    before = (list(Registration.objects.values()), list(Invitation.objects.values()), Entry.objects.count())
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)
    assert before == (list(Registration.objects.values()), list(Invitation.objects.values()), Entry.objects.count())


def test_the_only_group_of_seats_is_asked_by_its_name_and_stands_on_the_own_page(client):
    meeting = make_meeting()
    speaking = SeatGroup.objects.create(meeting=meeting, name="Chcę zabrać głos")
    form = client.get(f"/spotkania/{meeting.pk}/zapisy/").text
    assert "Chcę zabrać głos" in form and ">nie</option>" in form and "żadna z nich" not in form
    speaker, listener = make_registration(meeting, group=speaking), make_registration(meeting)
    pages = [client.get(page_of(each)).text for each in (speaker, listener)]
    assert ["Chcę zabrać głos" in page for page in pages] == [True, False]


def test_by_telephone_a_code_confirms_and_a_known_number_sees_the_same_page(client, told):
    meeting = make_meeting()
    facts = FORM | {"by": "sms", "email": "", "phone": "600 100 200"}
    page = client.post(f"/spotkania/{meeting.pk}/zapisy/", facts).url
    assert "zapisy/kod/" in page
    assert client.post(page, {"code": "000"}).status_code == 200
    mine = Registration.objects.get()
    answer = client.post(page, {"code": links.sms_code(mine)})
    assert answer.url == page_of(mine)
    second = client.post(f"/spotkania/{meeting.pk}/zapisy/", facts).url
    assert re.sub(r"kod/.*", "", second) == re.sub(r"kod/.*", "", page)
    assert client.get(second).status_code == 200
    assert told() == [("+48600100200", "confirm"), ("+48600100200", "seat"), ("+48600100200", "again")]


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_do(client):
    meeting = make_meeting()
    answer = client.post(f"/spotkania/{meeting.pk}/zapisy/", FORM | {"email": "nie-adres", "name": "Ala z Ligoty"})
    assert (answer.status_code, Registration.objects.count()) == (200, 0)
    assert "Ala z Ligoty" in answer.text and "jan.kowalski@example.pl" in answer.text and "<title>Błąd" in answer.text


def test_a_machine_that_fills_every_field_registers_nobody(client):
    meeting = make_meeting()
    assert client.post(f"/spotkania/{meeting.pk}/zapisy/", FORM | {"homepage": "https://x.example"}).url.endswith("/wyslane/")
    assert not Registration.objects.exists()


def test_nobody_fills_a_strangers_mailbox(client, told):
    meeting = make_meeting()
    for _time in range(5):
        assert client.post(f"/spotkania/{meeting.pk}/zapisy/", FORM).status_code == 302
    assert len(told()) == 3


def test_registering_asks_the_database_as_often_whatever_the_list(client, django_assert_num_queries):
    for held in (2, 30):
        meeting = make_meeting(capacity=40)
        for number in range(held):
            make_registration(meeting, standing="waiting" if number % 2 else "confirmed", email=f"{held}{number}@example.pl")
        client.get("/spotkania/")
        with django_assert_num_queries(18):
            assert client.post(f"/spotkania/{meeting.pk}/zapisy/", FORM | {"email": f"nowa{held}@example.pl"}).status_code == 302


def test_a_meeting_page_says_numbers_and_never_names(client):
    meeting = make_meeting(capacity=2)
    make_registration(meeting, name="Zofia Tajna", persons=2)
    make_registration(meeting, name="Jan Tajny", standing="waiting")
    page = client.get(meeting.public_path).text
    assert "Zajęte: 2" in page and "Na liście oczekujących: 1" in page and "Tajn" not in page
    assert "Zapisz się na listę oczekujących" in page and "bez schodów" in page


def test_calendars_by_kind_and_district_hold_just_their_meetings(client):
    ligota = District.objects.create(number=6, name="Ligota-Panewniki", slug="ligota-panewniki", sort_key="ligota")
    District.objects.create(number=18, name="Murcki", slug="murcki", sort_key="murcki")
    made = {"w-ligocie": make_meeting(title="W Ligocie", district=ligota), "o-budzecie": make_meeting("budget", title="O budżecie")}
    feeds = {"wszystkie": 2, "rodzaj-budget": 1, "rodzaj-residents": 1, "dzielnica-ligota-panewniki": 1, "dzielnica-murcki": 0}
    found = {name: client.get(f"/spotkania/kalendarz/{name}.ics").text.count("BEGIN:VEVENT") for name in feeds}
    assert (found, len(made)) == (feeds, 2)
    assert "W Ligocie" in client.get("/spotkania/kalendarz/dzielnica-ligota-panewniki.ics").text
    for wrong in ("rodzaj-nie-ma", "dzielnica-nie-ma", "nic"):
        assert client.get(f"/spotkania/kalendarz/{wrong}.ics").status_code == 404


def test_moved_and_cancelled_meetings_say_so(client, editor):
    meeting = make_meeting()
    old = meeting.starts_at
    actions.move_meeting(
        meeting=meeting,
        starts_at=old + timedelta(days=7),
        ends_at=old + timedelta(days=7, hours=1),
        reason="Remont sali",
        person=editor,
    )
    assert "Remont sali" in client.get(meeting.public_path).text
    actions.cancel_meeting(meeting=meeting, reason="Awaria prądu", person=editor)
    page = client.get(meeting.public_path).text
    assert "Awaria prądu" in page and "/zapisy/" not in page
    assert client.get(f"/spotkania/{meeting.pk}/zapisy/").status_code == 409
    assert "METHOD:CANCEL" in client.get(f"/spotkania/{meeting.pk}/spotkanie.ics").text


def test_drafts_and_closed_kinds_are_nobodys_page(client):
    hidden = [make_meeting(announced=False), make_meeting("moderators"), make_meeting("group")]
    assert [client.get(each.public_path).status_code for each in hidden] == [404] * 3
    assert client.get("/spotkania/").text.count("news__item") == 0


def test_lists_and_pages_ask_the_database_a_constant_number_of_times(client, django_assert_num_queries):
    counts = []
    for number in (1, 3):
        for _each in range(number):
            meeting = make_meeting(capacity=5)
            SeatGroup.objects.create(meeting=meeting, name="Rada", capacity=2)
            make_registration(meeting)
        counts.append(len(client.get("/spotkania/").context["rows"]))
    assert counts == [1, 4]
    with django_assert_num_queries(7):
        client.get("/spotkania/")
    with django_assert_num_queries(11):
        client.get(meeting.public_path)


def test_the_list_is_narrowed_by_district_kind_and_time(client):
    ligota = District.objects.create(number=1, name="Ligota", slug="ligota", sort_key="ligota")
    for facts in ({"district": ligota}, {}, {"in_days": -3}):
        make_meeting(**facts)
    make_meeting("reception")
    found = {
        query: len(client.get(f"/spotkania/?{query}").context["rows"])
        for query in ("", "dzielnica=ligota", "rodzaj=reception", "kiedy=minione", "dzielnica=nie-ma", "strona=x")
    }
    assert found == {"": 3, "dzielnica=ligota": 1, "rodzaj=reception": 1, "kiedy=minione": 1, "dzielnica=nie-ma": 0, "strona=x": 3}


def test_ones_own_page_does_each_deed(client, clock, editor):
    meeting = make_meeting(capacity=1)
    a, b = (
        actions.register(
            meeting=meeting, person=actions.Person(name, (("email", f"{name}@example.pl"),)), through="phone", by=editor
        )
        for name in "ab"
    )
    assert "numer 1" in client.get(page_of(b)).text
    client.post(page_of(a), {"deed": "give_up"})
    assert "Biorę" in client.get(page_of(b)).text
    client.post(page_of(b), {"deed": "accept"})
    client.post(page_of(b), {"deed": "change", "persons": "1", "needs": ["loop"], "question": "Kiedy park?"})
    refused = client.post(page_of(b), {"deed": "change", "persons": "3", "question": "Kiedy park?"})
    client.post(page_of(a), {"deed": "rejoin"})
    a.refresh_from_db()
    b.refresh_from_db()
    assert (a.standing, b.standing, b.question, b.persons) == ("waiting", "confirmed", "Kiedy park?", 1)
    assert "Nie ma wolnych miejsc" in refused.text


def test_who_wants_to_speak_is_asked_sees_the_place_in_the_order_and_may_change_it(client, clock, editor, monkeypatch):
    monkeypatch.setattr(places, "database_now", clock)
    meeting = make_meeting("hearing", capacity=3)
    speakers = SeatGroup.objects.create(meeting=meeting, name="Chcę zabrać głos", capacity=2)
    address = f"/spotkania/{meeting.pk}/zapisy/"
    assert "Czy chcesz zabrać głos?" in client.get(address).text
    form = {"name": "Ala", "by": "email", "email": "ala@example.pl", "homepage": ""}
    assert set(client.post(address, form).context["form"].errors) == {"speaks"}
    client.post(address, form | {"speaks": "yes"})
    first = Registration.objects.get()
    assert first.group == speakers
    client.post(page_of(first), {"deed": "confirm"})
    assert "Twój numer teraz: 1" in client.get(page_of(first)).text

    listener, last = (
        actions.register(meeting=meeting, person=actions.Person(name), through="phone", by=editor) for name in ("Jan", "Ewa")
    )
    assert "Przychodzisz posłuchać" in client.get(page_of(listener)).text
    clock.at += timedelta(minutes=1)
    client.post(page_of(listener), {"deed": "change", "speaks": "yes"})
    assert "Twój numer teraz: 2" in client.get(page_of(listener)).text
    assert "są zajęte" in client.post(page_of(last), {"deed": "change", "speaks": "yes"}).text
    assert "miejsca dla mówców są zajęte" in client.get(address).text
    client.post(page_of(first), {"deed": "change", "speaks": "no"})
    clock.at += timedelta(minutes=1)
    client.post(page_of(first), {"deed": "change", "speaks": "yes"})
    assert "Twój numer teraz: 2" in client.get(page_of(first)).text, "whoever asks again stands after those who asked before"

    clock.at = signing_up.list_closes_at(meeting)
    page = client.get(page_of(first)).text
    assert "Twój numer teraz: 2" in page and 'name="speaks"' not in page
    with pytest.raises(signing_up.SignUpRefused, match="Lista była otwarta"):
        actions.change_registration(registration=last, persons=1, speaks=True)


def test_an_old_or_broken_link_opens_nothing(client):
    old = make_registration(make_meeting(in_days=-40))
    assert [
        client.get(address).status_code for address in (page_of(old), "/spotkania/miejsce/abc/", "/spotkania/zaproszenie/abc/")
    ] == [404] * 3


def test_an_invited_person_accepts_declines_or_sends_somebody_else(client, editor, told):
    meeting = make_meeting("group", capacity=5)
    guests = actions.read_guests("Anna; anna@example.pl; Rada Seniorów\nEwa; ewa@example.pl\n")
    assert [actions.invite(meeting=meeting, guests=guests, person=editor) for _time in range(2)] == [2, 0]
    assert [actions.send_invitations(meeting=meeting, person=editor) for _time in range(2)] == [2, 0]
    anna, ewa = meeting.invitations.order_by("pk")
    page = f"/spotkania/zaproszenie/{links.token_of(anna)}/"
    assert "Rada" not in client.get(page).text and "Przyjdę" in client.get(page).text
    client.post(page, {"deed": "accept", "persons": "2"})
    anna.refresh_from_db()
    assert (anna.state, anna.registration.standing, anna.registration.persons) == ("accepted", "confirmed", 2)
    other = f"/spotkania/zaproszenie/{links.token_of(ewa)}/"
    client.post(other, {"deed": "substitute", "name": "Olga", "email": "olga@example.pl"})
    client.post(other, {"deed": "substitute", "name": "Iga", "email": "iga@example.pl"})
    client.post(page, {"deed": "decline"})
    states = list(meeting.invitations.order_by("pk").values_list("address__value", "state"))
    assert states == [("anna@example.pl", "declined"), ("ewa@example.pl", "substituted"), ("olga@example.pl", "sent")]
    anna.registration.refresh_from_db()
    assert anna.registration.standing == "cancelled"
    sent = [who for who, event in told() if event == "sent"]
    assert sorted(sent) == ["anna", "ewa", "olga"]


def test_lines_of_guests_that_are_none_are_named(editor):
    from ratusz.casework.meetings import rules

    with pytest.raises(rules.Refused, match="2"):
        actions.read_guests("Anna; anna@example.pl\nEwa bez adresu\n")


def test_the_number_of_a_registration_is_found_with_its_dashes_and_without(client):
    made = make_registration(make_meeting(title="Spotkanie w Kostuchnie"))
    for typed in (made.number, made.code, made.number.lower()):
        assert "Spotkanie w Kostuchnie" in client.post("/numer/", {"number": typed}).text


def test_a_free_seat_that_waits_for_a_larger_party_is_called_so(client, staff_client):
    meeting = make_meeting(capacity=3)
    make_registration(meeting, persons=2, email="a@example.pl")
    waiting = make_registration(meeting, standing="waiting", persons=2, email="b@example.pl", waiting_since=database_now())
    public, office = client.get(meeting.public_path).text, staff_client("editor").get(f"/admin/spotkania/{meeting.pk}/").text
    assert ("Wolne miejsca czekają na osoby z listy" in public, "Wszystkie miejsca są zajęte" in public) == (True, False)
    assert "wolnych miejsc jest mniej, niż potrzebuje pierwsza grupa" in office
    Registration.objects.filter(pk=waiting.pk).update(standing="offered", offer_expires_at=database_now() + timedelta(days=1))
    assert "Czekają na Was 2 wolne miejsca" in client.get(page_of(waiting)).text


def test_an_interpreter_of_a_meeting_online_is_announced_too(client):
    meeting = make_meeting(joining_link="https://example.pl/x", needs_interpreter=True)
    Meeting.objects.filter(pk=meeting.pk).update(place=None)
    assert "tłumaczymy na polski język migowy" in client.get(meeting.public_path).text


def test_a_place_at_a_cancelled_meeting_has_no_code_for_the_door(client):
    meeting = make_meeting(state="cancelled", cancelled_at=database_now(), cancel_reason="Remont szkoły.")
    mine = make_registration(meeting, email="a@example.pl")
    page, receipt = client.get(page_of(mine)).text, find_receipt(mine.code, database_now())
    assert receipt is not None and receipt.status == "To spotkanie jest odwołane"
    shown = [
        words in page for words in ("Remont szkoły.", "Twój zapis skończył się", "Masz 1 miejsce", "Kod do wejścia", "pytania/")
    ]
    assert shown == [True, True, False, False, False]
