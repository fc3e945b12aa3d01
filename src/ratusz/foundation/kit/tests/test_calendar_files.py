"""A calendar file holds whatever somebody typed as text: no title ends a line early or adds a property of its own."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.ics import calendar_file
from ratusz.foundation.kit.registries import DatedThing

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
BREAKS = st.sampled_from(
    ["\r", "\n", "\r\n", "\x0b", "\x0c", "\x1e", "\x85", "\u2028", "\u2029", "\x00", "\x7f", ";", ",", "\\", ":", "BEGIN:VALARM"]
)
TEXTS = st.lists(st.one_of(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30), BREAKS), max_size=8).map(
    "".join
)


def lines_of(**words):
    thing = DatedThing(kind="event", starts=NOW, ends=NOW, point=(19.0216, 50.259), **words)
    content = calendar_file([thing], name="Kalendarz", address="https://miasto.example", stamp=NOW)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    return content.decode().replace("\r\n ", "").splitlines()


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_words_end_a_line_or_add_a_property(title, what_to_do, place, url):
    lines = lines_of(title=title, what_to_do="x" + what_to_do, place="x" + place, url="/x" + url)
    assert [line.partition(":")[0] for line in lines] == [
        "BEGIN", "VERSION", "PRODID", "X-WR-CALNAME", "BEGIN", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION",
        "LOCATION", "GEO", "URL", "END", "END",
    ]  # fmt: skip


def test_a_break_in_a_text_is_a_break_of_the_text():
    lines = lines_of(title="Piknik; gry, zabawy\u2028i \\ muzyka", place="Rynek", url="https://miasto.example/a\r\nATTACH:x")
    assert "SUMMARY:Piknik\\; gry\\, zabawy\\ni \\\\ muzyka" in lines
    assert "URL:https://miasto.example/aATTACH:x" in lines
    assert "GEO:50.25900;19.02160" in lines
