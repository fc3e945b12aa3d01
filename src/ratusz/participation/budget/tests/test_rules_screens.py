"""The way of an edition on screens: calendar copied, pools computed, settings, opening, a change by two people, the public page."""

import hashlib
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from tests.harness.signing_in import sign_in_staff

from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import Role
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.budget import actions, registers
from ratusz.participation.budget.factories import EditionFactory, PoolFactory
from ratusz.participation.budget.tests.test_an_edition_as_data import DAYS

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def page(client, name, edition, data=None, **more):
    address = reverse(name, args=[edition.pk])
    return client.post(address, data, follow=True) if data is not None else client.get(address, more)


def as_role(client, code):
    person = UserFactory(is_staff=True, is_superuser=True)
    AppointmentFactory(person=person, role=Role.objects.get(code=code))
    return sign_in_staff(client, person)


def form_data(form):
    values = {name: field.initial for name, field in form.fields.items()}
    return {name: value for name, value in values.items() if value is not None and value is not False}


@pytest.fixture
def edition():
    before = EditionFactory(number=13, year=2026)
    moved = {code: (first.replace(year=2026), last.replace(year=2026)) for code, (first, last) in DAYS.items()}
    moved |= {"submission": (date(2026, 3, 11), date(2026, 4, 9)), "formal": (date(2026, 4, 10), date(2026, 5, 6))}
    actions.set_calendar(edition=before, days=moved)
    for code, people in {"L1": 25_320, "L9": 20_831, "L14": 4_619, "L21": 11_518}.items():
        PoolFactory(edition=before, code=code, position=int(code[1:]), registered=people, registered_day=date(2025, 12, 31))
    PoolFactory(edition=before, code="M", position=0, place="city")
    return EditionFactory(number=14, year=2027)


def test_the_whole_way_from_last_years_calendar_to_a_change_by_two_people(client, edition):
    as_role(client, "budget_coordinator")
    copied = page(client, "budget_staff_calendar", edition, copy="1")
    assert copied.context["form"].fields["submission_first"].initial == date(2027, 3, 10)
    assert 'name="submission_first" value="2027-03-10"' in copied.text  # a browser shows no other form of a day
    wrong = form_data(copied.context["form"]) | {"formal_first": "2027-03-12"}
    assert "zanim skończy się" in page(client, "budget_staff_calendar", edition, wrong).text
    half = form_data(copied.context["form"]) | {"formal_first": ""}
    assert "Podaj oba dni" in page(client, "budget_staff_calendar", edition, half).text
    assert "Kalendarz zapisany" in page(client, "budget_staff_calendar", edition, form_data(copied.context["form"])).text
    form = page(client, "budget_staff_pools", edition).context["form"]
    given = form_data(form) | {"best_0": "L21", "best_1": "L14", "best_2": "L9", "correction_L1": "-1"}
    assert list(page(client, "budget_staff_pools", edition, given).context["form"].errors) == ["confirmed"]
    assert "Każda korekta musi mieć powód" in page(client, "budget_staff_pools", edition, given | {"confirmed": "on"}).text
    done = page(client, "budget_staff_pools", edition, given | {"confirmed": "on", "reason_L1": "zaokrąglenie miasta"})
    assert "Pule są wyliczone" in done.text and "zaokrąglenie miasta" in done.text and "część równa" in done.text
    settings = form_data(page(client, "budget_staff_settings", edition).context["form"])
    assert "więcej niż 0,1 %" in page(client, "budget_staff_settings", edition, settings | {"signatures__city": 500}).text
    assert "Ustawienia zapisane" in page(client, "budget_staff_settings", edition, settings | {"signatures__city": 48}).text
    public = reverse("budget:rules", args=[edition.slug])
    assert client.get(public).status_code == 404
    opened = page(client, "budget_staff_rules", edition, {"deed": "open"})
    assert "Edycja jest otwarta" in opened.text
    days = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    assert [thing.url for thing in registers.dated_things(*days) if thing.title.startswith("Głosowanie")] == [public]
    proposed = page(
        client, "budget_staff_settings", edition, settings | {"signatures__city": 48, "appeal__days": 5, "reason": "Uchwała"}
    )
    change = edition.changes.get()
    assert "czeka na drugą osobę" in proposed.text
    say = {"deed": "approve", "change": change.pk}
    assert "Zatwierdza ją inna osoba" in page(client, "budget_staff_rules", edition, say).text
    as_role(client, "deputy_head")
    assert "zatwierdzona i obowiązuje" in page(client, "budget_staff_rules", edition, say).text
    text = client.get(public).text
    assert (
        "Dni na odwołanie: 3 dni robocze → 5 dni roboczych" in text
        and "wymaga przepisu uchwały" in text
        and "do potwierdzenia" in text
    )
    file = client.get(reverse("budget:rules-file", args=[edition.slug, 2]))
    edition.refresh_from_db()
    assert hashlib.sha256(file.content).hexdigest() == edition.rules_hash and edition.rules_hash in text


@pytest.mark.parametrize("name", ["budget_staff_rules", "budget_staff_calendar", "budget_staff_settings", "budget_staff_pools"])
def test_an_editor_does_not_get_in(client, edition, name):
    as_role(client, "editor")
    assert client.get(reverse(name, args=[edition.pk])).status_code in (302, 403)
