"""The record on a screen: for those the roles give it to, narrowed, with values, and the look itself is recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from tests.harness.signing_in import sign_in_staff

from ratusz.foundation.audit.actions import erase_details, record, record_read
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.audit.views import staff
from ratusz.foundation.people.models import Role
from ratusz.foundation.units.actions import sync_access
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
RECORD = "/admin/dziennik/"


def signed_in(client, role):
    person = sign_in_staff(client)
    get_user_model().objects.filter(pk=person.pk).update(is_superuser=False)
    person.refresh_from_db()
    AppointmentFactory(person=person, role=Role.objects.get(code=role))
    sync_access(person=person, at=timezone.now())
    return person


@pytest.fixture
def unit():
    unit = UnitFactory(name="Wydział Łączności")
    record(deed="units.change_unit", subject=unit, before={"phone": ""}, after={"phone": "32 000 00 00"})
    return unit


@pytest.mark.parametrize(
    ("role", "status"), [("administrator", 200), ("data_protection_officer", 200), ("editor", 302), ("head", 302)]
)
def test_only_administrators_and_the_data_protection_officer_read_it(client, unit, role, status):
    signed_in(client, role)
    assert client.get(RECORD).status_code == status


def test_an_entry_shows_its_values_and_the_look_is_recorded(client, unit):
    person = signed_in(client, "data_protection_officer")
    entry = Entry.objects.get(deed="units.change_unit")
    page = client.get(RECORD).text
    assert "zmiana komórki" in page
    assert "Wydział Łączności" in page
    assert "32 000 00 00" not in page
    assert "32 000 00 00" in client.get(f"{RECORD}{entry.pk}/").text
    look = Entry.objects.filter(is_read=True).latest("pk")
    assert (look.actor_id, look.subject_id) == (str(person.pk), str(entry.pk))


def test_filters_narrow_and_a_wrong_day_is_said(client, unit):
    signed_in(client, "administrator")
    record_read(subject=unit, fields=["phone"])
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    today = timezone.localdate().isoformat()
    for query, there, gone in (
        ({"co": "units.change_unit"}, "/admin/dziennik/", "odczyt danych osobowych</a>"),
        ({"odczyty": "on"}, "odczyt danych osobowych</a>", "zmiana komórki</a>"),
        ({"od": tomorrow}, "Żaden wpis nie pasuje", "zmiana komórki</a>"),
        ({"od": "0001-01-01"}, "zmiana komórki</a>", "Żaden wpis nie pasuje"),
        ({"od": today, "do": today}, "zmiana komórki</a>", "Żaden wpis nie pasuje"),
        ({"kto": "nikt taki"}, "Żaden wpis nie pasuje", "zmiana komórki</a>"),
        ({"od": "wczoraj"}, "zmiana komórki</a>", "Żaden wpis nie pasuje"),
    ):
        page = client.get(RECORD, query).text
        assert (there in page, gone in page) == (True, False), query


@pytest.mark.parametrize("before", ["²", "9" * 5000, "-1", "x"])
def test_what_is_no_number_of_an_entry_is_passed_by(client, unit, before):
    signed_in(client, "administrator")
    assert "zmiana komórki" in client.get(RECORD, {"przed": before}).text


def test_erased_values_say_so(client, unit):
    signed_in(client, "administrator")
    entry = Entry.objects.get(deed="units.change_unit")
    erase_details(entries=Entry.objects.filter(pk=entry.pk), because="żądanie osoby")
    page = client.get(f"{RECORD}{entry.pk}/").text
    assert "żądanie osoby" in page
    assert "32 000 00 00" not in page


def test_pages_go_back_in_time(client, unit, monkeypatch):
    signed_in(client, "administrator")
    monkeypatch.setattr(staff, "PAGE", 2)
    for _number in range(3):
        record(deed="units.change_unit", subject=unit)
    page = client.get(RECORD, {"co": "units.change_unit"}).text
    assert page.count("zmiana komórki</a>") == 2
    numbers = list(Entry.objects.filter(deed="units.change_unit").values_list("pk", flat=True))
    older = client.get(RECORD, {"co": "units.change_unit", "przed": numbers[1]}).text
    assert (older.count("zmiana komórki</a>"), "Najnowsze" in older, "Starsze wpisy" in older) == (2, True, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_record_costs_the_same_queries(client, rows, django_assert_num_queries, unit):
    signed_in(client, "administrator")
    for _number in range(rows):
        record(deed="units.change_unit", subject=unit)
    client.get(RECORD)
    with django_assert_num_queries(19):
        client.get(RECORD)
