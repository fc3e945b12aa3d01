"""Whatever is pasted becomes a plain structure; two versions are compared sentence by sentence."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.publishing.intranet.differences import ADDED, REMOVED, SAME, difference, has_changed
from ratusz.publishing.intranet.structure import from_html, from_text, lines_of, sentences_of, to_html
from ratusz.publishing.intranet.templatetags.intranet import changes_in_words

WORD = """<html><head><title>x</title><style>p{}</style></head><body><!--[if gte mso 9]><xml>makro</xml><![endif]-->
<script>alert(1)</script><h1>Zasady <b>BHP</b></h1><p class="MsoNormal" style="color:red" onclick="x()">Idź <b>prosto</b>&nbsp;
do <a href="https://katowice.eu/bhp">strony</a>, nie <a href="javascript:x()">tam</a>.<br>Nowy wiersz<img src="data:x"></p>
<ul><li>raz</li><li> <p>dwa</p> </li><li> </li></ul><ol><li>pierwszy</li></ol>
<table><tr><td>komórka</td><td>druga</td></tr></table>luźny tekst</body></html>"""


def test_pasted_word_keeps_words_weight_lists_and_safe_links():
    blocks = from_html(WORD)
    assert [(block["kind"], block["lines"]) for block in blocks] == [
        ("heading", [[{"text": "Zasady BHP"}]]),
        ("paragraph", [[
            {"text": "Idź "}, {"text": "prosto", "bold": True}, {"text": " do "},
            {"text": "strony", "url": "https://katowice.eu/bhp"}, {"text": ", nie tam."},
        ]]),
        ("paragraph", [[{"text": "Nowy wiersz"}]]),
        ("bullets", [[{"text": "raz"}], [{"text": "dwa"}]]),
        ("numbers", [[{"text": "pierwszy"}]]),
        ("paragraph", [[{"text": "komórka"}]]),
        ("paragraph", [[{"text": "druga"}]]),
        ("paragraph", [[{"text": "luźny tekst"}]]),
    ]  # fmt: skip
    html = to_html(blocks)
    assert "alert" not in html and "javascript" not in html and "makro" not in html
    assert '<a href="https://katowice.eu/bhp">strony</a>' in html and "<ul><li>raz</li><li>dwa</li></ul>" in html
    assert from_html(str(html)) == blocks


def test_a_stored_link_is_checked_once_more():
    blocks = [{"kind": "paragraph", "lines": [[{"text": "<b>x</b>", "url": "javascript:alert(1)"}]]}]
    assert to_html(blocks) == "<p>&lt;b&gt;x&lt;/b&gt;</p>"


@given(st.text(max_size=300))
def test_any_text_survives_as_text(text):
    for blocks in (from_html(text), from_text(text)):
        assert all(line.strip() for line in lines_of(blocks))
        assert "<script" not in to_html(blocks)
        assert from_html(str(to_html(blocks))) is not None


def test_plain_text_has_paragraphs_and_lists():
    assert [(block["kind"], lines_of([block])) for block in from_text("Pierwszy\nwiersz.\n\n- raz\n– dwa\n\n\n1. a\n2) b\n")] == [
        ("paragraph", ["Pierwszy wiersz."]), ("bullets", ["raz", "dwa"]), ("numbers", ["a", "b"]),
    ]  # fmt: skip
    assert from_text("  \n ") == []


def test_sentences_end_where_people_end_them():
    text = "Od 1 stycznia 2027 r. Urząd przy ul. Młyńskiej 4 działa od godz. 7.30. Zadzwoń! Czy to jasne? Tak."
    assert sentences_of(text) == [
        "Od 1 stycznia 2027 r. Urząd przy ul. Młyńskiej 4 działa od godz. 7.30.", "Zadzwoń!", "Czy to jasne?", "Tak.",
    ]  # fmt: skip


def version(title="T", lead="", text=""):
    return SimpleNamespace(title=title, lead=lead, body=from_text(text))


def kinds(lines):
    return [[(piece.kind, piece.text) for piece in line] for line in lines]


def test_one_changed_sentence_is_shown_alone():
    older, newer = version(text="Zbiórka przy fontannie. Weź okrycie."), version(text="Zbiórka przy pomniku. Weź okrycie.")
    lines = difference(older, newer)
    assert kinds(lines) == [
        [(SAME, "T")], [(REMOVED, "Zbiórka przy fontannie."), (ADDED, "Zbiórka przy pomniku."), (SAME, "Weź okrycie.")],
    ]  # fmt: skip
    assert changes_in_words(lines) == (
        '<ul class="changes"><li><del><span class="changes__word">usunięto:</span> Zbiórka przy fontannie.</del> '
        '<ins><span class="changes__word">dodano:</span> Zbiórka przy pomniku.</ins> Weź okrycie.</li></ul>'
    )


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        ("Raz.", "Raz.\n\nDwa.", [[(SAME, "T")], [(SAME, "Raz.")], [(ADDED, "Dwa.")]]),
        ("Raz.\n\nDwa.", "Raz.", [[(SAME, "T")], [(SAME, "Raz.")], [(REMOVED, "Dwa.")]]),
        ("Raz.\n\nDwa.", "Trzy.", [[(SAME, "T")], [(REMOVED, "Raz."), (ADDED, "Trzy.")], [(REMOVED, "Dwa.")]]),
        ("Raz. Dwa.", "Raz.", [[(SAME, "T")], [(SAME, "Raz."), (REMOVED, "Dwa.")]]),
        ("Raz.", "Raz. Dwa.", [[(SAME, "T")], [(SAME, "Raz."), (ADDED, "Dwa.")]]),
    ],
)
def test_added_and_removed_lines(older, newer, expected):
    assert kinds(difference(version(text=older), version(text=newer))) == expected


texts = st.lists(st.sampled_from(["Raz.", "Dwa.", "Trzy. Cztery.", "Pięć! Sześć."]), max_size=6).map("\n\n".join)


@given(texts, texts)
def test_both_versions_can_be_read_out_of_the_difference(older, newer):
    lines = difference(version(text=older), version(text=newer))

    def side(*wanted):
        return " ".join(piece.text for line in lines for piece in line if piece.kind in wanted).split()

    assert side(SAME, REMOVED) == ("T " + older).split()
    assert side(SAME, ADDED) == ("T " + newer).split()
    assert has_changed(version(text=older), version(text=newer)) == (older != newer)
