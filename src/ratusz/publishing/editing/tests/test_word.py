"""Text from Word keeps its structure and pictures and loses everything else; whatever is bad gets a sentence, and nothing is lost."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from ratusz.casework.documents import word
from ratusz.foundation.files.factories import make_image
from ratusz.foundation.files.models import FileState, StoredFile
from ratusz.foundation.files.rules import FileRefused
from ratusz.publishing.editing import actions
from ratusz.publishing.editing.factories import draft, word_document, word_paragraph, word_picture
from ratusz.publishing.editing.word.blocks import Placed, blocks_of_html, html_of_blocks, picture_block, placed_in, stray_marks
from ratusz.publishing.editing.word.cleaning import clean
from ratusz.publishing.editing.word.notes import words_of
from ratusz.publishing.editing.word.pictures import LONGEST_SIDE, scaled_down
from ratusz.publishing.editing.word.typed import html_of_text, text_of_blocks
from ratusz.publishing.website.models import PortalImage

PIXEL = base64.b64encode(make_image("PNG")).decode()
STYLED = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {color: red}</style></head><body>
<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><!--StartFragment-->
<h1 style="color:#f00"><span style='font-family:"Comic Sans MS"'>Remont ulicy<o:p></o:p></span></h1>
<p class="MsoNormal" style="margin:0"><b><span lang="PL">Od poniedziałku</span></b> zamykamy <font color="red">ulicę</font>.<o:p>&nbsp;</o:p></p>
<h3>Objazd</h3>
<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp;</span></span>ulicą Gliwicką</p>
<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>ulicą Sokolską</p>
<p style="mso-list:l1 level1 lfo2"><span style="mso-list:Ignore">1.</span>Najpierw w lewo</p>
<script>alert(1)</script><p onclick="alert(2)">Pytania: <a href="mailto:drogi@ratusz.example" style="x">drogi@ratusz.example</a>
<a href="javascript:alert(3)">klik</a></p>
<table><tr><th>Dzień</th><th>Godziny</th></tr><tr><td>poniedziałek</td><td>8–16</td></tr></table>
<img src="file:///C:/Users/x/image001.png" alt="Mapa">
<del>skreślone</del><ins>dopisane</ins><a class="msocomanchor" href="#_msocom_1">[JK1]</a>
</body></html>
"""


def test_styles_sent_under_another_name_still_tell_lists():
    assert taken(STYLED.replace(" style=", " data-style=")).blocks == taken(STYLED).blocks


def taken(html, placed=None):
    return blocks_of_html(clean(html).html, placed or Placed(), lambda source, alt: None)


def test_pasted_word_keeps_its_structure_alone():
    cleaned, made = clean(STYLED), taken(STYLED)
    assert made.title == "Remont ulicy"
    assert made.blocks == [
        {"type": "paragraph", "value": "<p><strong>Od poniedziałku</strong> zamykamy ulicę.</p>"},
        {"type": "heading", "value": {"text": "Objazd", "level": "h2"}},
        {
            "type": "paragraph",
            "value": "<ul><li>ulicą Gliwicką</li><li>ulicą Sokolską</li></ul><ol><li>Najpierw w lewo</li></ol>"
            '<p>Pytania: <a href="mailto:drogi@ratusz.example">drogi@ratusz.example</a> klik</p>',
        },
        {
            "type": "table",
            "value": {"caption": "", "cells": "Dzień\tGodziny\nponiedziałek\t8–16", "first_column_is_heading": False},
        },
        {"type": "paragraph", "value": "<p>dopisane</p>"},
    ]
    assert cleaned.notes == ["tracked", "comments"]


@given(st.text(max_size=200))
def test_no_text_breaks_the_cleaning_and_nothing_runs(text):
    for html in (text, f"<p>{text}</p><table><tr><td>{text}", f'<a href="{text}">x</a><img src="{text}">'):
        made = json.dumps(taken(html).blocks).lower()
        assert "<script" not in made and "javascript:" not in made.split("href=")[-1][:12] and "onerror=" not in made.split("<p")[0]


