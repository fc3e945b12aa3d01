"""What is wrong with a file, at which line, in Polish. The sentences stand here because this package runs without gettext."""

from __future__ import annotations

from ratusz.foundation.kit.command_line import sentence
from ratusz.foundation.kit.words import count_of, grouped

SENTENCES = {
    "too_big": "plik po rozpakowaniu ma więcej niż {limit} MB",
    "too_many_lines": "plik ma ponad {limit} wierszy, to nie jest plik Pabulib",
    "line_too_long": "wiersz ma ponad {limit} kB, to nie jest plik Pabulib",
    "not_utf8": "znaki nie są w kodowaniu UTF-8 (bajt {byte}); zapisz plik jako UTF-8 i wyślij jeszcze raz",
    "bom": "plik zaczyna się znacznikiem BOM; zapisz go jako UTF-8 bez BOM",
    "zero_byte": "to nie jest plik Pabulib, tylko obraz, archiwum albo tekst spoza UTF-8; wskaż plik .pb albo .pb.gz",
    "not_gzip": "tego pliku .gz nie da się rozpakować: jest uszkodzony albo ucięty",
    "empty": "plik jest pusty",
    "quotes": "cudzysłowy w tym wierszu się nie zgadzają: {detail}",
    "not_pabulib": "to nie jest plik Pabulib: zaczyna się od „{found}” zamiast od „META”; wskaż plik .pb albo .pb.gz",
    "section_order": "tu powinien być wiersz „{expected}”, a jest „{found}”",
    "section_missing": "brakuje części {section}",
    "section_twice": "część {section} jest drugi raz",
    "header_missing": "po wierszu {section} brakuje nagłówka z nazwami kolumn",
    "header_first": "pierwsza kolumna części {section} ma nazywać się {expected}, a nazywa się „{found}”",
    "too_many_columns": "w nagłówku jest {found}, a może być najwyżej {limit}",
    "column_twice": "kolumna {name} jest w nagłówku dwa razy",
    "column_missing": "w części {section} brakuje kolumny {name}",
    "cells": "liczba pól w wierszu to {found}, a w nagłówku {expected}; tekst ze średnikiem musi stać w cudzysłowie",
    "too_many_keys": "część META ma ponad {limit} wierszy, to nie jest plik Pabulib",
    "key_twice": "klucz {name} jest w części META drugi raz",
    "key_missing": "w części META brakuje klucza {name}",
    "key_empty": "w części META jest wartość bez klucza",
    "vote_type": "nieznany rodzaj karty „{found}” (vote_type)",
    "number": "{name}: „{found}” nie jest liczbą całkowitą od 0",
    "money": "{name}: „{found}” nie jest kwotą (cyfry, kropka, najwyżej dwa miejsca po kropce)",
    "date": "{name}: „{found}” nie jest datą DD.MM.RRRR ani rokiem",
    "project_twice": "projekt {number} jest na liście drugi raz",
    "project_empty": "projekt bez numeru",
    "selected": "selected: „{found}” to nie 0, 1, 2 ani 3",
    "num_projects": "META podaje liczbę projektów {expected}, a w pliku jest ich {found}",
    "num_votes": "META podaje liczbę głosów {expected}, a w pliku jest ich {found}",
    "too_big_a_count": "{name}: {found} to więcej, niż przyjmuje program (najwyżej {limit})",
    "voter_twice": "głosujący {voter} jest w pliku drugi raz",
    "voter_empty": "głos bez identyfikatora głosującego",
    "unknown_project": "głos wymienia projekt {number}, którego nie ma na liście",
    "project_in_ballot_twice": "głos wymienia projekt {number} dwa razy",
    "points_missing": "przy głosach z punktami brakuje kolumny points",
    "points_count": "głos wymienia {expected}, a liczb punktów podaje {found}",
    "points_number": "punkty „{found}” nie są liczbami całkowitymi od 0",
    "too_few": "głos wymienia {found}, a powinien co najmniej {limit}",
    "too_many": "głos wymienia {found}, a może najwyżej {limit}",
    "points_low": "głos ma {found} pkt, a najmniej może mieć {limit}",
    "points_high": "głos ma {found} pkt, a najwięcej może mieć {limit}",
    "point_low": "jeden projekt dostał {found} pkt, a najmniej może {limit}",
    "point_high": "jeden projekt dostał {found} pkt, a najwięcej może {limit}",
    "cost_low": "projekty z głosu kosztują razem {found} zł, a najmniej mogą {limit} zł",
    "cost_high": "projekty z głosu kosztują razem {found} zł, a najwięcej mogą {limit} zł",
    "votes_differ": "projekt {number}: kolumna votes mówi {expected}, a z głosów wychodzi {found}",
    "score_differ": "projekt {number}: kolumna score mówi {expected}, a z głosów wychodzi {found}",
    "unreadable": "{detail}",
}


IN_WORDS = {
    ("points_count", "expected"): ("projekt", "projekty", "projektów"),
    ("too_few", "found"): ("projekt", "projekty", "projektów"),
    ("too_many", "found"): ("projekt", "projekty", "projektów"),
    ("too_many_columns", "found"): ("kolumna", "kolumny", "kolumn"),
}
"""Facts that are said with their noun."""


class PabulibError(ValueError):
    """A file that is refused. `line` counts from 1, 0 = no single line is at fault; `code` is stable, `facts` fill its sentence."""

    def __init__(self, code: str, line: int = 0, **facts):
        self.code, self.line, self.facts = code, line, facts
        self.reason = SENTENCES[code].format(**{name: _said(code, name, value) for name, value in facts.items()})
        super().__init__(self.at(f"wiersz {grouped(line)}" if line else ""))

    def at(self, place: str) -> str:
        """The reason behind a place ("projects.csv, wiersz 3"), or alone."""
        return f"{place}: {self.reason}" if place else self.reason

    @property
    def sentence(self) -> str:
        """ "Wiersz 28: głos ma 4 pkt, a najwięcej może mieć 3."."""
        return sentence(str(self))


def _said(code: str, name: str, value: object) -> object:
    noun = IN_WORDS.get((code, name))
    return count_of(int(str(value)), *noun) if noun else value


QUOTES = (
    ("unexpected end", "otwarty cudzysłów nie jest zamknięty do końca pliku"),
    ("expected after", "po zamkniętym cudzysłowie stoi coś więcej niż średnik"),
    ("field larger", "jedno pole jest dłuższe niż 131 072 znaki"),
)


def about_quotes(error: Exception) -> str:
    """What the csv module found, in Polish."""
    return next((ours for english, ours in QUOTES if english in str(error)), "tego wiersza nie da się podzielić na pola")
