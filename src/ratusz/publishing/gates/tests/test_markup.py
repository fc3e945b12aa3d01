"""Markup taken apart into passages, links, pictures, tables and colours."""

from hypothesis import given
from hypothesis import strategies as st

from ratusz.publishing.gates.factories import make_reading
from ratusz.publishing.gates.markup import parts_of_html, parts_of_text
from ratusz.publishing.gates.reading import Colours, Link, Passage, Picture, Table, Video


def test_rich_text_becomes_passages_and_links():
    parts = parts_of_html(
        '<p>Weź <b>dowód</b>.<br/>I <a href="/a/"> długopis </a>.</p><h3>Dojazd</h3><ul><li>tramwaj</li></ul>reszta'
        '<h2></h2><a linktype="page" id="3">Plan</a><style>p{}</style><a name="x">bez adresu</a>',
        url="/e/#b",
    )
    assert parts.passages == [
        Passage("Weź dowód.", url="/e/#b"),
        Passage("I długopis .", url="/e/#b"),
        Passage("Dojazd", "heading", 3, "/e/#b"),
        Passage("tramwaj", "item", url="/e/#b"),
        Passage("reszta", url="/e/#b"),
        Passage("", "heading", 2, "/e/#b"),
        Passage("Planbez adresu", url="/e/#b"),
    ]
    assert parts.links == [Link("długopis", "/a/", "/e/#b"), Link("Plan", "page:3", "/e/#b")]


def test_marked_languages_pictures_tables_recordings_and_colours_are_seen():
    parts = parts_of_html(
        '<p>Tytuł <span lang="en">The end</span></p><a href="/b/"><img src="a.png" alt="Rynek"></a><img src="b.png" alt=""><img src="c.png">'
        "<table><caption>Koszty</caption><tr><th>Rok</th><td>2026</td></tr></table><table><tr><td>bez</td></tr></table>"
        '<video title="Film"><track kind="captions"></video><iframe src="/f"></iframe><embed embedtype="media" url="/m"/>'
        '<p style="color:#777; background-color: white">Szare <font color="red">Czerwone</font></p></b>'
    )
    assert parts.passages[0] == Passage("Tytuł The end", own_words="Tytuł")
    assert parts.links == [Link("Rynek", "/b/")]
    assert parts.pictures == [Picture("Rynek", title="a.png"), Picture("", True, "b.png"), Picture("", False, "c.png")]
    assert parts.tables == [Table("", ("th",)), Table("", ())]
    assert parts.videos == [Video("Film", has_captions=True), Video("/f"), Video("/m")]
    assert parts.colours == [Colours("#777", "white", "Szare"), Colours("red", "white", "Czerwone")]


def test_parts_join_a_reading():
    parts = parts_of_text("Jeden\n\n dwa ", url="/e/")
    parts.add(parts_of_html('<a href="/b/">Plan</a>', kind="item"))
    reading = parts.on(make_reading(passages=()))
    assert reading.passages == (Passage("Jeden", url="/e/"), Passage("dwa", url="/e/"), Passage("Plan", "item"))
    assert reading.links == (Link("Plan", "/b/"),)


@given(st.text(alphabet='<>/="ap lihr12&;! table', max_size=80))
def test_bad_markup_is_read_as_far_as_it_can_be(text):
    parts_of_html(text)