@given(
    st.lists(
        st.sampled_from(
            [
                "Akapit z **grubym** i *pochylonym* słowem.",
                "## Nagłówek",
                "### Niższy",
                "- jeden\n- dwa",
                "1. raz\n2. dwa",
                "[Strona](https://example.pl/x)",
            ]
        ),
        max_size=6,
    )
)
def test_typed_text_comes_back_as_it_was(parts):
    first = taken(html_of_text("\n\n".join(parts))).blocks
    assert taken(html_of_text(text_of_blocks(first))).blocks == first
    assert taken(html_of_blocks(first)).blocks == first


def test_marks_stand_for_what_is_no_text():
    contact = {"type": "contact", "value": {"unit": "Zieleń"}}
    table = {"type": "table", "value": {"caption": "c", "cells": "a\tb", "first_column_is_heading": False}}
    blocks = [{"type": "paragraph", "value": "<p>A</p>"}, picture_block(7, "Lipa"), contact, table]
    text = text_of_blocks(blocks)
    assert text == "A\n\n[[obrazek 7]]\n\n[[blok 1]]\n\n[[tabela 1]]"
    placed = placed_in(blocks, [7, 9])
    turned = taken(html_of_text("[[tabela 1]]\n\n[[ Obrazek 7 ]]\n\nB\n\n[[obrazek 9]]\n\n[[obrazek 8]]\n\n[[blok 2]]"), placed)
    stray = {"type": "paragraph", "value": "<p>[[obrazek 8]]</p><p>[[blok 2]]</p>"}
    assert turned.blocks == [table, picture_block(7, "Lipa"), {"type": "paragraph", "value": "<p>B</p>"}, picture_block(9), stray]
    assert turned.stray_marks == stray_marks(turned.blocks) == ["[[obrazek 8]]", "[[blok 2]]"]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<div>" * 20_000 + "<p>Pierwszy.</p>Drugi." + "</div>" * 20_000 + "<p>Trzeci.</p>", ["Pierwszy.", "Drugi.", "Trzeci."]),
        ("<table><tr><td>komórka " * 400 + "koniec", ["komórka"] * 400 + ["koniec"]),
        ("<p>" + "<b>" * 20_000 + "x", ["x"]),
        ("<ul>" + "<li>punkt<ul>" * 300 + "<li>ostatni</li></ul>", ["punkt"] * 300 + ["ostatni"]),
    ],
)
def test_words_in_boxes_too_deep_stay(html, words):
    cleaned = clean(html)
    made = blocks_of_html(cleaned.html, Placed(), lambda source, alt: None)
    text = " ".join(re.sub("<[^>]+>", " ", block["value"]) for block in made.blocks)
    assert (cleaned.notes, text.split()) == (["too_deep"], words)
    assert "zwykłymi akapitami" in words_of(cleaned.notes)[0]


def test_marks_that_turn_the_direction_do_not_stay():
    html = "<h2>Na\u202ezwa</h2><p>a\u202eb&#8238;c\u2067d\u2069</p><table><tr><td>x\u202d</td><td>y</td></tr></table>"
    assert [block["value"] for block in taken(html).blocks[1:2]] == ["<p>abcd</p>"]
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(
        json.dumps(taken(html).blocks, ensure_ascii=False)
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []), ("luźny tekst <b>i gruby</b>", ["<p>luźny tekst <strong>i gruby</strong></p>"]),
        ("<div><div>Pudełko</div></div>", ["<p>Pudełko</p>"]), ("<blockquote><p>Cytat</p></blockquote>", ["<p>Cytat</p>"]),
        ("<p> </p><table></table>", []), ("<table><tr><td>a; b</td></tr></table>", ["a, b"]), ("\x00<p>x</p>", ["<p>x</p>"]),
        ("<h2></h2><p><b></b>y</p>", ["<p>y</p>"]), ("<!-- sam komentarz -->", []),
    ],
)  # fmt: skip
def test_odd_html(html, expected):
    found = [block["value"]["cells"] if block["type"] == "table" else block["value"] for block in taken(html).blocks]
    assert found == expected


def converted(body, **parts):
    return json.loads(word.converted(word_document(body, **parts)))


def test_a_document_gives_headings_text_and_pictures():
    body = (
        word_paragraph("Zwykły <tekst>".replace("<", "&lt;").replace(">", "&gt;")) + word_picture("a.png") + word_picture("b.emf")
    )
    made = converted(body, pictures={"a.png": make_image("PNG"), "b.emf": b"EMF"})
    assert (made["html"], [picture["name"] for picture in made["pictures"]], made["notes"]) == (
        '<p>Zwykły &lt;tekst&gt;</p><p><img src="picture:0" /></p><p><img src="" /></p>', ["obrazek-1.png"], ["drawings"],
    )  # fmt: skip


