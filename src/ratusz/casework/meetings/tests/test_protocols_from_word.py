"""A whole protocol from Word becomes minutes: each paragraph is marked, none of its words is lost, bad files are refused in words."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ratusz.casework.documents import blocks as neutral
from ratusz.casework.documents.docx import docx_of_document
from ratusz.casework.documents.word import Paragraph, paragraphs_of
from ratusz.casework.meetings import actions, rules
from ratusz.casework.meetings.factories_minutes import make_minute_taker, make_minutes
from ratusz.casework.meetings.minutes.content import content_of
from ratusz.casework.meetings.minutes.marking import guess, pieces_of, spoken_by
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now


def word_document(body):
    """A DOCX whose body holds nothing but what is given."""
    import io
    import zipfile

    source, target = zipfile.ZipFile(io.BytesIO(word(["a"]))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = re.sub(rb"<w:body>.*</w:body>", f"<w:body>{body}</w:body>".encode(), content, flags=re.DOTALL)
            if not name.startswith("word/footer"):
                archive.writestr(name, content)
            elif name.endswith(".xml"):
                archive.writestr(name, re.sub(rb"<w:t>.*?</w:t>", b"", content))
    return target.getvalue()


pytestmark = pytest.mark.django_db
LINES = [
    "Otwarcie", "Spotkanie otworzyła rzeczniczka.", "Mieszkanka, Ligota: Kiedy remont chodnika?", "Naczelnik: W maju.",
    "Prace potrwają miesiąc.", "Wniosek o ławkę przy stawie.", "Ustalono, że ławka stanie do lata.", "Mikrofon przerywał.",
    "Druk wewnętrzny nr 7.",
]  # fmt: skip


def word(lines=LINES):
    paragraphs = [neutral.Heading(lines[0])] + [neutral.Text(line) for line in lines[1:]]
    return docx_of_document(neutral.Document("Protokół", paragraphs, footer="Strona Urzędu"))


def sent(minutes, person, content=None, name="protokół.docx"):
    upload = SimpleUploadedFile(name, word() if content is None else content)
    return actions.upload_protocol(minutes=minutes, upload=upload, person=person)


@pytest.mark.slow
def test_marked_paragraphs_become_numbered_voices_requests_decisions_and_texts():
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    content = word()
    kept = sent(minutes, person, content)
    assert sent(minutes, person, content) == kept == actions.word_protocols._keep(minutes, "x", kept.sha256, [], [], person)
    marks = {each["text"]: each["mark"] for each in kept.paragraphs}
    assert marks == dict(
        zip(["Protokół", *LINES, "Strona Urzędu"], ["heading", "heading", "text", "voice", "answer", "text", "request", "decision", "text",
             "text", "leave_out"], strict=True)
    )  # fmt: skip
    place = {each["text"]: number for number, each in enumerate(kept.paragraphs)}
    changes = {
        place["Prace potrwają miesiąc."]: "more",
        place["Mikrofon przerywał."]: "note",
        place["Druk wewnętrzny nr 7."]: "leave_out",
    }
    kept = actions.mark_protocol(upload=kept, marks=changes, person=person)
    for wrong in ({0: "nic"}, {99: "text"}):
        with pytest.raises(rules.Refused):
            actions.mark_protocol(upload=kept, marks=wrong, person=person)
    assert (actions.take_protocol(upload=kept, person=person), actions.take_protocol(upload=kept, person=person)) == (7, 0)
    with pytest.raises(rules.Refused):
        actions.mark_protocol(upload=kept, marks={0: "text"}, person=person)
    voice, request = minutes.meeting.voices.get(), minutes.meeting.requests.get()
    assert (voice.number, voice.who, voice.question) == (1, "Mieszkanka, Ligota", "Kiedy remont chodnika?")
    assert (voice.answered_by, voice.answer) == ("Naczelnik", "W maju.\nPrace potrwają miesiąc.")
    assert request.text == "Wniosek o ławkę przy stawie." and request.number.startswith("W/")
    blocks = list(minutes.blocks.standing())
    kinds = [block.kind for block in blocks]
    assert kinds[4:11] == ["subheading", "subheading", "text", "voices", "requests", "decision", "notes"]
    whole = str(content_of(minutes, blocks, database_now()))
    for line in LINES[:-1]:
        for word_of_it in line.replace(":", "").split():
            assert word_of_it.strip(".,?") in whole


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [("stary.doc", b"x"), ("makra.docm", b"x"), ("skan.pdf", b"%PDF-1.7"), ("udaje.docx", b"%PDF-1.7 nic"), ("zepsuty.docx", b"PK\x03\x04nic"), ("pusty.docx", b"")],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused_in_words(name, content):
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    with pytest.raises(FileRefused) as refused:
        sent(minutes, person, content, name)
    assert str(refused.value.message) and not minutes.uploads.exists()


def test_paragraphs_keep_every_word_in_order_whatever_holds_them():
    html = (
        "<h1>Tytuł</h1><p>Wstęp<br>druga linia <strong>mocna</strong></p><ul><li>raz<ul><li>w środku</li></ul></li></ul>"
        "<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>luzem<ol><li id='xfootnote-1'><p>przypis</p></li></ol>"
    )
    found = paragraphs_of({"html": html, "edges": ["stopka"]})
    assert found == [
        Paragraph("Tytuł", "heading"), Paragraph("Wstęp\ndruga linia mocna", "text"), Paragraph("raz", "item"),
        Paragraph("w środku", "item"), Paragraph("a\nb | c", "row"), Paragraph("luzem", "text"), Paragraph("przypis", "item"),
        Paragraph("stopka", "edge"),
    ]  # fmt: skip
    assert paragraphs_of({"html": " "}) == []


def test_guesses_and_pieces():
    assert guess("Postanowiono wymienić lampy", "text", "") == "decision"
    assert guess("Prezydent: Tak.", "text", "text") == "text"
    pieces = pieces_of(
        [
            {"mark": "more", "text": "a"},
            {"mark": "answer", "text": "b"},
            {"mark": "more", "text": "c"},
            {"mark": "leave_out", "text": "d"},
        ]
    )
    assert [(piece.mark, piece.text) for piece in pieces] == [("text", "a"), ("text", "b\nc")]
    assert spoken_by("Bez dwukropka") == ("", "Bez dwukropka")
    assert spoken_by("Zdanie. Drugie: trzecie") == ("", "Zdanie. Drugie: trzecie")


@pytest.mark.slow
def test_a_document_too_long_or_without_words_is_refused_and_too_many_blocks_are_told(monkeypatch):
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    with pytest.raises(FileRefused):
        sent(minutes, person, word_document(""))
    monkeypatch.setattr(actions.word_protocols, "MOST_PARAGRAPHS", 2)
    with pytest.raises(FileRefused):
        sent(minutes, person)
    monkeypatch.setattr(actions.word_protocols, "MOST_PARAGRAPHS", 2000)
    kept = sent(minutes, person)
    monkeypatch.setattr(actions.word_protocols, "MOST_BLOCKS", 5)
    with pytest.raises(rules.Refused):
        actions.take_protocol(upload=kept, person=person)
    monkeypatch.setattr(
        "ratusz.casework.meetings.actions.word_protocols.accept_upload", lambda **facts: StoredFile(state="quarantined")
    )
    with pytest.raises(FileRefused):
        sent(minutes, person, word(["Inny", "tekst"]))
