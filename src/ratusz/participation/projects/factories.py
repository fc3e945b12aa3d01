"""Projects for tests and the demo."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ratusz.participation.budget.models import Pool
from ratusz.participation.projects import actions
from ratusz.participation.projects.models import Application

FACTS: dict[str, Any] = {
    "title": "Ławki i cień przy placu zabaw", "summary": "Osiem ławek i sześć drzew.", "description": "Ławki z oparciem, drzewa.",
    "justification": "Latem nie ma gdzie usiąść w cieniu.", "beneficiaries": "Rodziny z dziećmi.", "category": "greenery",
    "place": "plac zabaw przy szkole", "other_place": "", "point": None, "land": "city", "years": 1, "running_grosze": 50_000,
    "accessibility": "Ławki z podłokietnikami, dojście bez progu.", "name": "Autorka Przykładowa",
    "address": "ul. Przykładowa 1, Katowice",
    "email": "autorka@example.pl", "phone": "", "is_minor": False, "guardian_name": "", "guardian_contact": "",
}  # fmt: skip
LINES = [
    {"name": "ławka", "unit": "szt.", "quantity": Decimal(8), "price_grosze": 350_000, "grosze": 2_800_000},
    {"name": "drzewo", "unit": "szt.", "quantity": Decimal(6), "price_grosze": 300_000, "grosze": 1_800_000},
]


def make_application(pool: Pool, **facts: Any) -> Application:
    """A submitted application; the stage of submission of its edition must be open."""
    draft, _token = actions.start_draft(edition=pool.edition)
    return actions.submit(application=draft, facts=FACTS | {"pool": pool} | facts, lines=LINES, version=0)
