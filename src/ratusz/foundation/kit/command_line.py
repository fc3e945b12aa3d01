"""Command lines that speak Polish: argparse's own sentences, and what the system says about files."""

from __future__ import annotations

import argparse
import errno
import re
from typing import NoReturn

WRONG_COMMAND = 2
"""Exit code of a command that was typed wrongly."""


class PolishFormatter(argparse.HelpFormatter):
    """Help under Polish headings."""

    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, "Użycie: " if prefix is None else prefix)


class PolishParser(argparse.ArgumentParser):
    """A parser whose help and refusals are Polish. `usage` is given whole, so that it reads like the handbook's line."""

    def __init__(self, *, usage: str, description: str, epilog: str = ""):
        super().__init__(usage=usage, description=description, epilog=epilog, add_help=False, formatter_class=PolishFormatter)
        self._positionals.title, self._optionals.title = "Co podać", "Opcje"
        self.add_argument("-h", "--help", action="help", help="pokaż tę pomoc")

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_COMMAND, f"{refusal(message)}\nUżycie: {self.usage}\n")


REFUSALS = (
    (r"the following arguments are required: (.*)", "Brakuje w poleceniu: {0}."),
    (r"unrecognized arguments: (.*)", "Nie znam tego w poleceniu: {0}."),
    (r"argument ([^:]*): expected one argument", "Po {0} brakuje wartości."),
    (r"argument ([^:]*): invalid choice: '?(.*?)'? \(choose from (.*)\)", "{0} nie może być „{1}”. Może być: {2}."),
    (r"argument ([^:]*): invalid int value: '?(.*?)'?", "{0} to liczba, a nie „{1}”."),
    (r"ambiguous option: (\S+) could match (.*)", "Nie wiadomo, o którą opcję chodzi: {0} pasuje do {1}."),
)
"""argparse's English sentences and ours."""


def refusal(message: str) -> str:
    """argparse's refusal in Polish; one it does not know becomes a plain sentence without English words."""
    for pattern, ours in REFUSALS:
        if found := re.fullmatch(pattern, message):
            return ours.format(*(part.replace("'", "") for part in found.groups()))
    return "Polecenie jest błędne."


FILE_ERRORS = {
    errno.ENOENT: "takiego pliku ani folderu nie ma; sprawdź, czy ścieżka jest dobrze wpisana",
    errno.EACCES: "system nie pozwala tego czytać; poproś właściciela o prawo do odczytu",
    errno.EPERM: "system nie pozwala tego czytać; poproś właściciela o prawo do odczytu",
    errno.EISDIR: "to jest folder, a nie plik; wskaż plik w tym folderze",
    errno.ENOTDIR: "część tej ścieżki jest plikiem, a nie folderem; sprawdź, czy ścieżka jest dobrze wpisana",
    errno.ENAMETOOLONG: "ta ścieżka jest za długa; sprawdź, czy jest dobrze wpisana",
    errno.EIO: "dysk nie oddaje tego pliku; skopiuj plik jeszcze raz",
    errno.ENOSPC: "na dysku nie ma już miejsca; zwolnij miejsce i powtórz polecenie",
    errno.EROFS: "na tym dysku nie można zapisywać; wskaż inny folder",
    errno.ELOOP: "dowiązania na tej ścieżce wskazują na siebie nawzajem; wskaż sam plik",
}


def file_error(error: OSError) -> str:
    """What is wrong with a file and what to do, in Polish, without a capital and a full stop."""
    return FILE_ERRORS.get(error.errno or 0, f"system nie pozwala otworzyć tego pliku (błąd nr {error.errno})")


def sentence(text: str) -> str:
    """With a capital at the start and a full stop at the end."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."
