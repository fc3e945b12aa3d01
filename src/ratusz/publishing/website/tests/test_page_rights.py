"""Who writes and who publishes: rights on the page tree follow from the role."""

import pytest
from wagtail.models import Page

from ratusz.publishing.website.factories import make_article, make_portal

pytestmark = pytest.mark.django_db


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
