"""Columns of tables and lines of facts in print: nothing runs into its neighbour or over the margin."""

from __future__ import annotations

import itertools

import pypdfium2

from ratusz.casework.documents.blocks import Document, Facts, Table, Text
from ratusz.casework.documents.typeset import pdf_of_document

NARROW = Table(
    ["Kanał", "Wpłynęło razem", "przyjęte", "po terminie", "poza przedmiotem", "wycofane", "odrzucone", "Dowód (skrót)", "Gdzie"],
    [["formularz internetowy", *["1181"] * 6, "9f86d081884c7d65", "https://bip.example/Ogloszenia/Konsultacje/dokument.aspx?menu=660"]],
    "Zgłoszenia według kanału",
)  # fmt: skip


def boxes_of(words, pdf):
    """Left, bottom, right and top of each of the words on the first page, in points."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    found = {}
    for word in words:
        start, count = page.search(word, match_case=True).get_next()
        sides = [page.get_charbox(place) for place in range(start, start + count)]
        found[word] = (sides[0][0], sides[0][1], sides[-1][2], sides[-1][3])
    return found


def test_no_heading_runs_into_its_neighbour_and_no_checksum_over_the_margin():
    words = ["terminie", "przedmiotem", "wycofane", "odrzucone", "9f86d081884c7d65"]
    found = boxes_of(words, pdf_of_document(Document("Raport", [NARROW])))
    for left, right in itertools.pairwise(words):
        assert found[left][2] < found[right][0], (left, right)
    margin = 210 / 25.4 * 72 - 24 / 25.4 * 72
    assert max(box[2] for box in found.values()) < margin


def test_facts_stand_apart_more_than_lines_of_one_fact():
    told = Facts([("Podstawa", "pierwszy wiersz\ndrugi wiersz"), ("Zarządzenie", "nr 1")])
    found = boxes_of(["pierwszy", "drugi", "Zarządzenie"], pdf_of_document(Document("Raport", [told])))
    assert found["drugi"][1] - found["Zarządzenie"][1] > 1.15 * (found["pierwszy"][1] - found["drugi"][1])


def test_a_place_to_write_goes_to_the_edge_and_not_over_it():
    rows = [Text("." * 90), Text("." * 90, strong="Którego fragmentu dotyczy (numer albo pierwsze słowa):")]
    page = pypdfium2.PdfDocument(pdf_of_document(Document("Formularz", rows)))[0].get_textpage()
    dots = [page.get_charbox(place) for place in range(page.count_chars()) if page.get_text_range(place, 1) == "."]
    ends = {round(box[1]): box[2] for box in sorted(dots, key=lambda box: box[2])}
    edge = (210 - 24) / 25.4 * 72
    assert len(ends) == 2 and all(edge - 6 < right <= edge for right in ends.values())


def text_of(pdf):
    """What each sheet says, in the order of reading."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_an_address_that_goes_on_in_the_next_line_gets_no_sign_of_its_own():
    address = "https://ratusz.example/konsultacje/statut-dzielnicy-koszutka-odtworzenie-z-publicznych-liczb-raport/"
    (sheet,) = text_of(
        pdf_of_document(Document("Raport", [Table(["Gdzie", "a", "b"], [[address, "x" * 40, "y" * 40]], "Ogłoszenia")]))
    )
    assert "--" not in sheet.replace("\r\n", "") and "\r\n-" not in sheet


def test_a_row_stays_on_one_sheet_and_a_long_one_goes_on():
    short = Table(["Kanał", "Gdzie"], [["portal", "\n".join(f"wiersz {number}" for number in range(9))]], "Ogłoszenia")
    for before in range(24, 36):
        sheets = text_of(pdf_of_document(Document("Raport", [*[Text("Wyżej.")] * before, short])))
        assert sum("wiersz" in sheet for sheet in sheets) == 1, before
    long = Table(["Kanał", "Gdzie"], [["portal", "\n".join(f"wiersz {number}" for number in range(120))]], "Ogłoszenia")
    sheets = text_of(pdf_of_document(Document("Raport", [long])))
    assert len(sheets) > 1 and "wiersz 119" in sheets[-1]
