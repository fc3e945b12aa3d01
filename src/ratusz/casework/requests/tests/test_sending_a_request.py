"""Residents send requests without an account: kept once, confirmed, with a clock; bad input loses nothing and breaks nothing."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ratusz.casework.deadlines import rulebook
from ratusz.casework.deadlines.actions import clocks
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.requests import forms, queries, rules, wording
from ratusz.casework.requests.factories import make_request
from ratusz.casework.requests.models import Kind, Request
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_moment, polish_until
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
ACCESSIBILITY, COMPLAINT, INFORMATION = "/wnioski/dostepnosc/", "/wnioski/skarga-dostepnosc/", "/wnioski/informacja-publiczna/"
FACTS = {
    ACCESSIBILITY: {"place": "https://miasto.example/plan.pdf", "text": "Czytnik nie czyta planu.", "wanted": "Tekst"},
    COMPLAINT: {"about": "", "text": "Nie było odpowiedzi."},
    INFORMATION: {"text": "Ile kosztował remont?", "wanted": "plik"},
}
BY_EMAIL = {"contact": "email", "email": "pyta@example.pl", "phone": "", "postal": "", "name": ""}


@pytest.mark.parametrize(
    ("address", "kind", "days"), [(ACCESSIBILITY, Kind.ACCESSIBILITY, 7), (COMPLAINT, Kind.COMPLAINT, 0), (INFORMATION, Kind.INFORMATION, 14)]
)  # fmt: skip
def test_a_request_gets_a_number_a_clock_and_a_confirmation(client, address, kind, days):
    department = UnitFactory(is_department=True)
    assert 'name="text"' in client.get(address).content.decode()
    answer = client.post(address, FACTS[address] | BY_EMAIL)
    page = client.get(answer.url).content.decode()
    made, clock = Request.objects.get(), Clock.objects.get()
    assert (made.kind, made.contact_value, made.unit, clock.subject) == (kind, "pyta@example.pl", department, made.key)
    assert not days or (local_day(clock.due_at) - local_day(made.received_at)).days == days + 1
    assert made.number in page and f"Odpowiemy {polish_until(clock.due_at)}" in page
    message = OutboxMessage.objects.get()
    assert made.number in message.content.subject and FACTS[address]["text"] not in message.content.text
    assert list(Entry.objects.order_by("pk").values_list("deed", flat=True)) == [
        "deadlines.start_clock",
        "requests.receive_request",
    ]


def test_pages_say_the_term_of_the_rule_in_force_and_no_other(client, monkeypatch):
    pages = {address: client.get(address).text for address in ("/wnioski/", ACCESSIBILITY, COMPLAINT, INFORMATION)}
    assert all(words in pages["/wnioski/"] for words in ("w ciągu 7 dni", "w ciągu 1 miesiąca", "w ciągu 14 dni", "2 miesiące"))
    assert "w ciągu 7 dni" in pages[ACCESSIBILITY] and "w ciągu 14 dni" in pages[INFORMATION]
    assert "w ciągu 1 miesiąca" in pages[COMPLAINT] and "więcej czasu" not in pages[COMPLAINT]
    law = rulebook.rule_of("public_information.answer", local_day(database_now()))
    changed = replace(law, length=10, unit="work_day", extension=rulebook.Extension(rulebook.Length(1, "month")))
    monkeypatch.setattr(wording, "rule_of", lambda code, day: changed)
    page = client.get(INFORMATION).text
    assert "w ciągu 10 dni roboczych" in page and "najdłużej 1 miesiąc od dnia" in page and "14 dni" not in page


def test_a_law_that_ended_without_the_next_closes_the_form_in_words(client, staff_client, monkeypatch):
    def ended(code, day):
        if code == "public_information.answer":
            raise rulebook.NoSuchRule(code)
        return rulebook.rule_of(code, day)

    for module in (wording, clocks):
        monkeypatch.setattr(module, "rule_of", ended)
    choice = client.get("/wnioski/").text
    assert f'href="{ACCESSIBILITY}"' in choice and f'href="{INFORMATION}"' not in choice
    assert "Formularz jest na razie zamknięty" in choice and client.get(ACCESSIBILITY).status_code == 200
    for answer in (client.get(INFORMATION), client.post(INFORMATION, FACTS[INFORMATION] | BY_EMAIL)):
        assert (answer.status_code, "Formularz jest na razie zamknięty" in answer.text) == (503, True)
    typed = FACTS[INFORMATION] | BY_EMAIL | {"through": "letter", "received_date": local_day(database_now()).isoformat()}
    entered = staff_client("editor").post("/admin/wnioski/nowy/public_information/", typed)
    assert (entered.status_code, "nie obowiązuje żadna reguła terminu" in entered.text, "Ile kosztował remont?" in entered.text) == (
        200, True, True,
    )  # fmt: skip
    assert not Request.objects.exists()


def test_what_one_way_of_answering_needs_is_not_called_optional(client):
    page = client.get(INFORMATION).text
    labels = {
        name: re.search(rf'<label[^>]*for="id_{name}">(.*?)</label>', page, re.S)[1]
        for name in ("email", "phone", "postal", "name")
    }
    assert {name: "nieobowiązkowe" in words for name, words in labels.items()} == {
        "email": False, "phone": False, "postal": False, "name": True,
    }  # fmt: skip
    refused = client.post(INFORMATION, FACTS[INFORMATION]).text
    assert "Wybierz, jak mamy odpowiedzieć." in refused and "Wypełnij to pole" not in refused


def test_the_receipt_says_whom_to_tell_that_it_was_somebody_else(client):
    UnitFactory(is_department=True, email="ks@ratusz.example")
    client.post(INFORMATION, FACTS[INFORMATION] | BY_EMAIL)
    assert "daj nam znać: ks@ratusz.example." in OutboxMessage.objects.get().content.text


def test_the_same_form_sent_twice_is_one_request(client):
    key = re.search(r'name="form_key" value="([^"]+)"', client.get(INFORMATION).content.decode())[1]
    first, second = (client.post(INFORMATION, FACTS[INFORMATION] | BY_EMAIL | {"form_key": key}) for _time in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert [Request.objects.count(), Clock.objects.count(), OutboxMessage.objects.count()] == [1, 1, 1]


def test_whoever_goes_back_and_asks_something_else_makes_another_request(client):
    key = str(uuid.uuid4())
    for text in ("Ile?", "Kiedy?", "Kiedy?"):
        client.post(INFORMATION, {"text": text, "contact": "none", "form_key": key})
    assert list(Request.objects.order_by("pk").values_list("text", flat=True)) == ["Ile?", "Kiedy?"]


def test_nobody_has_to_say_who_they_are_to_ask_for_public_information(client):
    answer = client.post(INFORMATION, {"text": "Ile?", "contact": "none"})
    assert "Zapisz numer" in client.get(answer.url).content.decode()
    assert (Request.objects.get().contact_value, OutboxMessage.objects.count()) == ("", 0)
    assert "none" not in dict(forms.AccessibilityForm().fields["contact"].choices)


def test_a_letter_is_confirmed_by_post_and_a_phone_is_kept_in_one_form(client):
    postal = "Osoba Przykładowa\nul. Próbna 1\n40-000 Katowice"
    page = client.get(client.post(ACCESSIBILITY, FACTS[ACCESSIBILITY] | {"contact": "letter", "postal": postal}).url)
    client.post(ACCESSIBILITY, FACTS[ACCESSIBILITY] | {"contact": "phone", "phone": "600 100 200"})
    assert "pocztą" in page.content.decode()
    assert [each.contact_value for each in Request.objects.order_by("pk")] == [postal, "+48600100200"]
    assert [message.channel for message in OutboxMessage.objects.all()] == ["letter"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "nie adres"}, "Podaj pełny adres e-mail"),
        ({"email": ""}, "e-mail"),
        ({"contact": "phone", "phone": "12"}, "Podaj dziewięć cyfr"),
        ({"contact": "letter", "postal": "Katowice"}, "każde w osobnym wierszu"),
        ({"contact": "gołąb"}, "gołąb"),
        ({"text": "x" * 5001}, "5000"),
        ({"text": ""}, "Wypełnij"),
        ({"text": "a\x00b"}, "nie"),
        ({"place": "x" * 501}, "500"),
    ],
)
def test_bad_input_is_refused_in_words_and_keeps_what_was_typed(client, change, words):
    typed = FACTS[ACCESSIBILITY] | BY_EMAIL | {"name": "Zachowane Słowo"} | change
    answer = client.post(ACCESSIBILITY, typed)
    page = answer.content.decode()
    assert (answer.status_code, Request.objects.count()) == (200, 0)
    assert words in page and "Zachowane Słowo" in page


def test_hostile_text_stays_text_for_the_person_and_for_staff(client, staff_client):
    hostile = "<script>alert(1)</script>{{ 7|add:7 }}[[unsubscribe]]\r\nBcc: x@example.pl"
    client.post(INFORMATION, {"text": hostile, "name": hostile[:150], "contact": "email", "email": "pyta@example.pl"})
    page = staff_client("editor").get(f"/admin/wnioski/{Request.objects.get().pk}/").content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


def test_a_form_key_that_is_none_makes_a_request_all_the_same(client):
    for key in ("", "x", str(uuid.uuid4())):
        client.post(INFORMATION, {"text": "Ile?", "contact": "none", "form_key": key})
    assert Request.objects.count() == 3, "a key that is no key, or empty, is made anew"


def test_the_eleventh_request_of_a_connection_waits_and_nothing_is_lost(client, monkeypatch):
    monkeypatch.setattr(rules, "SENDS", 2)
    answers = [client.post(INFORMATION, {"text": f"Pytanie {number}", "contact": "none"}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Pytanie 2" in answers[2].content.decode() and "Odczekaj godzinę" in answers[2].content.decode()


def test_a_complaint_finds_the_request_it_is_about(client):
    about = make_request(Kind.ACCESSIBILITY, text="Bariera")
    client.post(COMPLAINT, FACTS[COMPLAINT] | BY_EMAIL | {"about": about.number.lower().replace("-", " ")})
    assert Request.objects.get(kind=Kind.COMPLAINT).about == about
    foreign = make_request().number
    for typed, words in (("0000-0000", "pomyłka"), ("K7QM", "pomyłka"), (foreign, "Nie mamy wniosku o dostępność")):
        page = client.post(COMPLAINT, FACTS[COMPLAINT] | BY_EMAIL | {"about": typed}).content.decode()
        assert words in page or "błąd" in page.lower()
    assert Request.objects.filter(kind=Kind.COMPLAINT).count() == 1


def test_a_receipt_says_what_it_proves(client):
    page = client.post(INFORMATION, FACTS[INFORMATION] | BY_EMAIL, follow=True).text
    made = Request.objects.get()
    assert f"Wniosek o informację publiczną. Wpłynęło: {polish_moment(made.received_at)}." in page
    assert FACTS[INFORMATION]["text"] not in page


def test_a_receipt_is_shown_by_its_own_link_alone(client):
    answer = client.get("/wnioski/przyjete/zmyslony/")
    assert (answer.status_code, "już nie pokazujemy" in answer.content.decode()) == (404, True)


def test_the_number_tells_the_state_and_never_the_words(client):
    made = make_request(text="Tajna treść", contact_value="pyta@example.pl")
    found = wording.find_receipt(made.number, database_now())
    assert (found.title, found.status, [name for name, _fact in found.facts]) == (
        "Wniosek o informację publiczną", "Pracujemy nad tym.", ["Wpłynęło", "Odpowiemy"],
    )  # fmt: skip
    page = client.post("/numer/", {"number": made.number}).content.decode()
    assert "Pracujemy nad tym" in page and "Tajna" not in page and "pyta@" not in page
    assert wording.find_receipt("0000-0000-0000", database_now()) is None


@given(some.text(max_size=60))
def test_whatever_is_typed_as_a_number_finds_nothing_or_a_request(text):
    assert queries.by_code(text) is None


def test_pages_ask_the_same_queries_whatever_is_there(client, django_assert_num_queries):
    client.get("/wnioski/")
    for _more in range(2):
        with django_assert_num_queries(2):
            client.get(INFORMATION)
        make_request()


def test_the_declaration_leads_to_the_forms(client):
    from ratusz.publishing.website.factories import make_declaration, make_portal

    page = client.get(make_declaration(make_portal()).url).content.decode()
    assert f'href="{ACCESSIBILITY}"' in page and f'href="{COMPLAINT}"' in page
