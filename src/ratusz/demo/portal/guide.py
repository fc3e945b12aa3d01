"""The civic guide of the demo city: six ways to act, step by step."""

from __future__ import annotations

from .pages import COMMUNICATION, INFORMATION_POINT
from .writing import bullets, call, contact, heading, questions, steps, text

PRESIDENTS_OFFICE = contact(
    "Kancelaria Prezydenta Miasta",
    "zapisy na spotkanie z Prezydentem",
    phone="32 555 01 20",
    email="kancelaria@ratusz.example",
    hours="poniedziałek–piątek 7.30–15.30",
    address="ul. Młyńska 4, pokój 210\n40-098 Katowice",
)
COUNCIL_OFFICE = contact(
    "Biuro Rady Miasta",
    "projekty uchwał od mieszkańców",
    phone="32 555 01 30",
    email="rada@ratusz.example",
    hours="poniedziałek–piątek 7.30–15.30",
    address="ul. Młyńska 4, pokój 115\n40-098 Katowice",
)

SECTION = {
    "slug": "jak-dzialac",
    "title": "Jak działać w mieście",
    "lead": "Chcesz coś zmienić w okolicy albo w całym mieście? Wybierz sposób. Przy każdym widać, co trwa teraz.",
    "body": [],
}

PAGES = [
    {
        "slug": "konsultacje-krok-po-kroku",
        "title": "Powiedz, co myślisz: konsultacje",
        "lead": "Miasto pyta o zdanie, zanim zdecyduje. Piszesz, przychodzisz albo dzwonisz, a potem czytasz, co z tego wyszło.",
        "process": "consultations",
        "body": [
            text("Konsultacje są dla wszystkich mieszkańców. Nie musisz mieć konta ani znać przepisów."),
            steps(
                ("Sprawdź, o co pytamy", 'Trwające sprawy są w temacie <a href="/tematy/konsultacje/">Konsultacje</a>.'),
                ("Przeczytaj jedną stronę", "Na początku jest napisane, co można jeszcze zmienić, a czego już nie."),
                ("Napisz uwagę", "Przez formularz, pocztą albo w punkcie informacyjnym. Wystarczą dwa zdania."),
                (
                    "Przyjdź na spotkanie",
                    "Nie trzeba się zapisywać. Jest tłumacz języka migowego, jeśli zgłosisz to trzy dni wcześniej.",
                ),
                ("Przeczytaj raport", "Przy każdej uwadze stoi odpowiedź: tak, nie albo częściowo, i powód."),
            ),
            questions(
                (
                    "Czy miasto musi zrobić to, co napiszę?",
                    "Nie. Musi przeczytać każdą uwagę i powiedzieć, dlaczego jej nie przyjęło.",
                ),
                ("Czy mogę nie podawać nazwiska?", "Tak. Adres e-mail wystarczy, żebyśmy mogli przysłać odpowiedź."),
            ),
            COMMUNICATION,
        ],
    },
    {
        "slug": "projekt-uchwaly-od-mieszkancow",
        "title": "Napisz uchwałę: inicjatywa mieszkańców",
        "lead": "Mieszkańcy mogą sami napisać projekt uchwały. Rada Miasta musi się nim zająć.",
        "process": "initiative",
        "body": [
            text("Uchwała to decyzja Rady Miasta. Zwykle pisze ją Prezydent albo radni. Możesz ją napisać także Ty z sąsiadami."),
            heading("Jak to zrobić"),
            steps(
                ("Załóżcie komitet", "To grupa osób, która prowadzi sprawę. Wybierzcie, kto będzie ją przedstawiał na sesji."),
                (
                    "Napiszcie projekt",
                    "Co ma się zmienić, od kiedy i ile to kosztuje. Prawnik Urzędu sprawdzi formę, treść zostaje Wasza.",
                ),
                ("Zbierzcie podpisy", "Podpisują osoby, które mogą głosować w wyborach do Rady Miasta."),
                ("Złóżcie projekt", "W Biurze Rady Miasta. Dostaniecie potwierdzenie z numerem."),
                ("Przyjdźcie na sesję", "Wasza osoba przedstawia projekt i odpowiada na pytania. Potem Rada głosuje."),
            ),
            heading("O czym nie może być projekt"),
            bullets("o tym, co należy tylko do Prezydenta, na przykład o budżecie miasta", "o sprawie jednej osoby"),
            call("Zacznij inicjatywę przez internet", "/inicjatywy-uchwalodawcze/zawiadomienie/"),
            COUNCIL_OFFICE,
        ],
    },
    {
        "slug": "wysluchanie-publiczne-krok-po-kroku",
        "title": "Powiedz radnym, co myślisz: wysłuchanie publiczne",
        "lead": "Gdy uchwała jest ważna, Rada może zaprosić mieszkańców do rozmowy o projekcie. Możesz mówić albo napisać opinię.",
        "process": "hearing",
        "body": [
            steps(
                ("Przeczytaj projekt", "Jest na stronie wysłuchania razem z opiniami innych osób."),
                ("Zgłoś się do głosu", "Najpóźniej dzień wcześniej. Kolejność mówców to kolejność zgłoszeń."),
                ("Albo napisz opinię", "Autor projektu odpowie na każdą. Radni przeczytają jedno i drugie przed głosowaniem."),
                ("Sprawdź, co z tego wyszło", "Na stronie jest protokół, teczka dla radnych i wynik głosowania."),
            ),
            call("Wszystkie wysłuchania", "/wysluchania-publiczne/"),
            COUNCIL_OFFICE,
        ],
    },
    {
        "slug": "debata-o-stanie-gminy-krok-po-kroku",
        "title": "Zabierz głos na sesji: debata o stanie gminy",
        "lead": "Raz w roku Prezydent mówi, co miasto zrobiło. W tej debacie mogą mówić mieszkańcy.",
        "process": "debate",
        "body": [
            steps(
                ("Przeczytaj raport", "Ma być gotowy do końca maja."),
                ("Zbierz podpisy", "Formularz z miejscem na podpisy wydrukujesz ze strony debaty. Potrzeba 50 podpisów."),
                ("Złóż zgłoszenie", "Najpóźniej w dniu przed sesją. Kto pierwszy, ten pierwszy mówi."),
                ("Przyjdź na sesję", "Mówi 15 osób, chyba że Rada zgodzi się na więcej."),
            ),
            call("Debaty o stanie gminy", "/debata-o-stanie-gminy/"),
            COUNCIL_OFFICE,
        ],
    },
    {
        "slug": "spotkanie-z-prezydentem",
        "title": "Porozmawiaj z Prezydentem Miasta",
        "lead": "Prezydent przyjmuje mieszkańców w sprawach skarg i wniosków. Spotkanie trwa kwadrans i kończy się decyzją, kto co zrobi.",
        "process": "reception",
        "body": [
            steps(
                ("Zadzwoń albo napisz", "Powiedz jednym zdaniem, w jakiej sprawie chcesz przyjść."),
                ("Przygotuj kartkę", "Co się stało, co już było załatwiane i czego oczekujesz."),
                ("Przyjdź kwadrans wcześniej", "Możesz zabrać kogoś bliskiego. Na życzenie będzie tłumacz języka migowego."),
                ("Zachowaj notatkę", "Na końcu dostaniesz numer sprawy, nazwę komórki i termin odpowiedzi."),
            ),
            text(
                "Nie możesz przyjść w godzinach pracy? Raz w tygodniu przyjmujemy po południu. Możesz też napisać skargę albo wniosek."
            ),
            call("Petycja, skarga czy wniosek?", "/sprawy/petycja-skarga-wniosek/"),
            PRESIDENTS_OFFICE,
        ],
    },
    {
        "slug": "budzet-obywatelski-krok-po-kroku",
        "title": "Zgłoś projekt: Budżet Obywatelski",
        "lead": "Mieszkańcy decydują o części pieniędzy miasta. Jedni piszą projekty, wszyscy głosują.",
        "process": "budget",
        "body": [
            steps(
                ("Wymyśl projekt", "Plac zabaw, drzewa, zajęcia, spotkania. Ma służyć wielu osobom i stać na terenie miasta."),
                ("Wypełnij wniosek", "Nazwa, miejsce, opis, koszt. Pomożemy policzyć koszt."),
                ("Zbierz podpisy", "Tyle osób, ile mówi regulamin tej edycji. Podpis może złożyć każdy z dzielnicy."),
                ("Poczekaj na ocenę", "Sprawdzamy, czy projekt da się wykonać. Gdy czegoś brakuje, zadzwonimy."),
                ("Głosuj", "Trzy punkty na dzielnicę i trzy na całe miasto."),
            ),
            call("Wszystkie edycje i wyniki", "/budzet-obywatelski/"),
            INFORMATION_POINT,
        ],
    },
]
