"""A page with something missing does not go out, whatever way it is published; nothing typed is lost."""

from __future__ import annotations

import gc
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.gates.actions import override_gate
from ratusz.publishing.gates.findings import GatesShut
from ratusz.publishing.gates.models import GateOverride, GateRun
from ratusz.publishing.gates.queries import findings_of
from ratusz.publishing.gates.registries import thing_of
from ratusz.publishing.gates.rules import missing_in
from ratusz.publishing.website.factories import make_article, make_declaration, make_news, make_portal
from ratusz.publishing.website.models import ArticlePage, NewsPage, StoppedPublication
from ratusz.publishing.website.moves import moves_of
from ratusz.publishing.website.page_gates.actions import run_gates
from ratusz.publishing.website.page_gates.reading import reading_of_page, saved_draft
from ratusz.publishing.website.tests.passport_pictures import make_picture

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LIST = "#zanim-opublikujesz"


def typed(page: NewsPage, **fields) -> dict:
    """What the editor's form sends for a piece of news without anybody who looks after it."""
    given = {
        "title": page.title, "slug": page.slug, "lead": page.lead, "day": "2026-11-01", "body": streamfield([]),
        "dates": inline_formset([]), "changes": inline_formset([]), "care": inline_formset([]), "comments": inline_formset([]),
        "show_in_menus": "", "seo_title": "", "search_description": "", "topics": [], "districts": [],
    }  # fmt: skip
    return nested_form_data(given | fields)


@pytest.fixture
def unattended():
    """News nobody looks after, live since before the gates."""
    return make_news(make_portal(), care=[])


def test_publishing_is_refused_with_the_list_and_the_draft_is_kept(staff_client, unattended):
    editor = staff_client("editor")
    answer = editor.post(f"/admin/pages/{unattended.pk}/edit/", typed(unattended, title="Nowy tytuł") | {"action-publish": "1"})
    assert (answer.status_code, answer.url) == (302, f"/admin/pages/{unattended.pk}/edit/{LIST}")
    assert NewsPage.objects.get().title == "Wiadomość 1"
    assert NewsPage.objects.get().get_latest_revision_as_object().title == "Nowy tytuł"
    screen = editor.get(f"/admin/pages/{unattended.pk}/edit/").text
    assert "Nie opublikowano: brakuje 3 rzeczy. Szkic jest zapisany" in screen
    assert "Ten tekst zatrzymują 3 rzeczy:" in screen
    assert 'id="zanim-opublikujesz"' in screen and 'id="id_care-ADD"' in screen
    assert f'href="/admin/pages/{unattended.pk}/edit/#id_care-ADD"' in screen


@pytest.mark.parametrize("field", ["slug", "seo_title", "search_description"])
@pytest.mark.parametrize("typed_there", ["pesel-44051401359", "tel-600-700-800"])
def test_personal_numbers_around_the_text_are_found_with_their_field(field, typed_there):
    page = make_news(make_portal())
    setattr(page, field, typed_there)
    is_pesel = "pesel" in typed_there
    words = "Jest tu numer PESEL." if is_pesel else "Jest tu numer komórkowy."
    found = [each for each in findings_of(reading_of_page(page), database_now()) if each.gate == "W09"]
    assert [(each.words.startswith(words), each.blocks, each.url) for each in found] == [
        (True, is_pesel, f"/admin/pages/{page.pk}/edit/#id_{field}-label")
    ]


def test_a_text_too_hard_leads_to_its_first_passage():
    hard = "Przeprowadzenie kompleksowej modernizacji infrastruktury wodociągowej uniemożliwia funkcjonowanie komunikacji. " * 12
    page = make_news(make_portal(), body=[("heading", {"text": "Modernizacja", "level": "h2"}), ("paragraph", f"<p>{hard}</p>")])
    (found,) = (each for each in findings_of(reading_of_page(page), database_now()) if "FOG-PL" in each.words)
    first = page.body[0].id
    assert first and found.url == f"/admin/pages/{page.pk}/edit/#block-{first}-section"


def test_a_new_page_is_refused_too_and_becomes_a_draft(staff_client, unattended):
    parent = unattended.get_parent()
    body = typed(NewsPage(title="Świeża", slug="swieza", lead="Krótko.")) | {"action-publish": "1"}
    answer = staff_client("editor").post(f"/admin/pages/add/ratusz_website/newspage/{parent.pk}/", body)
    fresh = NewsPage.objects.get(slug="swieza")
    assert (answer.url, fresh.live) == (f"/admin/pages/{fresh.pk}/edit/{LIST}", False)