def test_tracked_changes_and_comments_are_left_out_and_told():
    body = (
        "<w:p><w:r><w:t>Zostaje </w:t></w:r><w:ins w:id='1'><w:r><w:t>wstawka</w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>skreślenie</w:delText></w:r></w:del></w:p>"
    )
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0"/></w:comments>'
    )
    made = converted(body, **{"word__comments.xml": comments})
    assert (made["html"], made["notes"]) == ("<p>Zostaje wstawka</p>", ["tracked", "comments"])


def test_a_broken_document_gets_a_sentence(monkeypatch):
    with pytest.raises(FileRefused, match="Dokument jest uszkodzony"):
        word.converted(b"PK\x03\x04 nic")
    with pytest.raises(FileRefused, match="dwadzieścia tysięcy akapitów"):
        word.converted(word_document("<w:p></w:p>" * (word.MOST_PARAGRAPHS + 1)))
    monkeypatch.setattr(word, "MOST_PICTURES", 1)
    made = converted(word_picture("a.png") + word_picture("b.png"), pictures={"a.png": b"1", "b.png": b"2"})
    assert (len(made["pictures"]), made["notes"]) == (1, ["too_many_pictures"])


@pytest.mark.django_db
class TestTakingIn:
    @pytest.fixture
    def made(self, kept_files):
        return draft()

    def document(self, made, content, name="tekst.docx"):
        return actions.take_in_document(submission=made, upload=SimpleUploadedFile(name, content), person=made.author)

    def html(self, made, html, **more):
        return actions.take_in_html(submission=made, html=html, placed=Placed(), person=made.author, **more)

    def test_pictures_within_become_pictures_of_the_portal(self, made):
        content = word_document(word_paragraph("Tekst") + word_picture("a.png"), pictures={"a.png": make_image("PNG")})
        taken_in = self.document(made, content)
        image = PortalImage.objects.get()
        assert taken_in.blocks == [
            {"type": "paragraph", "value": "<p>Tekst</p>"}, picture_block(made.pictures.get().pk),
        ]  # fmt: skip
        assert (image.width, image.uploaded_by_user, image.description) == (40, made.author, "")
        assert taken_in.notes == ["Opisz każdy obrazek albo oznacz go jako ozdobę: kto go nie widzi, usłyszy opis."]

    def test_pictures_pasted_within_the_text(self, made):
        html = f'<p>A</p><img src="data:image/png;base64,{PIXEL}" alt="Lipa"><img src="data:image/png;base64,!!!"><img src="data:x,y"><img src="pasted:0"><img src="pasted:5">'
        taken_in = self.html(made, html, pasted=[SimpleUploadedFile("p.png", make_image("PNG"))])
        kinds = [block["type"] for block in taken_in.blocks]
        assert (kinds, taken_in.blocks[1]["value"]["alt"]) == (["paragraph", "picture", "picture"], "Lipa")
        assert len([note for note in taken_in.notes if note.startswith("obrazek: ")]) == 2
        assert any("Część obrazków nie przeszła" in note for note in taken_in.notes)

    def test_svg_with_a_script_is_refused_whatever_its_name(self, made):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        name = "..\\..\\" + "a" * 300 + ".png"
        upload = SimpleUploadedFile("x.png", svg)
        upload._name = name
        taken_in = actions.take_in_pictures(submission=made, uploads=[upload], person=made.author)
        assert (taken_in.blocks, PortalImage.objects.count()) == ([], 0)
        (note,) = taken_in.notes
        assert note.startswith("a" * 57 + "…: Nie przyjmujemy plików tego rodzaju") or "JPG" in note

    def test_a_name_of_300_signs_with_folders_is_kept_harmless(self, made):
        upload = SimpleUploadedFile("x.png", make_image("PNG"))
        upload._name = "../../etc/" + "ż" * 300 + ".png"
        actions.take_in_pictures(submission=made, uploads=[upload], person=made.author)
        picture, image = made.pictures.get(), PortalImage.objects.get()
        assert (picture.name, "/" in image.title, ".." in image.file.name) == ("ż" * 116 + ".png", False, False)

    def test_macros_are_refused_with_a_sentence(self, made):
        with pytest.raises(FileRefused, match="makra"):
            self.document(made, b"x", name="pismo.DOCM")
        with pytest.raises(FileRefused, match="makra"):
            self.document(made, word_document(word_paragraph("x"), **{"word__vbaProject.bin": b"x"}))
        assert not StoredFile.objects.exists()

    def test_without_the_scanner_nothing_is_opened(self, made, monkeypatch):
        from ratusz.foundation.files import actions as files
        from ratusz.foundation.files.adapters import ScannerDown

        class Silent:
            def scan(self, data):
                raise ScannerDown

        monkeypatch.setattr(files, "scanner", Silent)
        with pytest.raises(FileRefused, match="Skaner wirusów nie odpowiada"):
            self.document(made, word_document(word_paragraph("x")))
        actions.keep_picture(submission=made, upload=io.BytesIO(make_image("PNG")), name="a.png", person=made.author)
        assert (made.pictures.get().image, actions.settle_pictures(submission=made)) == (None, 0)
        StoredFile.objects.filter(purpose="editing.picture").update(state=FileState.CLEAN, scanned_at=made.made_at)
        assert (actions.settle_pictures(submission=made), PortalImage.objects.count()) == (1, 1)

    def test_a_wide_picture_is_drawn_smaller(self):
        large, small = make_image("PNG", (LONGEST_SIDE + 100, 20)), make_image("JPEG", (40, 30))
        from PIL import Image

        assert Image.open(io.BytesIO(scaled_down(large))).size == (LONGEST_SIDE, 20)
        assert scaled_down(small) == small

    def test_a_table_of_a_document_asks_for_its_caption(self, made):
        cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
        table = f"<w:tbl><w:tr>{cell.format('Dzień')}{cell.format('Godziny')}</w:tr></w:tbl>"
        taken_in = self.document(made, word_document(table + word_paragraph("x")))
        assert taken_in.blocks[0]["value"]["cells"] == "Dzień\tGodziny"
        assert any("Napisz przy każdej tabeli" in note for note in taken_in.notes)


