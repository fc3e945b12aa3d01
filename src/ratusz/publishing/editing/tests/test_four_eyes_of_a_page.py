"""In Wagtail's editor too nobody publishes their own words unread: a colleague does, or a head alone for a reason, read afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import moves
from ratusz.publishing.editing import actions, rules
from ratusz.publishing.editing.factories import appointed, approved
from ratusz.publishing.editing.models import LonePublication
from ratusz.publishing.gates.findings import GatesShut
from ratusz.publishing.website.factories import make_care, make_news
from ratusz.publishing.website.models import NewsPage, StoppedPublication
from ratusz.publishing.website.page_writers import author_of, writers_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LIST = "#zanim-opublikujesz"
PUBLISH = {"action-publish": "1"}


def typed(page, **fields):
    given = {
        "title": page.title, "slug": page.slug, "lead": page.lead, "day": "2026-11-01", "body": streamfield([]),
        "dates": inline_formset([]), "changes": inline_formset([]), "comments": inline_formset([]),
        "care": inline_formset(
            [{"owner_unit": care.owner_unit_id, "contact": care.contact, "review_date": care.review_date, "id": care.pk or ""}
             for care in page.care.all()], initial=page.care.count() if page.pk else 0,
        ),
        "show_in_menus": "", "seo_title": "", "search_description": "", "topics": [], "districts": [],
    }  # fmt: skip
    return nested_form_data(given | fields)


def of_form(client, page, **fields):
    """What the editor's own form sends of the newest draft."""
    draft = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return client.post(f"/admin/pages/{page.pk}/edit/", typed(draft) | fields)


def written(page, person, title="Nowy tytuł", **fields):
    page = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.title = title
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision(user=person, log_action=True)


def title():
    return NewsPage.objects.get().title


def waits_for(person):
    return [move.what for of in moves for move in of(person, database_now())]


def test_nobody_publishes_their_own_words_in_the_editor_and_somebody_else_does(portal, staff_client):
    page, editor, other = make_news(portal), staff_client("editor"), staff_client("editor")
    address = f"/admin/pages/{page.pk}/edit/"
    answer = editor.post(address, typed(page, title="Nowy tytuł") | PUBLISH)
    assert (answer.url, title(), NewsPage.objects.get().get_latest_revision_as_object().title) == (
        address + LIST, "Wiadomość 1", "Nowy tytuł",
    )  # fmt: skip
    screen = editor.get(address).text
    assert "Nie opublikowano: To Twój tekst i nikt inny z wydziału go nie przeczytał. Opublikuje go ktoś z wydziału" in screen
    assert screen.count(f'href="/admin/strony/{page.pk}/druga-para-oczu/"') == 2 and "Przepuść z podaniem powodu" not in screen
    assert of_form(editor, page, **PUBLISH).url == address + LIST, "saving one's own words once more is no second reading"
    assert "nikt inny z wydziału" not in other.get(address).text
    assert of_form(other, page, **PUBLISH).url != address + LIST
    assert (title(), LonePublication.objects.count()) == ("Nowy tytuł", 0)


def test_a_new_page_too(portal, staff_client):
    editor, other = staff_client("editor"), staff_client("editor")
    parent, care = make_news(portal).get_parent(), make_care()[0]
    rows = inline_formset([{"owner_unit": care.owner_unit_id, "contact": care.contact, "review_date": care.review_date, "id": ""}])
    body = typed(NewsPage(title="Sam", slug="sam", lead="Krótko."), care=rows) | PUBLISH
    answer = editor.post(f"/admin/pages/add/ratusz_website/newspage/{parent.pk}/", body)
    fresh = NewsPage.objects.get(slug="sam")
    assert (answer.url, fresh.live) == (f"/admin/pages/{fresh.pk}/edit/{LIST}", False)
    of_form(other, fresh, **PUBLISH)
    assert NewsPage.objects.get(slug="sam").live


def test_whoever_corrects_the_words_of_another_is_no_second_pair_either(portal, staff_client):
    page, one = make_news(portal), appointed("editor")
    two, three = staff_client("editor"), staff_client("editor")
    written(page, one)
    revision = written(page, two.person, "Nowszy tytuł")
    assert (writers_of({page.pk: revision.pk}), author_of(revision)) == ({page.pk: {one.pk, two.person.pk}}, two.person.pk)
    for writer in (one, two.person):
        with pytest.raises(GatesShut):
            revision.publish(user=writer)
    of_form(three, page, **PUBLISH)
    assert title() == "Nowszy tytuł"
    again = NewsPage.objects.get().get_latest_revision()
    assert (again.user, author_of(again)) == (three.person, two.person.pk), (
        "publishing in the editor saves the words of others anew"
    )


