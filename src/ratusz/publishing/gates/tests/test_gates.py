"""Each gate finds its fault and lets a good text pass."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from ratusz.publishing.gates.checks.colours import contrast_of, read_colour
from ratusz.publishing.gates.checks.languages import language_of
from ratusz.publishing.gates.factories import make_reading
from ratusz.publishing.gates.reading import Colours, File, Link, Passage, Picture, Table, Video
from ratusz.publishing.gates.rules import missing_in

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
HARD = (
    "Realizacja przedmiotowego przedsięwzięcia inwestycyjnego uzależniona jest od zabezpieczenia odpowiednich środków finansowych "
    "w wieloletniej prognozie finansowej miasta, uwzględniającej uwarunkowania organizacyjne oraz zobowiązania wynikające "
    "z obowiązujących porozumień międzygminnych."
)
PESEL, ACCOUNT = "44051401359", "61 1090 1014 0000 0712 1981 2874"


def found(**fields) -> list[tuple[str, str]]:
    return [(finding.gate, finding.severity) for finding in missing_in(make_reading(**fields), AT)]


def of(*passages: Passage) -> dict:
    return {"passages": passages}


def test_a_good_text_passes_every_gate():
    assert missing_in(make_reading(), AT) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"owner_unit": None}, [("W01", "block")]),
        ({"contact": " "}, [("W01", "block")]),
        ({"owner_unit": None, "contact": "", "review_date": None, "has_care": False}, []),
        ({"review_date": None}, [("W02", "block")]),
        ({"review_date": date(2027, 12, 1)}, [("W02", "block")]),
        ({"review_date": date(2027, 11, 30)}, []),
        ({"review_date": date(2026, 11, 29)}, [("W02", "warn")]),
        ({"pictures": (Picture(""),)}, [("W03", "block")]),
        ({"pictures": (Picture("IMG_2041.jpg"), Picture("DSC 0012"))}, [("W03", "block")] * 2),
        ({"pictures": (Picture("", is_decorative=True), Picture("Rynek zimą"))}, []),
        (of(Passage("Dojazd", "heading", 3)), [("W05", "block")]),
        (of(Passage(" ", "heading", 2)), [("W05", "block")]),
        (of(Passage("A", "heading", 2), Passage("B", "heading", 3), Passage("C", "heading", 2)), []),
        ({"tables": (Table("Koszty", ()), Table("", ("rok", " ")))}, [("W05", "block")] * 2),
        ({"tables": (Table("Koszty", ("rok", "kwota")),)}, []),
        ({"files": (File("Plan", "/a/plan.PDF?v=2", is_tagged=False),)}, [("W06", "block"), ("W06", "warn")]),
        ({"files": (File("Plan", "/plan.pdf", has_page_twin=True), File("Dane", "/dane.csv"))}, []),
        (of(Passage("The information point is open for all of you on Saturday.")), [("W07", "block")]),
        (of(Passage("Der Punkt ist auch am Samstag für Sie geöffnet.")), [("W07", "block")]),
        (of(Passage("Пункт інформації працює також у суботу.")), [("W07", "block")]),
        (of(Passage("Say: the end of it.", own_words="Say: .")), []),
        (of(Passage("Krótko. Open on Saturday.")), []),
        (of(Passage(HARD + " Sprawę prowadzi urząd.")), [("W08", "warn")]),
        (of(Passage(HARD)), [("W08", "warn"), ("W08", "note")]),
        (of(Passage(HARD)) | {"lead": HARD[:200], "target": "legal"}, []),
        (of(Passage(HARD)) | {"language": "en"}, []),
        (of(Passage(f"Dane: {PESEL}.")), [("W09", "block")]),
        (of(Passage("Dane: 44051401358, 44991401350.")), []),
        ({"title": f"Konto {ACCOUNT}"}, [("W09", "block")]),
        (of(Passage("Konto 61 1090 1014 0000 0712 1981 2875")), []),
        (of(Passage("Zadzwoń: 601 222 333.")), [("W09", "warn")]),
        (of(Passage("Zadzwoń: 601 222 333."), Passage("Punkt: +48 601222333", "contact")), []),
        (of(Passage("Zadzwoń: 601 222 333.")) | {"known_phones": ("601-222-333",)}, []),
        (of(Passage("To kosztuje 601 222 333 zł. Biuro: 32 555 01 00.")), []),
        (of(Passage("Pani Anna Przykładna, ul. Długa 7/2, prosi o spokój.")), [("W09", "warn")]),
        (of(Passage("Koncert jest przy ul. Jana Sobieskiego 3.")), []),
        (of(Passage("Pisz: anna@GMAIL.com")), [("W09", "warn")]),
        ({"links": (Link(" ", "/a/"), Link("Plan", "#"), Link("Plan", "https://"))}, [("W10", "block")] * 3),
        ({"links": (Link("Tutaj:", "/a/"), Link("https://a.example/b", "https://a.example/b"))}, [("W10", "warn")] * 2),
        ({"links": (Link("Plan miasta", "/a/"),)}, []),
        ({"asks_as_of": True}, [("W11", "block")]),
        ({"asks_expiry": True}, [("W11", "block")]),
        ({"asks_as_of": True, "as_of": AT, "asks_expiry": True, "expires_at": datetime(2026, 12, 1, tzinfo=UTC)}, []),
        ({"expires_at": AT}, [("W11", "note")]),
        ({"videos": (Video("Sesja"),)}, [("W12", "block")]),
        (
            {"videos": (Video("a", has_captions=True), Video("b", has_transcript=True), Video("c", captions_are_due=True))},
            [],
        ),
        ({"title": "Ą"}, [("W15", "block")]),
        ({"title": "Długi tytuł " * 10}, [("W15", "warn")]),
        ({"lead": ""}, [("W15", "block")]),
        ({"lead": "Krótko. " * 60}, [("W15", "warn")]),
        ({"lead": None}, []),
        ({"lead": "", "title": "", "target": "social"}, []),
        ({"colours": (Colours("#777", text="Szare"), Colours("yellow", "white"))}, [("W16", "block")] * 2),
        ({"colours": (Colours("var(--a)"),)}, [("W16", "warn")]),
        ({"colours": (Colours("#595959"), Colours("#fff", "rgb(0, 0, 90)"))}, []),
    ],
)
def test_each_gate_finds_its_fault(fields, expected):
    assert found(**fields) == expected


def test_a_finding_says_how_to_mend_and_links_to_the_very_field():
    reading = make_reading(
        owner_unit=None, field_urls={"owner_unit": "/edit/#care"}, pictures=(Picture("", title="rynek", url="/edit/#block-1"),)
    )
    assert [(finding.words, finding.url) for finding in missing_in(reading, AT)] == [
        ("Wskaż, która komórka odpowiada za ten tekst.", "/edit/#care"),
        ("Opisz obraz „rynek” dla osób, które go nie widzą, albo oznacz jako ozdobny.", "/edit/#block-1"),
    ]


def test_numbers_of_persons_are_never_repeated_in_the_words():
    words = " ".join(finding.words for finding in missing_in(make_reading(title=f"{PESEL} {ACCOUNT} 601 222 333"), AT))
    assert not any(number in words for number in (PESEL, ACCOUNT, "601"))


def test_the_last_day_of_a_review_is_a_day_that_exists():
    leap = datetime(2028, 2, 29, 9, tzinfo=UTC)
    (finding,) = missing_in(make_reading(review_date=date(2029, 3, 1)), leap)
    assert "28 lutego 2029" in finding.words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("#ABC", (170, 187, 204)),
        ("#0a0b0c !important", (10, 11, 12)),
        ("rgb(1 2 3)", (1, 2, 3)),
        ("rgba(1, 2, 3, 1.0)", (1, 2, 3)),
        ("rgba(1, 2, 3, 0.5)", None),
        ("rgb(300, 0, 0)", None),
        ("Navy", (0, 0, 128)),
        ("transparent", None),
    ],
)
def test_colours_are_read_as_styles_write_them(written, colour):
    assert read_colour(written) == colour


def test_contrast_follows_the_formula():
    assert contrast_of((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast_of((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.005)
    assert contrast_of((9, 9, 9), (9, 9, 9)) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Urząd jest otwarty od ósmej i pomaga w sprawach", "pl"),
        ("This is the website of the city", "en"),
        ("Katowice Spodek Nikiszowiec Giszowiec Murcki", None),
        ("2026", None),
    ],
)
def test_languages_are_told_by_common_words(text, language):
    assert language_of(text) == language


def test_the_fingerprint_follows_the_content_and_not_the_addresses():
    unit = SimpleNamespace(pk=7)
    assert make_reading(edit_url="/a/", owner_unit=unit).fingerprint() == make_reading(edit_url="/b/", owner_unit=7).fingerprint()
    assert make_reading().fingerprint() != make_reading(title="Inny").fingerprint()
