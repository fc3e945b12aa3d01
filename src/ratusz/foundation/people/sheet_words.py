"""The words of a sheet: what rows, columns and values are called for the person they are about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.audit.words import in_words
from ratusz.foundation.files.registry import file_purposes
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.notifications.registry import purposes

NOTHING = "–"
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
    "label": _("on what"), "before": _("before"), "after": _("after"), "role": _("role"), "unit": _("unit"),
}  # fmt: skip
"""Where a field's own name is not in words for people."""
FACTORS = {"totp": _("app with codes"), "recovery_codes": _("recovery codes"), "webauthn": _("passkey")}
"""Kinds of second factors, which their library names in English."""


def word_of(model: str) -> str:
    """What the rows of a model are called."""
    return str(MODELS.get(model) or apps.get_model(model)._meta.verbose_name_plural)


def word_for(model: str, path: str) -> str:
    """What a column is called; `path` may lead through foreign keys ("role__name"), and a name is called after whose it is."""
    fields = _fields(model, path)
    name = path.rsplit("__", 1)[-1]
    if name == "name" and len(fields) > 1:
        return str(fields[-2].verbose_name)
    own = getattr(fields[-1] if fields else None, "verbose_name", name)
    # A field without words of its own is called by its name, which Django takes apart at the underscores.
    return str(WORDS.get(name, own) if str(own) in (name.replace("_", " "), "user", "ID") or name in WORDS else own)


def _fields(model: str, path: str) -> list[Any]:
    """The model's fields along the path, as far as there are any."""
    meta, found = apps.get_model(model)._meta, []
    for step in path.split("__"):
        try:
            found.append(meta.get_field(step))
        except FieldDoesNotExist:
            break
        meta = found[-1].related_model._meta if found[-1].is_relation and found[-1].related_model else meta
    return found


def text_of(model: str, path: str, value: Any) -> str:
    """A value as a person reads it: codes by the words of their own registries and choices, moments and answers in Polish."""
    if value is None or value in ("", {}, []):
        return NOTHING
    fields = _fields(model, path)
    return _coded(path.rsplit("__", 1)[-1], fields[-1] if fields else None, value) or _plain(value)


def _coded(name: str, field: Field | None, value: Any) -> str:
    """The words of a code; "" for a value that is no code."""
    if not isinstance(value, str):
        return ""
    if name == "deed":
        return in_words(value)
    if name == "type" and value in FACTORS:
        return str(FACTORS[value])
    if name == "purpose":
        return next((str(registry[value].name) for registry in (purposes, file_purposes) if value in registry), "")
    return str(dict(getattr(field, "flatchoices", None) or ()).get(value, ""))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return polish_moment(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{WORDS.get(name, name)}: {_plain(each)}" for name, each in value.items()) or NOTHING
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value)) or NOTHING
    return NOTHING if value in (None, "") else str(value)
