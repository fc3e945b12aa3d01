"""Whatever becomes of ballots: received = valid + invalid by code + wrong form, per channel, per area and in total (property 2)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations.models import Area
from ratusz.participation.polls import queries
from ratusz.participation.polls.actions import importing
from ratusz.participation.polls.factories import file_of, make_poll

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FATES = st.sampled_from(["", "N01", "N02", "N03", "N05", "N08", "inna forma"])
ROWS = st.lists(st.tuples(st.sampled_from(["online", "urna"]), st.sampled_from(["tak", "nie"]), FATES), max_size=20)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(areas=st.lists(ROWS, min_size=1, max_size=2))
def test_every_ballot_stands_in_one_column(past, areas):
    consultation, people = past.form.consultation, [AppointmentFactory(role_code=role).person for role in ("head", "editor")]
    before, whole = consultation.intakes.count(), 0
    for rows in areas:
        area = Area.objects.create(consultation=consultation, kind="city", name=f"Obszar {consultation.areas.count()}")
        poll = make_poll(consultation, area=area, answers=("tak", "nie"))
        lines = [[channel, "2023-02-10", "", "", answer, fate, ""] for channel, answer, fate in rows]
        if lines:
            told = importing.bring_in(
                poll=poll, content=file_of(lines), name="glosy.csv", second=people[1], person=people[0], is_judged=True
            )
            assert not told.faults
        result, counts = queries.result_of(poll), queries.counts_of(poll.form)
        assert all(each.received == each.valid + sum(each.invalid.values()) + each.wrong_form for each in counts)
        assert sum(each.received for each in counts) == result.received == len(rows)
        assert sum(line.count for line in result.lines) == result.valid == sum(fate == "" for _channel, _answer, fate in rows)
        assert sum(result.invalid.values()) == sum(fate.startswith("N") for _channel, _answer, fate in rows)
        assert {each.area for each in counts} <= {area.name} and result.wrong_form == sum(
            fate == "inna forma" for *_two, fate in rows
        )
        whole += len(rows)
    assert consultation.intakes.count() == before + whole
