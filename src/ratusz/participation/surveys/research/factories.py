"""Research cards for tests and the demo."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.spreadsheets import BYTE_ORDER_MARK, csv_lines
from ratusz.foundation.units.models import Unit
from ratusz.participation.surveys.models import ResearchCard
from ratusz.participation.surveys.research import actions
from ratusz.participation.surveys.research.results_file import COLUMNS

FACTS: dict[str, Any] = {
    "title": "Jakość życia w mieście", "summary": "Sześć osób na dziesięć mówi, że mieszka się im dobrze.", "task": "many",
    "origin": "commissioned", "agency": "Pracownia Przykładowa sp. z o.o.", "contract": "", "method": "cati",
    "sample": "probability", "sample_size": 1000, "population": "dorośli mieszkańcy miasta", "starts_on": date(2024, 5, 6),
    "ends_on": date(2024, 5, 24), "survey": None, "series": None,
}  # fmt: skip


def make_editor(role: str = "editor", unit: Unit | None = None) -> Any:
    """A person with a role, of the department unless another unit is given; for tests alone, as it needs their libraries."""
    from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

    place = unit or Unit.objects.the_department() or UnitFactory(is_department=True)
    return AppointmentFactory(role_code=role, unit=place).person


def make_card(person: Any = None, *, new_series: str = "", with_files: bool = True, **facts: Any) -> ResearchCard:
    """A draft with its questionnaire and report."""
    by = person or make_editor()
    said = FACTS | {"unit": Unit.objects.the_department() or Unit.objects.order_by("pk").first()} | facts
    kept = {name: (io.BytesIO(make_pdf()), f"{name}.pdf") for name in ("questionnaire", "report")} if with_files else {}
    return actions.make_card(facts=said, person=by, form_key=uuid.uuid4(), new_series=new_series, files=kept)


def table(rows: Iterable[Sequence[Any]], *, head: Sequence[str] = COLUMNS, encoding: str = "utf-8") -> bytes:
    """A table of results as an agency would send it: CSV with semicolons."""
    return "".join(csv_lines([head, *rows])).removeprefix(BYTE_ORDER_MARK).encode(encoding)


def question(key: str, text: str, base: int, **answers: int) -> list[list[Any]]:
    """Rows of one question of everybody, with people and the share that follows."""
    return [
        [key, text, "jedna", answer, people, f"{100 * people / base:.1f}".replace(".", ","), "", base]
        for answer, people in answers.items()
    ]
