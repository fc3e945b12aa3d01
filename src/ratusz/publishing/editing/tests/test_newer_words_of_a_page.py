"""A change of a page never writes over newer words unseen: published meanwhile, or a colleague's draft in the editor."""

from __future__ import annotations

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.editing import actions, rules
from ratusz.publishing.editing.actions import publish_due
from ratusz.publishing.editing.checks import missing_of
from ratusz.publishing.editing.factories import a_unit, appointed, content
from ratusz.publishing.editing.models import Submission
from ratusz.publishing.editing.page_changes import changes_since
from ratusz.publishing.website.factories import make_news
from ratusz.publishing.website.models import NewsPage

pytestmark = pytest.mark.django_db


def change(page, title="Z komórki", unit=None):
    """An approved change of the page."""
    unit = unit or a_unit()
    author = appointed("unit_editor", unit)
    made = actions.start_change(unit=unit, page=page, person=author)
    made = actions.save_submission(submission=made, content=content(title=title), seen_version=made.version, person=author)
    made = actions.send_submission(submission=made, person=author)
    return actions.approve(submission=made, seen_version=made.version, person=appointed("editor"))


def edited(title, **more):
    page = NewsPage.objects.get()
    page.title = title
    return page.save_revision(user=appointed("editor"), **more)


def titles():
    page = NewsPage.objects.get()
    return page.title, page.get_latest_revision_as_object().title


@pytest.fixture
def page(portal):
    page = make_news(portal, title="Na początku")
    page.save_revision().publish()
    return page


@pytest.mark.slow
def test_the_second_of_two_changes_is_told_of_the_first(page):
    one, two, editor = change(page, "Pierwsza"), change(page, "Druga"), appointed("editor")
    actions.publish(submission=one, person=editor)
    with pytest.raises(rules.NotComplete, match=r"Strona zmieniła się, odkąd zaczęto tę zmianę \(Tytuł, Wprowadzenie, Tekst\)"):
        actions.publish(submission=two, person=editor)
    assert titles() == ("Pierwsza", "Pierwsza")
    changes = changes_since(Submission.objects.get(pk=two.pk))
    assert (changes.is_draft, changes.rows[0]["lines"]) == (False, [("theirs", "Na początku"), ("mine", "Pierwsza")])
    with pytest.raises(rules.NotNow, match="Strona znowu się zmieniła"):
        actions.take_in_page_changes(submission=two, seen_revision=changes.revision - 1, person=editor)
    two = actions.take_in_page_changes(submission=two, seen_revision=changes.revision, person=editor)
    assert (two.state, two.approved_by, two.last_edited_by, missing_of(two)) == ("sent", None, editor, [])
    with pytest.raises(rules.NotNow, match="drug[aą] par"):
        actions.approve(submission=two, seen_version=two.version, person=editor)
    two = actions.approve(submission=two, seen_version=two.version, person=appointed("head"))
    actions.publish(submission=two, person=editor)
    assert titles() == ("Druga", "Druga")


@pytest.mark.slow
def test_a_correction_published_in_the_editor_and_a_draft_there_stay(page):
    made = change(page)
    edited("Sprostowanie").publish()
    with pytest.raises(rules.NotComplete, match="Strona zmieniła się"):
        actions.publish(submission=made, person=appointed("editor"))
    assert titles() == ("Sprostowanie", "Sprostowanie")
    later = change(page)
    edited("Szkic kolegi")
    with pytest.raises(rules.NotComplete, match="Strona zmieniła się"):
        actions.publish(submission=later, person=appointed("editor"))
    assert titles() == ("Sprostowanie", "Szkic kolegi")
    assert changes_since(Submission.objects.get(pk=later.pk)).is_draft


def test_a_moment_finds_newer_words_too(page):
    made = change(page)
    edited("Sprostowanie").publish()
    Submission.objects.update(scheduled_for=database_now())
    assert (publish_due(), titles()[0]) == (0, "Sprostowanie")
    assert "Strona zmieniła się" in made.notes.get(step="held").words


@pytest.mark.slow
def test_a_page_without_versions_and_one_whose_old_versions_are_cleared_away(portal):
    page = make_news(portal, title="Na początku")
    NewsPage.objects.update(live_revision=None, latest_revision=None)
    made, untouched = change(page), change(page, unit=None)
    assert (changes_since(made), made.page_revision) == (None, None)
    edited("Szkic kolegi")
    assert changes_since(Submission.objects.get(pk=made.pk)).rows[0]["lines"][0] == ("theirs", "Na początku")
    NewsPage.objects.get().get_latest_revision().publish()
    cleared = Submission.objects.get(pk=made.pk)
    assert changes_since(cleared).rows == []
    assert missing_of(cleared)[0][0].startswith("Strona zmieniła się, odkąd zaczęto tę zmianę (zapisano ją od nowa)")
    latest = NewsPage.objects.get().latest_revision_id
    known = actions.take_in_page_changes(submission=untouched, seen_revision=latest, person=appointed("editor"))
    again = actions.take_in_page_changes(submission=known, seen_revision=1, person=appointed("head"))
    assert (again.page_revision, again.notes.filter(step="page_taken_in").count()) == (latest, 1), "nothing new, nothing done"


@pytest.mark.slow
def test_the_screens_say_it_and_lead_on(page, staff_client):
    made, client = change(page), staff_client("editor")
    edited("Sprostowanie").publish()
    address, words = f"/admin/zgloszenia/{made.pk}/", "Strona zmieniła się, odkąd zaczęto tę zmianę"
    shown = client.get(address).text
    assert shown.count(words) == 2 and "Sprostowanie</ins>" in shown and f'href="{address}#page-changes"' in shown
    assert "Sprostowanie</ins>" in client.get(f"{address}tresc/").text
    revision = NewsPage.objects.get().latest_revision_id
    stale = client.post(f"{address}krok/", {"deed": "take_in_page_changes", "revision": "x"}).text
    assert "Strona znowu się zmieniła" in stale
    done = client.post(f"{address}krok/", {"deed": "take_in_page_changes", "revision": revision}, follow=True).text
    assert "Nowsza treść strony jest uwzględniona" in done and words not in done
