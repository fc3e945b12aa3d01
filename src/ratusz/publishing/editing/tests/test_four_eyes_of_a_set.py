"""A set's approval is the second pair of eyes of the pages in it: whoever wrote one of them does not approve the set."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.editing import actions, release_kinds, rules
from ratusz.publishing.editing.factories import appointed
from ratusz.publishing.editing.models import ReleaseSet
from ratusz.publishing.editing.moves import moves_of
from ratusz.publishing.website.factories import make_news
from ratusz.publishing.website.models import NewsPage

pytestmark = pytest.mark.django_db


def written(page, title, person, **more):
    page = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.title = title
    page.save_revision(user=person, **more)


def with_page(page, maker):
    release = actions.make_set(name="Lato", person=maker, goes_out_at=database_now() + timedelta(days=2))
    key = release_kinds.key_of_page(NewsPage.objects.get(pk=page.pk))
    actions.add_item(release=release, kind="page", key=key, person=maker)
    return ReleaseSet.objects.get(pk=release.pk)


@pytest.mark.slow
def test_nobody_approves_a_set_with_words_of_their_own(portal, staff_client):
    page, maker, one = make_news(portal), appointed("editor"), staff_client("editor")
    two, reader = appointed("editor"), staff_client("head")
    written(page, "Nowy tytuł", one.person)
    written(page, "Nowszy tytuł", two)
    release = with_page(page, maker)
    for writer in (one.person, two):
        with pytest.raises(rules.NotNow, match="Nowszy tytuł. Zatwierdzi ją ktoś inny"):
            actions.approve_set(release=release, person=writer)
        assert list(moves_of(writer, database_now())) == []
    address = f"/admin/paczki/{release.pk}/"
    seen = one.get(address).text
    assert 'value="approve"' not in seen and "Masz w tej paczce własny tekst" in seen
    assert 'value="approve"' in reader.get(address).text
    actions.approve_set(release=release, person=reader.person)
    assert actions.release_set(release=release, person=one.person).state == "released"
    assert NewsPage.objects.get().title == "Nowszy tytuł"


@pytest.mark.slow
def test_what_is_out_already_and_what_was_only_saved_anew_does_not_count(portal):
    page, maker, before, second = make_news(portal), appointed("editor"), appointed("editor"), appointed("head")
    written(page, "Dawny tytuł", before)
    NewsPage.objects.get().get_latest_revision().publish()
    written(page, "Nowy tytuł", maker)
    written(page, "Nowy tytuł", second, log_action=True, changed=False)
    release = with_page(page, maker)
    assert rules.written_in_set(before.pk, release) == rules.written_in_set(second.pk, release) == []
    assert rules.written_in_set(maker.pk, release) == ["Nowy tytuł"]


def test_a_set_approved_so_before_does_not_go_out(portal):
    page, maker, writer = make_news(portal), appointed("editor"), appointed("editor")
    written(page, "Nowy tytuł", writer)
    release = with_page(page, maker)
    ReleaseSet.objects.update(state="approved", approved_by=writer)
    with pytest.raises(rules.NotComplete, match="Kto zatwierdził paczkę, ma w niej własny tekst: Nowy tytuł"):
        actions.release_set(release=release, person=maker)
    assert NewsPage.objects.get().title != "Nowy tytuł"
