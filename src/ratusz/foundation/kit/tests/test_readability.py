"""Syllables, sentences and indexes of Polish text."""

from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.readability import readability, sentences, syllables

BY_SYLLABLES = {
    0: "w z 2026",
    1: "i o nie wiatr miś pięć dom żółw głos pies ja czas świat wieś bo",
    2: "auto Maria głosy miasto dzielnic sauna chodnik piesi radio euro żółwia",
    3: "ulica dzielnica nauka muzeum liceum Europa mieszkaniec Katowic zaufać biologia historia autobus budżetu nieuwag audycja",
    4: "Katowice konsultacja prezydenta zaufanie nauczyciel mieszkańcowi rowerowa edukacja restauracja obywatel",
    5: "obywatelski nauczycielka konsultacjami restauracyjny",
    6: "obywatelskiego",
    7: "uniwersytetowi",
}


def test_syllables_of_words_counted_by_hand():
    counted = {number: [word for word in words.split() if syllables(word) != number] for number, words in BY_SYLLABLES.items()}
    assert {number: [(word, syllables(word)) for word in wrong] for number, wrong in counted.items() if wrong} == {}


def test_abbreviations_and_dates_end_no_sentence():
    text = (
        "Głosowanie trwa od 15 września 2026 r. do 23 września 2026 r. w całym mieście. Zapraszamy m.in. na ul. Mariacką 3, tj. do punktu! "
        "Czy masz pytania? Zadzwoń do J. Kowalskiej. To już 15. edycja. Zgodnie z art. 5a ust. 7 ustawy (Dz. U. z 2024 r. poz. 1465) "
        "głosują mieszkańcy. Wyniki będą w 2027 r. Dziękujemy."
    )
    assert sentences(text) == [
        "Głosowanie trwa od 15 września 2026 r. do 23 września 2026 r. w całym mieście.",
        "Zapraszamy m.in. na ul. Mariacką 3, tj. do punktu!",
        "Czy masz pytania?",
        "Zadzwoń do J. Kowalskiej.",
        "To już 15. edycja.",
        "Zgodnie z art. 5a ust. 7 ustawy (Dz. U. z 2024 r. poz. 1465) głosują mieszkańcy.",
        "Wyniki będą w 2027 r.",
        "Dziękujemy.",
    ]


def test_points_and_paragraphs_are_sentences_of_their_own():
    assert sentences("Co zabrać\n\nWeź ze sobą:\n- dowód\n- długopis") == ["Co zabrać", "Weź ze sobą:\n-", "dowód\n-", "długopis"]


def test_plain_text_measures_lower_than_officialese():
    plain = readability("Głosuj do piątku. Wybierz trzy projekty. Wynik podamy w październiku.")
    official = readability(
        "W nawiązaniu do procedowanej nowelizacji regulaminu organizacyjnego uprzejmie informuje się, iż realizacja przedmiotowego "
        "przedsięwzięcia inwestycyjnego uzależniona jest od zabezpieczenia odpowiednich środków finansowych w wieloletniej prognozie finansowej miasta."
    )
    assert (plain.words, plain.sentences, plain.median_sentence, plain.is_plain) == (10, 3, 3.0, True)
    assert (plain.hard_words, plain.fog, plain.pisarek) == ((), 1.3, 1.7)
    assert official.hard_words[:2] == ("procedowanej", "nowelizacji")
    assert official.fog > 25
    assert not official.is_plain
    assert len(official.long_sentences) == 1


def test_an_empty_text_has_no_figures():
    assert readability(" … 12").words == 0


@given(st.text())
def test_any_text_is_measured(text):
    measured = readability(text)
    assert measured.fog >= 0
    assert measured.sentences <= max(measured.words, 1)


@given(st.text(alphabet="aąbcćdeęfghijklłmnńoóprsśtuwyzźż", max_size=20))
def test_a_word_has_at_most_as_many_syllables_as_vowels(word):
    assert 0 <= syllables(word) <= sum(letter in "aąeęioóuy" for letter in word)
