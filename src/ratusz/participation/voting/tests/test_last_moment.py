"""The end of the hours as it is told: a vote that ends at midnight ends on the day before."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from ratusz.participation.voting.views.ballot import last_moment

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize(
    ("language", "midnight", "evening"),
    [
        ("pl", "24 września 2026 r., godz. 24.00", "24 września 2026 r., godz. 20.00"),
        ("en", "24 September 2026, 24:00", "24 September 2026, 20:00"),
        ("uk", "24 вересня 2026, 24:00", "24 вересня 2026, 20:00"),
    ],
)
def test_midnight_belongs_to_the_day_that_it_ends(language, midnight, evening):
    with override(language):
        assert last_moment(datetime(2026, 9, 25, tzinfo=WARSAW), language) == midnight
        assert last_moment(datetime(2026, 9, 24, 20, tzinfo=WARSAW), language) == evening
