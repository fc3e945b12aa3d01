"""What the privacy tools need: a person's files, how they are listed and erased."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.files import actions
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.registries import register_personal_data


def files_of(person: Any) -> QuerySet[StoredFile]:
    """Files an account sent; what others sent about a person belongs to the module that took it."""
    if not hasattr(person, "is_authenticated") or person.pk is None:
        return StoredFile.objects.none()
    return StoredFile.objects.filter(uploaded_by=person)


def _export(person: Any) -> Iterable[Any]:
    return files_of(person).order_by("pk").values("name", "kind", "size", "purpose", "uploaded_at", "keep_until")


def _erase(person: Any) -> int:
    files = list(files_of(person))
    for file in files:
        actions.delete_file(file=file, reason="erasure")
    return len(files)


def register() -> None:
    """Fills the registry of personal data."""
    register_personal_data(
        StoredFile, fields=("name", "uploaded_by", "storage_name"), purpose=_("files people send with their matters"),
        legal_basis="art. 6 ust. 1 lit. c i e RODO", retention="według celu pliku", export=_export, erase=_erase,
        not_personal=("kind", "media_type", "subject"),
    )  # fmt: skip
