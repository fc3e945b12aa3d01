"""When two are one person: what the normal form takes for the same, and what is only shown to a clerk."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.casework.signatures import likeness
from ratusz.casework.signatures.likeness import NEIGHBOURS, Home, alike, plain_home, plain_name, same_parts, who, why_alike

WORDS = st.text(alphabet="aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż", min_size=2, max_size=9)
NAMES = st.lists(WORDS, min_size=2, max_size=4)
STREETS = st.lists(st.text(alphabet="aąbcćeęgiklłnoórsśtwyzż", min_size=4, max_size=9), min_size=1, max_size=2)
PLAIN = str.maketrans("ąćęłńóśźż", "acelnoszz")


@given(NAMES, st.randoms(use_true_random=False))
def test_a_name_is_the_same_in_any_order_case_and_without_accents(words, random):
    other = [word.translate(PLAIN).upper() for word in words]
    random.shuffle(other)
    assert plain_name(" ".join(words)) == plain_name("  ".join(other)) == plain_name(plain_name(" ".join(words)))


@given(STREETS, st.integers(1, 300), st.sampled_from(["", "a", "b"]), st.one_of(st.none(), st.integers(1, 200)))
def test_an_address_is_the_same_however_it_is_written(street, house, letter, flat):
    street = " ".join(street)
    written = [f"ul. {street} {house}{letter}", f"{street.translate(PLAIN).upper()}  {house} {letter}"]
    ends = [""] if flat is None else [f"/{flat}", f" m. {flat}", f" m {flat}", f" lok. {flat}", f"/{flat:03}"]
    towns = ["", ", 40-001 Katowice", " 40-001 Katowice"]
    found = {plain_home((each.rstrip() + end + town).strip()) for each in written for end in ends for town in towns}
    assert len(found) == 1
    assert (found.pop().house, flat is None) == (f"{house}{letter}", plain_home(written[0] + ends[0]).flat == "")


@given(NAMES, NAMES, st.integers(1, 9), st.integers(1, 9))
def test_likeness_is_the_same_from_both_sides_and_never_of_equals(one, other, here, there):
    first, second = who(1, " ".join(one), f"Próbna {here}"), who(2, " ".join(other), f"Próbna {there}")
    assert why_alike(first, second) == why_alike(second, first)
    assert why_alike(first, first) == ""


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from(["Jan Nowak", "Jan Nowok", "Ewa Lis"]), st.sampled_from(["Dębowa 1", "Dębowa 1/2", "Dembowa 1"]))
    )
)
def test_each_pair_is_shown_once(rows):
    people = [who(index, *row) for index, row in enumerate(rows)]
    pairs = [tuple(sorted((one.ref, other.ref))) for one, other, _why in alike(people)]
    assert len(pairs) == len(set(pairs))
    expected = {(one.ref, other.ref) for index, one in enumerate(people) for other in people[index + 1 :] if why_alike(one, other)}
    assert set(pairs) == expected


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("Jan Nowak", "ul. Dębowa 1/2"), ("NOWAK Jan", "Debowa 1 m. 2"), ""),
        (("Jan Nowak", "Dębowa 1"), ("Jan Nowak", "Dębowa 1/2"), "flat"),
        (("Jan Nowak", "Dębowa 1/3"), ("Jan Nowak", "Dębowa 1/2"), "flat"),
        (("Jan Nowak", "Dębowa 1"), ("Jan Nowak", "Dembowa 1"), "street"),
        (("Jan Nowak", "Dębowa 1"), ("Jan Nowak", "Dębowa 2"), ""),
        (("Jan Nowakowski", "Dębowa 1"), ("Jan Nowakowsky", "Dębowa 1/4"), "name"),
        (("Jan Nowakowski", "Dębowa 1/3"), ("Jan Nowakowsky", "Dębowa 1/4"), ""),
        (("Anna Wiśniewska", "Dębowa 1"), ("Ewa Kowalska", "Dębowa 1"), ""),
        (("Jasiek Nowak", "Dębowa 1"), ("Jan Nowak", "Dębowa 1"), ""),
    ],
)
def test_what_is_shown(one, other, why):
    assert why_alike(who(1, *one), who(2, *other)) == why


def test_an_address_without_a_house_keeps_its_street():
    assert plain_home("os. Tysiąclecia") == Home("tysiaclecia", "", "")
    assert same_parts("Jan Nowak", "al. Korfantego 007a/03") == ("jan nowak", "korfantego", "7a", "3")


def test_many_of_one_house_are_compared_within_their_neighbours(monkeypatch):
    compared = []
    monkeypatch.setattr(likeness, "why_alike", lambda one, other: compared.append((one, other)) or "name")
    people = [who(number, f"Osoba {number:05}", "Dębowa 1") for number in range(1500)]
    assert sum(1 for _pair in alike(people)) == len(compared) == sum(min(NEIGHBOURS, 1499 - number) for number in range(1500))
