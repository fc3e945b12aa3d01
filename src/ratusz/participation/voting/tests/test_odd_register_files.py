"""Files that lie about themselves: all rows are read, or the file is refused in words, and nobody waits for minutes."""

import io
import re
import time
import zipfile
from datetime import date

import pytest

from ratusz.participation.voting.register_files import Reading, read_register
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.tests.people import ADULT, OTHER, xlsx_of

HEADING = ("PESEL", "Dzielnica")
ONE_ROW = b"PESEL;Dzielnica\n44051401359;1\n"


def reading() -> Reading:
    return Reading(1, "pesel", date(2026, 9, 10), 16, {"1": "L1", "2": "L2"})


def changed(content: bytes, part: str, change) -> bytes:
    """The same workbook with one of its files changed, or dropped where `change` is None."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name != part or change:
                new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BOOK = xlsx_of(HEADING, (ADULT, "1"), (OTHER, "2"))


def test_a_workbook_that_says_it_is_smaller_is_read_whole():
    lying = changed(BOOK, SHEET, lambda content: content.replace(b'ref="A1:B3"', b'ref="A1:B2"'))
    assert lying != BOOK and [line.district for line in read_register(lying, reading()).lines] == ["L1", "L2"]


@pytest.mark.slow
def test_cells_far_to_the_right_cost_nothing():
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (number, number) for number in range(4, 20_004))
    far = changed(
        BOOK, SHEET, lambda content: re.sub(b"<dimension[^>]*>", b"", content).replace(b"</sheetData>", rows + b"</sheetData>")
    )
    begun = time.process_time()
    assert read_register(far, reading()).rows == 2 and time.process_time() - begun < 2


@pytest.mark.parametrize(
    "content",
    [
        changed(BOOK, SHEET, lambda content: content[: len(content) // 2]), changed(BOOK, SHEET, None),
        changed(BOOK, SHEET, lambda content: content.replace(b't="inlineStr"', b't="s"').replace(b"<is>", b"<v>x</v><is>")),
        changed(BOOK, "xl/workbook.xml", lambda content: content[: content.index(b"<sheets>")] + b"</workbook>"),
    ],
)  # fmt: skip
def test_a_broken_workbook_is_refused_in_words(content):
    with pytest.raises(VoteRefused, match="skoroszytu"):
        read_register(content, reading())


@pytest.mark.parametrize(
    "content", [ONE_ROW + b";" * 2_000_000, ONE_ROW + b'"\n";' * 200_000, ONE_ROW.strip() + b"," * 100_000, b"PESEL;" * 100_000]
)  # fmt: skip
def test_a_line_of_megabytes_is_refused_in_words(content):
    with pytest.raises(VoteRefused, match="nie da się odczytać"):
        read_register(content, reading())
