"""Contacts of district councils: the next duty, what is missing, the screens and the district's page."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from tests.harness.signing_in import sign_in_staff

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.actions import sync_access
from ratusz.participation.initiatives import actions, councils, rules
from ratusz.participation.initiatives.factories import make_clerk
from ratusz.participation.initiatives.models import DistrictCouncil

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 4, 16, 59, tzinfo=WARSAW), date(2026, 11, 4)),
        (datetime(2026, 11, 4, 17, 0, tzinfo=WARSAW), date(2026, 11, 18)),
        (datetime(2026, 11, 5, 0, 0, tzinfo=WARSAW), date(2026, 11, 18)),
    ],
)
def test_the_next_duty_is_the_first_that_is_not_over_and_not_on_a_day_off(at, day):
    # Wednesday 11 November is a day off.
    assert councils.next_duty(DistrictCouncil(duty_weekday=2, duty_from=time(16), duty_until=time(17)), at) == day
    assert councils.next_duty(DistrictCouncil(), at) is None


@pytest.mark.django_db
def test_a_clerk_sees_which_districts_lack_data_and_the_page_shows_what_was_saved(client):
    clerk = make_clerk()
    sync_access(person=clerk, at=database_now())
    clerk.refresh_from_db()
    sign_in_staff(client, clerk)
    DistrictFactory(number=5, name="Brynów")
    district = DistrictFactory(number=12, name="Koszutka")
    assert "Brakuje czegoś" in client.get(reverse("initiatives_councils")).content.decode()
    url = reverse("initiatives_council", args=[12])
    sent = {
        "chair": "Jan Próbny", "office_address": "ul. Próbna 1", "office_phone": "32 000 00 00",
        "office_email": "rada@example.pl", "duty_weekday": "1", "duty_from": "17:00",
    }  # fmt: skip
    refused = client.post(url, sent).content.decode()
    assert "wszystkie trzy puste" in refused and "ul. Próbna 1" in refused
    assert "późniejszą godzinę" in client.post(url, sent | {"duty_until": "16:00"}).content.decode()
    assert client.post(url, sent | {"duty_until": "18:00", "is_example": "on"}).status_code == 302
    assert [bool(words) for _district, words in councils.all_districts()] == [True, False]
    page = client.get(reverse("website:district", args=[district.slug])).content.decode()
    assert "Następny dyżur:" in page and "17.00–18.00" in page and "przykład" in page
    with pytest.raises(rules.NotYours):
        actions.save_council(district=district, facts={}, person=make_clerk("desk_officer"))
