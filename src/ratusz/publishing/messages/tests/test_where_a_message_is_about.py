"""The place of a message: addresses lead to districts, a point is typed as maps give it, a wrong one says what to do."""

import json

import pytest
from django.urls import reverse

from ratusz.foundation.territory.actions import import_shapes, import_streets, load_districts
from ratusz.foundation.units.factories import UnitFactory
from ratusz.publishing.messages.factories import let_everything_out, make_message
from ratusz.publishing.messages.models import Message
from ratusz.publishing.messages.tests.test_staff_screens import typed

pytestmark = pytest.mark.slow

STREETS = "ulica;dzielnica;od;do;strona\nul. Mikołowska;1;1;50;\nul. Mikołowska;2;51;;\nRynek;1;;;\n"
RYNEK = "50.25900, 19.02160"


@pytest.fixture
def editor(staff_client):
    load_districts()
    import_streets(content=STREETS.encode())
    return staff_client("editor")


@pytest.fixture
def shapes(editor):
    """District 1 is the west of the city, district 3 its east."""
    features = []
    for number, west, east in ((1, 18.9, 19.03), (3, 19.03, 19.13)):
        ring = [[west, 50.1], [east, 50.1], [east, 50.3], [west, 50.3], [west, 50.1]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"number": number}, "geometry": geometry})
    import_shapes(content=json.dumps({"type": "FeatureCollection", "features": features}).encode())


def given(**changes):
    return typed(kind="information", owner_unit=UnitFactory().pk, urgency="normal", language="pl") | changes


def is_marked(page, number):
    box = page[page.index(f'name="district_numbers" value="{number}"') :]
    return "checked" in box[: box.index(">")]


def test_checking_a_place_marks_its_districts_and_loses_nothing(editor):
    asked = given(deed="place", place="ul. Mikołowska 44–60, Rynek, Park Nieznany", title="", contact="tel. zachowany")
    page = editor.post(reverse("messages_new"), asked).content.decode()
    assert "Znane: ul. Mikołowska 44–60 (Śródmieście, Załęska Hałda-Brynów część zachodnia); Rynek (Śródmieście)." in page
    assert "leży w kilku dzielnicach: Park Nieznany. Zaznacz dzielnice." in page
    assert [is_marked(page, number) for number in (1, 2, 3)] == [True, True, False]
    kept = ("tel. zachowany" in page, 'value="2026-11-12T08:00"' in page, "To pole jest wymagane" in page)
    assert (*kept, Message.objects.count()) == (True, True, False, 0)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"place": "", "point": ""}, "Najpierw wpisz miejsce albo punkt."),
        ({"place": "\x00" * 3, "point": "Rynek"}, "To nie jest punkt. Skopiuj z mapy dwie liczby"),
        ({"place": "Rynek", "point": RYNEK}, "Punkt leży w mieście; w której dzielnicy, program nie wie."),
    ],
)
def test_checking_says_what_the_program_knows(editor, asked, words):
    assert words in editor.post(reverse("messages_new"), given(deed="place") | asked).content.decode()


def test_checking_a_point_names_its_district(editor, shapes):
    page = editor.post(reverse("messages_new"), given(deed="place", place="", point=RYNEK)).content.decode()
    assert "Punkt leży w dzielnicy Śródmieście." in page


@pytest.mark.parametrize(
    ("point", "words"),
    [
        ("19.0216, 50.2590", f"Liczby stoją na odwrót: najpierw szerokość. Wpisz: {RYNEK}"),
        ("52.2297, 21.0122", "Ten punkt leży poza miastem. Sprawdź obie liczby albo zostaw pole puste."),
        ("Rynek", "To nie jest punkt. Skopiuj z mapy dwie liczby, najpierw szerokość, na przykład: 50.2590, 19.0216."),
    ],
)
def test_a_wrong_point_says_what_to_do_and_nothing_typed_is_lost(editor, point, words):
    page = editor.post(reverse("messages_new"), given(point=point, place="ul. Zachowana 7", district_numbers=[1])).content.decode()
    assert (words in page, f'value="{point}"' in page, "ul. Zachowana 7" in page, is_marked(page, 1)) == (True,) * 4
    assert Message.objects.count() == 0


def test_a_point_in_another_district_than_the_marked_one_is_asked_about(editor, shapes):
    answer = editor.post(reverse("messages_new"), given(point=RYNEK, district_numbers=[3]))
    assert "Ten punkt leży w dzielnicy Śródmieście, a ona nie jest zaznaczona." in answer.content.decode()
    assert editor.post(reverse("messages_new"), given(point=RYNEK, district_numbers=[1, 3])).status_code == 302
    facts = Message.objects.get().facts
    assert (facts.latitude, facts.longitude, facts.district_numbers) == (50.259, 19.0216, [1, 3])


def test_a_point_is_shown_changed_with_a_word_for_it_and_taken_out(editor, second):
    message = make_message(editor.person, places=["page"], latitude=50.259, longitude=19.0216)
    let_everything_out(message, second)
    assert RYNEK in editor.get(reverse("messages_message", args=[message.pk])).content.decode()
    url = reverse("messages_change_facts", args=[message.pk])
    assert f'value="{RYNEK}"' in editor.get(url).content.decode()
    same = editor.post(url, typed(version=1, deed="check", point=RYNEK))
    assert same.url == reverse("messages_message", args=[message.pk]), "nothing has changed"
    page = editor.post(url, typed(version=1, deed="check", point="50.2600, 19.0216")).content.decode()
    assert ("Punkt na mapie: 50.25900, 19.02160" in page, "Punkt na mapie: 50.26000, 19.02160" in page) == (True, True)
    words = {"correction-nature": "mistake", "correction-was_wrong": "Zły punkt.", "correction-is_right": "Bez punktu."}
    editor.post(url, typed(version=1, deed="save", point="") | words)
    message.refresh_from_db()
    assert (message.facts.number, message.facts.longitude) == (2, None)


def test_checking_a_place_while_changing_facts_changes_nothing(editor):
    message = make_message(editor.person, places=["page"])
    url = reverse("messages_change_facts", args=[message.pk])
    page = editor.post(url, typed(version=1, deed="place", place="Rynek", contact="tel. nowy")).content.decode()
    assert ("Znane: Rynek (Śródmieście)" in page, "tel. nowy" in page, is_marked(page, 1)) == (True, True, True)
    message.refresh_from_db()
    assert message.facts.number == 1
