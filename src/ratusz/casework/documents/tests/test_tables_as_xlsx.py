"""A workbook holds what the tables held: texts as texts, numbers as numbers, never a formula."""

import io
import zipfile

from defusedxml.ElementTree import fromstring

from ratusz.casework.documents.xlsx import MOST_CHARACTERS, Column, Sheet, xlsx_of

NAMES = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def cells_of(content: bytes, sheet: int = 1) -> list[dict[str, object]]:
    """Rows of a sheet: address to text or number."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
    assert not root.findall(".//x:f", NAMES), "a formula"
    return [{cell.get("r"): _value(cell) for cell in row.findall("x:c", NAMES)} for row in root.findall(".//x:row", NAMES)]


def _value(cell):
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.findall(".//x:t", NAMES))
    return float(cell.find("x:v", NAMES).text)


COLUMNS = [Column("Numer"), Column("Koszt", 12, "zlotys"), Column("Punkty", 8, "number")]


def test_texts_and_numbers_stay_what_they_are():
    rows = [("=HYPERLINK(1)", 1234.5, 3), ("007", None, 0), ("https://example.pl ąż\u2028", -1, 10**9), ("", 0, 1)]
    made = xlsx_of("Wynik", [Sheet("Projekty", COLUMNS, rows), Sheet("Pusty", COLUMNS, [])])
    assert cells_of(made) == [
        {"A1": "Numer", "B1": "Koszt", "C1": "Punkty"},
        {"A2": "=HYPERLINK(1)", "B2": 1234.5, "C2": 3},
        {"A3": "007", "C3": 0},
        {"A4": "https://example.pl ąż\u2028", "B4": -1, "C4": 10**9},
        {"B5": 0, "C5": 1},
    ]
    assert cells_of(made, 2) == [{"A1": "Numer", "B1": "Koszt", "C1": "Punkty"}]


def test_the_same_tables_give_the_same_bytes_and_a_long_text_is_cut_openly():
    sheet = [Sheet("S", [Column("a")], [("x" * (MOST_CHARACTERS + 5),)])]
    assert xlsx_of("T", sheet) == xlsx_of("T", sheet)
    text = cells_of(xlsx_of("T", sheet))[1]["A2"]
    assert len(text) == MOST_CHARACTERS and text.endswith("…")
