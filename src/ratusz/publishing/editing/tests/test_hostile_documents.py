"""A document made to do harm: entities that read files or swell, parts that unpack without end, names of pictures without end."""

from __future__ import annotations

import json

import pytest

from ratusz.casework.documents.word import converted
from ratusz.foundation.files.factories import make_image
from ratusz.foundation.files.inspection.office import checked_docx
from ratusz.foundation.files.rules import FileRefused
from ratusz.publishing.editing.factories import WORD, word_document, word_paragraph, word_picture


def with_doctype(entities: str) -> bytes:
    """A document whose text is the entity `x`."""
    body = f'<w:document xmlns:w="{WORD}"><w:body>{word_paragraph("Przed &x; po")}</w:body></w:document>'
    return word_document("", **{"word__document.xml": f"<!DOCTYPE d [{entities}]>{body}"})


def words_of(document: bytes) -> str:
    try:
        return json.loads(converted(checked_docx(document)))["html"]
    except FileRefused:
        return ""


def test_an_entity_reads_no_file_of_this_machine(tmp_path):
    secret = tmp_path / "haslo.txt"
    secret.write_text("Tajnopis")
    assert "Tajnopis" not in words_of(with_doctype(f'<!ENTITY x SYSTEM "{secret.as_uri()}">'))


def test_entities_do_not_swell():
    swelling = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghx", strict=True)
    )
    assert len(words_of(with_doctype(swelling))) < 1_000_000


@pytest.mark.slow
def test_a_part_that_unpacks_without_end_is_refused():
    with pytest.raises(FileRefused):
        checked_docx(word_document(word_paragraph("x"), **{"word__bomb.xml": b"\0" * 300_000_000}))


def test_names_of_pictures_of_300_signs_do_not_come_along():
    name = "o" * 296 + ".png"
    made = json.loads(converted(checked_docx(word_document(word_picture(name), pictures={name: make_image("PNG", (20, 20))}))))
    assert [picture["name"] for picture in made["pictures"]] == ["obrazek-1.png"]
