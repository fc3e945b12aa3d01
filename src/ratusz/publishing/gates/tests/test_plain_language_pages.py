"""Help with plain language: for staff in the panel, for everybody on the page that publishes the rules."""

import pytest

from ratusz.foundation.kit.plain_language.pack import pack

pytestmark = pytest.mark.django_db
TEXT = (
    "W celu zapewnienia realizowania planu most został zamknięty. Zakończono remont. Sprawę prowadzi ZDM. "
    "Głosuj do piątku i przyjdź do nas z dowodem, a jeśli nie możesz przyjść do nas w tym tygodniu, zadzwoń albo napisz do nas list."
)


@pytest.mark.parametrize("who", ["public", "staff"])
def test_each_sentence_gets_its_score_and_advice(client, staff_client, who):
    address = {"public": "/prosty-jezyk/", "staff": "/admin/prosty-jezyk/"}[who]
    caller = client if who == "public" else staff_client("press_officer")
    page = caller.post(address, {"text": TEXT, "target": "crisis"}).text
    for words in (
        "Wynik całości: FOG-PL 7,0", "Cel to najwyżej 8", "<mark>realizowania</mark>",
        "Powiedz to czasownikiem: „zapewnienia realizowania”", "„został zamknięty” ukrywa osobę albo urząd",
        "Zamiast „Zakończono” napisz, kto to zrobił", "podaj pełną nazwę: „ZDM”", "Podziel to zdanie. Liczba słów: 25",
        "Rady są pod 4 zdaniami.", "Dość prosty.",
    ):  # fmt: skip
        assert words in page, words


def test_a_plain_text_is_told_so(client):
    page = client.post("/prosty-jezyk/", {"text": "Głosuj do piątku."}).text
    assert "Dość prosty." in page and "Żadne zdanie nie wymaga poprawy." in page and "Cel to najwyżej 10" in page


def test_a_refused_text_stays_in_its_field(client):
    empty = client.post("/prosty-jezyk/", {"text": " "}).text
    assert "Wklej tekst" in empty
    long = client.post("/prosty-jezyk/", {"text": "słowo " * 7000}).text
    assert "Wklej go w częściach." in long and long.count("słowo") >= 7000


def test_every_rule_and_exception_is_published(client, django_assert_num_queries):
    client.get("/prosty-jezyk/")
    with django_assert_num_queries(2):
        page = client.get("/prosty-jezyk/").text
    lists = pack()
    for word in (*lists.au_apart_beginnings, *lists.eu_joined_stems, *lists.stems, *lists.never_end, *lists.known_acronyms):
        assert word in page, word
    assert "csrfmiddlewaretoken" not in page and "Set-Cookie" not in client.get("/prosty-jezyk/").headers
    assert client.get("/en/prosty-jezyk/").status_code == 200


def test_the_menu_leads_to_it(staff_client):
    assert "/admin/prosty-jezyk/" in staff_client("editor").get("/admin/prosty-jezyk/").text
    assert staff_client("editor").get("/admin/prosty-jezyk/?tekst=page:1%00").status_code == 404
