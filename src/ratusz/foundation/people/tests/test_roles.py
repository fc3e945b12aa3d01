"""The roles of the department are data: made from the pack after migrate, with a group each, and the city's names kept."""

import pytest
from django.contrib.auth.models import Group

from ratusz.foundation.kit.registries import Registry
from ratusz.foundation.people import roles
from ratusz.foundation.people.models import Role

pytestmark = pytest.mark.django_db
CODES = {
    "head", "deputy_head", "editor", "press_officer", "moderator", "lead_moderator", "appeal_moderator", "unit_moderator",
    "budget_coordinator", "unit_verifier", "unit_editor",
    "presidents_secretariat", "data_protection_officer", "administrator", "desk_officer", "committee_chair", "key_holder", "treasurer", "employee",
}  # fmt: skip


def test_every_role_and_its_group_are_there_after_migrate():
    assert set(Role.objects.values_list("code", flat=True)) == CODES
    assert set(Group.objects.filter(name__startswith="rola: ").values_list("name", flat=True)) == {
        *(f"rola: {code}" for code in CODES),
        *(f"rola: {code} (poza wydziałem)" for code in roles.DEPARTMENT_ROLES),
    }


def test_a_name_the_city_changed_stays():
    Role.objects.filter(code="editor").update(name="Redakcja")
    roles.sync_roles()
    assert Role.objects.get(code="editor").name == "Redakcja"


def test_modules_add_permissions_and_set_ups(monkeypatch):
    seen = []
    granted, set_ups = Registry("test"), Registry("test")
    granted.register("tests", {"editor": ("ratusz_people.view_user",)})
    set_ups.register("tests", lambda group, code: seen.append(code))
    monkeypatch.setattr(roles, "role_permissions", granted)
    monkeypatch.setattr(roles, "role_setups", set_ups)
    roles.sync_roles()
    permissions = Group.objects.get(name="rola: editor").permissions
    assert set(permissions.values_list("codename", flat=True)) == {"access_admin", "view_user"}
    assert set(seen) == CODES


def test_an_unknown_permission_is_an_error(monkeypatch):
    granted = Registry("test")
    granted.register("tests", {"editor": ("no.such",)})
    monkeypatch.setattr(roles, "role_permissions", granted)
    with pytest.raises(LookupError, match="no.such"):
        roles.sync_roles()
