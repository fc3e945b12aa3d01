"""A cycle of district meetings leaves hundreds of promises: the sheet, the report and the public page say the same of them."""

from __future__ import annotations

import pytest

from ratusz.casework.meetings.factories import make_meeting
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.units.factories import UnitFactory
from ratusz.governance.decisions import queries, reports_made, wording
from ratusz.governance.decisions.factories import in_days, make_office, make_taken
from ratusz.governance.decisions.models import Decision

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_d7_three_hundred_promises_stand_on_the_sheet_with_unit_day_and_state_and_are_counted_the_same(staff_client, client):
    """A cycle of 22 meetings: the printed sheet, the unit's report and the public page say the same."""
    office, at = make_office(), database_now()
    meetings = [make_meeting(title=f"Spotkanie {number}", place=None) for number in range(22)]
    units = [UnitFactory(name=f"Komórka Próbna {number}") for number in range(5)]
    seed = make_taken(office, lead_unit=units[0])
    facts = {name: getattr(seed, name) for name in ("state", "taken_at", "text", "public_text", "first_due_on", "origin")}
    Decision.objects.bulk_create(
        Decision(
            number=f"U/2031/{number:04}", title=f"Obietnica {number}", lead_unit=units[number % 5], meeting=meetings[number % 22],
            due_on=in_days(30 - number), made_at=at, **(facts | {"first_due_on": in_days(30 - number)}),
        )
        for number in range(299)
    )  # fmt: skip
    rows = queries.for_list(queries.in_order(Decision.objects.shown(), at))
    blocks = reports_made.promises(rows, at, "").blocks
    lines = {head.text: said.text.splitlines()[-1] for head, said in zip(blocks[::2], blocks[1::2], strict=True)}
    assert len(lines) == 300
    for each in rows:
        state = wording.capital(str(wording.public_state(each, at).words))
        line = lines[f"{each.number} {each.title}"]
        assert line.startswith(f"{each.lead_unit} · ") and polish_date(each.due_on) in line and line.endswith(state)
    assert staff_client("presidents_secretariat").get("/admin/ustalenia/co-obiecalismy/").content.startswith(b"%PDF")
    by_unit = queries.figures(Decision.objects.shown(), at, "lead_unit")
    late = sum(row["late"] for row in by_unit)
    assert (sum(row["all"] for row in by_unit), late) == (300, 268)
    assert f"Ustaleń: 300. Zrobione: 0. W toku: 300, w tym po terminie: {late}." in client.get("/ustalenia/").text
