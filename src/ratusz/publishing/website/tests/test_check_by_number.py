"""A number shows the state of a matter and nothing else, comes by POST only, and cannot be guessed by the thousand."""

from __future__ import annotations

import pytest

from ratusz.foundation.kit import registries
from ratusz.foundation.kit.registries import Receipt, ReceiptKind
from ratusz.publishing.website.models import NumberTry
from ratusz.publishing.website.rules import TRIES, normalised_number

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    monkeypatch.setattr(registries.receipt_kinds, "_entries", {})
    found = Receipt("Wniosek o ławkę", "Sprawdzamy go do 5 grudnia.", facts=(("Złożony", "2 listopada 2026 r."),))
    registries.receipt_kinds.register(
        "test", ReceiptKind("AB-12", "wniosek próbny", lambda number, at: found if number == "AB-12" else None)
    )


@pytest.mark.parametrize("typed", ["AB-12", " ab-12 ", "ab – 12", "a b‑1 2", "ＡＢ-12", "AB\u200b-12"])
def test_a_number_is_understood_as_people_type_it(client, typed):
    page = client.post("/numer/", {"number": typed}).content.decode()
    assert "Sprawdzamy go do 5 grudnia." in page and "2 listopada 2026 r." in page


def test_an_unknown_number_is_refused_with_help_and_stays_typed(client):
    page = client.post("/numer/", {"number": "zz-99"}).content.decode()
    assert "Nie mamy nic pod tym numerem" in page and 'value="zz-99"' in page and "wniosek próbny" in page


def test_a_number_in_the_address_is_not_looked_at(client):
    assert "Sprawdzamy" not in client.get("/numer/", {"number": "AB-12"}).content.decode()
    assert NumberTry.objects.count() == 0


@pytest.mark.slow
def test_after_twenty_tries_one_waits(client):
    statuses = [client.post("/numer/", {"number": f"X{n}"}).status_code for n in range(TRIES + 2)]
    assert statuses == [200] * TRIES + [429] * 2
    refused = client.post("/numer/", {"number": "AB-12"}, headers={"X-Forwarded-For": "10.1.2.3"})
    assert (refused.status_code, "Sprawdzamy" in refused.content.decode()) == (429, False)
    assert client.post("/numer/", {"number": "AB-12"}, REMOTE_ADDR="198.51.100.7").status_code == 200


def test_no_address_is_kept(client):
    client.post("/numer/", {"number": "X"}, REMOTE_ADDR="198.51.100.7")
    assert "198.51" not in str(NumberTry.objects.values_list("fingerprint", flat=True))


def test_the_answer_is_never_cached(client):
    assert "no-store" in client.post("/numer/", {"number": "AB-12"})["Cache-Control"]


def test_one_wrong_sign_of_a_public_number_is_answered_with_a_link_to_its_thing(client):
    bench = Receipt("CD/1 Ławka", "Stoi", url="/lawka/")
    public = ReceiptKind("CD/1", "numer projektu", lambda number, at: None, is_personal=False, nearest=lambda number, at: [bench])
    registries.receipt_kinds.register("public", public)
    page = client.post("/numer/", {"number": "CD/2"}).content.decode()
    assert "Nie mamy nic pod tym numerem" in page and '<a href="/lawka/">CD/1 Ławka</a>' in page


def test_a_kind_with_personal_matters_cannot_offer_the_nearest_number():
    with pytest.raises(ValueError, match="must not be guessed"):
        ReceiptKind("AB-12", "wniosek", lambda number, at: None, nearest=lambda number, at: [])


@pytest.mark.parametrize("personal", [True, False])
def test_the_words_follow_the_registered_kinds(client, monkeypatch, personal):
    kind = ReceiptKind("AB-12", "numer", lambda number, at: None, is_personal=personal)
    monkeypatch.setattr(registries.receipt_kinds, "_entries", {"only": kind})
    page = client.get("/numer/").content.decode()
    said = [words in page for words in ("z Twoją sprawą", "otwierdzeni", "gdy pokażesz, kim jesteś")]
    assert said == [personal] * 3, page


def test_very_long_input_is_cut():
    assert len(normalised_number("A" * 10_000)) == 80
