"""Fields of an application, their choices and the price list as the city's own data: order, words, duty and legal basis."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PACKS = Path(__file__).parent / "packs" / "form"
KINDS = ("text", "long", "pool", "category", "land", "point", "years", "amount", "email", "phone", "yes")
OF_PERSON = ("name", "address", "email", "phone", "is_minor", "guardian_name", "guardian_contact")
"""Codes kept with the author; all others describe the project."""


class FieldsRefused(ValueError):
    """The pack is written wrong; the message names the field and what to mend."""


@dataclass(frozen=True)
class Field:
    """One field of the application as the city asks for it."""

    code: str
    section: str
    label: str
    kind: str
    required: bool
    basis: str
    hint: str = ""
    most: int = 300
    autocomplete: str = ""


@dataclass(frozen=True)
class Price:
    """One line of the price list, to help with an estimate."""

    name: str
    unit: str
    grosze: int


@dataclass(frozen=True)
class FormPack:
    """The whole form."""

    fields: tuple[Field, ...]
    choices: dict[str, tuple[tuple[str, str], ...]]
    with_statement: frozenset[str]
    """Kinds of land for which whoever holds it says yes in writing."""

    def sections(self) -> list[tuple[str, list[Field]]]:
        """Fields under their headings, in order."""
        found: dict[str, list[Field]] = {}
        for field in self.fields:
            found.setdefault(field.section, []).append(field)
        return list(found.items())


def read_form(text: str) -> FormPack:
    """The form of a TOML text. Raises FieldsRefused for a kind nobody knows, a field without legal basis, one given twice."""
    content = tomllib.loads(text)
    fields = tuple(Field(**entry) for entry in content["field"])
    for field in fields:
        if field.kind not in KINDS:
            raise FieldsRefused(f"{field.code}: unknown kind {field.kind}")
        if not field.basis.strip():
            raise FieldsRefused(f"{field.code}: the legal basis is empty")
    if len({field.code for field in fields}) != len(fields):
        raise FieldsRefused("a field stands twice")
    choices: dict[str, tuple[tuple[str, str], ...]] = {}
    for entry in content.get("choice", []):
        choices[entry["of"]] = (*choices.get(entry["of"], ()), (entry["code"], entry["label"]))
    return FormPack(fields, choices, frozenset(each["code"] for each in content.get("choice", []) if each.get("statement")))


@lru_cache
def form_pack() -> FormPack:
    """The city's form."""
    return read_form((PACKS / "fields.toml").read_text(encoding="utf-8"))


@lru_cache
def price_list() -> tuple[Price, ...]:
    """Prices that help with an estimate; a hint, never a limit."""
    content = tomllib.loads((PACKS / "price_list.toml").read_text(encoding="utf-8"))
    return tuple(Price(**entry) for entry in content["price"])


def label_of(choice: str, code: str) -> str:
    """The words of a category or a kind of land; the code itself where the city dropped it."""
    return dict(form_pack().choices.get(choice, ())).get(code, code)
