"""Facts the gallery shows. The pool is the city-wide pool of Katowice's seventh participatory budget (2020), as published."""

from datetime import date

from ratusz.foundation.kit.money import zlotys
from ratusz.ui.parts import Banner, Cell, Column, Download, Fact, Funded, Link, Misfit, Stage, Step, Task, Tile

POOL = 2_999_999_00
FUNDED = [
    Funded("M/66/VII", "Tężnia solankowa na Tysiącleciu", 2_500_000_00, zlotys(2_500_000_00), "#"),
    Funded("M/34/VII", "Nowoczesna fizjoterapia w Szpitalu Murcki", 154_000_00, zlotys(154_000_00), "#"),
    Funded("M/41/VII", "Doposażenie lodowiska w Murckach do nauki jazdy", 11_562_00, zlotys(11_562_00), "#"),
    Funded("M/60/VII", "Nowe miejsca postojowe przy ulicy Wodospady", 256_000_00, zlotys(256_000_00), "#"),
    Funded("M/21/VII", "Ścieżka przyrodnicza w Parku Leśnym", 60_000_00, zlotys(60_000_00), "#"),
    Funded("M/12/VII", "Domki dla owadów w całym mieście", 15_000_00, zlotys(15_000_00), "#"),
]
LEFT = zlotys(3_437_00)
MISFIT = Misfit(
    "M/03/VII", "Tężnia solankowa w Parku Kościuszki", 700_000_00, zlotys(700_000_00), 200_001_00, zlotys(200_001_00), "#"
)
HUGE_MISFIT = Misfit(
    "L1/07", "Przebudowa całego placu", 2_000_000_00, zlotys(2_000_000_00), 1_500_000_00, zlotys(1_500_000_00), "#"
)
THREE_FUNDED = [
    Funded(f"L1/0{n}", f"Projekt {n}", cost, zlotys(cost), "#") for n, cost in enumerate((300_000_00, 150_000_00, 80_000_00), 1)
]
MANY_FUNDED = [
    Funded(f"L9/{n:02}", f"Projekt numer {n}", cost, zlotys(cost), "#")
    for n, cost in enumerate([90_000_00] * 3 + [55_000_00] * 4 + [30_000_00] * 6 + [12_000_00] * 8, 1)
]

