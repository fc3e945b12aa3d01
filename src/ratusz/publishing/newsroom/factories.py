"""Orders, assets and layouts for tests and the demo."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ratusz.foundation.files.factories import make_image, make_pdf
from ratusz.publishing.newsroom import actions
from ratusz.publishing.newsroom.models import BrandAsset, LayoutRequest, PhotoOrder

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><title>Znak</title>'
    b'<path d="M4 4h8v32H4zM14 20 28 4h9L22 20l15 16h-9z"/></svg>'
)


def make_order(person: Any, at: datetime, **facts: Any) -> PhotoOrder:
    """An order for an event in three days, with a firm."""
    given = {
        "what_for": "Otwarcie ścieżki rowerowej", "starts_at": at + timedelta(days=3), "place": "ul. Próbna",
        "shots": "Wstęga\nPierwszy przejazd",
        "due_at": at + timedelta(days=4), "firm": "Pracownia Próbna",
    }  # fmt: skip
    return actions.save_order(person=person, **given | facts)


def make_asset(person: Any, **facts: Any) -> BrandAsset:
    """A logo that everybody may download."""
    given = {"kind": "logo", "name": "Znak podstawowy", "use_rules": "Każdy, kto informuje o mieście."}
    return actions.save_asset(person=person, **given | facts)


def upload(name: str = "projekt.pdf", data: bytes = b"") -> SimpleUploadedFile:
    """A file as a form brings it: a PDF unless given."""
    return SimpleUploadedFile(name, data or make_pdf())


def picture(name: str = "zdjecie.jpg", size: tuple[int, int] = (60, 40), **options: Any) -> SimpleUploadedFile:
    """A small JPEG as a form brings it."""
    return SimpleUploadedFile(name, make_image("JPEG", size, **options))


def make_layout(unit: Any, person: Any, at: datetime, **facts: Any) -> LayoutRequest:
    """A layout sent to be approved."""
    given = {"title": "Plakat biegu", "purpose": "Słupy ogłoszeniowe", "needed_date": (at + timedelta(days=10)).date()}
    return actions.send_new_layout(unit=unit, person=person, upload=facts.pop("upload", None) or upload(), **given | facts)
