"""Numbers of the city for reports, from packs/reports.toml."""

from __future__ import annotations

from datetime import date

from ratusz.foundation.kit.packs import packs_of


def number(name: str, day: date) -> int:
    """One number in force that day; raises NotInForce."""
    return int(packs_of("ratusz.participation.reports")["reports"].at(day)[name])
