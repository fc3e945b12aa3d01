"""What others hand in reaches those who publish, at their desk."""

import pytest
from wagtail.models import Page

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.moves import moves_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def handed_in(staff_client):
    """A news item that a unit's editor has handed in."""
    writer = staff_client("unit_editor").person
    page = make_news(make_portal(), owner=writer)
    page.title = "Nowy chodnik"
    page.save_revision()
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
    assert handed_in.get_workflow().name == "Redakcja"


@pytest.fixture
def sent_back(staff_client, handed_in):
    handed_in.current_workflow_task_state.reject(user=staff_client("editor").person, comment="Dopisz, kiedy remont")
    return handed_in


def client_of_the_writer(sent_back, staff_client):
    """The writer with a browser; whoever handed in has left none."""
    from ratusz.foundation.units.actions import sync_access

    client = staff_client("unit_editor")
    sent_back.current_workflow_state.__class__.objects.update(requested_by=client.person)
    Page.objects.filter(pk=sent_back.pk).update(owner=client.person)
    sync_access(person=client.person, at=database_now())
    return client


def test_what_was_sent_back_is_a_move_of_its_writer_with_the_reason_above_the_text(staff_client, sent_back):
    writer = client_of_the_writer(sent_back, staff_client)
    (move,) = moves_of(writer.person, database_now())
    assert (move.what, move.url) == ("Popraw i przekaż jeszcze raz: Nowy chodnik", f"/admin/pages/{sent_back.pk}/edit/")
    page = writer.get(move.url).text
    assert "Ten tekst wrócił do poprawy: „Dopisz, kiedy remont”. Popraw go i przekaż jeszcze raz." in page
    assert ("Przekaż jeszcze raz" in page, "Przekaż od nowa" in page) == (True, False)
    assert list(moves_of(staff_client("editor").person, database_now())) == []
