"""Who writes and who publishes: rights on the page tree follow from the role."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from ratusz.foundation.units.factories import UnitFactory
from ratusz.publishing.website.factories import make_article, make_portal
from ratusz.publishing.website.models import PageCare
from ratusz.publishing.website.page_rights import give_page_rights

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("role", "rights"),
    [("editor", (True, True)), ("head", (True, True)), ("unit_editor", (True, False)), ("moderator", (False, False))],
)
def test_roles_write_and_publish(staff_client, role, rights):
    root = Page.get_first_root_node()
    allowed = root.permissions_for_user(staff_client(role).person)
    assert (allowed.can_add_subpage(), allowed.can_publish_subpage()) == rights


def test_an_editor_opens_the_explorer(staff_client):
    assert staff_client("editor").get("/admin/pages/").status_code == 200
    assert staff_client("moderator").get("/admin/pages/").status_code == 302


def test_whoever_writes_no_pages_chooses_among_published_ones(staff_client):
    draft = make_article(make_portal(), title="Tajny szkic")
    draft.unpublish()
    address = f"/admin/choose-page/{draft.get_parent().pk}/"
    seen = {role: "Tajny szkic" in staff_client(role).get(address).text for role in ("editor", "unit_editor", "desk_officer")}
    assert seen == {"editor": True, "unit_editor": True, "desk_officer": False}


def test_a_units_editor_changes_the_own_pages_and_those_the_unit_looks_after(staff_client):
    homes, unit = make_portal(), UnitFactory()
    client = staff_client("unit_editor", unit=unit)
    own = make_article(homes, slug="wlasna", owner=client.person)
    cared = make_article(homes, slug="komorki", care=[])
    of_part = make_article(homes, slug="referatu", care=[])
    foreign = make_article(homes, slug="cudza", care=[])
    PageCare.objects.create(page=cared, owner_unit=unit)
    PageCare.objects.create(page=of_part, owner_unit=UnitFactory(parent=unit))
    PageCare.objects.create(page=foreign, owner_unit=UnitFactory())
    answers = [client.get(f"/admin/pages/{page.pk}/edit/").status_code for page in (own, cared, of_part, foreign)]
    assert answers == [200, 200, 200, 302]
    assert not cared.permissions_for_user(client.person).can_publish()


def test_rights_taken_from_a_role_are_gone_after_the_next_migrate():
    group, root = Group.objects.get(name="rola: unit_editor"), Page.get_first_root_node()
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=root, permission=change)
    give_page_rights(group, "unit_editor")
    held = GroupPagePermission.objects.filter(group=group).values_list("permission__codename", flat=True)
    assert list(held) == ["add_page"]
