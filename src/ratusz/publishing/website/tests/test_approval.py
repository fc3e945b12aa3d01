"""What others hand in reaches those who publish, at their desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.factories import UnitFactory
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import PageCare
from ratusz.publishing.website.moves import moves_of

pytestmark = pytest.mark.django_db


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
def due_soon():
    page = make_news(make_portal(), title="Gdzie oddać sprzęt")
    unit = UnitFactory(name="Wydział Kształtowania Środowiska")
    page.care = [PageCare(owner_unit=unit, review_date=timezone.localdate() + timedelta(days=14))]
    page.save_revision().publish()
    return page


def test_a_page_to_be_read_again_comes_to_the_editors_two_weeks_before(staff_client, due_soon):
    (move,) = moves_of(staff_client("editor").person, database_now())

    assert move.what == "Przeczytaj na nowo i ustal następny przegląd: Gdzie oddać sprzęt"
    assert local_day(move.due_at) == due_soon.care.get().review_date + timedelta(days=1)
    assert list(moves_of(staff_client("editor").person, database_now() - timedelta(days=1))) == []


def test_it_comes_to_the_editors_of_its_unit_and_to_no_other_unit(staff_client, due_soon):
    ours = staff_client("unit_editor", unit=due_soon.care.get().owner_unit).person
    assert len(list(moves_of(ours, database_now()))) == 1
    for role in ("unit_editor", "moderator"):
        assert list(moves_of(staff_client(role).person, database_now())) == []


def test_the_next_day_takes_it_off_the_desk(staff_client, due_soon):
    due_soon.care = [PageCare(review_date=timezone.localdate() + timedelta(days=300))]
    due_soon.save_revision().publish()
    assert list(moves_of(staff_client("editor").person, database_now())) == []


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
