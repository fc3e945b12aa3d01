"""The 22 districts of Katowice."""

from ratusz.demo.loaders import Report
from ratusz.foundation.territory.actions import load_districts


def load(report: Report) -> None:
    """Repeatable."""
    report("dzielnice")
    load_districts()
