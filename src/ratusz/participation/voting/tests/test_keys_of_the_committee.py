"""E14: k of n shares open, k-1 tell nothing, a lost one stops nothing, a wrong word is named."""

from __future__ import annotations

import itertools

import pytest
from nacl.public import PrivateKey

from ratusz.participation.voting.committee_keys import (
    Committee,
    SharesRefused,
    fingerprint,
    joined,
    new_key,
    opens_test,
    seal_test,
)

COMMITTEE = Committee(needed=3, holders=5)


@pytest.fixture(scope="module")
def key():
    return new_key(COMMITTEE)


def test_any_three_of_five_open_and_no_two_do(key):
    envelope = seal_test(key.public)
    for some in itertools.combinations(key.shares, 3):
        assert opens_test(joined(some, key.public), envelope)
    for some in itertools.combinations(key.shares, 2):
        with pytest.raises(SharesRefused, match="3"):
            joined(some, key.public)


def test_shares_are_read_as_people_type_them(key):
    typed = [f"  {share.upper()}\n" for share in key.shares[:3]] + ["", " "]
    assert bytes(joined(typed, key.public).public_key) == key.public
    assert fingerprint(typed[0]) == fingerprint(key.shares[0]) != fingerprint(key.shares[1])


def test_what_is_wrong_is_named(key):
    other = new_key(COMMITTEE)
    words = key.shares[1].split()
    swapped = " ".join([*words[:5], words[6], words[5], *words[7:]])
    for shares, said in (
        ([key.shares[0], swapped, key.shares[2]], "2"),
        ([key.shares[0], key.shares[0], key.shares[2]], "dwa razy"),
        ([key.shares[0], key.shares[1], other.shares[2]], "3"),
        ([], "Wpisz"),
    ):
        with pytest.raises(SharesRefused, match=said):
            joined(shares, key.public)
    with pytest.raises(SharesRefused, match="innego głosowania"):
        joined(other.shares[:3], key.public)


@pytest.mark.parametrize(("needed", "holders"), [(1, 3), (3, 3), (2, 17), (0, 0)])
def test_a_committee_that_could_not_do_its_work_is_refused(needed, holders):
    with pytest.raises(ValueError, match=r"."):
        new_key(Committee(needed, holders))


def test_the_envelope_of_another_key_is_not_opened(key):
    assert not opens_test(PrivateKey.generate(), seal_test(key.public))
