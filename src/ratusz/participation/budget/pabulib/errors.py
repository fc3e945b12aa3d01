"""What is wrong with a file, at which line, in Polish. The sentences stand here because this package runs without gettext."""

from __future__ import annotations

SENTENCES = {
    "too_big": "plik po rozpakowaniu ma więcej niż {limit} MB",
    "line_too_long": "wiersz ma ponad {limit} kB, to nie jest plik Pabulib",
    "not_utf8": "znaki nie są w kodowaniu UTF-8 (bajt {byte}); zapisz plik jako UTF-8 i wyślij jeszcze raz",
    "bom": "plik zaczyna się znacznikiem BOM; zapisz go jako UTF-8 bez BOM",
    "zero_byte": "w tekście jest bajt zerowy, to nie jest plik Pabulib w UTF-8",
    "not_gzip": "tego pliku .gz nie da się rozpakować: jest uszkodzony albo ucięty",
    "empty": "plik jest pusty",
    "quotes": "cudzysłowy w tym wierszu się nie zgadzają ({detail})",
    "section_order": "tu powinien być wiersz „{expected}”, a jest „{found}”",
    "section_missing": "brakuje części {section}",
    "section_twice": "część {section} jest drugi raz",
    "header_missing": "po wierszu {section} brakuje nagłówka z nazwami kolumn",
    "header_first": "pierwsza kolumna części {section} ma nazywać się {expected}, a nazywa się „{found}”",
    "column_twice": "kolumna {name} jest w nagłówku dwa razy",
    "column_missing": "w części {section} brakuje kolumny {name}",
    "cells": "liczba pól w wierszu to {found}, a w nagłówku {expected}; tekst ze średnikiem musi stać w cudzysłowie",
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
    "num_projects": "META mówi, że projektów jest {expected}, a w pliku jest {found}",
    "num_votes": "META mówi, że głosów jest {expected}, a w pliku jest {found}",
    "voter_twice": "głosujący {voter} jest w pliku drugi raz",
    "voter_empty": "głos bez identyfikatora głosującego",
    "unknown_project": "głos wymienia projekt {number}, którego nie ma na liście",
    "project_in_ballot_twice": "głos wymienia projekt {number} dwa razy",
    "points_missing": "przy głosach z punktami brakuje kolumny points",
    "points_count": "głos wymienia {expected} projektów, a punktów podaje {found}",
    "points_number": "punkty „{found}” nie są liczbami całkowitymi od 0",
    "too_few": "głos wymienia {found} projektów, a najmniej może {limit}",
    "too_many": "głos wymienia {found} projektów, a najwięcej może {limit}",
    "points_low": "głos ma {found} pkt, a najmniej może mieć {limit}",
    "points_high": "głos ma {found} pkt, a najwięcej może mieć {limit}",
    "point_low": "jeden projekt dostał {found} pkt, a najmniej może {limit}",
    "point_high": "jeden projekt dostał {found} pkt, a najwięcej może {limit}",
    "cost_low": "projekty z głosu kosztują razem {found} zł, a najmniej mogą {limit} zł",
    "cost_high": "projekty z głosu kosztują razem {found} zł, a najwięcej mogą {limit} zł",
    "votes_differ": "projekt {number}: kolumna votes mówi {expected}, a z głosów wychodzi {found}",
    "score_differ": "projekt {number}: kolumna score mówi {expected}, a z głosów wychodzi {found}",
    "unreadable": "tego pliku nie da się otworzyć ({detail})",
    "not_a_contest": "w tym miejscu nie ma pliku .pb ani .pb.gz",
}


class PabulibError(ValueError):
    """A file that is refused. `line` counts from 1, 0 = no single line is at fault; `code` is stable, `facts` fill its sentence."""

    def __init__(self, code: str, line: int = 0, **facts):
        self.code, self.line, self.facts = code, line, facts
        self.reason = SENTENCES[code].format(**facts)
        super().__init__(f"wiersz {line}: {self.reason}" if line else self.reason)
