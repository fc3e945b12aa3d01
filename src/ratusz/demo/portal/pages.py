"""Sections and guides of the demo city's portal. Contact data are examples; no private person is named."""

from __future__ import annotations

from .writing import bullets, call, contact, heading, questions, steps, table, text

INFORMATION_POINT = contact(
    "Punkt informacyjny",
    "pierwsza pomoc w każdej sprawie",
    phone="32 555 01 00",
    email="punkt@ratusz.example",
    hours="poniedziałek–środa 7.30–15.30\nczwartek 7.30–18.00\npiątek 7.30–13.00",
    address="ul. Młyńska 4, parter\n40-098 Katowice",
)
COMMUNICATION = contact(
    "Wydział Komunikacji Społecznej",
    "konsultacje, Budżet Obywatelski, ten portal",
    phone="32 555 01 44",
    email="komunikacja@ratusz.example",
    hours="poniedziałek–piątek 7.30–15.30",
    address="Rynek 13\n40-003 Katowice",
)
PRESS = contact(
    "Biuro prasowe",
    "dziennikarki i dziennikarze",
    phone="32 555 01 60",
    email="prasa@ratusz.example",
    hours="poniedziałek–piątek 7.30–18.00\ndyżur telefoniczny w weekendy",
)

SECTIONS = [
    {
        "slug": "sprawy",
        "title": "Sprawy mieszkańców",
        "lead": "Co można załatwić i jak. Zaczynamy od tego, o co pytacie najczęściej.",
        "body": [],
        "pages": [
            {
                "slug": "inicjatywa-lokalna",
                "title": "Inicjatywa lokalna krok po kroku",
                "lead": "Masz pomysł na wspólne działanie i jesteście gotowi zrobić coś sami? Miasto może dołożyć materiały, sprzęt i pieniądze.",
                "body": [
                    text(
                        "Inicjatywa lokalna to umowa: mieszkańcy dają pracę albo rzeczy, miasto daje resztę. Nie ma tu głosowania, wniosek ocenia komisja."
                    ),
                    steps(
                        ("Zbierz grupę", "Wystarczą dwie osoby. Możecie też działać przez organizację pozarządową."),
                        ("Opisz, co chcecie zrobić", "Gdzie, po co, kto pomoże, czego brakuje. Jedna strona wystarczy."),
                        ("Złóż wniosek", "Przez internet, pocztą albo w punkcie informacyjnym. Pomożemy go wypełnić."),
                        ("Poczekaj na ocenę", "Komisja odpowiada w ciągu miesiąca. Gdy czegoś brakuje, zadzwonimy."),
                        (
                            "Podpisz umowę i działajcie",
                            "Umowa mówi, kto co robi i do kiedy. Na końcu krótko opisujecie, co się udało.",
                        ),
                    ),
                    heading("Częste pytania"),
                    questions(
                        (
                            "Czym to się różni od Budżetu Obywatelskiego?",
                            "W Budżecie Obywatelskim miasto wykonuje projekt za mieszkańców, a o wyborze decyduje głosowanie. W inicjatywie lokalnej pracujecie razem z miastem.",
                        ),
                        (
                            "Czy trzeba mieć własne pieniądze?",
                            "Nie. Wkładem może być praca: malowanie, sadzenie, prowadzenie zajęć.",
                        ),
                        (
                            "Na czyim terenie można działać?",
                            "Na terenie miasta. Jeśli grunt ma innego właściciela, potrzebna jest jego zgoda.",
                        ),
                    ),
                    COMMUNICATION,
                ],
            },
            {
                "slug": "rada-dzielnicy",
                "title": "Rada dzielnicy: po co jest i jak w niej działać",
                "lead": "Rada dzielnicy mówi miastu, czego potrzebuje okolica. Jej posiedzenia są otwarte.",
                "body": [
                    text(
                        "Katowice mają 22 dzielnice. W prawie nazywają się jednostkami pomocniczymi.",
                        "Radę wybierają mieszkańcy dzielnicy. Rada wybiera zarząd i przewodniczącego.",
                    ),
                    heading("Co może rada"),
                    bullets(
                        "opiniować plany miasta dla dzielnicy",
                        "zgłaszać potrzeby: remonty, przejścia, zieleń, zajęcia",
                        "prowadzić własne działania z pieniędzy, które dostaje od miasta",
                        "pomagać mieszkańcom w pisaniu projektów",
                    ),
                    heading("Jak się włączyć"),
                    steps(
                        ("Znajdź swoją dzielnicę", 'Wybierz ją na stronie <a href="/dzielnice/">Dzielnice</a>.'),
                        ("Przyjdź na posiedzenie", "Nie trzeba się zapisywać. Na początku jest czas na pytania mieszkańców."),
                        ("Napisz do rady", "List przyjmie punkt informacyjny i przekaże go dalej."),
                    ),
                    call("Znajdź swoją dzielnicę", "/dzielnice/"),
                ],
            },
            {
                "slug": "petycja-skarga-wniosek",
                "title": "Petycja, skarga, wniosek: co wybrać",
                "lead": "Trzy pisma, trzy różne cele. Nie musisz znać nazwy: liczy się treść.",
                "body": [
                    table(
                        "Czym różnią się pisma",
                        "Pismo;Kiedy;Kiedy odpowiemy",
                        "petycja;chcesz zmiany ważnej dla wielu osób;najdłużej w ciągu 3 miesięcy",
                        "skarga;ktoś w Urzędzie źle zajął się sprawą;najdłużej w ciągu miesiąca",
                        "wniosek;masz pomysł, co poprawić;najdłużej w ciągu miesiąca",
                        "wniosek o informację publiczną;chcesz się czegoś dowiedzieć;najdłużej w ciągu 14 dni",
                    ),
                    text("Jeśli źle nazwiesz pismo, nic się nie stanie. Przekażemy je tam, gdzie trzeba, i damy Ci znać."),
                    INFORMATION_POINT,
                ],
            },
        ],
    },
    {
        "slug": "jak-konsultujemy",
        "show_in_menus": False,
        "title": "Jak konsultujemy",
        "lead": "Zanim miasto coś postanowi, pyta mieszkańców. Tu opisujemy, o co można zapytać i co się dzieje z odpowiedziami.",
        "body": [
            text("Konsultacje nie są głosowaniem. Liczy się powód, który podajesz, a nie liczba takich samych uwag."),
            heading("Co obiecujemy"),
            bullets(
                "Mówimy od razu, co można zmienić, a czego już nie.",
                "Uwagi przyjmujemy przez internet, na papierze i na spotkaniach. Każda forma waży tyle samo.",
                "Na każdą uwagę odpowiadamy i podajemy powód.",
                "Po wszystkim piszemy, co się zmieniło.",
            ),
            call("Zobacz, o co pytamy teraz: skwer przy ul. Gliwickiej", "/aktualnosci/skwer-przy-gliwickiej/"),
        ],
        "pages": [
            {
                "slug": "jak-zglosic-uwage",
                "title": "Jak zgłosić dobrą uwagę",
                "lead": "Dobra uwaga mówi, co zmienić, gdzie i dlaczego. Wystarczą trzy zdania.",
                "body": [
                    steps(
                        ("Powiedz, czego dotyczy", "Wskaż miejsce na mapie, punkt dokumentu albo ulicę."),
                        ("Napisz, co zmienić", "Jedna zmiana w jednej uwadze. Łatwiej wtedy odpowiedzieć."),
                        ("Podaj powód", "Co się teraz dzieje? Komu to przeszkadza albo pomaga?"),
                    ),
                    questions(
                        (
                            "Czy muszę podać nazwisko?",
                            "Nie. Adres e-mail albo telefon podajesz tylko wtedy, gdy chcesz dostać odpowiedź.",
                        ),
                        ("Czy mogę zmienić zdanie?", "Tak, do końca konsultacji. Wystarczy podać numer uwagi."),
                    ),
                ],
            },
        ],
    },
    {
        "slug": "urzad",
        "title": "Urząd",
        "lead": "Kto czym się zajmuje, jak działamy i gdzie nas znaleźć.",
        "body": [],
        "pages": [
            {
                "slug": "wydzial-komunikacji-spolecznej",
                "title": "Wydział Komunikacji Społecznej",
                "lead": "Mówimy, co robi miasto, i słuchamy, co mówią mieszkańcy.",
                "body": [
                    bullets(
                        "Pytamy Cię o zdanie: w konsultacjach i w Budżecie Obywatelskim.",
                        "Odpowiadamy na pytania redakcji i dbamy o ten portal.",
                        "Wydajemy gazetę miasta i newsletter.",
                        "Dbamy o to, żeby Prezydent spotkał się z każdą dzielnicą.",
                    ),
                    COMMUNICATION,
                    PRESS,
                ],
            },
            {
                "slug": "jak-piszemy",
                "title": "Jak piszemy: prosty język w Urzędzie",
                "lead": "Piszemy tak, żeby wystarczyło przeczytać raz. Pilnuje tego program, a na końcu człowiek.",
                "body": [
                    bullets(
                        "Najpierw to, co możesz zrobić i do kiedy. Podstawa prawna na końcu.",
                        "Krótkie zdania, zwykle do 15 słów.",
                        "Czasowniki zamiast rzeczowników: „sprawdzimy”, nie „dokonamy sprawdzenia”.",
                        "Trudne słowo wyjaśniamy od razu albo w słowniku.",
                    ),
                    call("Otwórz słownik", "/slownik/"),
                ],
            },
        ],
    },
]

