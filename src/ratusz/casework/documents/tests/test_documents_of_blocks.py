"""One source of blocks gives a page, an accessible PDF and a Word file with the same words and the same hash."""

from __future__ import annotations

import io

import docx
import pikepdf
import pytest
from django.template.loader import render_to_string

from ratusz.casework.documents.blocks import Document, Facts, Heading, Items, Notice, Signatures, Table, Text, fingerprint, plain
from ratusz.casework.documents.docx import docx_of_document
from ratusz.casework.documents.typeset import pdf_of_document

BLOCKS = [
    Facts([("Dzień", "15 września 2026 r."), ("Miejsce", "Szkoła\nul. Próbna 1")]), Heading("Głosy"), Heading("Punkt 1", 3),
    Text("Kiedy będzie przejście?\nI światła?", strong="1. mieszkanka, Ligota:"), Items(["pierwsze", "drugie"], numbered=True),
    Items(["tak"]), Table(["Nr", "Ustalenie", "Do kiedy"], [["U/1", "Zażółć <b>gęślą</b>", "30 września"]], "Ustalenia"),
    Notice("Zmieniono 20 września."), Signatures(["prowadzący", "protokolant"]),
]  # fmt: skip
MINUTES = Document(
    "Protokół spotkania", BLOCKS, subtitle="Ligota", footer="Urząd", address="https://ratusz.example/protokoly/1/",
    address_words="Protokół w internecie:",
)  # fmt: skip


def test_the_hash_changes_with_any_letter():
    changed = Document("Protokół spotkania", [*BLOCKS[:-1], Signatures(["prowadzący", "protokolantka"])], subtitle="Ligota")
    assert fingerprint(MINUTES) != fingerprint(changed)
    assert len(fingerprint(MINUTES)) == 64


def test_the_pdf_claims_both_standards_in_polish():
    with pikepdf.open(io.BytesIO(pdf_of_document(MINUTES))) as pdf:
        with pdf.open_metadata() as metadata:
            claims = {name: metadata.get(name) for name in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance", "dc:title")}
        assert claims == {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A", "dc:title": "Protokół spotkania"}
        assert str(pdf.Root.Lang)[:2] == "pl"


def test_word_has_real_headings_lists_and_a_heading_row():
    word = docx.Document(io.BytesIO(docx_of_document(MINUTES)))
    styles = [(each.style.name, each.text) for each in word.paragraphs if each.style.name.startswith(("Heading", "List", "Title"))]
    assert styles == [
        ("Title", "Protokół spotkania"), ("Heading 1", "Głosy"), ("Heading 2", "Punkt 1"), ("List Number", "pierwsze"),
        ("List Number", "drugie"), ("List Bullet", "tak"),
    ]  # fmt: skip
    assert [cell.text for cell in word.tables[0].rows[1].cells] == ["U/1", "Zażółć <b>gęślą</b>", "30 września"]
    assert word.core_properties.language == "pl"
    assert fingerprint(MINUTES)[:12] in "\n".join(each.text for each in word.paragraphs)


def test_signs_that_word_cannot_hold_are_left_out():
    word = docx.Document(io.BytesIO(docx_of_document(Document("a\x00b", [Text("c\x0bd￾")]))))
    assert [each.text for each in word.paragraphs] == ["ab", "cd"]


def test_the_page_escapes_what_people_wrote():
    page = render_to_string("documents/blocks.html", {"blocks": plain(MINUTES)})
    assert "Zażółć &lt;b&gt;gęślą&lt;/b&gt;" in page
    assert page.count("<li>") == 3


@pytest.mark.parametrize("blocks", [[], [Table(["a"], [])], [Items([])], [Text("")]])
def test_empty_parts_can_be_set(blocks):
    assert pdf_of_document(Document("Tytuł", blocks)).startswith(b"%PDF")
    assert docx_of_document(Document("Tytuł", blocks)).startswith(b"PK")
