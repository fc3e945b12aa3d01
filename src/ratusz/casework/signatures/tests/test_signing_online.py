"""Signing online without an account: a code, one signature per person, taking it back; nobody learns who else has signed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ratusz.casework.signatures import actions, links, queries, rules
from ratusz.casework.signatures.actions import Signer
from ratusz.casework.signatures.factories import make_collection, make_signature, make_thing
from ratusz.casework.signatures.models import Collection, Signature, State
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import OutboxMessage

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
JAN = Signer("Jan Próbny", "ul. Próbna 1/2", "email", "jan@example.pl")


def sign(collection, newest_code, signer=JAN) -> Signature:
    waiting = actions.sign_online(collection=collection, signer=signer)
    return actions.confirm_signature(signature=waiting, digits=newest_code())


def test_a_signature_counts_once_its_code_is_typed(collection, newest_code):
    waiting = actions.sign_online(collection=collection, signer=JAN)
    assert (waiting.state, queries.valid_count(collection)) == (State.UNCONFIRMED, 0)
    mine = actions.confirm_signature(signature=waiting, digits=newest_code())
    assert (mine.state, queries.valid_count(collection)) == (State.VALID, 1)
    assert actions.confirm_signature(signature=mine, digits="000000") == mine
    assert links.my_signature_url(mine) in OutboxMessage.objects.get(dedup_key=f"{mine.key}:mine").content.text
    assert list(Entry.objects.filter(deed__startswith="signatures.").order_by("pk").values_list("deed", flat=True)) == [
        "signatures.open_collection", "signatures.sign_online", "signatures.confirm_signature",
    ]  # fmt: skip


def test_a_wrong_code_counts_nothing(collection, newest_code):
    waiting = actions.sign_online(collection=collection, signer=JAN)
    wrong = f"{(int(newest_code()) + 1) % 1_000_000:06}"
    with pytest.raises(rules.SignatureRefused, match="kod"):
        actions.confirm_signature(signature=waiting, digits=wrong)
    assert queries.valid_count(collection) == 0


def test_the_same_person_counts_once_and_sees_no_difference(collection, newest_code):
    first = sign(collection, newest_code)
    again = sign(collection, newest_code, Signer("PRÓBNY Jan", "Probna 1 m. 2", "email", "inny@example.pl"))
    assert (first.state, again.state) == (State.VALID, State.REPEATED)
    assert queries.valid_count(collection) == 1
    texts = [each.content.text for each in OutboxMessage.objects.filter(dedup_key__endswith=":mine").order_by("pk")]
    assert texts[0].rpartition("/podpisy/")[0] == texts[1].rpartition("/podpisy/")[0]


def test_one_person_supports_many_things_and_no_digest_tells_it(collection, newest_code):
    here = sign(collection, newest_code)
    there = sign(make_collection(2), newest_code)
    assert (here.state, there.state) == (State.VALID, State.VALID)
    assert here.digest != there.digest


def test_a_child_and_a_parent_of_one_name_are_two(collection, newest_code):
    sign(collection, newest_code)
    child = sign(collection, newest_code, Signer(JAN.name, JAN.home, "email", JAN.contact, is_child=True, guardian="Jan Próbny"))
    assert (child.state, child.guardian, queries.valid_count(collection)) == (State.VALID, "Jan Próbny", 2)


@pytest.mark.parametrize(
    ("signer", "words"),
    [
        (Signer("Jan", "Próbna 1", "email", "a@example.pl"), "nazwisko"),
        (Signer("Jan Próbny", "Próbna", "email", "a@example.pl"), "numer domu"),
        (Signer("Ola Próbna", "Próbna 1", "email", "a@example.pl", is_child=True), "opiekuna"),
    ],
)
def test_what_lacks_something_is_refused_in_words(collection, signer, words):
    with pytest.raises(rules.SignatureRefused, match=words):
        actions.sign_online(collection=collection, signer=signer)
    assert not Signature.objects.exists()


def test_the_rule_of_the_thing_decides_who_may(newest_code):
    other = "Popierają tylko mieszkańcy dzielnicy."
    collection = make_collection(check=lambda facts, at: other if facts.district is None else "")
    with pytest.raises(rules.SignatureRefused, match=other):
        actions.sign_online(collection=collection, signer=JAN)


def test_online_signing_is_off_unless_the_thing_says_so(collection):
    make_thing(collection.subject, is_online_allowed=False)
    with pytest.raises(rules.SignatureRefused, match="na papierze"):
        actions.sign_online(collection=collection, signer=JAN)
    from ratusz.casework.signatures import terms

    setting = terms.setting("is_online_allowed", database_now())
    assert (setting.value, setting.certainty, "wymaga zapisu" in setting.legal_basis) == (False, "verify", True)


def test_nothing_is_taken_after_the_end(collection, newest_code, coordinator):
    waiting = actions.sign_online(collection=collection, signer=JAN)
    Collection.objects.filter(pk=collection.pk).update(until=database_now())
    with pytest.raises(rules.SignatureRefused, match="już nie zbieramy"):
        actions.sign_online(collection=collection, signer=JAN)
    with pytest.raises(rules.SignatureRefused, match="już nie zbieramy"):
        actions.confirm_signature(signature=waiting, digits=newest_code())
    assert queries.valid_count(collection) == 0


def test_one_mailbox_confirms_five(collection, newest_code):
    for number in range(5):
        make_signature(collection, "Jan Próbny", f"Próbna {number + 1}", email=JAN.contact)
    waiting = actions.sign_online(collection=collection, signer=JAN)
    with pytest.raises(rules.SignatureRefused, match="papierze"):
        actions.confirm_signature(signature=waiting, digits=newest_code())
    assert queries.valid_count(collection) == 5


def test_three_codes_an_hour(collection):
    for _time in range(3):
        actions.sign_online(collection=collection, signer=JAN)
    with pytest.raises(rules.SignatureRefused, match="trzy kody"):
        actions.sign_online(collection=collection, signer=JAN)


def test_taking_it_back_erases_who_it_was(collection, newest_code):
    mine = sign(collection, newest_code)
    found = links.signature_of(links.token_of(mine))
    actions.withdraw_signature(signature=found)
    mine.refresh_from_db()
    assert (mine.state, mine.name, mine.home, mine.digest, mine.contact) == (State.WITHDRAWN, "", "", "", None)
    assert links.signature_of(links.token_of(mine)) is None
    with pytest.raises(rules.SignatureRefused):
        actions.withdraw_signature(signature=mine)
    assert sign(collection, newest_code).state == State.VALID


def test_the_database_itself_keeps_one_live_signature(collection):
    make_signature(collection)
    with pytest.raises(IntegrityError, match="a_person_counts_once"), transaction.atomic():
        make_signature(collection)
    make_signature(collection, state=State.REPEATED)


def test_a_code_never_typed_is_forgotten_in_a_day(collection):
    actions.sign_online(collection=collection, signer=JAN)
    assert actions.forget_unconfirmed() == 0
    assert actions.forget_unconfirmed(at=database_now() + timedelta(days=2)) == 1