_PLACES = [  # number, short name, name, column, row, projects carried out
    (13, "Bogucice", "Bogucice", 4, 2, 11),
    (5, "Brynów", "Brynów część wschodnia-Osiedle Zgrzebnioka", 2, 3, 4),
    (10, "Dąb", "Dąb", 2, 1, 5),
    (14, "Dąbrówka M.", "Dąbrówka Mała", 5, 1, 2),
    (17, "Giszowiec", "Giszowiec", 5, 4, 4),
    (16, "Nikiszowiec", "Janów-Nikiszowiec", 6, 3, 4),
    (21, "Kostuchna", "Kostuchna", 3, 5, 4),
    (12, "Koszutka", "Koszutka", 3, 2, 3),
    (6, "Ligota", "Ligota-Panewniki", 1, 4, 3),
    (18, "Murcki", "Murcki", 4, 5, 5),
    (4, "Paderewsk.", "Osiedle Paderewskiego-Muchowiec", 4, 3, 2),
    (9, "Tysiąclecia", "Osiedle Tysiąclecia", 1, 1, 8),
    (8, "Witosa", "Osiedle Witosa", 1, 2, 4),
    (19, "Ochojec", "Piotrowice-Ochojec", 2, 4, 9),
    (22, "Podlesie", "Podlesie", 2, 5, 6),
    (15, "Szopienice", "Szopienice-Burowiec", 6, 2, 6),
    (1, "Śródmieście", "Śródmieście", 3, 3, 7),
    (11, "Wełnowiec", "Wełnowiec-Józefowiec", 3, 1, 6),
    (2, "Zał. Hałda", "Załęska Hałda-Brynów część zachodnia", 1, 3, 7),
    (7, "Załęże", "Załęże", 2, 2, 3),
    (20, "Zarzecze", "Zarzecze", 1, 5, 4),
    (3, "Zawodzie", "Zawodzie", 5, 2, 9),
]
TILES = [
    Tile(number, short, name, f"#dzielnica-{number}", column, row, f"{count}", str(count), min(4, (count - 1) // 2), number == 19)
    for number, short, name, column, row, count in _PLACES
]
PLAIN_TILES = [
    Tile(number, short, name, f"#dzielnica-{number}", column, row) for number, short, name, column, row, _count in _PLACES
]

STAGES = [
    Stage("Zgłaszanie projektów", "2–23 marca 2026 r.", "past"),
    Stage("Ocena projektów", "24 marca – 31 lipca 2026 r.", "past"),
    Stage("Głosowanie", "1–15 września 2026 r.", "now", "jeszcze 6 dni", 0.6),
    Stage("Wyniki", "do 30 września 2026 r.", "ahead"),
    Stage("Realizacja", "od stycznia 2027 r.", "ahead"),
]
CRUMBS = [Link("Strona główna", "/"), Link("Budżet obywatelski", "/budzet-obywatelski/"), Link("Edycja VII", "#")]

RESULT_COLUMNS = [
    Column("place", "Miejsce", is_number=True),
    Column("title", "Projekt", is_heading=True),
    Column("points", "Punkty", is_number=True, sort_url="#", sorted="descending"),
    Column("cost", "Koszt", is_number=True, sort_url="#"),
    Column("outcome", "Co z nim"),
]
_RESULTS = [
    ("M/66/VII", "Tężnia solankowa na Tysiącleciu", 14658, 2_500_000, "wybrany", ""),
    (
        "M/03/VII",
        "Tężnia solankowa w Parku Kościuszki",
        13549,
        700_000,
        "nie zmieścił się",
        "Zostało 499 999 zł, koszt 700 000 zł.",
    ),
    (
        "M/19/VII",
        "Samochód ratowniczo-gaśniczy dla OSP Podlesie",
        11765,
        950_000,
        "nie zmieścił się",
        "Zostało 499 999 zł, koszt 950 000 zł.",
    ),
    (
        "M/51/VII",
        "Nowy obiekt dla kotów w schronisku",
        9869,
        1_712_179,
        "nie zmieścił się",
        "Zostało 499 999 zł, koszt 1 712 179 zł.",
    ),
    ("M/02/VII", "Wodny plac zabaw w Parku Bolina", 6825, 2_250_000, "nie zmieścił się", "Zostało 499 999 zł, koszt 2 250 000 zł."),
    ("M/34/VII", "Nowoczesna fizjoterapia w Szpitalu Murcki", 4377, 154_000, "wybrany", ""),
    ("M/41/VII", "Doposażenie lodowiska w Murckach do nauki jazdy", 3738, 11_562, "wybrany", ""),
    ("M/71/VII", "Zegar słoneczny", 180, 20_000, "za mało punktów", "Próg to 200 punktów, projekt dostał 180."),
]
RESULT_ROWS = [
    {
        "place": place,
        "title": Cell(title, "#", number),
        "points": Cell(f"{points:,}".replace(",", "\u00a0"), share=points / 14658),
        "cost": zlotys(cost * 100),
        "outcome": Cell(outcome, note=reason),
    }
    for place, (number, title, points, cost, outcome, reason) in enumerate(_RESULTS, 1)
]

FACTS = [
    Fact("Numer", "M/66/VII"),
    Fact("Koszt", zlotys(2_500_000_00), "#", "Zmień"),
    Fact("Miejsce", "Osiedle Tysiąclecia, plac przy Spodku", "#", "Zmień"),
    Fact("Opiekun w urzędzie", "Zakład Zieleni Miejskiej"),
]
TASKS = [
    Task("Opisz swój pomysł", "#", is_done=True),
    Task("Zbierz 15 podpisów", "#", "zostało 3", "Podpisy zbierasz na papierze albo w internecie."),
    Task("Wyślij projekt", "", "jeszcze nie"),
]
STEPS = [
    Step("Znajdź projekt", "Na liście projektów swojej dzielnicy.", [Link("Lista projektów", "#")], is_done=True),
    Step(
        "Zagłosuj",
        "Masz trzy punkty na dzielnicę i trzy na całe miasto. Do 15 września 2026 r.",
        [Link("Zagłosuj", "#")],
        is_current=True,
    ),
    Step("Zachowaj potwierdzenie", "Numer z potwierdzenia pokaże, że Twój głos jest policzony."),
]
FILES = [
    Download("Wyniki wszystkich projektów", "#", "CSV", "38 kB"),
    Download("Głosy bez danych osobowych", "#", "Pabulib .pb", "1,2 MB", "Każdy może z nich policzyć wynik jeszcze raz."),
    Download("Protokół z głosowania", "#", "PDF", "210 kB"),
]
CONTENTS = [Link("Co się zmieni", "#co"), Link("Jak zgłosić uwagę", "#jak"), Link("Kto odpowiada", "#kto")]
DAY = date(2026, 9, 15)
BANNER = Banner("Zawodzie: zamknięta ulica 1 Maja. Jedź przez Bagienną.", "#", "Mapa objazdu")
DANGER = Banner("Ligota: nie pij wody z kranu do odwołania.", "#", "Gdzie jest woda pitna", is_danger=True)
