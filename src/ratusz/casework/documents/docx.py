"""A document of blocks as DOCX: real heading and list styles, headings of tables repeated, the language set."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Pt, RGBColor
from docx.table import _Row as Row

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Items, Notice, Signatures, Table, Text, printed_mark

FONT, INK = "Calibri", RGBColor(0x14, 0x18, 0x1F)
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f￾￿\ud800-\udfff]")


def docx_of_document(document: Document) -> bytes:
    """A Word file that people may go on writing in; the same document gives the same text and properties."""
    word = docx.Document()
    _dress(word, document)
    word.add_heading(_clean(document.title), 0)
    if document.subtitle:
        word.add_paragraph(_clean(document.subtitle), style="Subtitle")
    for block in document.blocks:
        _add(word, block)
    if document.address:
        word.add_paragraph(_clean(f"{document.address_words} {document.address}".strip()))
        word.add_paragraph(f"SHA-256: {printed_mark(document)}")
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _clean(words: str) -> str:
    return NOT_IN_XML.sub("", words)


def _dress(word: Word, document: Document) -> None:
    facts = word.core_properties
    facts.title, facts.language, facts.author = _clean(document.title), document.language, document.author
    facts.created = facts.modified = datetime(2000, 1, 1)
    facts.comments = ""
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3"):
        style = word.styles[name]
        style.font.name, style.font.color.rgb = FONT, INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        fonts.set(qn("w:hAnsi"), FONT)
    word.styles["Normal"].font.size = Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"pl": "pl-PL", "en": "en-GB", "uk": "uk-UA"}.get(document.language, document.language))
    properties = word.styles["Normal"].element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)
    if document.footer:
        word.sections[0].footer.paragraphs[0].text = _clean(document.footer)


def _add(word: Word, block: Block) -> None:
    match block:
        case Heading():
            # The title stands above: Word's first level is the second of the page.
            word.add_heading(_clean(block.text), block.level - 1)
        case Text():
            paragraph = word.add_paragraph()
            if block.strong:
                paragraph.add_run(_clean(block.strong) + " ").bold = True
            paragraph.add_run(_clean(block.text))
        case Items():
            style = "List Number" if block.numbered else None if block.has_boxes else "List Bullet"
            for item in block.items:
                word.add_paragraph(("☐ " if block.has_boxes else "") + _clean(item), style=style)
        case Facts():
            for label, value in block.rows:
                paragraph = word.add_paragraph()
                paragraph.add_run(_clean(label) + ": ").bold = True
                paragraph.add_run(_clean(value))
        case Table():
            _add_table(word, block)
        case Notice():
            word.add_paragraph(_clean(block.text), style="Intense Quote")
        case Signatures():
            for role in block.roles:
                word.add_paragraph("\n\n…………………………………………")
                word.add_paragraph(_clean(role))


def _add_table(word: Word, block: Table) -> None:
    if block.caption:
        word.add_paragraph(_clean(block.caption), style="Caption")
    if block.is_wide:
        _turn(word.add_section())
    table = word.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    _fill(table.rows[0], block.columns)
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(heading)
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    if block.is_wide:
        for row in block.rows:
            table._tbl.append(_row_of(row))
        _turn(word.add_section())
        return
    for row in block.rows:
        # The new row itself: asking the table for its last one takes as long as there are rows.
        _fill(table.add_row(), row)


def _turn(section: Section) -> None:
    """A section of its own with the page on its other side."""
    is_tall = section.orientation == WD_ORIENT.PORTRAIT
    section.orientation = WD_ORIENT.LANDSCAPE if is_tall else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width


CELL = "<w:tc><w:p><w:r>{}</w:r></w:p></w:tc>"
WORDS = '<w:t xml:space="preserve">{}</w:t>'


def _row_of(values) -> Any:
    """A row as its XML at once: thousands of rows made cell by cell take minutes."""
    cells = (CELL.format("<w:br/>".join(WORDS.format(escape(line)) for line in _clean(value).split("\n"))) for value in values)
    return parse_xml(f"<w:tr {nsdecls('w')}>{''.join(cells)}</w:tr>")


def _fill(row: Row, values) -> None:
    for cell, value in zip(row.cells, values, strict=True):
        cell.text = _clean(value)
