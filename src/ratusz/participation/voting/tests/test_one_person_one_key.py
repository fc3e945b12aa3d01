"""Name and address in the one form under which a person is known: written another way it is the same person, and no other."""

import pytest

from ratusz.participation.voting.residents import plain_name, plain_street

ONE_HOME = ("Rynek 3/4", "ul. Rynek 3 m. 4", "RYNEK 3 m 4", "Rynek 3m4", "rynek  3 lok. 4", "Ulica Rynek nr 3, mieszkanie 4")
OTHERS = ("Rynek 34", "Rynek 3", "Rynek 4/3", "Mrynek 3/4", "Rynek 3a/4")


def test_one_person_written_in_many_ways():
    assert {plain_street(each) for each in ONE_HOME} == {"rynek 3 4"}
    assert len({plain_street(each) for each in (*OTHERS, ONE_HOME[0])}) == len(OTHERS) + 1
    assert plain_name("Jan  Kowalski") == plain_name("KOWALSKI, Jan") != plain_name("Janina Kowalska")
    assert plain_name("Anna Nowak-Łąk") == plain_name("Nowak Łąk Anna")


@pytest.mark.parametrize(
    ("street", "plain"), [("ul. M. Skłodowskiej-Curie 5", "m sklodowskiej curie 5"), ("al. W. Korfantego 1", "w korfantego 1")]
)
def test_an_initial_of_a_street_is_no_flat(street, plain):
    assert plain_street(street) == plain
