"""What waits in a release set goes out with it or not at all: nobody lets it out alone by another door."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.editing import actions, queries, rules, wording
from ratusz.publishing.editing.factories import appointed, approved, sent
from ratusz.publishing.editing.models import ReleaseItem, Submission
from ratusz.publishing.website.models import NewsPage

pytestmark = pytest.mark.django_db
WAITS = "czeka w paczce „Lato w parkach”"


def joined(submission, person):
    release = actions.make_set(name="Lato w parkach", person=person)
    return actions.add_item(release=release, kind="submission", key=str(submission.pk), person=person)


def test_it_is_not_published_scheduled_or_hurried_alone(portal):
    editor, head = appointed("editor"), appointed("head")
    made, hurried = approved(), sent()
    item = joined(made, editor)
    actions.add_item(release=item.release_set, kind="submission", key=str(hurried.pk), person=editor)
    for deed in (
        lambda: actions.publish(submission=made, person=editor),
        lambda: actions.schedule(submission=made, moment=database_now() + timedelta(days=1), person=editor),
        lambda: actions.publish_alone(submission=hurried, reason="Pilne.", person=head),
    ):
        with pytest.raises(rules.NotNow, match=WAITS):
            deed()
    assert NewsPage.objects.count() == 0
    assert not any(rules.may(editor, deed, made, database_now()) for deed in ("publish", "schedule"))
    actions.remove_item(item=item, person=editor)
    assert actions.publish(submission=made, person=editor).state == "published"


def test_what_has_a_moment_or_has_gone_joins_no_set(portal):
    editor = appointed("editor")
    made = approved()
    actions.schedule(submission=made, moment=database_now() + timedelta(days=1), person=editor)
    with pytest.raises(rules.NotNow, match="ma własny termin"):
        joined(made, editor)
    actions.unschedule(submission=made, person=editor)
    actions.publish(submission=made, person=editor)
    with pytest.raises(rules.NotNow, match="już poszedł"):
        joined(made, editor)
    assert ReleaseItem.objects.count() == 0


def test_one_in_both_leaves_with_the_set_alone(portal):
    editor, made = appointed("editor"), approved()
    joined(made, editor)
    Submission.objects.update(scheduled_for=database_now())
    assert (actions.publish_due(), NewsPage.objects.count()) == (0, 0)
    note = made.notes.get(step="held")
    assert WAITS in note.words


def test_the_list_and_the_page_say_so(portal, staff_client):
    client = staff_client("editor")
    made = approved()
    item = joined(made, client.person)
    assert wording.whose_move(made, item.release_set.name) == "paczka „Lato w parkach”"
    (listed,) = queries.listed(client.person, database_now())
    assert listed.set_name == "Lato w parkach"
    page = client.get(f"/admin/zgloszenia/{made.pk}/").text
    assert f'href="/admin/paczki/{item.release_set_id}/">Lato w parkach' in page and 'value="publish"' not in page
    assert "Tekst czeka w paczce" in client.post(f"/admin/zgloszenia/{made.pk}/krok/", {"deed": "publish"}).text
