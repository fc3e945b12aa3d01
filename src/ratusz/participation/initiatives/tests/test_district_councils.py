"""Contacts of district councils: the next duty, what is missing, the screens and the district's page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.harness.signing_in import sign_in_staff

from ratusz.casework.advice import actions as advice
from ratusz.casework.advice.factories import make_point
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.actions import sync_access
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.initiatives import actions, councils, rules
from ratusz.participation.initiatives.factories import make_clerk
from ratusz.participation.initiatives.forms_councils import CouncilForm
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
    found = councils.next_duty(DistrictCouncil(duty_weekday=2, duty_from=time(16), duty_until=time(17)), at)
    assert found == councils.Duty(day, "16.00–17.00")
    assert councils.next_duty(DistrictCouncil(), at) is None


@pytest.mark.slow
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


@pytest.mark.django_db
def test_the_duty_of_a_council_with_a_point_is_that_of_the_point_and_is_typed_once():
    clerk, district = make_clerk(), DistrictFactory(number=12, name="Koszutka")
    point = make_point("rada-12", opens=time(16), closes=time(18), name="Rada Dzielnicy nr 12", address="ul. Próbna 1", room="")
    council = actions.save_council(district=district, facts={"point_slug": point.slug}, person=clerk)
    monday = datetime(2026, 11, 2, 17, 59, tzinfo=WARSAW)
    assert councils.next_duty(council, monday) == councils.Duty(date(2026, 11, 2), "16.00–18.00", "ul. Próbna 1")
    assert councils.next_duty(council, monday.replace(hour=18)).day == date(2026, 11, 3)
    day = local_day(database_now()) + timedelta(days=1)
    advice.set_special_day(point=point, day=day, opens=None, closes=None, why="Urlop dyżurnej", person=clerk)
    evening = datetime.combine(day - timedelta(days=1), time(20), tzinfo=WARSAW)
    assert councils.next_duty(DistrictCouncil.objects.get(), evening).day > day
    assert "godziny dyżuru" not in councils.missing(council)
    form = CouncilForm(
        {"point_slug": point.slug, "duty_weekday": "1", "duty_from": "16:00", "duty_until": "17:00"}, instance=council
    )
    assert "Godziny punktu" in str(form.errors["point_slug"])
    with pytest.raises(IntegrityError), transaction.atomic():
        DistrictCouncil.objects.update(duty_weekday=1, duty_from=time(16), duty_until=time(17))


@pytest.mark.django_db
def test_an_editor_of_the_council_keeps_its_contact_and_no_other(client):
    clerk, editor = make_clerk(), AppointmentFactory(role_code="unit_editor")
    mine, other = DistrictFactory(number=12, name="Koszutka"), DistrictFactory(number=13, name="Bogucice")
    actions.save_council(district=mine, facts={"unit": editor.unit, "is_example": True}, person=clerk)
    actions.save_council(district=other, facts={}, person=clerk)
    sync_access(person=editor.person, at=database_now())
    editor.person.refresh_from_db()
    sign_in_staff(client, editor.person)
    listed = client.get(reverse("initiatives_councils")).content.decode()
    assert "Koszutka" in listed and "Bogucice" not in listed
    sent = {
        "chair": "Jan Próbny",
        "office_email": "rada12@example.pl",
        "office_address": "ul. Próbna 12",
        "office_phone": "32 000 00 12",
        "duty_weekday": "1",
        "duty_from": "17:00",
        "duty_until": "18:00",
    }
    assert client.post(reverse("initiatives_council", args=[12]), sent | {"unit": "", "is_example": "on"}).status_code == 302
    assert "Żadnej dzielnicy niczego nie brakuje" in client.get(reverse("initiatives_councils")).content.decode()
    kept = DistrictCouncil.objects.get(district=mine)
    assert (kept.chair, kept.unit, kept.is_example) == ("Jan Próbny", editor.unit, False)
    assert client.post(reverse("initiatives_council", args=[13]), sent).status_code == 302
    assert DistrictCouncil.objects.get(district=other).chair == ""
    with pytest.raises(rules.NotYours):
        actions.save_council(district=other, facts=sent, person=editor.person)
    assert client.get(reverse("initiatives_register")).status_code == 302
