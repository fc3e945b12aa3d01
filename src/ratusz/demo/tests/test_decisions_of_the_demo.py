"""The demo city's decisions: in two districts one met, one extended with both days, one late; loading twice makes none twice."""

from __future__ import annotations

import pytest

from ratusz.demo import decisions
from ratusz.demo.people import load as load_people
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.governance.decisions import wording
from ratusz.governance.decisions.models import Decision


@pytest.mark.django_db
@pytest.mark.slow
def test_two_districts_show_a_met_an_extended_and_a_late_decision(client):
    districts = [DistrictFactory(slug=slug) for slug in ("ligota-panewniki", "szopienice-burowiec")]
    for _time in range(2):
        load_people(lambda words: None)
        decisions.load(lambda words: None)
    assert Decision.objects.count() == len(decisions.DECISIONS)
    at = database_now()
    for district in districts:
        found = Decision.objects.shown().filter(district=district)
        states = {wording.public_state(each, at).code for each in found}
        assert {"zrobione", "po-terminie", "w-toku"} <= states, states
        moved = found.filter(due_changes__isnull=False).distinct().get()
        text = client.get(moved.get_absolute_url()).content.decode()
        assert "Ulewy opóźniły prace" in text and "przesunięty z" in text
        late = next(each for each in found if each.is_overdue(at))
        assert {"overdue_1", "overdue_2", "overdue_3"} <= set(late.ladder_steps.values_list("step", flat=True))
        met = found.get(state="done")
        assert "zmyślony na potrzeby demo" in client.get(met.get_absolute_url()).content.decode()
    assert client.get("/ustalenia/").status_code == 200
