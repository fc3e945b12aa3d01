"""Fixed pages of the demo city's portal: contact, declaration, privacy, easy-to-read text, sign language; and the English ones."""

from __future__ import annotations

from datetime import date

from .pages import COMMUNICATION, INFORMATION_POINT, PRESS
from .writing import bullets, contact, heading, idea, sign_language, steps, text

HOME_LEADS = {
    "pl": "Sprawdź, co jest teraz otwarte, co słychać w Twojej dzielnicy i jak porozmawiać z człowiekiem.",
    "en": "See what is open now, what happens in your district and how to talk to a person.",
}
REACH_US = [INFORMATION_POINT, COMMUNICATION, PRESS]
REACH_US_ENGLISH = [
    contact("Information point", "first help in any matter, also in English", "32 555 01 00", "punkt@ratusz.example",
            "Monday–Wednesday 7.30–15.30\nThursday 7.30–18.00\nFriday 7.30–13.00", "ul. Młyńska 4, ground floor\n40-098 Katowice"),
    contact("Department of Social Communication", "consultations, participatory budget, this portal", "32 555 01 44", "komunikacja@ratusz.example",
            "Monday–Friday 7.30–15.30", "Rynek 13\n40-003 Katowice"),
]  # fmt: skip

DECLARATION = {
    "slug": "deklaracja-dostepnosci",
    "title": "Deklaracja dostępności",
    "lead": "",
    "body_name": "Urząd Miasta Katowice",
    "site_name": "Portal miasta Katowice",
    "site_address": "https://katowice.example/",
    "published_date": date(2026, 10, 2),
    "updated_date": date(2026, 11, 23),
    "status": "partial",
    "inaccessible_content": (
        "<ul><li>Część map ma tylko opis słowny: kształtów granic nie da się odczytać czytnikiem ekranu. Wszystkie dane z map są też w tabelach.</li>"
        "<li>Nagrania w PJM są na razie w przygotowaniu; do tego czasu każde jest zastąpione tekstem łatwym do czytania.</li></ul>"
    ),
    "drawn_up_date": date(2026, 11, 2),
    "reviewed_date": date(2026, 11, 23),
    "method": "<p>Deklarację sporządzono na podstawie samooceny przeprowadzonej przez podmiot publiczny.</p>",
    "conveniences": (
        "<ul><li>Jasny i ciemny wygląd dobiera się sam, według ustawień urządzenia.</li>"
        "<li>Tekst można powiększyć do 400 procent bez przewijania w bok.</li><li>Strony działają bez skryptów i bez ciasteczek.</li></ul>"
    ),
    "contact_unit": "Wydział Komunikacji Społecznej",
    "contact_email": "dostepnosc@ratusz.example",
    "contact_phone": "32 555 01 45",
    "architecture": (
        "<p>Punkt informacyjny, ul. Młyńska 4: wejście bez progu, drzwi otwierane przyciskiem, toaleta dla osób na wózkach na parterze, "
        "dwa miejsca parkingowe przy wejściu. Można wejść z psem asystującym.</p><p>Wydział Komunikacji Społecznej, Rynek 13: winda z sygnałem głosowym, "
        "szerokość drzwi 90 cm.</p>"
    ),
    "communication": (
        "<p>W środy od 9 do 13 w punkcie informacyjnym jest tłumacz PJM; w inne dni łączymy się z nim przez internet. "
        "Jest przenośna pętla indukcyjna. Na prośbę przygotujemy pismo w większym druku, w tekście łatwym do czytania albo jako nagranie.</p>"
    ),
}

PRIVACY = {
    "slug": "prywatnosc",
    "title": "Prywatność",
    "lead": "Czytanie portalu niczego o Tobie nie zapisuje. Dane podajesz tylko wtedy, gdy coś załatwiasz.",
    "body_intro": (
        "<p>Administratorem danych jest Prezydent Miasta. Inspektor ochrony danych odpowiada pod adresem iod@ratusz.example.</p>"
        "<p>Masz prawo zobaczyć swoje dane, poprawić je, a w wielu sprawach także usunąć. Możesz się poskarżyć do Prezesa Urzędu Ochrony Danych Osobowych.</p>"
    ),
    "clauses": [
        ("Czytanie portalu", "nie przetwarzamy danych, które pozwalają Cię rozpoznać", "nie dotyczy",
         "<p>Portal nie zapisuje ciasteczek przy czytaniu i nie pyta innych stron o nic. Adres urządzenia jest w dzienniku technicznym przez 7 dni, potem go skracamy.</p>"),
        ("Sprawdzanie po numerze", "art. 6 ust. 1 lit. e RODO", "24 godziny",
         "<p>Żeby nikt nie zgadywał numerów, liczymy próby z jednego połączenia. Zapisujemy tylko skrót, z którego nie da się odczytać adresu.</p>"),
        ("Budżet Obywatelski i konsultacje", "art. 6 ust. 1 lit. c i e RODO; art. 5a ustawy o samorządzie gminnym", "do końca sporów o wynik, a potem tyle, ile każe archiwum",
         "<p>Potrzebujemy danych, żeby sprawdzić, czy mieszkasz w mieście i czy głosujesz raz. Twój wybór jest oddzielony od Twoich danych.</p>"),
    ],
}  # fmt: skip

