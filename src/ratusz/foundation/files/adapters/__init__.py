"""Virus scanners, behind one contract."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class ScannerDown(Exception):
    """The scanner gave no verdict: the file stays in quarantine."""


class Scanner(Protocol):
    """Looks for viruses in bytes."""

    def scan(self, data: bytes) -> str:
        """The virus's name, "" for none; raises ScannerDown when it cannot tell."""


def scanner() -> Scanner:
    """The scanner named in settings.RATUSZ_SCANNER."""
    return import_string(settings.RATUSZ_SCANNER)()
