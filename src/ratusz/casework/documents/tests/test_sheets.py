"""Sheets of tables are printed: narrow ones as tables, wide ones row by row; what people typed stays text."""

import io

import pikepdf

from ratusz.casework.documents.sheets import pdf_of_sheets
from ratusz.foundation.people.sheets import Section, printed, printers


def tags_of(node, found: list[str]) -> list[str]:
    """Names of the structure elements, in order."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            tags_of(each, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append(str(node.S))
        if "/K" in node:
            tags_of(node.K, found)
    return found


def pdf(columns: list[str], rows: list[list[str]]) -> list[str]:
    section = {"heading": "Dział", "note": "Po co: próba.", "columns": columns, "rows": rows}
    made = pdf_of_sheets({"title": "Arkusz", "subtitle": "", "footer": "Katowice", "sections": [section]})
    with pikepdf.open(io.BytesIO(made)) as document:
        return tags_of(document.Root.StructTreeRoot.K, [])


def test_a_narrow_table_has_a_header_row():
    tags = pdf(["Gdzie", "Ile"], [["konta", "1"], ["adresy", "2"]])
    assert (tags.count("/Table"), tags.count("/TH"), tags.count("/TD")) == (1, 2, 4)


def test_a_wide_table_becomes_one_block_a_row():
    tags = pdf(["a", "b", "c", "d", "e"], [["Anna", "2", "3", "4", "5"], ["Jan", "2", "3", "4", "5"]])
    assert (tags.count("/Table"), tags.count("/H3")) == (0, 2)


def test_an_empty_section_and_words_that_look_like_markup():
    assert "/Table" not in pdf(["Gdzie"], [])
    assert pdf(["Gdzie"], [["#panic() $x$ *a* @b <script>"]]).count("/TD") == 1


def test_documents_register_themselves_as_the_printer():
    assert [kind for kind, _printer in printers.items()] == ["pdf"]
    sheet = printed("pdf", title="Arkusz", subtitle="", footer="f", sections=[Section("Dział", ["a"], [["b"]])])
    assert sheet.startswith(b"%PDF-")
