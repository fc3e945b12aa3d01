"""Personal data planted in remarks are marked; streets, amounts and laws are left alone. Every name and number is made up."""

import random

import pytest

from ratusz.foundation.kit.personal_marks import HOME, KINDS, NAME, personal_marks

NAMES = [
    "Anna Przykładowa", "Jana Wymyślonego", "Janowi Nowakowi", "Marią Kowalską", "Piotra Wiśniewskiego", "Ewy Nowak-Zmyślonej", "Tomasz Wójcik",
    "Krzysztofem Dąbrowskim", "Agnieszce Lewandowskiej", "JANINA ZIELIŃSKA", "Kowalski Jan", "Zofia Maria Szymańska", "Pawłem Kaczmarkiem",
    "J. Kowalska", "Barbarze Mazur", "Stanisława Wróbla", "Małgorzatą Zając", "Jerzemu Królowi", "Elżbiety Pawlak", "Henryk Testowicz",
    "jan kowalski", "Katarzynie Wieczorek", "Grzegorza Adamczyka", "Nguyen Van Anna", "Michał Krawczyk", "Danuta Stępień",
]  # fmt: skip
PLANTED = {
    NAME: NAMES,
    "pesel": ["44051401359", "440514 01359", "44 05 14 01359", "02270812349", "44051401358"],
    "phone": ["600 100 200", "+48 600-100-200", "600100200", "32 259 38 47", "(32) 259-38-47", "0048 722 111 333", "322593847", "601.202.303"],
    "mail": ["ewa.przyklad@example.pl", "jan_k+uwagi@poczta.example", "ewa (at) example.pl", "jan małpa example kropka pl", "A.B@EXAMPLE.COM"],
    HOME: [
        "ul. Zmyślona 5/7", "ulicy Próbnej 12 m. 3", "al. Testowa 100a", "os. Przykładowe 4/15", "Zmyślonej 8/2", "40-001 Katowice",
        "ul Wymyślona 7 lok. 9", "plac Testowy 3",
    ],
    "plate": ["SK 1234A", "SK123AB", "KR 5PX31", "WE 12345", "SBI 4K77"],
    "account": ["61 1090 1014 0000 0712 1981 2874", "61109010140000071219812874", "PL 61 1090 1014 0000 0712 1981 2874"],
}  # fmt: skip
AROUND = [
    "Proszę o odpowiedź: {}. Dziękuję.", "Rozmawiałem o tym ({}) i nic to nie dało.", "Moje dane to {}, czekam na kontakt.",
    "Zgłaszam uwagę do projektu parku, {}", "W tej sprawie {} mówi co innego niż urząd, a ławek dalej nie ma.",
]  # fmt: skip
INNOCENT = [
    "Przy ulicy Jana Kochanowskiego brakuje drzew, a park im. Tadeusza Kościuszki jest zaniedbany.",
    "Budżet wynosi 1 248 068 zł, a ławka kosztuje 2500 zł.",
    "Zgodnie z art. 5a ust. 2 ustawy z dnia 8 marca 1990 r. (Dz.U. 2024 poz. 1465) konsultacje trwają 21 dni.",
    "Autobusy 12 i 830N jeżdżą co 20 minut, a droga S86 i DK81 są zakorkowane.",
    "Wnoszę o 20 lip, 3 ławki i 150 m chodnika. Ligota i Panewniki czekają od 2019 roku.",
]  # fmt: skip


def is_found(text, secret):
    start = text.index(secret)
    covered = set()
    for mark in personal_marks(text):
        covered.update(range(mark.start, mark.end))
    letters = [place for place in range(start, start + len(secret)) if text[place].isalnum()]
    return sum(place in covered for place in letters) >= 0.9 * len(letters)


def test_ninety_five_of_a_hundred_planted_data_are_marked():
    chance, missed, planted = random.Random(3), [], 0
    for kind, secrets in PLANTED.items():
        for secret in secrets:
            for around in chance.sample(AROUND, 3):
                planted += 1
                if not is_found(around.format(secret), secret):
                    missed.append((kind, around.format(secret)))
    assert planted >= 180
    assert len(missed) <= 0.05 * planted, (len(missed) / planted, missed)


@pytest.mark.parametrize("text", INNOCENT)
def test_streets_amounts_and_laws_are_left_alone(text):
    assert [text[mark.start : mark.end] for mark in personal_marks(text)] == []


def test_marks_lie_apart_in_order_and_within_the_text():
    text = " ".join(AROUND[0].format(secret) for secrets in PLANTED.values() for secret in secrets)
    marks = personal_marks(text)
    assert all(one.end <= other.start for one, other in zip(marks, marks[1:], strict=False))
    assert {mark.kind for mark in marks} == set(KINDS)
    assert personal_marks("") == []
