"""Why a file of rules or decisions can't be used, in Polish and with what to do; the engine's own errors are for programmers."""

from __future__ import annotations

import re
import tomllib

from ratusz.foundation.kit.command_line import file_error
from ratusz.participation.budget.engine import RulesError, presets
from ratusz.participation.budget.recount.decisions import DecisionsError


def of_rules(path: str, error: RulesError | OSError) -> str:
    """The sentence about a file of rules."""
    if isinstance(error, OSError):
        return f"Pliku zasad {path} nie da się otworzyć: {file_error(error)}."
    return f"Plik zasad {path} jest błędny: {_of_text(error) or _of_parameter(error)}."


def of_decisions(path: str, error: DecisionsError | OSError) -> str:
    """The sentence about a file of decisions."""
    if isinstance(error, OSError):
        return f"Pliku decyzji {path} nie da się otworzyć: {file_error(error)}."
    missing = error.__cause__
    if isinstance(missing, KeyError):
        return f"Plik decyzji {path} jest błędny: brakuje w nim „{missing.args[0]}”. Wzór jest w docs/handbook/przeliczenie.md."
    layout = "ma inny układ, niż powinien. Wzór jest w docs/handbook/przeliczenie.md"
    return f"Plik decyzji {path} jest błędny: {_of_text(error) or layout}."


def of_name(name: str) -> str:
    """The sentence about a set of rules that is not there, with those that are."""
    return f"Nie ma zestawu zasad „{name}”. Są: {', '.join(sorted(presets()))}. Można też wskazać plik .toml."


def _of_text(error: Exception) -> str:
    """Where a file stops being TOML; "" when it is TOML."""
    cause = error.__cause__
    if isinstance(cause, UnicodeDecodeError):
        return "znaki nie są w kodowaniu UTF-8"
    if not isinstance(cause, tomllib.TOMLDecodeError):
        return ""
    place = re.search(r"line (\d+), column (\d+)", str(cause))
    where = f"wiersz {place.group(1)}, znak {place.group(2)}: " if place else ""
    return f"{where}to nie jest poprawny TOML"


def _of_parameter(error: RulesError) -> str:
    if error.allowed and error.value:
        return f"{error.parameter}: „{error.value}” nie może tu stać. Może być: {', '.join(error.allowed)}"
    if error.allowed:
        return f"nie ma parametru „{error.parameter}”. W tej części mogą być: {', '.join(error.allowed)}"
    if error.value:
        return f"„{error.value}” nie jest liczbą, a powinno nią być"
    return f"brakuje „{error.parameter}” albo ma wartość, która tu nie pasuje"