BUDGET_GUIDE = {
    "slug": "jak-dziala-budzet-obywatelski",
    "title": "Jak działa Budżet Obywatelski",
    "lead": "Mieszkańcy zgłaszają projekty, mieszkańcy wybierają, miasto wykonuje. Tu jest cała droga, od pomysłu do ławki.",
    "body": [
        heading("Pięć kroków"),
        steps(
            ("Pomysł", "Każda osoba, która mieszka w Katowicach, może zgłosić projekt. Wiek nie ma znaczenia."),
            (
                "Sprawdzenie",
                "Wydziały sprawdzają, czy projekt da się wykonać: czyj jest teren, ile to kosztuje, czy pozwala na to prawo.",
            ),
            ("Głosowanie", "Rozdzielasz punkty między projekty swojej dzielnicy i osobno między projekty ogólnomiejskie."),
            (
                "Liczenie",
                "Idziemy od największej liczby punktów. Projekt, na który starcza pieniędzy, wygrywa. Droższy niż reszta puli pomijamy.",
            ),
            ("Wykonanie", "Miasto robi to, co wygrało, zwykle w następnym roku."),
        ),
        heading("Dwie pule"),
        text(
            "Każda dzielnica ma własną pulę. Obok jest pula ogólnomiejska na to, co służy wszystkim. Projekt zgłasza się do jednej z nich."
        ),
        heading("Dlaczego mój projekt nie wygrał?"),
        text(
            "Na stronie wyników przy każdym projekcie stoi powód. Najczęściej zabrakło pieniędzy: projekt kosztował więcej, niż zostało w puli, gdy przyszła jego kolej.",
            "Czasem projekt z mniejszą liczbą punktów dostaje pieniądze, bo był tańszy i jeszcze się zmieścił.",
        ),
        call("Zobacz wyniki głosowań", "/budzet-obywatelski/"),
        questions(
            ("Czy trzeba być zameldowanym?", "Nie. Trzeba mieszkać w Katowicach."),
            ("Czy dzieci mogą głosować?", "Tak. Najmłodszym pomaga rodzic albo opiekun."),
            ("Czy mój głos jest tajny?", "Tak. Nikt nie zobaczy, na co głosujesz, także Urząd."),
        ),
    ],
}
