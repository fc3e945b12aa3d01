"""Where minutes stand for everybody: their number without slashes, "/protokoly/p-2026-0007/"."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from ratusz.casework.meetings.models import Minutes


def slug_of(number: str) -> str:
    """Such as "p-2026-0007" of "P/2026/0007"."""
    return number.replace("/", "-").lower()


def number_of(slug: str) -> str:
    """Back again."""
    return slug.replace("-", "/").upper()


def path_of(minutes: Minutes, version: int | None = None) -> str:
    """The page of the newest published version, or of an older one."""
    if version is None:
        return reverse("meetings_minutes:minutes", args=[slug_of(minutes.number)])
    return reverse("meetings_minutes:version", args=[slug_of(minutes.number), version])


def address_of(minutes: Minutes) -> str:
    """The whole address, for paper and its QR code."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + path_of(minutes)