@pytest.mark.slow
@pytest.mark.django_db
def test_fifty_megapixels_are_taken_and_scaled_a_hundred_are_refused(kept_files):
    made = draft()
    fifty = make_image("JPEG", (8660, 5774))
    actions.keep_picture(submission=made, upload=io.BytesIO(fifty), name="duze.jpg", person=made.author)
    assert max(PortalImage.objects.get().width, PortalImage.objects.get().height) == LONGEST_SIDE
    with pytest.raises(FileRefused, match="za dużo punktów|zbyt wiele|pikseli"):
        actions.keep_picture(
            submission=made, upload=io.BytesIO(make_image("JPEG", (12000, 9000))), name="x.jpg", person=made.author
        )


@pytest.mark.slow
@pytest.mark.django_db
def test_a_document_is_opened_in_a_process_of_its_own(kept_files, settings):
    settings.RATUSZ_INSPECT_APART = True
    made = draft()
    content = word_document(word_paragraph("Tekst") + word_picture("a.png"), pictures={"a.png": make_image("PNG")})
    taken_in = actions.take_in_document(submission=made, upload=SimpleUploadedFile("t.docx", content), person=made.author)
    assert [block["type"] for block in taken_in.blocks] == ["paragraph", "picture"]
    with pytest.raises(FileRefused):
        from ratusz.foundation.files.inspection.apart import open_apart

        open_apart("ratusz.casework.documents.word:converted", b"nic")


@pytest.mark.slow
def test_comments_opened_by_the_thousand_and_never_closed_hold_up_nobody():
    program = (
        "import resource, django; django.setup()\n"
        "from ratusz.publishing.editing.word.cleaning import clean\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (25, 25))\n"
        "for piece in ('<!--', '<![if ', '<!--[if '): clean('<p>Rowery</p>' + piece * 40_000)\n"
        "print(clean('<p>Rowery<!-- a --> stoją<!--[if gte mso 9]>b<![endif]--> tu<![if !supportLists]>.</p>').html)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=os.environ | {"DJANGO_SETTINGS_MODULE": "ratusz.config.settings_for_tests"})  # fmt: skip
    assert done.stdout == "<div><p>Rowery stoją tu.</p></div>\n", done.stderr[-500:]
