"""What we hold about a person, and the registers, as sheets people can read; a higher floor prints them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.audit.words import in_words
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.registries import Registry, personal_data

printers: Registry[Callable[[dict[str, Any]], bytes]] = Registry("printers of sheets")
"""Kind ("pdf") -> f(content) giving the file; documents, which stands above, registers itself. Content: title, subtitle, footer,
sections with heading, note, columns and rows of texts."""

MODELS = {
    "mfa.Authenticator": _("second factors"),
    "socialaccount.SocialAccount": _("accounts of the city's sign-in"),
    "wagtailusers.UserProfile": _("settings of the admin"),
}
"""Where a library calls its rows by a word of programmers."""
WORDS = {
    "user": _("account"), "address": _("address"), "lookup": _("keyed digest of the address"), "html": _("formatted text"),
    "variables": _("words for this person alone"), "storage_name": _("name in the storage"), "title": _("title"), "url": _("link"),
    "uid": _("number at the city's sign-in"), "purpose": _("purpose"), "count": _("how many"), "hour": _("hour"),
    "happened_at": _("when"), "asked_at": _("asked"), "type": _("kind"), "created_at": _("added"), "rhythm": _("how often"),
    "verified": _("confirmed"), "preferred_language": _("language"), "current_time_zone": _("time zone"),
    "date_joined": _("since when"), "last_login": _("last sign-in"), "email": _("e-mail address"), "recipient": _("recipient"),
    "first_name": _("first name"), "last_name": _("last name"), "is_active": _("works"), "is_staff": _("enters the admin"),
    "deed": _("deed done"), "content": _("values"), "provider": _("sign-in provider"), "channel": _("channel"),
}  # fmt: skip
"""Where a field's own name is not in words for people."""


@dataclass(frozen=True)
class Section:
    """One part of a sheet: a heading and a table."""

    heading: str
    columns: list[str]
    rows: list[list[str]]
    note: str = ""


def word_of(model: str) -> str:
    """What the rows of a model are called."""
    return str(MODELS.get(model) or apps.get_model(model)._meta.verbose_name_plural)


def word_for(model: str, path: str) -> str:
    """What a column is called; `path` may lead through foreign keys ("role__name")."""
    meta, field = apps.get_model(model)._meta, None
    for step in path.split("__"):
        try:
            field = meta.get_field(step)
        except FieldDoesNotExist:
            break
        meta = field.related_model._meta if field.is_relation and field.related_model else meta
    name = path.rsplit("__", 1)[-1]
    own = getattr(field, "verbose_name", name)
    # A field without words of its own is called by its name, which Django takes apart at the underscores.
    return str(WORDS.get(name, own) if str(own) in (name.replace("_", " "), "user", "ID") or name in WORDS else own)


def _text(value: Any, name: str = "") -> str:
    if value is None or value in ("", {}, []):
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return polish_moment(value)
    if name == "deed":
        return in_words(str(value))
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else str(value)


def sections_of(found: dict[str, list[dict[str, Any]]]) -> list[Section]:
    """An export as sections in words, each with its legal basis."""
    return [_section(model, rows) for model, rows in found.items()]


def _section(model: str, rows: list[dict[str, Any]]) -> Section:
    columns = [capfirst(word_for(model, name)) for name in rows[0]]
    entry = personal_data[model]
    note = gettext("Why: %(purpose)s. Legal basis: %(basis)s. How long: %(kept)s.") % {
        "purpose": entry.purpose, "basis": entry.legal_basis, "kept": entry.retention,
    }  # fmt: skip
    return Section(capfirst(word_of(model)), columns, [[_text(value, name) for name, value in row.items()] for row in rows], note)


def report_of(erasure: Any) -> list[Section]:
    """What an erasure took and what stayed, with the ground of the law."""
    gone = [[capfirst(word_of(model)), str(count)] for model, count in sorted(erasure.counts.items())]
    kept = [
        [capfirst(word_of(model)), str(count), str(personal_data[model].kept_because) if model in personal_data else ""]
        for model, count in sorted(erasure.kept.items())
    ]
    return [
        Section(gettext("Erased"), [gettext("Where"), gettext("Rows")], gone),
        Section(gettext("What stays, and why"), [gettext("Where"), gettext("Rows"), gettext("Ground")], kept),
    ]


def register_section(lines: Iterable[Any]) -> Section:
    """The register of processing as one table."""
    columns = [gettext("What it is about"), gettext("Data"), gettext("Purpose"), gettext("Legal basis"), gettext("How long")]
    columns.append(gettext("What stays after an erasure"))
    rows = [[capfirst(line.what), line.fields, line.purpose, line.basis, line.kept, line.stays or "–"] for line in lines]
    return Section(gettext("Processing"), columns, rows)


def printed(kind: str, *, title: str, subtitle: str, footer: str, sections: list[Section]) -> bytes:
    """The sheet as a file of that kind; KeyError when no printer of it is installed."""
    content = {"title": title, "subtitle": subtitle, "footer": footer, "sections": [asdict(section) for section in sections]}
    return printers[kind](content)
