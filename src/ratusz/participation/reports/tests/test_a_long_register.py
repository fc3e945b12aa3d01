"""A register of thousands of remarks fills several accessible PDF files; the report names them, and nothing is lost between."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pypdfium2 import PdfDocument

from ratusz.casework.documents import typeset
from ratusz.casework.documents.blocks import Document, Table
from ratusz.participation.reports import files_made
from ratusz.participation.reports.factories import Staff, published_report

pytestmark = pytest.mark.slow


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in PdfDocument(content)).split())


@pytest.mark.django_db
def test_a_long_register_stands_in_pdf_files_of_its_own(monkeypatch, client):
    monkeypatch.setattr(files_made, "ROWS_OF_PART", 2)
    version = published_report(Staff(), 3)
    made = {file.name: file for file in version.files.all()}
    assert [name for name in made if name.endswith(".pdf")] == ["raport.pdf", "wykaz-uwag-1-2.pdf", "wykaz-uwag-3-3.pdf"]
    whole = words_of(bytes(made["raport.pdf"].content))
    assert "w osobnych plikach PDF" in whole and "cienia przy wejściu" not in whole
    for name, held in (("wykaz-uwag-1-2.pdf", {1, 2}), ("wykaz-uwag-3-3.pdf", {3})):
        content = bytes(made[name].content)
        words = words_of(content)
        assert {number for number in range(1, 4) if f"wejściu {number}." in words} == held
        with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
            assert (metadata.get("pdfuaid:part"), metadata.get("pdfaid:conformance")) == ("1", "A")
            assert bool(pdf.Root.MarkInfo.Marked) and f"uwagi {min(held)}–{max(held)}" in str(metadata.get("dc:title"))
    page = client.get(f"/konsultacje/{version.report.consultation.slug}/raport/").content.decode()
    assert "Wykaz uwag (PDF, uwagi 1–2)" in page and "/raport.pdf" in page
    assert all(f"wejściu {number}." in words_of_docx(made["raport.docx"]) for number in (1, 2, 3))


def words_of_docx(file) -> str:
    import docx

    return " ".join(cell.text for table in docx.Document(io.BytesIO(bytes(file.content))).tables for cell in table._cells)


def test_a_long_document_is_typeset_in_a_process_of_its_own_and_looks_the_same(settings, monkeypatch):
    document = Document("Wykaz", [Table(["Nr", "Treść"], [[str(number), "Więcej drzew."] for number in range(4)], "Wykaz uwag")])
    here = typeset.pdf_of_document(document)
    settings.RATUSZ_INSPECT_APART = True
    monkeypatch.setattr(typeset, "MOST_ROWS_HERE", 3)
    monkeypatch.setattr(typeset, "pdf_of", None)
    assert words_of(typeset.pdf_of_document(document)) == words_of(here)
