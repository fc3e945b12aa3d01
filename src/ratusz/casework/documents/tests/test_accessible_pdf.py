"""A PDF of ours is tagged, says its language and title, carries its fonts, and claims PDF/UA-1 and PDF/A-2a. A machine-checked subset."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from ratusz.casework.documents.pdf import DocumentError, pdf_of

TEMPLATE = """
#import "office.typ": office
#let content = json("content.json")
#show: office.with(title: content.title, footer: "stopka")
== Zażółć gęślą jaźń
#content.text
"""


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "t.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def test_a_document_is_accessible_by_its_structure(template):
    with pikepdf.open(io.BytesIO(pdf_of(template, {"title": "Żółty tytuł", "text": "Idę w las i z powrotem."}))) as pdf:
        root = pdf.Root
        with pdf.open_metadata() as metadata:
            claims = {name: metadata.get(name) for name in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance", "dc:title")}
        assert claims == {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A", "dc:title": "Żółty tytuł"}
        assert (bool(root.MarkInfo.Marked), str(root.Lang)[:2], bool(root.ViewerPreferences.DisplayDocTitle)) == (True, "pl", True)
        assert "/StructTreeRoot" in root
        assert "/Outlines" in root


def test_one_letter_words_do_not_end_a_line(template, monkeypatch):
    seen = {}

    def keep(path, **options):
        seen["text"] = Path(path).with_name("content.json").read_text(encoding="utf-8")
        return b""

    monkeypatch.setattr("ratusz.casework.documents.pdf.typst.compile", keep)
    pdf_of(template, {"title": "t", "text": "Idę w las i z powrotem"})
    assert "w\u00a0las i\u00a0z\u00a0powrotem" in seen["text"]


def test_a_document_without_a_title_is_refused(template):
    with pytest.raises(DocumentError):
        pdf_of(template, {"title": "", "text": "x"})