def test_a_page_that_has_everything_goes_out(staff_client):
    page = make_news(make_portal())
    page.title = "Nowy tytuł"
    page.save_revision()
    editor = staff_client("editor")
    assert "Nic nie zatrzymuje tego tekstu." in editor.get(f"/admin/pages/{page.pk}/edit/").text
    page.get_latest_revision().publish(user=editor.person)
    assert NewsPage.objects.get().title == "Nowy tytuł"


def test_an_empty_form_says_when_the_list_comes(staff_client, unattended):
    screen = staff_client("editor").get(f"/admin/pages/add/ratusz_website/newspage/{unattended.get_parent().pk}/").text
    assert "Zapisz szkic, a pojawi się tu lista" in screen


def test_an_approval_does_not_pass_by_the_gates(staff_client, unattended):
    editor = staff_client("editor")
    unattended.title = "Nowy tytuł"
    unattended.save_revision()
    unattended.get_workflow().start(unattended, editor.person)
    body = typed(unattended) | {"action-workflow-action": "1", "workflow-action-name": "approve"}
    answer = editor.post(f"/admin/pages/{unattended.pk}/edit/", body)
    assert answer.url == f"/admin/pages/{unattended.pk}/edit/{LIST}"
    page = NewsPage.objects.get()
    assert (page.title, page.current_workflow_state.status) == ("Wiadomość 1", "in_progress")


def test_publishing_many_at_once_stops_at_the_first_that_lacks_something(staff_client, unattended):
    Page.objects.filter(pk=unattended.pk).update(live=False)
    answer = staff_client("editor").post(f"/admin/bulk/wagtailcore/page/publish/?id={unattended.pk}&next=/admin/")
    assert answer.url == f"/admin/pages/{unattended.pk}/edit/{LIST}"
    assert not Page.objects.get(pk=unattended.pk).live


def test_a_scheduled_page_stops_and_waits_for_the_editor_once(staff_client, unattended):
    editor = staff_client("editor")
    author = staff_client("unit_editor").person
    unattended.title, unattended.go_live_at = "Za godzinę", timezone.now() - timedelta(minutes=1)
    revision = unattended.save_revision(user=author)
    revision.approved_go_live_at = unattended.go_live_at
    revision.save()
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    assert NewsPage.objects.get().title == "Wiadomość 1"
    stopped = StoppedPublication.objects.get()
    assert (len(stopped.findings), str(stopped)) == (3, "Wiadomość 1")
    for person in (editor.person, author):
        moves = [move for move in moves_of(person, database_now()) if "Nie wyszło o czasie" in move.what]
        assert [(move.what, move.url) for move in moves] == [
            ("Nie wyszło o czasie, uzupełnij: Za godzinę", f"/admin/pages/{unattended.pk}/edit/")
        ]
    assert Entry.objects.filter(deed="website.stop_publication").count() == 1
    unattended.save_revision().publish()
    assert not StoppedPublication.objects.exists()


def test_a_scheduled_page_that_has_everything_goes_out():
    page = make_news(make_portal())
    page.title, page.go_live_at = "Za godzinę", timezone.now() - timedelta(minutes=1)
    revision = page.save_revision()
    revision.approved_go_live_at = page.go_live_at
    revision.save()
    call_command("publish_scheduled")
    assert NewsPage.objects.get().title == "Za godzinę"


def test_no_page_goes_down_by_the_clock(staff_client):
    """Taking down has a reason; neither the form nor an older version sets a moment for it."""
    page, editor = make_news(make_portal()), staff_client("editor")
    address = f"/admin/pages/{page.pk}/edit/"
    screen = editor.get(address).text
    assert 'name="go_live_at"' in screen and "expire_at" not in screen
    editor.post(address, typed(page, expire_at="2030-01-01 10:00"))
    assert NewsPage.objects.get().get_latest_revision_as_object().expire_at is None
    page.expire_at = timezone.now() + timedelta(minutes=1)
    page.save_revision().publish()
    NewsPage.objects.get().save()
    assert NewsPage.objects.get().expire_at is None


def test_the_head_lets_this_state_of_the_page_through(staff_client, unattended):
    client = staff_client("head")
    head = client.person
    for gate in ("W01", "W02"):
        override_gate(subject=f"page:{unattended.pk}", gate=gate, reason="Strona na jeden dzień, znika jutro.", person=head)
    for address in (f"/admin/pages/{unattended.pk}/edit/", f"/admin/bramki/page:{unattended.pk}/"):
        shown = client.get(address).text
        assert ("row--through" in shown, "row--block" in shown) == (True, False), "what is let through is not red any more"
    revision = unattended.get_latest_revision()
    revision.publish(user=head)
    unattended.title = "Zmieniony"
    with pytest.raises(GatesShut):
        unattended.save_revision().publish(user=head)


