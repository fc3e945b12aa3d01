"""A smiley, a word in another script or a stray control sign does not keep a list or minutes from the printer."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from ratusz.casework.documents.blocks import Document, Heading, Table, Text
from ratusz.casework.documents.glyphs import FONTS, known_signs, showable, signs_of
from ratusz.casework.documents.typeset import pdf_of_document


def test_the_signs_are_those_that_the_reader_of_fonts_finds():
    for path in FONTS.glob("*.ttf"):
        assert signs_of(path.read_bytes()) == set(TTFont(path).getBestCmap())
    assert all(ord(sign) in known_signs() for sign in "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ „”–—…§ \u00a0")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ala \U0001f600", "Ala ?"), ("a\x02b\x0b\x1f\u202ec\x7f", "abc"), ("z\u0307o\u0301łw", "żółw"), ("李", "?"),
        ("wers\r\nwers", "wers\nwers"), ("\U0001f468\u200d\U0001f469", "??"), ("Zażółć gęślą jaźń", "Zażółć gęślą jaźń"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_replaced_or_left_out(typed, shown):
    assert showable(typed) == shown


def test_a_document_with_any_signs_is_typeset():
    words = "Ala \U0001f600 a\x02b\x0b\u202e\ufffe 李 \u0414\u0456\u043c \u05d0\u05dc \u0627\u0644"
    document = Document(title=words, blocks=(Heading(words), Text(words)))
    assert pdf_of_document(document).startswith(b"%PDF")


@pytest.mark.parametrize("words", ["W" * 20_000, "a" + "\u0301" * 20_000, "." * 20_000, "a " * 10_000])
def test_one_endless_word_does_not_keep_a_report_from_the_printer(words):
    table = Table(["Nr", "Treść"], [["1", words]], "Wykaz", is_wide=True)
    assert pdf_of_document(Document(title="Raport", blocks=(Text(words), table))).startswith(b"%PDF")
