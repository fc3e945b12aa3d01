"""What a page of the civic guide shows beside its text: the process as it is now, and the law of that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import packs_of
from ratusz.publishing.website.registries import LiveProcess, live_processes


@dataclass(frozen=True)
class LawSentence:
    """One thing the law says, with where it says so; `is_sure` until somebody has to check it in the source."""

    text: str
    basis: str
    is_sure: bool


def live_process(process: str, at: datetime | None) -> LiveProcess | None:
    """The process as its module tells it; None while no module runs it."""
    return live_processes[process](at or database_now()) if process in live_processes else None


def law_of(process: str, at: datetime | None) -> list[LawSentence]:
    """The sentences of the pack about a process, in force on that day."""
    if not process:
        return []
    rules = packs_of("ratusz.publishing.website")["civic_guide"].at(local_day(at or database_now()))
    return [
        LawSentence(entry.note.format(value=entry.value), entry.legal_basis, entry.is_confirmed)
        for name, entry in sorted(rules.entries.items())
        if name.startswith(f"{process}_")
    ]


def reception_now(at: datetime) -> LiveProcess:
    """Reception hours are there every week; the module of meetings will name the days."""
    return LiveProcess(_("You can come every week"), "always", reverse("website:units"), _("Find out when and where"))
