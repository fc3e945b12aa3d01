"""Lasting codes of things on the wire: what cards and letters name them by."""

from __future__ import annotations

from typing import Any


def code_of_page(page: Any) -> str:
    """ "strona-12"; it stays when the page moves or is renamed."""
    return f"strona-{page.pk}"


def code_of_message(message: Any) -> str:
    """ "komunikat-2026-12"."""
    return f"komunikat-{message.year}-{message.number}"
