"""Units and appointments in the Wagtail admin: made through actions, searched, exported; access follows from appointments."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import Role
from ratusz.foundation.units import actions
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.foundation.units.rules import CircularUnit, may

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
START, END = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)


def test_a_unit_is_made_and_changed(staff_client):
    client = staff_client("administrator")
    facts = {"name": "Wydział Łączności", "short_name": "WŁ", "kind": "office_unit", "email": "", "phone": "", "address": ""}
    assert client.post("/admin/units/new/", facts).status_code == 302
    unit = Unit.objects.get(short_name="WŁ")
    assert client.post(f"/admin/units/edit/{unit.pk}/", {**facts, "phone": "32 000 00 00"}).status_code == 302
    entries = Entry.objects.filter(deed__startswith="units.", subject_type="ratusz_units.Unit").order_by("pk")
    assert [entry.deed for entry in entries] == ["units.create_unit", "units.change_unit"]
    assert (entries[1].detail.content["before"]["phone"], entries[1].detail.content["after"]["phone"]) == ("", "32 000 00 00")


def test_a_unit_cannot_stand_below_itself(staff_client):
    top = UnitFactory()
    below = UnitFactory(parent=UnitFactory(parent=top))
    with pytest.raises(CircularUnit):
        actions.save_unit(unit=top, parent=below)
    facts = {"name": top.name, "short_name": top.short_name, "kind": top.kind, "parent": below.pk}
    page = staff_client("administrator").post(f"/admin/units/edit/{top.pk}/", facts)
    assert "nie może być częścią siebie" in page.content.decode()


def test_an_administrator_appoints_and_ends(staff_client):
    client = staff_client("administrator")
    person, unit, role = UserFactory(), UnitFactory(is_department=True), Role.objects.get(code="moderator")
    facts = {
        "person": person.pk,
        "role": role.pk,
        "unit": unit.pk,
        "starts": "2026-03-01",
        "ends": "2026-03-31",
        "standing_in_for": "",
    }
    assert client.post("/admin/appointments/new/", facts).status_code == 302
    made = Appointment.objects.get(person=person)
    assert (made.starts, made.ends) == (timezone.make_aware(datetime(2026, 3, 1)), timezone.make_aware(datetime(2026, 4, 1)))
    assert client.post(f"/admin/appointments/edit/{made.pk}/", {"ends": "2026-03-15"}).status_code == 302
    made.refresh_from_db()
    assert made.ends == timezone.make_aware(datetime(2026, 3, 16))


def test_nobody_appoints_themselves(staff_client):
    client = staff_client("administrator")
    facts = {
        "person": client.person.pk,
        "role": Role.objects.get(code="treasurer").pk,
        "unit": UnitFactory().pk,
        "starts": "2026-03-01",
    }
    client.post("/admin/appointments/new/", facts)
    assert Appointment.objects.filter(person=client.person).count() == 1


def test_an_appointment_that_ends_before_it_starts_is_sent_back(staff_client):
    facts = {"person": UserFactory().pk, "role": 1, "unit": UnitFactory().pk, "starts": "2026-03-02", "ends": "2026-03-01"}
    page = staff_client("administrator").post("/admin/appointments/new/", facts)
    assert "Ostatni dzień jest przed pierwszym" in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/admin/units/", "/admin/appointments/", "/admin/units/?q=pr%C3%B3bny", "/admin/appointments/?q=Demo"]
)
def test_lists_open_and_search(staff_client, path):
    assert staff_client("administrator").get(path).status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("what", ["units", "appointments"])
def test_lists_are_exported(staff_client, what, kind):
    answer = staff_client("administrator").get(f"/admin/{what}/?export={kind}")
    assert answer.status_code == 200
    assert kind in answer["content-disposition"]


def test_other_roles_look_or_do_not_even_look(staff_client):
    assert staff_client("head").get("/admin/units/").status_code == 200
    assert staff_client("moderator").get("/admin/units/").status_code == 302
    assert staff_client("head").get("/admin/units/new/").status_code == 302


def test_groups_and_access_follow_from_appointments():
    person = UserFactory()
    head = AppointmentFactory(role_code="head", starts=START, ends=END)
    for code in ("editor", "moderator"):
        AppointmentFactory(role_code=code, person=person, starts=START, ends=END)
    AppointmentFactory(role_code="head", person=person, standing_in_for=head, starts=START, ends=None)

    def access(at):
        actions.sync_access(person=person, at=at)
        person.refresh_from_db()
        return person.is_staff, set(person.groups.values_list("name", flat=True)), person.session_epoch

    everything = {"rola: editor", "rola: moderator", "rola: head"}
    assert access(START - timedelta(seconds=1)) == (False, set(), 0)
    assert access(START) == (True, everything, 0)
    assert access(END - timedelta(seconds=1)) == (True, everything, 0)
    assert access(END) == (False, set(), 1), "access ends with the appointment, and so do the sessions"


def test_groups_of_ones_own_stay(monkeypatch):
    made = AppointmentFactory(role_code="editor", starts=START, ends=END)
    own = Group.objects.create(name="Zespół strony")
    made.person.groups.add(own)
    for at in (START, END):
        monkeypatch.setattr(actions.appointments, "database_now", lambda at=at: at)
        assert actions.sync_all_access() == 1
        assert actions.sync_all_access() == 0
    assert list(made.person.groups.all()) == [own]


@pytest.mark.parametrize("people", [1, 3])
def test_the_minutely_check_of_access_costs_three_queries(people, django_assert_num_queries):
    for _ in range(people):
        made = AppointmentFactory()
        actions.sync_access(person=made.person, at=START)
    with django_assert_num_queries(3):
        assert actions.sync_all_access() == 0


def test_a_stand_in_gets_the_role_and_the_unit_of_whom_they_stand_in_for():
    absent = AppointmentFactory(role=Role.objects.get(code="head"))
    other = AppointmentFactory(role=Role.objects.get(code="editor"))
    standing_in = actions.appoint(
        person=other.person, role=other.role, unit=other.unit, starts=START, ends=END, standing_in_for=absent
    )
    assert (standing_in.role, standing_in.unit, standing_in.standing_in_for) == (absent.role, absent.unit, absent)


def test_all_staff_look_and_only_an_administrator_changes_and_never_for_themselves():
    administrator, editor = (
        AppointmentFactory(role=Role.objects.get(code=code), starts=START).person for code in ("administrator", "editor")
    )
    for person in (administrator, editor):
        person.is_staff = True
        assert may(person, "view", None, END)
    deeds = [
        may(administrator, "appoint", editor, END),
        may(administrator, "appoint", administrator, END),
        may(editor, "appoint", administrator, END),
    ]
    assert deeds == [True, False, False]