EASY_TO_READ = {
    "slug": "etr",
    "title": "Urząd w tekście łatwym do czytania",
    "lead": "",
    "ideas": [
        ("heading", {"text": "Co to jest Urząd Miasta?", "level": "h2"}),
        idea("Urząd Miasta to miejsce.", "W Urzędzie pracują ludzie.", "Ci ludzie pomagają mieszkańcom Katowic."),
        idea("Urzędem kieruje Prezydent Miasta.", "Prezydenta wybierają mieszkańcy."),
        ("heading", {"text": "Jak możemy Ci pomóc?", "level": "h2"}),
        idea("Możesz do nas przyjść.", "Nasz adres to: ulica Młyńska 4.", "Na parterze jest punkt informacyjny."),
        idea("Możesz do nas zadzwonić.", "Numer telefonu to: 32 555 01 00."),
        idea("Możesz przyjść z kimś bliskim.", "Możesz przyjść z psem asystującym."),
        idea("Używasz języka migowego?", "W środę od godziny 9 do godziny 13 jest u nas tłumacz."),
        ("heading", {"text": "Co to jest ten portal?", "level": "h2"}),
        idea(
            "Portal to strona w internecie.",
            "Na portalu piszemy, co robi miasto.",
            "Możesz tu sprawdzić, co jest w Twojej dzielnicy.",
        ),
        idea("Portal nie zapisuje, co czytasz."),
        INFORMATION_POINT,
    ],
}

SIGN_LANGUAGE = {
    "slug": "pjm",
    "title": "Polski język migowy (PJM)",
    "lead": "Czym zajmuje się Urząd i jak spotkać się z tłumaczem.",
    "recordings": [
        sign_language(
            "Czym zajmuje się Urząd Miasta", "/etr/", "nagranie w przygotowaniu",
            "Urząd Miasta pomaga mieszkańcom Katowic. Prowadzi szkoły, drogi, zieleń, pomoc społeczną i wiele innych spraw.",
            "Tłumacz języka migowego jest w punkcie informacyjnym w każdą środę od 9 do 13. Nie trzeba się zapisywać.",
        ),
        contact("Tłumacz PJM", "spotkanie na miejscu albo przez internet", email="pjm@ratusz.example", hours="środa 9.00–13.00 na miejscu\nw inne dni po umówieniu"),
    ],
}  # fmt: skip

CONTACT = {
    "slug": "kontakt",
    "title": "Kontakt",
    "lead": "Napisz, zadzwoń albo przyjdź. Odpowiada jednostka, nie przypadek: przy każdej jest napisane, w czym pomaga.",
    "contacts": [
        *REACH_US,
        contact(
            "Sekretariat Prezydenta", "spotkania Prezydenta z mieszkańcami", phone="32 555 01 10", email="prezydent@ratusz.example"
        ),
        contact(
            "Koordynator do spraw dostępności",
            "bariery w budynkach i na stronach",
            phone="32 555 01 45",
            email="dostepnosc@ratusz.example",
        ),
        contact("Inspektor ochrony danych", "Twoje dane osobowe", email="iod@ratusz.example"),
    ],
}

ENGLISH = {
    "guide": {
        "slug": "participatory-budget",
        "title": "How the participatory budget works",
        "lead": "Residents propose projects, residents choose, the city builds. Results of every year are public.",
        "body": [
            steps(
                ("Propose", "Anybody who lives in Katowice may propose a project. Age and citizenship do not matter."),
                ("Check", "The city checks the land, the cost and the law."),
                ("Vote", "You share your points among projects of your district and of the whole city."),
                ("Count", "Projects with most points get money one after another until the pool is empty."),
                ("Build", "The city does what was chosen, and shows the progress."),
            ),
            heading("Do I need to be registered?"),
            text("No. It is enough that you live in Katowice."),
        ],
    },
    "office": {
        "slug": "the-office",
        "title": "The Office in short",
        "lead": "Who helps you, in which matters, and in which languages.",
        "body": [
            bullets(
                "The information point helps in Polish and English.",
                "You may bring a person who interprets for you.",
                "A letter in English gets an answer in English.",
            )
        ],
    },
    "contact": {"slug": "contact", "title": "Contact", "lead": "Write, call or come in person.", "contacts": REACH_US_ENGLISH},
    "easy": {
        "slug": "easy-to-read",
        "title": "Easy-to-read information",
        "lead": "",
        "ideas": [
            idea("This is the website of the city of Katowice.", "You can read here what the city does."),
            idea("Do you need help?", "Come to ulica Młyńska 4.", "Or call 32 555 01 00."),
        ],
    },
    "sign": {
        "slug": "sign-language",
        "title": "Polish Sign Language (PJM)",
        "lead": "How to meet an interpreter.",
        "recordings": [
            contact(
                "Interpreter",
                "in person or online",
                email="pjm@ratusz.example",
                hours="Wednesday 9.00–13.00 in person\nother days by appointment",
            )
        ],
    },
    "privacy": {
        "slug": "privacy",
        "title": "Privacy",
        "lead": "Reading this portal stores nothing about you.",
        "body_intro": "<p>The controller is the President of the City. The data protection officer answers at iod@ratusz.example.</p>",
        "clauses": [
            (
                "Reading the portal",
                "no data that could identify you",
                "not applicable",
                "<p>No cookies, no third parties. Addresses in the technical log are cut after 7 days.</p>",
            ),
            (
                "Checking a number",
                "art. 6(1)(e) GDPR",
                "24 hours",
                "<p>Tries from one connection are counted by a keyed fingerprint, so that numbers cannot be guessed.</p>",
            ),
        ],
    },
}
