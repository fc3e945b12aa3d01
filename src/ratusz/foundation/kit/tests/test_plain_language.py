"""Syllables counted by hand, sentences, the index and its hints."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.lemmas import word_classes
from ratusz.foundation.kit.plain_language import Hint, hints_of, measure, sentences, syllables
from ratusz.foundation.kit.plain_language.words import words_of

BY_HAND = Path(__file__).parent / "words_in_syllables.txt"
OFFICIAL = (
    "W celu zapewnienia realizowania zadań informuje się, że przedmiotowa inwestycja została zaplanowana przez właściwą komórkę "
    "organizacyjną w porozumieniu z ZDM oraz że w roku następnym zostanie przeprowadzone postępowanie."
)


def counted_by_hand() -> dict[str, int]:
    counts = {}
    for line in BY_HAND.read_text(encoding="utf-8").splitlines():
        for entry in line.split() if not line.startswith("#") else ():
            divided, _, number = entry.partition("|")
            counts[divided.replace("-", "")] = int(number) if number else divided.count("-") + 1
    return counts


def test_syllables_agree_with_a_list_counted_by_hand():
    counts = counted_by_hand()
    wrong = {word: (number, syllables(word)) for word, number in counts.items() if syllables(word) != number}
    assert len(counts) >= 500
    assert wrong == {}


def test_abbreviations_ordinals_dates_and_initials_end_no_sentence():
    text = (
        "Głosowanie trwa od 15 września 2026 r. do 23 września 2026 r. w całym mieście. Zapraszamy m.in. na ul. Mariacką 3, tj. do punktu! "
        "Czy masz pytania? Zadzwoń do J. Kowalskiej o godz. 8. To już 15. edycja. Zgodnie z art. 5a ust. 7 ustawy (Dz. U. z 2024 r. poz. 1465) "
        "głosują mieszkańcy. Projekt kosztuje 5 tys. zł. Wyniki będą w 2027 r. Pytał: „Gdzie to jest?” i wyszedł. Dziękujemy… Do widzenia!"
    )
    assert sentences(text) == [
        "Głosowanie trwa od 15 września 2026 r. do 23 września 2026 r. w całym mieście.",
        "Zapraszamy m.in. na ul. Mariacką 3, tj. do punktu!",
        "Czy masz pytania?",
        "Zadzwoń do J. Kowalskiej o godz. 8.",
        "To już 15. edycja.",
        "Zgodnie z art. 5a ust. 7 ustawy (Dz. U. z 2024 r. poz. 1465) głosują mieszkańcy.",
        "Projekt kosztuje 5 tys. zł.",
        "Wyniki będą w 2027 r.",
        "Pytał: „Gdzie to jest?” i wyszedł.",
        "Dziękujemy…",
        "Do widzenia!",
    ]


def test_lines_are_sentences_but_a_line_broken_in_mail_is_not():
    assert sentences("Co zabrać\n\nWeź ze sobą:\n- dowód\n2. długopis\nTo jest zdanie\nzłamane w połowie.") == [
        "Co zabrać",
        "Weź ze sobą:",
        "dowód",
        "długopis",
        "To jest zdanie złamane w połowie.",
    ]


def test_numbers_dates_abbreviations_and_addresses_are_one_word_each():
    sentence = "Od 15 października 2026 r. 1 248 068 zł, tj. 12,5% i 7:30, 01.10.2026 r. na www.ratusz.example/a, m.in. MOPS-u (biało-czerwony)"
    assert [(word.text, word.kind) for word in words_of(sentence)] == [
        ("Od", "word"), ("15 października 2026 r.", "date"), ("1 248 068", "number"), ("zł", "word"), ("tj", "abbreviation"),
        ("12,5%", "number"), ("i", "word"), ("7:30", "number"), ("01.10.2026 r.", "date"), ("na", "word"),
        ("www.ratusz.example/a,", "address"), ("m.in", "abbreviation"), ("MOPS", "acronym"), ("u", "word"), ("biało", "word"),
        ("czerwony", "word"),
    ]  # fmt: skip


def test_the_index_follows_the_published_formula():
    measured = measure("Mieszkańcy głosują. Prezydent ogłasza rozporządzenie w październiku.")
    # 7 words, 2 sentences, 2 complex: 0.4 × (3.5 + 100 × 2 / 7) = 12.83
    assert (measured.words, len(measured.sentences), measured.complex_words, measured.fog) == (7, 2, 2, 12.8)
    assert [sentence.fog for sentence in measured.sentences] == [0.8, 18.0]
    assert measured.median_sentence == 3.5
    assert (measure(" … ").fog, measure(" … ").median_sentence) == (0.0, 0.0)


def test_an_ordinance_reads_harder_than_its_abstract():
    """Words such as ordinances on consultations use (Koszutka 2023), beside how its page may say the same."""
    ordinance = (
        "Na podstawie art. 30 ust. 1 i art. 5a ust. 2 ustawy z dnia 8 marca 1990 r. o samorządzie gminnym oraz § 3 ust. 1 uchwały "
        "nr XXXVIII/860/13 Rady Miasta Katowice w sprawie określenia zasad i trybu przeprowadzania konsultacji społecznych z "
        "mieszkańcami zarządza się, co następuje: przeprowadzić konsultacje społeczne dotyczące projektu uchwały w sprawie "
        "ograniczenia w godzinach nocnych sprzedaży napojów alkoholowych przeznaczonych do spożycia poza miejscem sprzedaży. "
        "Wykonanie zarządzenia powierza się Naczelnikowi Wydziału Komunikacji Społecznej."
    )
    abstract = (
        "Pytamy, czy sklepy na Koszutce mają w nocy sprzedawać alkohol. Odpowiedz do 19 lutego. Możesz to zrobić tu albo na papierze "
        "w bibliotece. Potem Rada zdecyduje, a my powiemy, co i dlaczego."
    )
    assert measure(abstract).fog <= 9 < 18 <= measure(ordinance).fog


def test_the_same_text_has_the_same_score_a_thousand_times():
    first = measure(OFFICIAL)
    hints = hints_of(first)
    for _ in range(1000):
        assert measure(OFFICIAL) == first
    assert hints_of(measure(OFFICIAL)) == hints


@given(st.lists(st.sampled_from(OFFICIAL.split() + ["Dziękujemy.", "2026", "r.", "Ul.", "5"]), max_size=30), st.data())
def test_white_space_changes_no_score(words, data):
    """Spaces, no-break spaces, tabs and further empty lines where there is white space already."""
    space = st.text(alphabet=" \t\u00a0\u2009", min_size=1, max_size=4)
    line = st.text(alphabet=" \n\t\r", max_size=4).map(lambda text: "\n" + text)
    seams = [data.draw(st.sampled_from([" ", "\n"])) for _ in words]
    wider = [data.draw(line if seam == "\n" else space) for seam in seams]
    one = "".join(word + seam for word, seam in zip(words, seams, strict=True))
    other = "".join(word + seam for word, seam in zip(words, wider, strict=True))
    assert measure(one) == measure(f"\n {other}\u00ad ")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_text_is_measured(text):
    measured = measure(text)
    hints_of(measured)
    assert measured.fog >= 0
    assert len(measured.sentences) <= max(measured.words, 1)


@given(st.text(alphabet="aąbcćdeęfghijklłmnńoóprsśtuwyzźż", max_size=20))
def test_a_word_has_no_more_syllables_than_vowels(word):
    assert 0 <= syllables(word) <= sum(letter in "aąeęioóuy" for letter in word)


def test_hints_name_what_to_mend_in_which_sentence():
    text = (
        "W celu zapewnienia i realizowania planu czekaliśmy. Most został wczoraj zamknięty. Droga jest budowana. Urząd jest otwarty. "
        "Zakończono remont. Sprawę prowadzi ZDM. Pytaj w ZDM. Miejski Ośrodek Pomocy Społecznej (MOPS) pomaga. Idź do MOPS. "
        "OPS, czyli ośrodek. W XXI wieku płacisz podatek VAT.\nUWAGA NA LÓD!\nMieszkanie i zdanie śniadanie."
    )
    assert hints_of(measure(text)) == [
        Hint("nouns", 0, "zapewnienia i realizowania"),
        Hint("passive", 1, "został wczoraj zamknięty"),
        Hint("passive", 2, "jest budowana"),
        Hint("impersonal", 4, "Zakończono"),
        Hint("acronym", 5, "ZDM"),
    ]
    assert hints_of(measure(OFFICIAL))[0] == Hint("long", 0, "28")


def test_classes_of_words_come_from_the_dictionary():
    assert word_classes("zrobiono") == {"imps"}
    assert word_classes("qwxz") == frozenset()