# Wagtail leaves the files of its renditions to the garbage collector; they are collected before the next test.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_every_block_of_a_page_is_read_with_its_place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = make_picture("Rynek")
    homes = make_portal()
    made = make_declaration(homes)
    body = [
        ("heading", {"text": "Dojazd", "level": "h2"}),
        ("paragraph", '<p>Wsiądź do <a href="https://kzk.example/">tramwaju</a>.</p>'),
        ("picture", {"image": {"image": image.pk, "decorative": False, "alt_text": "Rynek"}, "caption": "Rynek zimą"}),
        ("table", {"caption": "Koszty", "cells": "rok;kwota\n2026;5", "first_column_is_heading": False}),
        ("quote", {"text": "Warto.", "who": "Urząd"}),
        ("call_to_action", {"text": "Zagłosuj", "page": made.pk, "address": "", "until": ""}),
        ("contact", {"unit": "Punkt", "about": "", "phone": "601 222 333", "email": "", "hours": "", "address": ""}),
        ("files", {"files": [{"title": "Plan", "address": "/p.pdf", "size": "PDF", "page_twin": None}]}),
        ("steps", {"steps": [{"title": "Przyjdź", "text": "<p>Rano.</p>"}, {"title": "Wyjdź", "text": None}]}),
        ("accordion", {"questions": [{"question": "Kiedy?", "answer": "<p>W sobotę.</p>"}]}),
        ("district_map", {"heading": "Mapa"}),
        ("sign_language", {"title": "PJM", "address": "/pjm/", "length": "", "transcript": "<p>To samo.</p>"}),
    ]
    page = make_article(homes)
    # In memory alone: nothing is drawn of a page that is not saved.
    page.body = ArticlePage._meta.get_field("body").to_python(
        [{"type": kind, "value": value, "id": f"b{place}"} for place, (kind, value) in enumerate(body)]
    )
    reading = reading_of_page(page)
    assert [(passage.kind, passage.text) for passage in reading.passages] == [
        ("heading", "Dojazd"), ("paragraph", "Wsiądź do tramwaju."), ("paragraph", "Rynek zimą"), ("table", "Koszty"),
        ("table", "rok;kwota"), ("table", "2026;5"), ("quote", "Warto."), ("button", "Zagłosuj"), ("contact", "Punkt ; 601 222 333"),
        ("item", "Przyjdź"), ("paragraph", "Rano."), ("item", "Wyjdź"), ("item", "Kiedy?"), ("paragraph", "W sobotę."),
        ("paragraph", "To samo."),
    ]  # fmt: skip
    assert [(link.text, link.address) for link in reading.links] == [
        ("tramwaju", "https://kzk.example/"), ("Zagłosuj", f"page:{made.pk}"), ("Plan", "/p.pdf"), ("PJM", "/pjm/"),
    ]  # fmt: skip
    assert [(picture.alt, picture.image.pk) for picture in reading.pictures] == [("Rynek", image.pk)]
    assert [(table.headings, video.has_transcript) for table, video in zip(reading.tables, reading.videos, strict=True)] == [
        (("rok", "kwota"), True)
    ]
    assert reading.passages[0].url == f"/admin/pages/{page.pk}/edit/#block-b0-section"
    assert [(finding.gate, finding.url) for finding in missing_in(reading, database_now())] == [
        ("W04", f"/admin/pages/{page.pk}/edit/#block-b2-section"),
        ("W06", f"/admin/pages/{page.pk}/edit/#block-b7-section"),
    ]
    assert reading_of_page(made).target == "legal"
    gc.collect()


def test_the_night_keeps_the_counts_of_every_live_page(unattended):
    assert run_gates() == 5
    run = GateRun.objects.get(subject=f"page:{unattended.pk}")
    assert (run.blocking, run.counts) == (3, {"W01": 2, "W02": 1})


def test_a_key_that_names_no_page_of_ours_finds_nothing(unattended):
    assert saved_draft("x1") is saved_draft("99999") is saved_draft("1") is None
    assert thing_of(f"page:{unattended.pk}")[1] == unattended


def test_the_screen_of_overrides_is_for_those_who_edit_the_page(staff_client, unattended):
    address = f"/admin/bramki/page:{unattended.pk}/"
    head, editor = staff_client("head"), staff_client("editor")
    assert "Opiekun i kontakt" in editor.get(address).text and "Przepuść z tym uzasadnieniem" not in editor.get(address).text
    assert staff_client("moderator").get(address).status_code in (302, 403)
    assert head.get("/admin/bramki/page:99999/").status_code == 404
    refused = head.post(address, {"gate": "W02", "reason": "krótko"})
    assert "co najmniej 10 znaków" in refused.text and "krótko" in refused.text
    assert head.post(address, {"gate": "W02", "reason": "Strona na jeden dzień, znika jutro."}).url == address
    assert GateOverride.objects.get().gate == "W02"
    assert "Strona na jeden dzień" in head.get(address).text
