"""PESEL numbers, beside python-stdnum as a second opinion."""

import traceback
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.pl import pesel as second_opinion

from ratusz.foundation.kit.pesel import Fault, PeselRefused, Sex, age_on, check_digit, read_pesel

TODAY = date(2026, 11, 24)
MONTH_CODE = {18: 80, 19: 0, 20: 20, 21: 40, 22: 60}


def made(birth_date, ordinal=1234):
    month = birth_date.month + MONTH_CODE[birth_date.year // 100]
    ten = f"{birth_date.year % 100:02d}{month:02d}{birth_date.day:02d}{ordinal:04d}"
    return ten + str(check_digit([int(digit) for digit in ten]))


def fault_of(text, at=TODAY):
    with pytest.raises(PeselRefused) as refusal:
        read_pesel(text, at)
    assert str(refusal.value)
    return refusal.value.fault


living = st.dates(min_value=date(1912, 1, 1), max_value=TODAY)
numbers = st.builds(made, living, st.integers(min_value=0, max_value=9999))


@given(living, st.integers(min_value=0, max_value=9999))
def test_a_number_tells_birth_date_and_sex_as_the_second_opinion_does(birth_date, ordinal):
    pesel = read_pesel(made(birth_date, ordinal), TODAY)
    assert (pesel.birth_date, pesel.sex) == (birth_date, Sex.FEMALE if ordinal % 2 == 0 else Sex.MALE)
    assert (second_opinion.get_birth_date(pesel.number), second_opinion.get_gender(pesel.number)) == (birth_date, pesel.sex)


@given(st.from_regex(r"\A[0-9]{11}\Z"))
def test_no_number_passes_that_the_second_opinion_refuses(number):
    try:
        assert read_pesel(number, TODAY).number == number
    except PeselRefused as refusal:
        if second_opinion.is_valid(number):
            assert refusal.fault in {Fault.CENTURY, Fault.FUTURE, Fault.TOO_OLD}
    else:
        assert second_opinion.is_valid(number)


@given(numbers, st.integers(min_value=0, max_value=10), st.integers(min_value=1, max_value=9))
def test_every_single_wrong_digit_is_found(number, position, shift):
    wrong = number[:position] + str((int(number[position]) + shift) % 10) + number[position + 1 :]
    assert fault_of(wrong) == Fault.CHECKSUM


@pytest.mark.parametrize("digit", "02468")
def test_repeated_digits_pass_the_checksum_and_only_twos_are_a_date(digit):
    number = digit * 11
    assert check_digit([int(digit)] * 10) == int(digit)
    if digit == "2":
        pesel = read_pesel(number, TODAY)
        assert (pesel.birth_date, pesel.is_suspicious) == (date(2022, 2, 22), True)
    else:
        assert fault_of(number) == Fault.DATE


def test_an_ordinary_number_is_not_suspicious():
    assert not read_pesel("44051401359", TODAY).is_suspicious


@pytest.mark.parametrize("typed", ["440514 01359", "440514-01359", "\u00a0440514\u201301359 ", "４４０５１４０１３５９"])
def test_spaces_dashes_and_wide_digits_are_forgiven(typed):
    assert read_pesel(typed, TODAY).number == "44051401359"


@pytest.mark.parametrize(
    "typed", ["", "4405140135", "440514013590", "4405140135a", "٤٤٠٥١٤٠١٣٥٩", "44051401359\u200b", "४४०५१४०१३"]
)
def test_anything_else_than_eleven_ascii_digits_is_refused(typed):
    assert fault_of(typed) == Fault.NOT_ELEVEN_DIGITS


def test_impossible_centuries_and_ages_are_refused():
    assert fault_of(made(date(1826, 5, 1))) == Fault.CENTURY
    assert fault_of(made(date(2126, 5, 1))) == Fault.CENTURY
    assert fault_of(made(date(2226, 5, 1))) == Fault.CENTURY
    assert fault_of(made(TODAY + timedelta(days=1))) == Fault.FUTURE
    assert read_pesel(made(TODAY), TODAY).age_on(TODAY) == 0
    assert fault_of(made(date(1910, 11, 24))) == Fault.TOO_OLD
    assert read_pesel(made(date(1910, 11, 25)), TODAY).age_on(TODAY) == 115


def test_the_number_never_shows_in_errors_or_repr():
    pesel = read_pesel("44051401359", TODAY)
    assert "4405" not in repr(pesel) + str(pesel)
    try:
        read_pesel("44051401358", TODAY)
    except PeselRefused as refusal:
        assert "4405140135" not in str(refusal) + repr(refusal) + "".join(traceback.format_exception_only(refusal))


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(min_value=0, max_value=60_000))
def test_age_counts_birthdays(birth_date, days):
    assume(birth_date.toordinal() + days < date.max.toordinal())
    day = birth_date + timedelta(days=days)
    birthdays = sum(1 for year in range(birth_date.year + 1, day.year + 1) if _birthday(birth_date, year) <= day)
    assert age_on(birth_date, day) == birthdays


def _birthday(birth_date, year):
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


@pytest.mark.parametrize("century", [1800, 1900, 2000, 2100, 2200])
def test_a_thousand_numbers_of_each_century_are_decided_as_the_second_opinion_and_the_bounds_say(century):
    """E8 of trust.md: the second implementation judges the form, the bounds of age and century are ours."""
    wrong = []
    for step in range(1000):
        born = date(century, 1, 1) + timedelta(days=36 * step + step % 7)
        number = made(born, ordinal=step * 7 % 10_000)
        assert second_opinion.is_valid(number) or century > 2000 or born > date.today()
        expected = century in (1900, 2000) and born <= TODAY and age_on(born, TODAY) <= 115
        try:
            pesel = read_pesel(number, TODAY)
        except PeselRefused as refusal:
            is_right = not expected and refusal.fault in {Fault.CENTURY, Fault.FUTURE, Fault.TOO_OLD}
        else:
            is_right = expected and second_opinion.get_birth_date(number) == pesel.birth_date == born
        wrong += [] if is_right else [number]
    assert wrong == []