def test_every_way_out_asks(portal, staff_client):
    page, editor = make_news(portal), staff_client("editor")
    address = f"/admin/pages/{page.pk}/edit/{LIST}"
    revision = written(page, editor.person)
    assert editor.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/").url == address
    page.get_workflow().start(NewsPage.objects.get(), editor.person)
    approve = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    assert of_form(editor, page, **approve).url == address
    NewsPage.objects.get().current_workflow_state.cancel(user=editor.person)
    revision = written(page, editor.person, go_live_at=database_now() + timedelta(days=1))
    with pytest.raises(GatesShut, match="To Twój tekst"):
        revision.publish(user=editor.person)
    page.get_latest_revision().refresh_from_db()
    assert (title(), Revision.objects.exclude(approved_go_live_at=None).count()) == ("Wiadomość 1", 0)


def test_the_clock_lets_out_what_somebody_else_gave_a_moment(portal):
    page, writer, other = make_news(portal), appointed("editor"), appointed("editor")
    for person, stopped in ((writer, 1), (other, 0)):
        revision = written(page, writer, f"O czasie {person.pk}", go_live_at=database_now() + timedelta(minutes=5))
        if person == other:
            revision.publish(user=person)
        else:
            revision.approved_go_live_at = database_now()
            revision.save()
            _schedule_log(revision, person)
        content = revision.content | {"go_live_at": (database_now() - timedelta(minutes=1)).isoformat()}
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=database_now() - timedelta(minutes=1), content=content)
        call_command("publish_scheduled")
        assert StoppedPublication.objects.count() == stopped
    assert title() == f"O czasie {other.pk}"


def _schedule_log(revision, person):
    from wagtail.log_actions import log

    log(instance=revision.as_object(), action="wagtail.publish.schedule", user=person, revision=revision)


def test_a_head_lets_it_out_alone_for_a_reason_and_somebody_else_reads_it(portal, staff_client):
    page, head, other, reader = make_news(portal), staff_client("head"), staff_client("editor"), appointed("deputy_head")
    revision = written(page, head.person)
    screen = f"/admin/strony/{page.pk}/druga-para-oczu/"
    assert "Możesz też opublikować go bez drugiej pary oczu" in head.get(screen).text
    form = {"deed": "alone", "revision": revision.pk, "words": " "}
    refused = head.post(screen, form).text
    assert "Napisz, dlaczego to nie może czekać" in refused and title() == "Wiadomość 1"
    stale = head.post(screen, form | {"revision": "1", "words": "Awaria w nocy."}).text
    assert "Ktoś w tym czasie zmienił stronę" in stale and "Awaria w nocy." in stale
    done = head.post(screen, form | {"words": "Awaria w nocy."})
    lone = LonePublication.objects.get()
    assert (done.url, title()) == (f"/admin/bez-drugiej-pary-oczu/{lone.pk}/", "Nowy tytuł")
    assert (lone.page_id, lone.title, lone.version, lone.reason, lone.published_by) == (
        page.pk, "Nowy tytuł", revision.pk, "Awaria w nocy.", head.person,
    )  # fmt: skip
    assert Entry.objects.filter(deed="editing.publish_page_alone").count() == 1
    clock = Clock.objects.running().get(rule_code="editing.review_of_lone_publication")
    assert (clock.label, clock.url, clock.due_at is not None) == ("Nowy tytuł", f"/admin/bez-drugiej-pary-oczu/{lone.pk}/", True)
    words = "Przeczytaj, co poszło bez drugiej pary oczu: Nowy tytuł"
    assert (words in waits_for(head.person), words in waits_for(other.person), words in waits_for(reader)) == (False, True, True)
    assert "Ktoś inny przeczyta" in head.get(done.url).text
    head.post(done.url, {"words": "Sama."})
    assert "W porządku." in other.post(done.url, {"words": "W porządku."}, follow=True).text
    lone.refresh_from_db()
    assert (lone.reviewed_by, lone.review, Clock.objects.running().count()) == (other.person, "W porządku.", 0)
    assert words not in waits_for(reader)
    assert "Ktoś już przeczytał" in other.post(done.url, {"words": "Znowu."}).text
    NewsPage.objects.get().delete()
    assert "Tej strony już nie ma." in other.get(done.url).text


def test_who_may_not_publish_alone(portal, staff_client, monkeypatch):
    page, editor, writer = make_news(portal), staff_client("editor"), staff_client("press_officer")
    revision = written(page, editor.person)
    given = {"page": page, "seen_revision": revision.pk, "reason": "Pilne."}
    for person in (editor.person, writer.person, appointed("unit_editor")):
        with pytest.raises(PermissionDenied):
            actions.publish_page_alone(**given, person=person)
    screen = f"/admin/strony/{page.pk}/druga-para-oczu/"
    assert "Opublikuj bez drugiej pary oczu" not in editor.get(screen).text
    assert (writer.get(screen).status_code, editor.get("/admin/strony/1/druga-para-oczu/").status_code) == (302, 404)
    monkeypatch.setitem(rules.duty_rosters._entries, "test", lambda person, at: person == editor.person)
    assert "Opublikuj bez drugiej pary oczu" in editor.get(screen).text
    lone = actions.publish_page_alone(**given, person=editor.person)
    assert (title(), writer.get(f"/admin/bez-drugiej-pary-oczu/{lone.pk}/").status_code) == ("Nowy tytuł", 302)
    with pytest.raises(rules.NotNow, match="nie potrzebuje już drugiej pary oczu"):
        actions.publish_page_alone(**given, person=editor.person)


