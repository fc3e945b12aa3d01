"""Roles of the department count in the department alone: a head of another unit opens neither the budget nor the portal."""

import pytest

from ratusz.foundation.people.models import Role
from ratusz.foundation.units import actions
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit
from ratusz.foundation.units.rules import holds_department_role, holds_role, may_invite
from ratusz.participation.budget.rules import DEEDS
from ratusz.participation.budget.rules import may as may_in_budget
from ratusz.publishing.website.factories import make_news, make_portal

pytestmark = pytest.mark.django_db
SCREENS = ("/admin/budget-pools/", "/admin/budget/import/", "/admin/territory/import/", "/admin/outbox/", "/admin/images/")


@pytest.fixture
def gardens():
    return UnitFactory(name="Biuro Miejskiego Ogrodnika")


def opened(client) -> list[str]:
    return [address for address in SCREENS if client.get(address).status_code == 200]


@pytest.mark.slow
def test_a_head_of_another_unit_opens_nothing_of_the_department(staff_client, gardens):
    head, elsewhere = staff_client("head"), staff_client("head", unit=gardens)
    assert (opened(head), opened(elsewhere)) == (list(SCREENS), [])
    at = AppointmentFactory().starts
    assert [may_in_budget(elsewhere.person, deed, None, at) for deed in DEEDS] == [False] * len(DEEDS)
    assert holds_role(elsewhere.person, "head", at=at)


def test_what_others_hand_in_is_approved_in_the_department_alone(staff_client, gardens):
    page = make_news(make_portal())
    page.get_workflow().start(page, staff_client("unit_editor", unit=gardens).person)
    reviewers = [staff_client(code, unit=unit).person for code in ("head", "editor") for unit in (gardens, department())]
    task = page.current_workflow_task
    assert [bool(task.get_actions(page, person)) for person in reviewers] == [
        False, True, False, True,
    ]  # fmt: skip
    assert [page.permissions_for_user(person).can_publish() for person in reviewers] == [False, True, False, True]


def department() -> Unit:
    return Unit.objects.filter(is_department=True).first() or UnitFactory(is_department=True)


def test_units_below_the_department_are_of_it():
    below = UnitFactory(parent=UnitFactory(parent=department()))
    made = AppointmentFactory(role_code="editor", unit=below)
    assert holds_department_role(made.person, "editor", at=made.starts)
    assert list(Unit.objects.of_department().order_by("pk")) == [department(), below.parent, below]


def test_a_unit_that_becomes_the_department_changes_what_its_people_may_at_once(staff_client, gardens):
    editor = staff_client("editor", unit=gardens)
    assert set(editor.person.groups.values_list("name", flat=True)) == {"rola: editor (poza wydziałem)"}
    actions.save_unit(unit=gardens, is_department=True)
    assert set(editor.person.groups.values_list("name", flat=True)) == {"rola: editor"}
    assert actions.sync_all_access() == 0


def test_nobody_is_made_editor_where_it_gives_nothing(staff_client, gardens):
    head, administrator = staff_client("head", unit=gardens), staff_client("administrator")
    role, at = Role.objects.get(code="editor"), AppointmentFactory().starts
    for inviting in (head, administrator):
        assert not may_invite(inviting.person, at, role, gardens)
    form = head.get("/admin/invitations/new/").content.decode()
    assert ("Redaktorka lub redaktor w komórce" in form, "Koordynatorka lub koordynator" in form) == (True, False)
    facts = {"person": AppointmentFactory().person.pk, "role": role.pk, "unit": gardens.pk, "starts": "2026-03-01", "ends": ""}
    answer = administrator.post("/admin/appointments/new/", {**facts, "standing_in_for": ""})
    assert "Ta rola liczy się tylko w wydziale" in answer.content.decode()
