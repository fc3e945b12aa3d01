"""What `ratusz budget import` and `export` take, in Polish; read before a database is needed."""

from __future__ import annotations

from pathlib import Path

from ratusz.foundation.kit.command_line import PolishParser

IMPORT_USAGE = "ratusz budget import ŚCIEŻKA… [--rules ZESTAW]"
EXPORT_USAGE = "ratusz budget export EDYCJA FOLDER [--format pb|json|csv] [--pool KOD]"
CODES = "Kod wyjścia: 0 zrobione; 1 odrzucone, niczego nie zmieniono; 2 polecenie jest błędne."
FORMATS = ("pb", "json", "csv")


def import_parser() -> PolishParser:
    found = PolishParser(
        usage=IMPORT_USAGE,
        description="Wczytuje pule budżetu obywatelskiego z plików .pb, .pb.gz, .json i .zip: wszystkie albo żadnej.",
        epilog=CODES,
    )
    found.add_argument("paths", nargs="+", type=Path, metavar="ŚCIEŻKA", help="pliki albo foldery z nimi")
    found.add_argument("--rules", default="", metavar="ZESTAW", help="zestaw zasad, gdy miasto nie ma własnego, np. katowice")
    return found


def export_parser() -> PolishParser:
    found = PolishParser(
        usage=EXPORT_USAGE,
        description="Zapisuje pule edycji tak, jak przyszły. To archiwum dla urzędu: pliki do publikacji są na stronach wyników.",
        epilog=CODES,
    )
    found.add_argument("edition", metavar="EDYCJA", help="adres edycji, np. 2023")
    found.add_argument("folder", type=Path, metavar="FOLDER", help="dokąd; powstanie, gdy go nie ma")
    found.add_argument("--format", choices=FORMATS, default="pb", help="rodzaj plików: pb, json albo csv (w ZIP)")
    found.add_argument("--pool", default="", metavar="KOD", help="jedna pula, np. L12")
    return found
