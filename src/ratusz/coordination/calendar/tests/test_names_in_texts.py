"""A candidate's name is found in any Polish form, and common words are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.coordination.calendar.names import forms_of, found_in, words_of


def names(first, last, text):
    return found_in(words_of(text), forms_of(first), forms_of(last))


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("Anna", "Wzorcowa", "Spotkanie z Anną Wzorcową w sobotę."),
        ("Anna", "Wzorcowa", "Wzorcowej Annie dziękujemy."),
        ("Jan", "Przykładowy", "O Janie Przykładowym i parku."),
        ("Jan", "Kowalski", "List do Jana Kowalskiego."),
        ("Jan", "Kowalski", "Zapraszamy z prezydentem Kowalskim."),
        ("Maria", "Nowak", "Rozmowa z Marią Nowak."),
        ("Piotr", "Nowak", "Wniosek Piotra Nowaka."),
        ("Ewa", "Sroka", "Dla Ewy Sroki"),
        ("Ewa", "Nowak-Kowalska", "Pytania Ewy Nowak-Kowalskiej"),
        ("Łukasz", "Ćwiek", "z Lukaszem Cwiekiem"),
        ("Bartosz", "Dudek", "Bartosza Dudka"),
        ("Zofia", "Iwaszko", "Zofia Iwaszko"),
        ("Anna", "Kowalska", "Kowalska otworzy park."),
        ("Anna", "Kowalska", "Kowalskiej nie będzie."),
        ("Anna", "Kowalska", "Nie wiem. Kowalska jest tu."),
        ("Anna", "Kowalska", "Kowalska"),
        ("Anna", "Kowalska", "Kowalska, nowa radna, otworzy park."),
        ("Anna", "Kowalska", "Kowalska Park otworzy."),
        ("Anna", "Wzorcowa", "Wzorcowa rano otworzy szkołę."),
        ("Anna", "Kowalska", "Kowalska sama otworzy park."),
        ("Anna", "Kowalska", "Kowalska była w parku."),
        ("Anna", "Wzorcowa", "Wzorcowa"),
        ("Jan", "Wilk", "Wilk otworzy park."),
        ("Jan", "Wilk", "– Wilkowi dziękujemy."),
        ("Jan", "Kowalski", "Spotkanie:\nKowalski o parku"),
    ],
)
def test_names_are_found_in_every_form(first, last, text):
    assert names(first, last, text)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("Anna", "Wzorcowa", "To wzorcowa współpraca. Wzorcowa szkoła. Anna czyta."),
        ("Anna", "Wzorcowa", "Wzorcowa nowa szkoła. Wzorcowe czytanie. Wzorcowej szkoły nie ma."),
        ("Jan", "Wolny", "Wolny wstęp. Wolny czas."),
        ("Jan", "Wilk", "W lesie żyje wilk, a w nim Jan."),
        ("Jan", "Kowalski", "Jan mieszka przy placu."),
        ("Ewa", "Sroka", "sroka na drzewie"),
        ("Ewa", "Sroka", ""),
    ],
)
def test_common_words_are_left_alone(first, last, text):
    assert not names(first, last, text)


@given(st.text(max_size=40), st.text(max_size=200))
def test_any_input_is_survived(name, text):
    assert isinstance(found_in(words_of(text), forms_of(name), forms_of(name)), bool)
    assert forms_of(name)[0] == " ".join(name.split())


def test_a_long_page_is_looked_through_once_for_all_candidates(monkeypatch):
    lists = [(forms_of(f"Jan{'n' * number}"), forms_of(f"Próbny{'n' * number}")) for number in range(50)]
    text = "W sobotę zapraszamy na spacer po parku. " * 400
    words, cut = words_of(text), []
    monkeypatch.setattr("ratusz.coordination.calendar.names._opens_sentence", lambda *args: cut.append(args) or False)
    assert not any(found_in(words, *forms) for forms in lists)
    assert cut == []
