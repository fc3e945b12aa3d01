"""What waits in a release set goes out with it or not at all: nobody lets it out alone by another door."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.harness.signing_in import sign_in_staff

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.editing import actions, queries, rules, wording
from ratusz.publishing.editing.factories import appointed, approved, content, sent
from ratusz.publishing.editing.models import ReleaseItem, Submission
from ratusz.publishing.gates.findings import GatesShut
from ratusz.publishing.messages.actions import approve_variant, schedule_variant, send_due, send_variant
from ratusz.publishing.messages.factories import make_message
from ratusz.publishing.messages.models import Variant
from ratusz.publishing.messages.rules import Refused
from ratusz.publishing.website.factories import make_article
from ratusz.publishing.website.models import NewsPage

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
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


def test_what_changed_after_the_set_was_approved_goes_out_only_when_it_is_approved_again(portal):
    maker, head = appointed("editor"), appointed("head")
    made = approved()
    item = joined(made, maker)
    release = actions.approve_set(release=item.release_set, person=head)
    made = actions.save_submission(
        submission=made, content=content(lead="Zupełnie inny."), seen_version=made.version, person=appointed("editor")
    )
    actions.approve(submission=made, seen_version=made.version, person=maker)
    words = "zmieniło się, odkąd zatwierdzono paczkę"
    with pytest.raises(rules.NotComplete, match=words):
        actions.release_set(release=release, person=maker)
    assert NewsPage.objects.count() == 0
    actions.remove_item(item=item, person=maker)
    actions.add_item(release=release, kind="submission", key=str(made.pk), person=maker)
    actions.approve_set(release=release, person=head)
    assert (actions.release_set(release=release, person=maker).state, NewsPage.objects.get().lead) == ("released", "Zupełnie inny.")


def text_of_a_message(head):
    message = make_message(person=appointed("editor"), places=["bip"])
    return approve_variant(variant=message.variants.get(), person=head)


def test_a_text_of_a_message_is_not_sent_or_scheduled_alone(portal):
    maker, head = appointed("editor"), appointed("head")
    variant = text_of_a_message(head)
    release = actions.make_set(name="Lato w parkach", person=maker)
    item = actions.add_item(release=release, kind="message", key=str(variant.pk), person=maker)
    actions.approve_set(release=release, person=head)
    for deed in (
        lambda: send_variant(variant=variant, person=head),
        lambda: schedule_variant(variant=variant, person=head, scheduled_at=database_now() + timedelta(days=1)),
    ):
        with pytest.raises(Refused, match=WAITS):
            deed()
    variant.refresh_from_db()
    assert (variant.state, variant.release) == ("approved", None)
    actions.release_set(release=release, person=maker)
    variant.refresh_from_db()
    assert (variant.state, item.release_set_id) == ("by_hand", release.pk)
    assert send_variant(variant=variant, person=head).state == "by_hand", "what is out already is asked nothing"


def test_a_text_of_a_message_in_the_queue_joins_no_set_and_leaves_with_it_alone(portal):
    maker, head = appointed("editor"), appointed("head")
    variant = text_of_a_message(head)
    schedule_variant(variant=variant, person=head, scheduled_at=database_now() + timedelta(days=1))
    release = actions.make_set(name="Lato w parkach", person=maker)
    with pytest.raises(rules.NotNow, match="ma własny termin"):
        actions.add_item(release=release, kind="message", key=str(variant.pk), person=maker)
    ReleaseItem.objects.create(release_set=release, kind="message", key=str(variant.pk))
    Variant.objects.update(scheduled_at=database_now())
    assert send_due() == 1
    variant.refresh_from_db()
    assert (variant.state, variant.scheduled_at, variant.release) == ("approved", None, None)
    assert WAITS in variant.trouble


def test_the_list_of_messages_says_so(portal, staff_client):
    client, head = staff_client("editor"), appointed("head")
    variant = text_of_a_message(head)
    release = actions.make_set(name="Lato w parkach", person=head)
    actions.add_item(release=release, kind="message", key=str(variant.pk), person=head)
    address = f"/admin/komunikaty/{variant.message_id}/"
    deeds = f"{address}tekst/{variant.pk}/zrob/"
    page = client.get(address).text
    assert WAITS in page and f"{deeds}wyslij/" not in page and f"{deeds}kiedy/" not in page
    assert WAITS in client.post(f"{deeds}wyslij/", follow=True).text
    variant.refresh_from_db()
    assert variant.state == "approved"


def test_a_page_of_a_set_is_not_published_alone_in_the_editor(portal, client):
    editor, writer = appointed("editor"), appointed("editor")
    page = make_article(portal, title="Poradnik")
    page.title = "Poradnik letni"
    revision = page.save_revision(user=writer)
    release = actions.make_set(name="Lato w parkach", person=editor)
    item = actions.add_item(release=release, kind="page", key=f"{page.pk}:{revision.pk}", person=editor)
    with pytest.raises(GatesShut) as shut:
        revision.publish(user=editor)
    assert WAITS in shut.value.blocking[0].words
    sign_in_staff(client, editor)
    assert WAITS in client.get(f"/admin/pages/{page.pk}/edit/").text
    page.refresh_from_db()
    assert page.title == "Poradnik"
    actions.remove_item(item=item, person=editor)
    revision.publish(user=editor)
    page.refresh_from_db()
    assert page.title == "Poradnik letni"


def test_the_set_itself_lets_its_page_out(portal):
    editor, writer, head = appointed("editor"), appointed("editor"), appointed("head")
    page = make_article(portal, title="Poradnik")
    page.title = "Poradnik letni"
    revision = page.save_revision(user=writer)
    release = actions.make_set(name="Lato w parkach", person=editor)
    actions.add_item(release=release, kind="page", key=f"{page.pk}:{revision.pk}", person=editor)
    actions.approve_set(release=release, person=head)
    actions.release_set(release=release, person=head)
    page.refresh_from_db()
    assert page.title == "Poradnik letni"
