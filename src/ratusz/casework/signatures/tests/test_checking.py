"""The check, the end and forgetting: similar pairs are looked at, the protocol stays, names go and numbers stay."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ratusz.casework.signatures import actions, moves, queries, rules, terms
from ratusz.casework.signatures.actions import Written
from ratusz.casework.signatures.factories import THINGS, make_collection, make_sheet, make_signature, make_thing, type_twice
from ratusz.casework.signatures.models import CheckProtocol, Collection, LineEntry, LineSettlement, Signature, State
from ratusz.casework.signatures.registries import thing_of
from ratusz.casework.signatures.tests.conftest import worker
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.actions.privacy import erase_person

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_a_pair_is_looked_at_once_and_the_later_one_goes(collection, coordinator):
    first, second = make_signature(collection, "Jan Nowakowski"), make_signature(collection, "Jan Nowakowsky")
    third = make_signature(collection, "Jan Nowakowski", "ul. Próbna 1")
    assert [(one.pk, other.pk, why) for one, other, why in queries.similar_pairs(collection)] == [
        (first.pk, second.pk, "name"), (first.pk, third.pk, "flat"), (second.pk, third.pk, "name"),
    ]  # fmt: skip
    actions.look_at_pair(first=first, second=third, is_same=False, person=coordinator)
    actions.look_at_pair(first=second, second=first, is_same=True, person=coordinator)
    second.refresh_from_db()
    assert (second.state, second.reason, queries.similar_pairs(collection)) == (State.REJECTED, terms.REPEATED, [])
    with pytest.raises(rules.SignatureRefused, match="przed chwilą"):
        actions.look_at_pair(first=first, second=second, is_same=True, person=coordinator)
    for other in (first, make_signature(make_collection(2))):
        with pytest.raises(rules.SignatureRefused, match="porównać"):
            actions.look_at_pair(first=first, second=other, is_same=True, person=coordinator)


def test_a_rejected_one_counts_again_unless_the_person_does(collection, coordinator, clerks):
    mine = type_twice(make_sheet(collection, coordinator).lines.first(), clerks, Written("Jan Próbny", "Próbna 1/2")).signature
    with pytest.raises(rules.SignatureRefused, match="uwadze"):
        actions.reject_signature(signature=mine, reason="other", person=coordinator)
    actions.reject_signature(signature=mine, reason="not_resident", person=coordinator)
    mine.line.refresh_from_db()
    assert (mine.line.state, mine.line.reason) == ("rejected", "not_resident")
    with pytest.raises(rules.SignatureRefused, match="zmienił"):
        actions.reject_signature(signature=mine, reason="not_resident", person=coordinator)
    actions.reinstate_signature(signature=mine, person=coordinator)
    mine.line.refresh_from_db()
    assert (mine.line.state, queries.valid_count(collection)) == ("counted", 1)
    actions.reject_signature(signature=mine, reason="other", note="Wycofany na piśmie.", person=coordinator)
    make_signature(collection)
    with pytest.raises(rules.SignatureRefused, match="liczy się już"):
        actions.reinstate_signature(signature=mine, person=coordinator)


def test_the_protocol_is_made_when_nothing_waits_and_stays(collection, coordinator, clerks):
    sheet = make_sheet(collection, coordinator, filled=1)
    pair = [make_signature(collection, "Ewa Lisowska", home) for home in ("Próbna 7", "Próbna 7/1")]
    for words, deed in (
        ("Najpierw zamknij", lambda: actions.close_collection(collection=collection, person=coordinator)),
        ("Wiersze, które czekają: 1", lambda: type_twice(sheet.lines.get(), clerks, Written(reason="unreadable"))),
        ("podobnych podpisów", lambda: actions.look_at_pair(first=pair[0], second=pair[1], is_same=True, person=coordinator)),
    ):
        with pytest.raises(rules.SignatureRefused, match=words):
            actions.finish_check(collection=Collection.objects.get(), person=coordinator)
        deed()
    made = actions.finish_check(collection=Collection.objects.get(), person=coordinator)
    assert (made.valid, made.needed, made.is_met) == (1, 12, False)
    assert made.numbers == {
        "valid": 1, "states": {"unconfirmed": 0, "valid": 1, "repeated": 0, "rejected": 1, "withdrawn": 0},
        "channels": {"online": 1, "paper": 0}, "reasons": {"repeated": 1, "unreadable": 1}, "lines": 1,
        "lines_by_state": {"rejected": 1}, "sheets": 1, "sheets_received": 1,
    }  # fmt: skip
    for change in (lambda: CheckProtocol.objects.update(valid=99), lambda: CheckProtocol.objects.all().delete()):
        with pytest.raises(IntegrityError, match="stays as it was made"), transaction.atomic():
            change()


@pytest.mark.slow
def test_the_hundredth_one_meets_the_need(coordinator):
    collection = make_collection(needed=100)
    for number in range(99):
        make_signature(collection, "Jan Próbny", f"Próbna {number + 1}")
    actions.close_collection(collection=collection)
    assert not actions.finish_check(collection=collection, person=coordinator).is_met
    make_signature(collection, "Jan Próbny", "Próbna 100")
    assert actions.finish_check(collection=collection, person=coordinator).is_met


def test_names_and_scans_go_and_numbers_stay(collection, coordinator, clerks):
    sheet = actions.issue_sheets(collection=collection, count=1)[0]
    actions.receive_sheet(sheet=sheet, filled=2, scan=(io.BytesIO(make_pdf()), "a.pdf"), person=coordinator)
    one, other = sheet.lines.order_by("number")
    type_twice(one, clerks, Written("Jan Próbny", "Próbna 1"))
    actions.settle_line(
        line=type_twice(other, clerks, Written("Ewa Próbna", "Próbna 2"), Written(reason="unreadable")),
        written=Written("Ewa Próbna", "Próbna 2"), person=clerks[2],
    )  # fmt: skip
    make_signature(collection, "Adam Próbny", "Próbna 3")
    before = queries.numbers(collection)
    ended = actions.end_collection(subject=collection.subject)
    assert ended.keep_until - ended.closed_at == timedelta(days=90)
    assert actions.forget_past(at=ended.keep_until - timedelta(seconds=1)) == 0
    assert actions.forget_past(at=ended.keep_until) == 3
    assert queries.numbers(collection) == before
    for model in (Signature, LineEntry, LineSettlement):
        assert not model.objects.exclude(name="", home="", digest="", guardian="").exists()
    assert StoredFile.objects.get().state == "deleted"
    assert actions.forget_past(at=ended.keep_until) == 0
    assert actions.end_collection(subject=collection.subject).erased_at is not None
    with pytest.raises(rules.SignatureRefused, match="usunięte"):
        actions.finish_check(collection=collection, person=coordinator)


def test_the_days_of_keeping_are_the_things_own(collection):
    make_thing(collection.subject, kept_days=5)
    now = database_now()
    assert actions.end_collection(subject=collection.subject, ended_at=now).keep_until == now + timedelta(days=5)
    with pytest.raises(rules.SignatureRefused, match="zakończyła"):
        actions.reopen_collection(collection=collection)
    assert actions.end_collection(subject="nothing:1") is None


def test_a_collection_follows_its_thing(collection, coordinator):
    assert actions.open_collection(subject=collection.subject, person=coordinator) == collection
    make_thing(collection.subject, title="Nowy tytuł", needed=7)
    renewed = actions.renew_collection(subject=collection.subject)
    assert (renewed.title, renewed.needed, renewed.until) == ("Nowy tytuł", 7, None)
    assert actions.renew_collection(subject="nothing:1") is None
    THINGS.clear()
    assert actions.renew_collection(subject=collection.subject).title == "Nowy tytuł"
    with pytest.raises(rules.SignatureRefused, match="niczego"):
        actions.open_collection(subject="nothing:1")
    assert thing_of("nothing:1") is None


def test_closed_twice_is_closed_once_and_opened_again(collection, coordinator):
    closed = actions.close_collection(collection=collection, person=coordinator).closed_at
    assert actions.close_collection(collection=collection).closed_at == closed
    assert actions.reopen_collection(collection=collection, person=coordinator).closed_at is None
    assert actions.reopen_collection(collection=collection).closed_at is None


def test_whoever_asks_to_be_erased_takes_the_signature_back(collection):
    mine, other = make_signature(collection, email="jan@example.pl"), make_signature(collection, "Ewa Próbna")
    erase_person(person="jan@example.pl", reason="wniosek")
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, mine.name, mine.contact, other.state) == (State.WITHDRAWN, "", None, State.VALID)


def test_a_line_of_paper_is_erased_with_its_typings(collection, coordinator, clerks):
    mine = type_twice(make_sheet(collection, coordinator).lines.first(), clerks, Written("Jan Próbny", "Próbna 1/2")).signature
    assert actions.erase_signatures(signatures=[mine]) == 1
    assert actions.erase_signatures(signatures=[mine]) == 0
    assert set(LineEntry.objects.values_list("name", "home", "digest")) == {("", "", "")}


def test_who_may_do_what(collection):
    at = database_now()
    deeds = ("see", "read", "enter", "manage")
    may = {
        role: [deed for deed in deeds if rules.may(worker(role), deed, collection, at)]
        for role in ("budget_coordinator", "editor", "head", "desk_officer", "data_protection_officer", "unit_editor")
    }
    assert may == {
        **dict.fromkeys(("budget_coordinator", "editor", "head"), list(deeds)), "desk_officer": ["see", "read", "enter"],
        "data_protection_officer": ["see", "read"], "unit_editor": [],
    }  # fmt: skip
    with pytest.raises(rules.NotYours):
        actions.close_collection(collection=collection, person=worker("desk_officer"))


def test_the_desk_shows_lines_to_whoever_may_type_them(collection, coordinator, clerks):
    make_sheet(collection, coordinator)
    at = database_now()
    assert [move.kind for move in moves.moves_of(clerks[0], at)] == ["signatures"]
    assert list(moves.moves_of(worker("unit_editor"), at)) == []
