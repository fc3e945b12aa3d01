"""What a review broke: pairs nobody should name, data that came back after forgetting, scans and children counted wrongly."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from ratusz.casework.signatures import actions, queries, rules
from ratusz.casework.signatures.actions import Signer, Written
from ratusz.casework.signatures.factories import make_collection, make_sheet, make_signature, type_twice
from ratusz.casework.signatures.models import Collection, LineState, LookedAtPair, Sheet, SheetLine, Signature, State
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now

pytestmark = pytest.mark.django_db
JAN = Written("Jan Próbny", "Próbna 1/2")


def test_only_two_that_count_and_look_alike_are_judged_as_a_pair(collection, clerks):
    mine, stranger = make_signature(collection, "Jan Nowakowski"), make_signature(collection, "Ewa Lisowska", "Próbna 9")
    with pytest.raises(rules.SignatureRefused, match="porównać"):
        actions.look_at_pair(first=mine, second=stranger, is_same=True, person=clerks[0])
    waits = make_signature(collection, "Jan Nowakowsky", state=State.UNCONFIRMED, confirmed_at=None)
    gone = make_signature(collection, "Jan Nowakowska", state=State.WITHDRAWN, ended_at=database_now())
    for other in (waits, gone):
        with pytest.raises(rules.SignatureRefused, match="zmienił"):
            actions.look_at_pair(first=mine, second=other, is_same=True, person=clerks[0])
    assert not LookedAtPair.objects.exists() and queries.valid_count(collection) == 2
    assert actions.forget_unconfirmed(at=database_now() + timedelta(days=2)) == 1


@pytest.mark.slow
def test_nothing_personal_comes_back_after_forgetting(collection, coordinator, clerks):
    first, second = make_sheet(collection, coordinator).lines.order_by("number")
    differs = type_twice(second, clerks, JAN, Written(reason="unreadable"))
    sheet, ended = Sheet.objects.get(), actions.end_collection(subject=collection.subject)
    actions.forget_past(at=ended.keep_until)
    pdf = (io.BytesIO(make_pdf()), "a.pdf")
    for deed in (
        lambda: actions.type_line(line=first, written=JAN, person=clerks[0]),
        lambda: actions.settle_line(line=differs, written=JAN, person=clerks[2]),
        lambda: actions.replace_scan(sheet=sheet, scan=pdf, person=clerks[0]),
    ):
        with pytest.raises(rules.SignatureRefused, match="usunięte"):
            deed()


@pytest.mark.slow
def test_the_note_goes_from_the_line_too(collection, coordinator, clerks):
    one, other = make_sheet(collection, coordinator).lines.order_by("number")
    for line, written in ((one, JAN), (other, Written("Ewa Próbna", "Próbna 2"))):
        mine = type_twice(line, clerks, written).signature
        actions.reject_signature(signature=mine, reason="other", note=f"{written.name} się wyprowadził", person=coordinator)
    actions.erase_signatures(signatures=[one.signature])
    assert [each.note for each in SheetLine.objects.order_by("number")] == ["", "Ewa Próbna się wyprowadził"]
    actions.forget_past(at=actions.end_collection(subject=collection.subject).keep_until)
    assert [(each.note, each.reason) for each in SheetLine.objects.order_by("number")] == [("", "other")] * 2


def test_one_who_signs_again_for_a_child_is_shown(collection):
    mine = make_signature(collection)
    child = make_signature(collection, is_child=True, guardian="Jan Próbny")
    assert queries.valid_count(collection) == 2
    assert queries.similar_pairs(collection) == [(mine, child, "child")]


def test_scans_that_were_sent_stop_the_protocol(collection, coordinator):
    actions.issue_sheets(collection=collection, count=2)
    for number in (1, 2):
        actions.hand_in_scan(collection=collection, number=number, scan=(io.BytesIO(make_pdf()), "a.pdf"))
    actions.close_collection(collection=collection)
    with pytest.raises(rules.SignatureRefused, match="nie przyjął: 2"):
        actions.finish_check(collection=collection, person=coordinator)


@pytest.mark.parametrize("number", ["02070803628", "0207 080 3628", "600\u00a0111\u00a0222", "600.111.222"])
def test_no_long_number_is_kept(collection, coordinator, number):
    for name, home, guardian in (
        (f"Jan Próbny {number}", "Próbna 1", ""),
        ("Jan Próbny", f"Próbna 1, PESEL {number}", ""),
        ("Jan Próbny", "Próbna 1", f"Ewa Próbna {number}"),
    ):
        signer = Signer(name, home, "email", "jan@example.pl", is_child=bool(guardian), guardian=guardian)
        with pytest.raises(rules.SignatureRefused, match="długi numer"):
            actions.sign_online(collection=collection, signer=signer)
    mine = make_signature(collection, "Jan Próbny", "Próbna 1234 40-001 Katowice")
    with pytest.raises(rules.SignatureRefused, match="długi numer"):
        actions.reject_signature(signature=mine, reason="other", note=f"PESEL {number}", person=coordinator)
    rules.check_person(mine.name, mine.home, is_child=False, guardian="")


@pytest.mark.slow
def test_the_list_counts_right_and_asks_the_same_number_of_questions(staff_client, coordinator, clerks, django_assert_num_queries):
    head = staff_client("head")
    for number in (1, 2, 3):
        found = make_collection(number)
        for each in range(number):
            make_signature(found, home=f"Próbna {each + 1}")
        make_sheet(found, coordinator, filled=2)
        Collection.objects.filter(pk=found.pk).update(closed_at=database_now())
        if number in (1, 3):
            head.get("/admin/podpisy/")
            with django_assert_num_queries(LIST_QUERIES):
                page = head.get("/admin/podpisy/").text
    assert [(each.valid, each.waiting, each.is_checked) for each in queries.with_numbers()] == [(3, 2, 0), (2, 2, 0), (1, 2, 0)]
    assert page.count("do sprawdzenia") == 3


LIST_QUERIES = 21


def test_staff_erase_one_who_signed_on_paper(staff_client, collection, coordinator, clerks):
    mine = type_twice(make_sheet(collection, coordinator).lines.first(), clerks, JAN).signature
    head, desk = staff_client("head"), staff_client("desk_officer")
    address = f"/admin/podpisy/{collection.pk}/osoby/zmiana/"
    assert desk.post(address, {"deed": "erase", "signature": mine.pk}).status_code in (302, 403)
    assert Signature.objects.get().name == "Jan Próbny"
    assert "Usuń dane" in head.get(f"/admin/podpisy/{collection.pk}/osoby/").text
    assert "Dane są usunięte" in head.post(address, {"deed": "erase", "signature": mine.pk}, follow=True).text
    assert (Signature.objects.get().name, Signature.objects.get().state) == ("", State.WITHDRAWN)
    assert Entry.objects.get(deed="signatures.erase_signature").actor_id == str(head.person.pk)
    assert mine.line.state == LineState.COUNTED
