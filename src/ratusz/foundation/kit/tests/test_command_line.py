"""What the command line says, in Polish: argparse's refusals, the system's words about files."""

import errno

import pytest

from ratusz.foundation.kit.command_line import file_error, refusal, sentence


@pytest.mark.parametrize(
    "english, polish",
    [
        ("the following arguments are required: ŚCIEŻKA, FOLDER", "Brakuje w poleceniu: ŚCIEŻKA, FOLDER."),
        ("argument --format: invalid choice: 'doc' (choose from 'pb', 'json')", "--format nie może być „doc”. Może być: pb, json."),
        ("argument --format: invalid choice: 'doc' (choose from pb, json)", "--format nie może być „doc”. Może być: pb, json."),
        ("ambiguous option: --r could match --rules, --rest", "Nie wiadomo, o którą opcję chodzi: --r pasuje do --rules, --rest."),
        ("argument --port: invalid int value: 'abc'", "--port to liczba, a nie „abc”."),
        ("something new in a later Python", "Polecenie jest błędne."),
    ],
)
def test_a_refusal_of_argparse_in_polish(english, polish):
    assert refusal(english) == polish


def test_what_is_wrong_with_a_file():
    assert file_error(OSError(errno.EACCES, "Permission denied")).startswith("system nie pozwala tego czytać")
    assert file_error(OSError(4711, "Unheard of")) == "system nie pozwala otworzyć tego pliku (błąd nr 4711)"


@pytest.mark.parametrize("text, said", [("a", "A."), ("A.", "A."), ("czy?", "Czy?"), ("", ".")])
def test_a_sentence(text, said):
    assert sentence(text) == said
