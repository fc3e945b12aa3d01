"""The 22 districts of Katowice, and two of its streets, so that an address can be placed."""

from ratusz.demo.loaders import Report
from ratusz.foundation.territory.actions import import_streets, load_districts
from ratusz.foundation.territory.queries import knows_streets

STREETS = """ulica;dzielnica;od;do;strona
Grażyńskiego;Koszutka;1;60;
Panewnicka;Ligota-Panewniki;1;400;
"""
"""The rest of the city is brought in from its own file; whatever was brought in stays."""


def load(report: Report) -> None:
    """Repeatable."""
    report("dzielnice")
    load_districts()
    if not knows_streets():
        import_streets(content=STREETS.encode())
