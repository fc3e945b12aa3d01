"""The directory: the tree, who holds what and who stands in, found without Polish letters; nothing private."""

from datetime import UTC, date, datetime

import pytest

from ratusz.foundation.units.models import Unit
from ratusz.publishing.intranet.directory import directory, entry_of
from ratusz.publishing.intranet.factories import AppointmentFactory, BuildingFactory, UnitFactory, make_staff
from ratusz.publishing.intranet.templatetags.intranet import contact_line, post_in_words, telephone_link

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.fixture
def office():
    from ratusz.foundation.units.actions import save_unit

    def unit(name, symbol, **facts):
        return save_unit(name=name, short_name=symbol, **facts)

    top = unit("Urząd Próbny", "UP")
    made = {"top": top, "zieleń": unit("Wydział Zieleni", "WZ", parent=top, phone="32 259 30 00", email="zielen@example.pl")}
    made["łąki"] = unit("Referat Łąk", "RŁ", parent=made["zieleń"])
    made["ćwiczenia"] = unit("Biuro Ćwiczeń", "BĆ", parent=top)
    made["dawne"] = unit("Wydział Dawny", "WD", parent=top, closed_date=date(2026, 1, 1))
    made["po dawnym"] = unit("Referat po Dawnym", "RPD", parent=made["dawne"])
    return made


def test_the_tree_stands_in_polish_order_without_closed_units(office):
    assert [(entry.depth, entry.unit.name) for entry in directory(AT)] == [
        (0, "Urząd Próbny"), (1, "Biuro Ćwiczeń"), (1, "Referat po Dawnym"), (1, "Wydział Zieleni"), (2, "Referat Łąk"),
    ]  # fmt: skip
    assert entry_of(office["dawne"], AT) is None


def test_heads_stand_first_with_whoever_stands_in(office):
    make_staff(office["zieleń"], "unit_editor", first_name="Ewa", last_name="Arbuz")
    head = AppointmentFactory(role_code="head", unit=office["zieleń"], person__first_name="Zofia", person__last_name="Żbik")
    AppointmentFactory(
        role_code="head", unit=office["zieleń"], standing_in_for=head, person__first_name="Jan", person__last_name="Kos"
    )
    make_staff(office["zieleń"], "deputy_head", first_name="Adam", last_name="Bąk")
    AppointmentFactory(role_code="editor", unit=office["dawne"])
    building = BuildingFactory(name="Rynek 1")
    building.units.add(office["top"])
    entry = entry_of(office["zieleń"], AT)
    assert [(post.name, post.stand_in, post.is_head) for post in entry.posts] == [
        ("Zofia Żbik", "Jan Kos", True), ("Adam Bąk", "", True), ("Ewa Arbuz", "", False),
    ]  # fmt: skip
    assert entry.buildings == ["Rynek 1"] and len(entry.heads) == 2
    assert post_in_words(entry.posts[0]).endswith(": Zofia Żbik (zastępuje: Jan Kos)")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("zbik", ["Wydział Zieleni"]), ("ŻBIK zieleń", ["Wydział Zieleni"]), ("lak", ["Referat Łąk"]), ("rł", ["Referat Łąk"]),
        ("cwicz", ["Biuro Ćwiczeń"]), ("wydzial", ["Wydział Zieleni"]), ("ydział", []), ("żbik łąk", []),
    ],
)  # fmt: skip
def test_search_needs_no_polish_letters(office, query, names):
    make_staff(office["zieleń"], "head", first_name="Zofia", last_name="Żbik")
    assert [entry.unit.name for entry in directory(AT, query)] == names


def test_no_address_of_a_person_is_in_it(office):
    person = make_staff(office["zieleń"], first_name="", last_name="")
    entry = entry_of(office["zieleń"], AT)
    assert person.email not in repr(entry.posts)
    assert post_in_words(entry.posts[0]) == entry.posts[0].role


def test_the_directory_costs_the_same_for_any_number(office, django_assert_num_queries):
    with django_assert_num_queries(5):
        directory(AT)
    for _number in range(3):
        make_staff(UnitFactory(parent=office["top"]))
    with django_assert_num_queries(5):
        directory(AT)


def test_contacts_are_links(office):
    assert contact_line(office["zieleń"]) == (
        '<a href="tel:+48322593000">32 259 30 00</a> · <a href="mailto:zielen@example.pl">zielen@example.pl</a>'
    )
    assert contact_line(Unit(name="x")) == ""
    assert telephone_link("wewn. 12") == "wewn. 12"
