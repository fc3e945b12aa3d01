"""Each idea has one Polish and one English word."""

from ratusz.foundation.kit.glossary import terms
from ratusz.foundation.kit.words import polish_sort_key

EXPECTED = {
    "komórka organizacyjna", "jednostka organizacyjna", "jednostka pomocnicza", "wniosek o informację publiczną",
    "wniosek w rozumieniu działu VIII KPA", "wniosek o konsultacje", "zgłoszenie projektu", "decyzja Prezydenta",
    "decyzja administracyjna", "informator miejski", "pula", "edycja", "głos", "punkt", "odwołanie", "uwaga", "komunikat",
    "zarządzenie", "uchwała",
}  # fmt: skip


def test_words_are_unique_and_in_polish_order():
    polish = [term.polish for term in terms()]
    assert polish == sorted(polish, key=polish_sort_key)
    for words in (polish, [term.english for term in terms()], [term.slug for term in terms()]):
        assert len(set(words)) == len(words)


def test_the_words_the_office_must_not_confuse_are_there():
    assert EXPECTED - {term.polish for term in terms()} == set()
    assert [term.polish for term in terms() if term.polish in EXPECTED - {"pula"} and not term.not_to_confuse] == []


def test_meanings_are_plain_sentences():
    rough = [
        term.polish for term in terms() for text in (term.meaning, term.not_to_confuse) if text and (text[-1] != "." or "|" in text)
    ]
    assert rough == []
