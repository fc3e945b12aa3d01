"""What others hand in reaches those who publish, at their desk."""

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.moves import moves_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_in(staff_client):
    """A news item that a unit's editor has handed in."""
    page = make_news(make_portal())
    page.title = "Nowy chodnik"
    page.save_revision()
    writer = staff_client("unit_editor").person
    page.get_workflow().start(page, writer)
    return page


def test_an_editor_finds_it_at_the_desk_and_publishes_it(staff_client, handed_in):
    editor = staff_client("editor")
    (move,) = moves_of(editor.person, database_now())
    assert (move.what, move.url) == ("Przeczytaj i zatwierdź: Nowy chodnik", f"/admin/pages/{handed_in.pk}/edit/")
    assert "Przeczytaj i zatwierdź: Nowy chodnik" in editor.get("/admin/").text
    handed_in.current_workflow_task_state.approve(user=editor.person)
    assert list(moves_of(editor.person, database_now())) == []
    assert handed_in.__class__.objects.get(pk=handed_in.pk).title == "Nowy chodnik"


def test_it_is_no_move_of_those_who_cannot_publish(staff_client, handed_in):
    for role in ("unit_editor", "press_officer", "moderator"):
        assert list(moves_of(staff_client(role).person, database_now())) == []


def test_the_approval_has_a_polish_name(handed_in):
    assert handed_in.get_workflow().name == "Akceptacja redakcji"
