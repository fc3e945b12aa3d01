"""Sheets of paper: two people type each line, a third settles what differs, a counted line was read alike by two or settled."""

from __future__ import annotations

import io

import pytest
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError

from ratusz.casework.signatures import actions, queries, rules, terms
from ratusz.casework.signatures.actions import Written
from ratusz.casework.signatures.factories import make_collection, make_sheet, make_signature, make_thing, type_twice
from ratusz.casework.signatures.models import LineEntry, LineSettlement, LineState, Signature, State
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
JAN = Written("Jan Próbny", "ul. Próbna 1/2")
ALIKE = Written("PRÓBNY JAN", "Probna 1 m 2")
OTHER = Written("Jan Próbnik", "Próbna 1/2")


@pytest.fixture
def sheet(collection, clerks, coordinator):
    return make_sheet(collection, coordinator)


def lines(sheet):
    return list(sheet.lines.order_by("number"))


def test_two_alike_count(sheet, clerks, collection):
    line = type_twice(lines(sheet)[0], clerks, JAN, ALIKE)
    mine = Signature.objects.get()
    assert (line.state, mine.state, mine.line, mine.name) == (LineState.COUNTED, State.VALID, line, "PRÓBNY JAN")
    assert queries.numbers(collection)["channels"] == {"online": 0, "paper": 1}


def test_the_same_person_types_no_line_twice(sheet, clerks):
    line = actions.type_line(line=lines(sheet)[0], written=JAN, person=clerks[0])
    with pytest.raises(rules.SignatureRefused, match="Inna osoba"):
        actions.type_line(line=line, written=JAN, person=clerks[0])
    with pytest.raises(IntegrityError, match="typed_by_two_people"), transaction.atomic():
        LineEntry.objects.create(line=line, turn=2, clerk=clerks[0], reason="unreadable", made_at=database_now())


def test_what_differs_is_settled_by_a_third(sheet, clerks):
    line = type_twice(lines(sheet)[0], clerks, JAN, OTHER)
    assert (line.state, Signature.objects.count()) == (LineState.DIFFERS, 0)
    with pytest.raises(rules.SignatureRefused, match="trzecia"):
        actions.settle_line(line=line, written=JAN, person=clerks[1])
    with pytest.raises(IntegrityError, match="does not settle"), transaction.atomic():
        LineSettlement.objects.create(line=line, person=clerks[1], reason="unreadable", made_at=database_now())
    assert actions.settle_line(line=line, written=JAN, person=clerks[2]).state == LineState.COUNTED
    with pytest.raises(rules.SignatureRefused, match="trzeciego"):
        actions.settle_line(line=line, written=JAN, person=clerks[2])


def test_a_third_look_waits_for_two_typings(sheet, clerks):
    line = actions.type_line(line=lines(sheet)[0], written=JAN, person=clerks[0])
    with pytest.raises(IntegrityError, match="after two typings"), transaction.atomic():
        LineSettlement.objects.create(line=line, person=clerks[2], reason="unreadable", made_at=database_now())


def test_a_reason_of_the_catalogue_rejects(sheet, clerks):
    line = type_twice(lines(sheet)[0], clerks, Written(reason="unreadable"))
    assert (line.state, line.reason, Signature.objects.count()) == (LineState.REJECTED, "unreadable", 0)
    for code in ("repeated", "nothing_such"):
        with pytest.raises(rules.SignatureRefused, match="z listy"):
            actions.type_line(line=lines(sheet)[1], written=Written(reason=code), person=clerks[0])


def test_a_person_and_a_reason_differ(sheet, clerks):
    line = type_twice(lines(sheet)[0], clerks, JAN, Written(reason="unreadable"))
    assert line.state == LineState.DIFFERS
    assert actions.settle_line(line=line, written=Written(reason="no_signature"), person=clerks[2]).reason == "no_signature"


def test_the_same_person_on_two_sheets_and_online_counts_once(sheet, clerks, collection, coordinator):
    online = make_signature(collection)
    first = type_twice(lines(sheet)[0], clerks, JAN)
    assert (first.state, first.reason) == (LineState.REJECTED, terms.REPEATED)
    actions.withdraw_signature(signature=online)
    second = type_twice(lines(sheet)[1], clerks, JAN)
    third = type_twice(lines(make_sheet(collection, coordinator))[0], clerks, JAN)
    assert (second.state, third.reason, queries.valid_count(collection)) == (LineState.COUNTED, terms.REPEATED, 1)


