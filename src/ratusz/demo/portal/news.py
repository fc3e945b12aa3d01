"""News of the demo city. Believable, harmless and made up, except what they say about this program itself."""

from __future__ import annotations

from datetime import date, time

from .writing import bullets, call, heading, questions, quote, table, text

NEWS = [
    {
        "slug": "skwer-przy-gliwickiej",
        "title": "Jaki ma być skwer przy ul. Gliwickiej? Napisz, zanim powstanie projekt",
        "day": date(2026, 11, 24),
        "dates": [
            {"title": "Uwagi do skweru przy ul. Gliwickiej", "since": 3, "for_days": 19, "deed": "Zobacz, jak zgłosić uwagę"}
        ],
        "districts": (7,),
        "lead": "Mamy 1 200 m² i pieniądze na zieleń. Nie wiemy jeszcze, co tam ma stanąć. O tym zdecydują uwagi z Załęża.",
        "body": [
            heading("O co pytamy"),
            bullets(
                "Czy skwer ma być cichy, czy do zabawy?",
                "Gdzie potrzebny jest cień i ile ławek?",
                "Czy przejście na skos zostaje?",
            ),
            heading("Czego nie da się zmienić"),
            text("Zostają wszystkie zdrowe drzewa i dojazd do garaży. Na skwerze nie będzie parkingu."),
            heading("Jak zgłosić uwagę"),
            bullets(
                "Napisz na adres komunikacja@ratusz.example.",
                "Przynieś kartkę do punktu informacyjnego przy ul. Młyńskiej 4. Formularz leży też w filii biblioteki w Załężu.",
                "Zadzwoń pod numer 32 555 01 44. Zapiszemy uwagę i odczytamy ją Tobie.",
            ),
            text(
                "Każda forma liczy się tak samo. Po zamknięciu pokażemy wszystkie uwagi i napiszemy przy każdej, co z niej wynikło."
            ),
        ],
    },
    {
        "slug": "wyniki-z-powodem-przy-kazdym-projekcie",
        "title": "Dlaczego ten projekt wygrał, a tamten nie? Wyniki z lat 2020–2023 z powodem przy każdym",
        "day": date(2026, 11, 23),
        "districts": (),
        "lead": "Na stronach wyników jest 1 071 projektów z czterech edycji Budżetu Obywatelskiego. Przy każdym stoi, czemu dostał pieniądze albo czemu nie.",
        "body": [
            text(
                "Na przykład: „nie zmieścił się w pozostałej puli: zostało 499 999 zł, koszt 700 000 zł”.",
                "Każdą dzielnicę i każdą pulę ogólnomiejską pokazujemy osobno: ile było pieniędzy, na co poszły i ile zostało.",
            ),
            heading("Co tu jest prawdziwe, a co zmyślone"),
            bullets(
                "Nazwy projektów, koszty, punkty, liczby osób i to, kto wygrał, to dane ogłoszone w latach 2020–2023.",
                "Pojedyncze karty do głosowania są w tym pokazie zmyślone. Ułożyliśmy je tak, żeby dawały dokładnie ogłoszone sumy punktów i osób. Nikt ich nie oddał.",
                "Powody przy projektach wynikają z ogłoszonych punktów i kosztów oraz z zasad liczenia.",
            ),
            heading("Jak sprawdzić rachunek"),
            text(
                "Na stronie każdej puli można pobrać karty, zasady i wynik w jednym pakiecie. Obok jest mały, osobny program, który liczy to samo bez naszego udziału.",
            ),
            call("Zobacz wyniki", "/budzet-obywatelski/"),
        ],
    },
    {
        "slug": "swiatla-na-rynku",
        "title": "Światła na Rynku zapalimy w niedzielę 6 grudnia",
        "dates": [{"title": "Zapalenie świateł na Rynku", "first_day": date(2026, 12, 6), "time": time(16, 30)}],
        "day": date(2026, 11, 20),
        "districts": (1,),
        "lead": "Początek o godz. 16.30. Tramwaje przez Rynek pojadą bez zmian, a ulica Młyńska będzie tego dnia zamknięta dla samochodów.",
        "body": [
            text(
                "Zapraszamy z dziećmi i bez. Nie będzie fajerwerków ani głośnych wystrzałów: to ważne dla zwierząt i dla wielu z nas."
            ),
            heading("Jak dojechać"),
            bullets(
                "Tramwajem lub autobusem do przystanku Katowice Rynek.",
                "Rowerem: stojaki są przy ulicy Młyńskiej i przy Bulwarze Rawy.",
                "Samochodem tylko do parkingów przesiadkowych; dalej komunikacją z biletem parkingowym.",
            ),
            heading("Dostępność"),
            text("Przy scenie wydzielimy miejsce dla osób na wózkach. Zapowiedzi będą tłumaczone na polski język migowy."),
        ],
    },
    {
        "slug": "sliskie-chodniki",
        "title": "Ślisko na chodniku? Sprawdź, kto odśnieża i gdzie to zgłosić",
        "day": date(2026, 11, 18),
        "districts": (),
        "lead": "Za chodnik zwykle odpowiada ten, do czyjej nieruchomości on przylega. Są jednak ważne wyjątki.",
        "body": [
            table(
                "Kto odśnieża chodnik",
                "Gdzie jest chodnik;Kto odśnieża;Gdzie zgłosić",
                "przy domu lub bloku, bez pasa zieleni;właściciel albo zarządca;do zarządcy",
                "oddzielony trawnikiem od nieruchomości;miasto;do punktu informacyjnego",
                "przy płatnym parkingu na chodniku;miasto;do punktu informacyjnego",
                "przystanek;miasto;do punktu informacyjnego",
            ),
            heading("Co powiedzieć, gdy dzwonisz"),
            bullets(
                "gdzie to jest: ulica i najbliższy numer", "od kiedy jest ślisko", "czy ktoś się przewrócił i potrzebuje pomocy"
            ),
            text("Gdy ktoś jest ranny, najpierw zadzwoń pod numer 112."),
        ],
    },
    {
        "slug": "punkt-informacyjny-dluzej",
        "title": "Punkt informacyjny w czwartki do godz. 18",
        "day": date(2026, 11, 16),
        "districts": (),
        "lead": "Od 3 grudnia 2026 r. dłużej pomagamy w sprawach, które łatwiej załatwić po pracy.",
        "body": [
            table(
                "Godziny punktu informacyjnego od 3 grudnia 2026 r.",
                "Dzień;Godziny",
                "poniedziałek, wtorek, środa;7.30–15.30",
                "czwartek;7.30–18.00",
                "piątek;7.30–13.00",
            ),
            text("Nie trzeba się umawiać. Ostatnią osobę przyjmujemy na 15 minut przed zamknięciem."),
        ],
    },
    {
        "slug": "tlumacz-jezyka-migowego",
        "title": "Tłumacz języka migowego w Urzędzie w każdą środę",
        "day": date(2026, 11, 12),
        "districts": (),
        "lead": "W środy od 9 do 13 tłumacz polskiego języka migowego jest na miejscu. W inne dni łączymy się z nim przez internet.",
        "body": [
            text(
                "Tłumacz pomaga za darmo, także przy wypełnianiu wniosków. Nie trzeba się zapisywać.",
                "Jeśli wolisz inny termin, napisz do nas trzy dni robocze wcześniej.",
            ),
            call("Zobacz stronę w PJM", "/pjm/"),
        ],
    },
    {
        "slug": "elektroodpady-w-dzielnicach",
        "title": "Stary czajnik oddasz blisko domu. Terminy do końca roku",
        "day": date(2026, 11, 9),
        "dates": [
            {"title": "Zbiórka sprzętu: Tysiąclecia i Witosa", "first_day": date(2026, 11, 28), "time": time(9)},
            {"title": "Zbiórka sprzętu: Szopienice i Giszowiec", "first_day": date(2026, 12, 5), "time": time(9)},
            {"title": "Zbiórka sprzętu: Ochojec", "first_day": date(2026, 12, 12), "time": time(9)},
        ],
        "districts": (8, 9, 15, 17, 19),
        "lead": "W pięciu dzielnicach stanie samochód zbierający zużyty sprzęt, baterie i żarówki.",
        "body": [
            table(
                "Kiedy i gdzie oddać sprzęt",
                "Dzielnica;Data;Miejsce",
                "Osiedle Tysiąclecia;28 listopada;parking przy ul. Chrobrego",
                "Osiedle Witosa;28 listopada;plac przy ul. Kwiatkowskiego",
                "Szopienice-Burowiec;5 grudnia;plac Ogród Dworcowy",
                "Giszowiec;5 grudnia;plac Pod Lipami",
                "Piotrowice-Ochojec;12 grudnia;parking przy ul. Fabrycznej",
            ),
            text("Samochód czeka od godz. 9 do 14. Przyjmujemy tylko sprzęt z domów, nie z firm."),
        ],
    },
    {
        "slug": "warsztaty-dobry-projekt",
        "title": "Jak napisać dobry projekt? Spotkania w Murckach, Giszowcu i Szopienicach",
        "day": date(2026, 11, 5),
        "dates": [
            {"title": "Jak napisać dobry projekt: Murcki", "first_day": date(2026, 12, 1), "time": time(17)},
            {"title": "Jak napisać dobry projekt: Giszowiec", "first_day": date(2026, 12, 2), "time": time(17)},
            {"title": "Jak napisać dobry projekt: Szopienice", "first_day": date(2026, 12, 3), "time": time(17)},
        ],
        "districts": (15, 17, 18),
        "lead": "Na spotkaniach pokażemy na przykładach, dlaczego jedne projekty przechodzą ocenę, a inne nie.",
        "body": [
            bullets(
                "Murcki: wtorek 1 grudnia, godz. 17, dom kultury",
                "Giszowiec: środa 2 grudnia, godz. 17, filia biblioteki",
                "Szopienice: czwartek 3 grudnia, godz. 17, dom kultury",
            ),
            quote(
                "Najczęstszy powód odrzucenia to teren, który nie należy do miasta. Sprawdzamy to razem, zanim wniosek zostanie złożony.",
                "Zespół Budżetu Obywatelskiego",
            ),
            questions(
                ("Czy trzeba mieć gotowy pomysł?", "Nie. Wystarczy potrzeba: ciemne przejście, brak ławek, zajęcia dla młodzieży."),
                ("Czy mogę przyjść z dzieckiem?", "Tak. W każdym miejscu jest kącik zabaw i opiekunka."),
                ("Czy sala jest dostępna dla wózków?", "Tak, wszystkie trzy. Pętla indukcyjna jest w Szopienicach."),
            ),
        ],
    },
    {
        "slug": "autobusy-na-cmentarze",
        "title": "1 listopada więcej autobusów na cmentarze",
        "day": date(2026, 10, 28),
        "districts": (),
        "lead": "Od 30 października do 2 listopada kursują dodatkowe linie. Na wjazdach do cmentarzy nie zaparkujesz.",
        "body": [
            text(
                "Autobusy jeżdżą co 10 minut od godz. 7 do 19. Obowiązują zwykłe bilety.",
                "Osoby z kartą parkingową wjadą na wyznaczone miejsca przy bramach.",
            ),
        ],
    },
    {
        "slug": "lekcje-smartfona",
        "title": "Lekcje smartfona dla seniorów w filiach biblioteki",
        "day": date(2026, 10, 21),
        "districts": (6, 12, 21),
        "lead": "Cztery spotkania po dwie godziny, małe grupy, własny telefon albo pożyczony na miejscu.",
        "body": [
            text(
                "Uczymy tego, co się przydaje: jak umówić wizytę u lekarza, sprawdzić rozkład jazdy, rozpoznać oszustwo i załatwić sprawę w Urzędzie."
            ),
            text("Zapisy telefonicznie albo osobiście w filii. Zajęcia są bezpłatne."),
        ],
    },
    {
        "slug": "krzewy-przy-szkolach",
        "title": "Ponad tysiąc krzewów przy sześciu szkołach",
        "day": date(2026, 10, 12),
        "districts": (2, 5, 11, 14, 20, 22),
        "lead": "Uczniowie i sąsiedzi posadzą je razem między 19 a 23 października.",
        "body": [
            text(
                "Sadzimy gatunki, które znoszą suszę i karmią ptaki: dereń, rokitnik, tarninę i ligustr. Każda szkoła będzie podlewać swoje rośliny przez dwa lata."
            ),
        ],
    },
    {
        "slug": "nowy-portal-miasta",
        "title": "Nowy portal: bez ciasteczek, banerów i śledzenia",
        "day": date(2026, 10, 2),
        "districts": (),
        "lead": "Strony otwierają się szybko także na starym telefonie. Wszystko działa z klawiatury i z czytnikiem ekranu.",
        "body": [
            bullets(
                "Na stronie swojej dzielnicy zobaczysz wszystko, co jej dotyczy: projekty, terminy, aktualności.",
                "W polu „Sprawdź po numerze” dowiesz się, co się dzieje z Twoją sprawą.",
                "Wyszukiwarka rozumie polską odmianę: „konsultacjach” znajdzie „konsultacje”, a „zolw” bez polskich liter znajdzie żółwia.",
            ),
            text('Coś nie działa albo jest niejasne? Napisz do nas: adres jest na stronie <a href="/kontakt/">Kontakt</a>.'),
        ],
    },
]

ENGLISH_NEWS = [
    {
        "slug": "the-new-city-portal",
        "title": "The new city portal: no cookies, no banners, no tracking",
        "day": date(2026, 10, 2),
        "districts": (),
        "lead": "Pages open quickly on an old phone too, and everything works with a keyboard and a screen reader.",
        "body": [
            text(
                "The fixed pages are in English: how to reach the Office, what a district is, how the participatory budget works. News in English is a selection."
            ),
        ],
    },
]
