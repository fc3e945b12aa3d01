"""Elections mode in the admin: entering an election, candidates, a text to try, deciding, the notice at the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ratusz.coordination.calendar import rules, wagtail_hooks
from ratusz.coordination.calendar.factories import make_election
from ratusz.coordination.calendar.models import Candidate, Election, HeldItem
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.outgoing import Outgoing, hold_back

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LIST = "/admin/wybory/"
FACTS = {
    "kind": "local", "name": "Wybory samorządowe 2029", "ordering_act": "Dz.U. 2029 poz. 1", "ordered_on": "2029-01-29",
    "voting_day": "2029-04-08", "polls_from": "7:00", "polls_to": "21:00", "second_round_day": "2029-04-22", "territory": "całe miasto",
}  # fmt: skip


@pytest.fixture
def client(staff_client):
    return staff_client("head")


def in_silence(client):
    today = local_day(database_now())
    dates = {"ordered_on": today - timedelta(days=60), "voting_day": today + timedelta(days=1), "second_round_day": None}
    return make_election(client.person, **dates)


def test_an_election_is_entered_and_shows_its_phases(client):
    assert "Nie wpisano żadnych wyborów." in client.get(LIST).text
    page = client.post(LIST + "nowe/", FACTS, follow=True)
    assert "od 7 kwietnia 2029 r., godz. 0.00 do 8 kwietnia 2029 r., godz. 21.00" in page.text
    assert "cisza wyborcza, druga tura" in page.text
    wrong = client.post(LIST + "nowe/", FACTS | {"voting_day": "2029-01-29", "second_round_day": "2029-01-01", "polls_to": "6:00"})
    for words in (
        "Dzień głosowania jest po dniu ogłoszenia aktu.",
        "Druga tura jest po pierwszej.",
        "Lokale zamyka się po ich otwarciu.",
    ):
        assert words in wrong.text
    assert Election.objects.count() == 1
    client.post(LIST + "nowe/", FACTS)
    assert Election.objects.count() == 1
    number = Election.objects.get().pk
    client.post(f"{LIST}{number}/zmien/", FACTS | {"polls_to": "22:00"})
    assert Election.objects.get().polls_to.hour == 22


def test_the_hours_of_the_polls_come_from_the_dated_settings(client, monkeypatch):
    said = rules.setting
    monkeypatch.setattr(rules, "setting", lambda name, day: {"polls_from": 6, "polls_to": 22}.get(name) or said(name, day))
    page = client.get(LIST + "nowe/").text
    assert 'value="06:00' in page and 'value="22:00' in page
    election = make_election(client.person)
    assert 'value="21:00' in client.get(f"{LIST}{election.pk}/zmien/").text


def test_candidates_are_pasted_and_a_text_is_tried(client):
    election = make_election(client.person)
    address = f"{LIST}{election.pk}/kandydaci/"
    assert "Wiersz 2 jest niezrozumiały." in client.post(address, {"rows": "Anna;Wzorcowa;K\nsama nazwa"}).text
    page = client.post(address, {"rows": "Anna;Wzorcowa;Komitet\n\nJan\tPrzykładowy\tDrugi\n"}, follow=True)
    assert "Wczytano 2 osoby." in page.text
    page = client.post(f"{LIST}{election.pk}/", {"text": "Zdjęcie z Janem Przykładowym"})
    assert "Tekst wymienia: Jan Przykładowy" in " ".join(page.text.split())
    assert "Tekst nie wymienia żadnego kandydata" in client.post(f"{LIST}{election.pk}/", {"text": "Park"}).text
    client.post(address, {"deed": "empty"})
    assert not Candidate.objects.exists()


def test_held_things_are_decided(client, staff_client):
    election = in_silence(client)
    for number in (1, 2):
        hold_back(Outgoing(f"social.post:{number}", "social", f"Post {number}", url="/admin/x/"), database_now())
    page = client.get(LIST).text
    assert "Post 1" in page and "Wypuść teraz" in page and "To może wyjść" not in page
    first, second = HeldItem.objects.order_by("pk")
    address = f"{LIST}zatrzymane/{first.pk}/"
    assert "Napisz, dlaczego to nie może czekać." in client.post(address, {"deed": "override"}, follow=True).text
    assert "Wybierz, co ma się stać" in client.post(address, {"deed": "smok"}, follow=True).text
    assert "Decyzja zapisana." in client.post(address, {"deed": "override", "reason": "Awaria."}, follow=True).text
    editor = staff_client("editor")
    assert "Wypuść teraz" not in editor.get(LIST).text
    assert editor.post(f"{LIST}zatrzymane/{second.pk}/", {"deed": "drop"}).status_code == 302
    assert editor.get(f"{LIST}nowe/").status_code == 302
    second.refresh_from_db()
    assert second.decision == ""
    client.post(f"{LIST}zatrzymane/{second.pk}/", {"deed": "drop"})
    assert "nie wychodzi" in client.get(LIST).text
    assert "Cisza wyborcza" in client.get("/admin/").text or election.name in client.get("/admin/").text


def test_the_desk_says_that_a_phase_runs(client, staff_client):
    assert wagtail_hooks.PhasePanel(database_now(), client.person).running == []
    assert "Tryb wyborczy</h2>" not in client.get("/admin/").text
    in_silence(client)
    hold_back(Outgoing("test:1", "www", "Rzecz", by=client.person), database_now())
    assert all(f'<a href="{LIST}">1 zatrzymana rzecz</a>' in each.get("/admin/").text for each in (client, staff_client("editor")))
    page = staff_client("unit_editor").get("/admin/").text
    assert "cisza wyborcza" in page and "wychodzą tylko komunikaty kryzysowe" in page and LIST + '"' not in page


def test_the_list_costs_the_same_for_any_number(client):
    """The menu around it belongs to all modules, so the two are compared, not counted."""
    in_silence(client)
    costs = []
    for number in (1, 2, 3):
        hold_back(Outgoing(f"social.post:{number}", "social", "Post"), database_now())
        client.get(LIST)
        with CaptureQueriesContext(connection) as seen:
            client.get(LIST)
        costs.append(len(seen))
    assert costs[0] == costs[1] == costs[2]


def test_a_held_thing_says_its_place_in_words_and_the_page_who_may_let_it_out(client):
    in_silence(client)
    for number, channel in enumerate(("poster", "www", "nieznane")):
        hold_back(Outgoing(f"test:{number}", channel, f"Rzecz {number}", by=client.person), database_now())
    page = client.get(LIST).text
    assert all(f"<p>{words} ·" in page for words in ("plakat i tablica ogłoszeń", "strona miasta", "nieznane"))
    assert "może tylko osoba kierująca wydziałem albo jej zastępca, z powodem" in page
    item = HeldItem.objects.get(channel="poster")
    told = client.post(f"{LIST}zatrzymane/{item.pk}/", {"deed": "override", "reason": "Nie może czekać."}, follow=True).text
    assert "Komunikat wychodzi sam w ciągu minuty; stronę publikuje ten, kto ją napisał." in told
    assert "Rzecz 0 (plakat i tablica ogłoszeń)" in client.get(LIST).text