def test_the_rule_of_the_thing_rejects_with_its_words(clerks, coordinator):
    collection = make_collection(check=lambda facts, at: "Spoza dzielnicy.")
    line = type_twice(lines(make_sheet(collection, coordinator))[0], clerks, JAN)
    assert (line.reason, line.note) == (terms.NOT_ENTITLED, "Spoza dzielnicy.")


def test_the_database_counts_no_line_that_nobody_read_alike(sheet, clerks, collection):
    line = type_twice(lines(sheet)[0], clerks, JAN, OTHER)
    with pytest.raises(IntegrityError, match="read alike by two"), transaction.atomic():
        make_signature(collection, channel="paper", contact=None, line=line)


def test_a_typing_never_changes(sheet, clerks):
    actions.type_line(line=lines(sheet)[0], written=JAN, person=clerks[0])
    for change in (lambda: LineEntry.objects.update(name="Kto Inny"), lambda: LineEntry.objects.all().delete()):
        with pytest.raises((IntegrityError, RestrictedError), match="stays as it was made"), transaction.atomic():
            change()


def test_the_next_line_is_one_the_person_has_not_typed(sheet, clerks, collection):
    first, second = lines(sheet)
    actions.type_line(line=second, written=JAN, person=clerks[0])
    assert queries.next_line(collection, clerks[1]) == second
    assert queries.next_line(collection, clerks[0]) == first
    actions.type_line(line=first, written=OTHER, person=clerks[0])
    assert queries.next_line(collection, clerks[0]) is None
    assert list(queries.waiting_for(clerks[0])) == []
    assert list(queries.waiting_for(clerks[1])) == [collection]


@pytest.mark.parametrize("content", [b"MZ\x90 program", b"<html>", b"", b"%PDF-1.7 and nothing more"])
def test_a_scan_that_is_not_what_its_name_says_is_refused(collection, coordinator, content):
    sheet = actions.issue_sheets(collection=collection, count=1, person=coordinator)[0]
    with pytest.raises(rules.SignatureRefused):
        actions.receive_sheet(sheet=sheet, filled=3, scan=(io.BytesIO(content), "arkusz.pdf"), person=coordinator)
    sheet.refresh_from_db()
    assert (sheet.received_at, sheet.lines.count()) == (None, 0)


def test_a_scan_is_private(collection, coordinator, clerks, client):
    sheet = actions.issue_sheets(collection=collection, count=1, person=coordinator)[0]
    sheet = actions.receive_sheet(sheet=sheet, filled=3, scan=(io.BytesIO(make_pdf()), "a.pdf"), person=coordinator)
    assert client.get(f"/pliki/plik/{sheet.scan.public_id}/").status_code in (302, 403, 404)
    old = sheet.scan
    actions.replace_scan(sheet=sheet, scan=(io.BytesIO(make_pdf()), "b.pdf"), person=clerks[0])
    old.refresh_from_db()
    assert old.state == "deleted"


@pytest.mark.parametrize("filled", [0, 101, 10_000])
def test_a_sheet_has_no_ten_thousand_lines(collection, coordinator, filled):
    sheet = actions.issue_sheets(collection=collection, count=1, person=coordinator)[0]
    with pytest.raises(rules.SignatureRefused, match="od 1 do 100"):
        actions.receive_sheet(sheet=sheet, filled=filled, scan=None, person=coordinator)


def test_numbers_of_sheets_follow_one_another(collection, coordinator):
    assert [each.number for each in actions.issue_sheets(collection=collection, count=3)] == [1, 2, 3]
    assert [each.number for each in actions.issue_sheets(collection=collection, count=2, person=coordinator)] == [4, 5]
    for count, person in ((0, None), (11, None), (201, coordinator)):
        with pytest.raises(rules.SignatureRefused, match="od 1 do"):
            actions.issue_sheets(collection=collection, count=count, person=person)


def test_a_received_sheet_is_received_once_and_not_after_closing(collection, coordinator, sheet):
    with pytest.raises(rules.SignatureRefused, match="już przyjęty"):
        actions.receive_sheet(sheet=sheet, filled=1, scan=None, person=coordinator)
    more = actions.issue_sheets(collection=collection, count=1)[0]
    actions.close_collection(collection=collection, person=coordinator)
    with pytest.raises(rules.SignatureRefused, match="zamknięte"):
        actions.receive_sheet(sheet=more, filled=1, scan=None, person=coordinator)
    with pytest.raises(rules.SignatureRefused, match="nie został jeszcze przyjęty"):
        actions.replace_scan(sheet=more, scan=(io.BytesIO(make_pdf()), "a.pdf"), person=coordinator)
    make_thing(collection.subject)
