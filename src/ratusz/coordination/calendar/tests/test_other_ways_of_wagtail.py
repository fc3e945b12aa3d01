"""Ways of Wagtail past its editor: its interface for programs, copies, aliases, privacy and moves let nothing out unasked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wagtail.models import Page, PageViewRestriction

from ratusz.coordination.calendar.factories import make_election
from ratusz.coordination.calendar.models import Election, HeldItem
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.website.factories import make_article, make_news, make_portal
from ratusz.publishing.website.models import NewsPage, SectionPage

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def homes():
    return make_portal()


@pytest.fixture
def page(homes):
    return make_news(homes)


@pytest.fixture
def silence(homes):
    """Tomorrow people vote."""
    today = local_day(database_now())
    return make_election(ordered_on=today - timedelta(days=40), voting_day=today + timedelta(days=1), second_round_day=None)


def close(page):
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def make_section(homes):
    return Page.objects.get(pk=homes["pl"].pk).add_child(instance=SectionPage(title="Druga część", slug="druga"))


def copied(page, **fields):
    typed = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": page.get_parent().pk}
    return f"/admin/pages/{page.pk}/copy/", typed | fields


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("publish", {}),
        ("unpublish", {}),
        ("delete", {}),
        ("copy", {"keep_live": True, "slug": "kopia", "title": "Kopia"}),
        ("create_alias", {"update_slug": "kopia"}),
        ("move", {"destination_page_id": 1}),
    ],
)
def test_the_interface_for_programs_does_nothing(staff_client, page, name, typed):
    page.title = "Szkic"
    page.save_revision()
    editor = staff_client("editor")
    answer = editor.post(f"/admin/api/main/pages/{page.pk}/action/{name}/", typed, content_type="application/json")
    assert answer.status_code == 404
    assert list(NewsPage.objects.values_list("title", "live", "path")) == [("Wiadomość 1", True, page.path)]
    assert editor.get(f"/admin/api/main/pages/{page.pk}/").json()["title"] == "Wiadomość 1"


@pytest.mark.parametrize("extra", [{"publish_copies": "on"}, {"alias": "on"}, {"alias": "on", "publish_copies": "on"}])
def test_a_copy_is_a_draft_whatever_was_ticked(staff_client, page, silence, extra):
    editor = staff_client("editor")
    address, typed = copied(page, **extra)
    screen = editor.get(address).text
    assert "Kopia jest szkicem." in screen and "publish_copies" not in screen and 'name="alias"' not in screen
    assert editor.post(address, typed).status_code == 302
    copy = NewsPage.objects.get(slug="kopia")
    assert (copy.live, copy.alias_of, copy.title) == (False, None, "Kopia")


def test_a_closed_page_is_not_opened_in_the_silence(staff_client, client, page, silence):
    close(page)
    editor = staff_client("editor")
    answer = editor.post(f"/admin/pages/{page.pk}/privacy/", {"restriction_type": "none"})
    assert "Strona zostaje zamknięta: Cisza wyborcza trwa do" in answer.json()["html"]
    assert client.get(page.get_url()).status_code == 302
    assert list(HeldItem.objects.values_list("subject", "tried_by")) == [(f"website.page:{page.pk}", editor.person.pk)]
    Election.objects.all().update(voting_day=local_day(database_now()) - timedelta(days=5))
    answer = editor.post(f"/admin/pages/{page.pk}/privacy/", {"restriction_type": "none"})
    assert answer.json() == {"step": "set_privacy_done", "is_public": True}
    assert client.get(page.get_url()).status_code == 200


def test_closing_is_not_asked_and_neither_is_opening_under_what_stays_closed(staff_client, page, silence):
    editor, address = staff_client("editor"), f"/admin/pages/{page.pk}/privacy/"
    assert editor.post(address, {"restriction_type": "login"}).json()["step"] == "set_privacy_done"
    close(page.get_parent())
    assert editor.post(address, {"restriction_type": "none"}).json()["step"] == "set_privacy_done"
    assert list(PageViewRestriction.objects.values_list("page", flat=True)) == [page.get_parent().pk]
    assert not HeldItem.objects.exists()


def test_opening_asks_the_gates_for_every_page_below(staff_client, homes):
    news = make_news(homes, care=[])
    restriction = close(news.get_parent())
    answer = staff_client("editor").post(f"/admin/pages/{news.get_parent().pk}/privacy/", {"restriction_type": "none"})
    assert "Strona zostaje zamknięta" in answer.json()["html"]
    assert PageViewRestriction.objects.get() == restriction


def test_a_page_is_not_moved_out_from_under_a_closed_one_in_the_silence(staff_client, homes, silence):
    inside, other = make_article(homes), homes["pl"]
    section = make_section(homes)
    inside.move(section, pos="last-child")
    close(section)
    editor, address = staff_client("editor"), f"/admin/pages/{inside.pk}/move/{other.pk}/confirm/"
    assert editor.get(address).status_code == 200
    answer = editor.post(address)
    assert (answer.status_code, answer.url) == (302, f"/admin/pages/{section.pk}/")
    assert Page.objects.get(pk=inside.pk).get_parent().pk == section.pk
    assert "Nie przeniesiono: Cisza wyborcza trwa do" in editor.get(answer.url).text
    bulk = editor.post(f"/admin/bulk/wagtailcore/page/move/?id={inside.pk}&next=/admin/", {"chooser": other.pk})
    assert bulk.url == "/admin/pages/"
    assert Page.objects.get(pk=inside.pk).get_parent().pk == section.pk
    Election.objects.all().update(voting_day=local_day(database_now()) - timedelta(days=5))
    assert editor.post(address).url == f"/admin/pages/{other.pk}/"
    assert Page.objects.get(pk=inside.pk).get_parent().pk == other.pk


def test_sections_without_restrictions_move_unasked(staff_client, homes, silence):
    inside, target = make_article(homes), make_section(homes)
    assert staff_client("editor").post(f"/admin/pages/{inside.pk}/move/{target.pk}/confirm/").url == f"/admin/pages/{target.pk}/"
