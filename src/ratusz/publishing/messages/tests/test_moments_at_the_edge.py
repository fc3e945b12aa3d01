"""A year that no calendar of ours knows is refused in words."""

import pytest

from ratusz.publishing.messages.forms import ScheduleForm


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "1899-12-31T23:59", "2200-01-01T00:00", "9999-12-31T23:59"])
def test_a_mistyped_year_is_refused(typed):
    form = ScheduleForm({"scheduled_at": typed})
    assert (form.is_valid(), form.errors["scheduled_at"]) == (False, ["Sprawdź rok: ma być między 1900 a 2199."])
