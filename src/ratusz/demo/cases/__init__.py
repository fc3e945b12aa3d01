"""Real consultations of Katowice with their public numbers, from order to report; what is not public is made up and says so."""

from __future__ import annotations

from ratusz.demo.cases import landscape, polls, singles, statutes
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system


def load(report: Report) -> None:
    """Repeatable: a case that stands is left as it is."""
    report("konsultacje z lat 2015–2023")
    with acting(system("demo")):
        polls.load()
        singles.load()
        landscape.load()


def load_statutes(report: Report) -> None:
    """Repeatable; apart, as 44 reports are made."""
    report("statuty 22 dzielnic")
    with acting(system("demo")):
        statutes.load()