def test_what_went_out_alone_is_alone_no_more_when_it_changes(portal):
    page, head = make_news(portal), appointed("head")
    revision = written(page, head, go_live_at=database_now() + timedelta(days=1))
    lone = actions.publish_page_alone(page=page, seen_revision=revision.pk, reason="Pilne.", person=head)
    assert (lone.version, title()) == (revision.pk, "Wiadomość 1")
    revision.refresh_from_db()
    assert revision.approved_go_live_at is not None
    revision.publish(user=head)
    changed = NewsPage.objects.get().get_latest_revision_as_object()
    changed.title = "Jeszcze inny"
    changed.save_revision(user=head, overwrite_revision=NewsPage.objects.get().get_latest_revision())
    with pytest.raises(GatesShut):
        NewsPage.objects.get().get_latest_revision().publish(user=head)


def test_what_stops_it_besides_is_said_and_the_reason_is_kept(portal, staff_client):
    page, head = make_news(portal), staff_client("head")
    revision = written(page, head.person, lead="PESEL 44051401359.")
    form = {"deed": "alone", "revision": revision.pk, "words": "Awaria w nocy."}
    screen = head.post(f"/admin/strony/{page.pk}/druga-para-oczu/", form).text
    assert "Jest tu numer PESEL" in screen and "Awaria w nocy." in screen
    assert (title(), LonePublication.objects.count(), Clock.objects.count()) == ("Wiadomość 1", 0, 0)


def test_a_colleague_is_asked_and_has_it_on_the_desk(portal, staff_client):
    page, editor, other = make_news(portal), staff_client("editor"), staff_client("editor")
    written(page, editor.person)
    screen = f"/admin/strony/{page.pk}/druga-para-oczu/"
    assert "Poproś o przeczytanie" in editor.get(screen).text
    assert editor.post(screen, {"deed": "ask"}).url == f"/admin/pages/{page.pk}/edit/"
    words = "Przeczytaj i zatwierdź: Nowy tytuł"
    assert (words in waits_for(editor.person), words in waits_for(other.person)) == (False, True)
    assert "u kogoś: czeka na drugą parę oczu" in editor.get(screen).text
    assert "już czeka na drugą parę oczu" in editor.post(screen, {"deed": "ask"}).text
    state = NewsPage.objects.get().current_workflow_state
    state.current_task_state.reject(user=other.person, comment="Popraw tytuł.")
    editor.post(screen, {"deed": "ask"})
    assert NewsPage.objects.get().current_workflow_state.status == "in_progress"
    of_form(other, page, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    assert title() == "Nowy tytuł"
    assert "opublikuj ją w edytorze" in editor.get(screen).text


def test_where_nobody_approves_nobody_is_asked(portal, monkeypatch):
    page, editor = make_news(portal), appointed("editor")
    written(page, editor)
    monkeypatch.setattr(Page, "get_workflow", lambda page: None)
    with pytest.raises(rules.NotNow, match="nikt nie zatwierdza stron"):
        actions.ask_for_second_pair(page=page, person=editor)


def test_what_the_public_has_seen_and_what_the_program_writes_is_nobodys(portal):
    page, editor, other = make_news(portal), appointed("editor"), appointed("editor")
    revision = written(page, editor)
    assert writers_of({page.pk: revision.pk}) == {page.pk: {editor.pk}}
    revision.publish(user=other)
    assert writers_of({page.pk: revision.pk}) == {page.pk: set()}
    NewsPage.objects.get().unpublish(user=other)
    assert writers_of({page.pk: revision.pk}) == {page.pk: set()}, "what was taken down has been read"
    revision.publish(user=editor)
    made = written(page, None, "Program")
    made.publish(user=editor)
    assert title() == "Program"
    mine = written(page, editor, "Bez osoby")
    mine.publish()
    assert title() == "Bez osoby"


def test_a_submission_approved_by_somebody_goes_out_by_the_hand_of_anybody(portal):
    editor = appointed("editor")
    made = actions.publish(submission=approved(by=editor), person=editor)
    assert made.page.live and LonePublication.objects.count() == 0


def test_the_database_keeps_what_went_out_alone_whole(portal):
    page, head = make_news(portal), appointed("head")
    revision = written(page, head)
    lone = actions.publish_page_alone(page=page, seen_revision=revision.pk, reason="Pilne.", person=head)
    for broken in ({"title": ""}, {"reason": ""}, {"reviewed_by": head, "reviewed_at": database_now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LonePublication.objects.filter(pk=lone.pk).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        LonePublication.objects.create(
            page=page, title="X", version=revision.pk, reason="Pilne.", published_by=head, published_at=database_now()
        )
