"""Pages, texts of units and sets stay in the house in the silence, whatever way they were to go; each is on record and is decided about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from ratusz.coordination.calendar import actions as elections
from ratusz.coordination.calendar.factories import make_election
from ratusz.coordination.calendar.models import Election, HeldItem
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.editing import actions, release_kinds, rules
from ratusz.publishing.editing.factories import appointed, approved, content, sent
from ratusz.publishing.editing.models import ReleaseSet, Submission
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import NewsPage, StoppedPublication
from ratusz.publishing.website.page_gates.holding import NotReadYet, PageHeld

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LIST = "#zanim-opublikujesz"
WORDS = "Cisza wyborcza trwa do"


@pytest.fixture
def homes():
    return make_portal()


@pytest.fixture
def page(homes):
    """Published news with a change that waits."""
    made = make_news(homes)
    made.title = "Nowy tytuł"
    made.save_revision()
    return made


@pytest.fixture
def silence(homes):
    """Tomorrow people vote."""
    today = local_day(database_now())
    return make_election(ordered_on=today - timedelta(days=40), voting_day=today + timedelta(days=1), second_round_day=None)


def is_over():
    today = local_day(database_now())
    Election.objects.update(ordered_on=today - timedelta(days=60), voting_day=today - timedelta(days=10))


def held():
    return list(HeldItem.objects.order_by("pk").values_list("subject", "tried_by", "decision"))


def typed(page, **fields):
    given = {
        "title": page.title, "slug": page.slug, "lead": page.lead, "day": "2026-11-01", "body": streamfield([]),
        "dates": inline_formset([]), "changes": inline_formset([]), "comments": inline_formset([]),
        "care": inline_formset(
            [{"owner_unit": care.owner_unit_id, "contact": care.contact, "review_date": care.review_date, "id": care.pk}
             for care in page.care.all()], initial=page.care.count(),
        ),
        "show_in_menus": "", "seo_title": "", "search_description": "", "topics": [], "districts": [],
    }  # fmt: skip
    return nested_form_data(given | fields)


def test_an_editor_is_refused_and_the_page_is_on_record(staff_client, page, silence):
    editor = staff_client("editor")
    address = f"/admin/pages/{page.pk}/edit/"
    answer = editor.post(address, typed(page, title="Inny tytuł") | {"action-publish": "1"})
    assert (answer.status_code, answer.url) == (302, address + LIST)
    kept = NewsPage.objects.get()
    assert (kept.title, kept.get_latest_revision_as_object().title) == ("Wiadomość 1", "Inny tytuł")
    assert held() == [(f"website.page:{page.pk}", editor.person.pk, "")]
    screen = editor.get(address).text
    assert f"Nie opublikowano: {WORDS}" in screen and "Szkic jest zapisany." in screen
    assert "Ten tekst zatrzymuje 1 rzecz:" in screen and screen.count(WORDS) == 2


def test_what_a_head_lets_out_goes_and_so_does_what_waits_till_after(page, silence):
    head = appointed("head")
    with pytest.raises(PageHeld):
        page.get_latest_revision().publish(user=head)
    elections.override_held(item=HeldItem.objects.get(), person=head, reason="Zmiana lokalu wyborczego.")
    page.get_latest_revision().publish(user=head)
    assert NewsPage.objects.get().title == "Nowy tytuł"
    HeldItem.objects.all().delete()
    with pytest.raises(PageHeld):
        page.get_latest_revision().publish(user=head)
    is_over()
    page.get_latest_revision().publish(user=head)
    assert held() == [(f"website.page:{page.pk}", head.pk, "released")]


def test_a_page_let_out_in_the_silence_is_held_again_when_it_changes(page, silence):
    head, editor = appointed("head"), appointed("editor")
    with pytest.raises(PageHeld):
        page.get_latest_revision().publish(user=editor)
    elections.override_held(item=HeldItem.objects.get(), person=head, reason="Zmiana lokalu wyborczego.")
    page.get_latest_revision().publish(user=editor)
    page.lead = "Głosuj na nas."
    changed = page.save_revision(user=editor)
    with pytest.raises(PageHeld):
        changed.publish(user=editor)
    page = NewsPage.objects.get()
    assert (page.title, page.lead) == ("Nowy tytuł", "Krótko o niej.")


def test_what_does_not_leave_no_editor_publishes(page, silence):
    head, editor = appointed("head"), appointed("editor")
    with pytest.raises(PageHeld):
        page.get_latest_revision().publish(user=editor)
    elections.drop_held(item=HeldItem.objects.get(), person=head, reason="Nieaktualne.")
    is_over()
    with pytest.raises(PageHeld, match="Zdecydowano, że to nie wychodzi"):
        page.get_latest_revision().publish(user=editor)
    page.get_latest_revision().publish(user=head)
    assert held() == [(f"website.page:{page.pk}", editor.pk, "released")]


def test_an_approval_is_taken_back_and_the_page_is_on_record_all_the_same(staff_client, page, silence):
    editor = staff_client("editor")
    page.get_workflow().start(page, editor.person)
    body = typed(page, title="Nowy tytuł") | {"action-workflow-action": "1", "workflow-action-name": "approve"}
    answer = editor.post(f"/admin/pages/{page.pk}/edit/", body)
    assert answer.url == f"/admin/pages/{page.pk}/edit/{LIST}"
    kept = NewsPage.objects.get()
    assert (kept.title, kept.current_workflow_state.status) == ("Wiadomość 1", "in_progress")
    assert held() == [(f"website.page:{page.pk}", editor.person.pk, "")]


def test_many_at_once_stay_too(staff_client, page, silence):
    NewsPage.objects.update(live=False)
    editor = staff_client("editor")
    answer = editor.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/")
    assert answer.url == f"/admin/pages/{page.pk}/edit/{LIST}"
    assert (NewsPage.objects.get().live, held()) == (False, [(f"website.page:{page.pk}", editor.person.pk, "")])


def test_the_clock_stops_and_nothing_floods_out_after_the_silence(page, silence):
    page.go_live_at = database_now() - timedelta(minutes=1)
    revision = page.save_revision()
    revision.approved_go_live_at = page.go_live_at
    revision.save()
    call_command("publish_scheduled")
    assert NewsPage.objects.get().title == "Wiadomość 1"
    assert [words[: len(WORDS)] for words in StoppedPublication.objects.get().findings] == [WORDS]
    assert held() == [(f"website.page:{page.pk}", None, "")]
    is_over()
    revision.approved_go_live_at = page.go_live_at
    revision.save()
    call_command("publish_scheduled")
    assert NewsPage.objects.get().title == "Wiadomość 1"
    elections.release_held(item=HeldItem.objects.get(), person=appointed("head"))
    revision.approved_go_live_at = page.go_live_at
    revision.save()
    call_command("publish_scheduled")
    assert NewsPage.objects.get().title == "Nowy tytuł"


def test_a_moment_after_the_silence_may_be_set_in_it(staff_client, page, silence):
    page.go_live_at = database_now() + timedelta(days=5)
    page.save_revision().publish(user=appointed("editor"))
    assert (NewsPage.objects.get().live, held()) == (False, [])
    assert WORDS not in staff_client("editor").get(f"/admin/pages/{page.pk}/edit/").text


def test_whoever_wrote_of_a_candidate_is_no_second_person(page, silence):
    today = local_day(database_now())
    Election.objects.update(voting_day=today + timedelta(days=10))
    author, other = appointed("editor"), appointed("editor")
    elections.read_candidates(election=silence, rows=[("Jan", "Przykładowski", "")], person=appointed("head"))
    page.lead = "Plac otworzy Jan Przykładowski."
    revision = page.save_revision(user=author, log_action=True)
    with pytest.raises(PageHeld, match="Jan Przykładowski"):
        revision.publish(user=author)
    again = page.save_revision(user=other, changed=False, log_action=True)
    with pytest.raises(PageHeld):
        again.publish(user=author)
    again.publish(user=other)
    assert NewsPage.objects.get().lead == "Plac otworzy Jan Przykładowski."
    revision = page.save_revision(user=author, log_action=True)
    for person, moment in ((author, "Za chwilę"), (other, "O czasie")):
        page.title, page.go_live_at = moment, database_now() + timedelta(minutes=5)
        revision = page.save_revision(user=author, log_action=True)
        if person == author:
            with pytest.raises(NotReadYet):
                revision.publish(user=person)
        else:
            revision.publish(user=person)
        page.go_live_at = database_now() - timedelta(minutes=1)
        type(revision).objects.filter(pk=revision.pk).update(
            approved_go_live_at=page.go_live_at, content=page.serializable_data() | {"pk": page.pk}
        )
        call_command("publish_scheduled")
    assert NewsPage.objects.get().title == "O czasie"


def test_a_text_of_a_unit_is_held_and_on_record(homes, silence):
    editor, made = appointed("editor"), approved()
    with pytest.raises(rules.NotComplete, match=WORDS):
        actions.publish(submission=made, person=editor)
    lone = sent()
    head = appointed("head")
    with pytest.raises(rules.NotComplete, match=WORDS):
        actions.publish_alone(submission=lone, reason="Pilne.", person=head)
    assert held() == [(made.subject, editor.pk, ""), (lone.subject, head.pk, "")]
    assert Entry.objects.filter(deed="calendar.hold_item").count() == 2
    with pytest.raises(rules.NotComplete, match=WORDS):
        actions.schedule(submission=made, moment=database_now() + timedelta(hours=1), person=editor)
    elections.override_held(item=HeldItem.objects.get(subject=made.subject), person=head, reason="Zmiana lokalu wyborczego.")
    actions.publish(submission=made, person=editor)
    assert NewsPage.objects.count() == 1


def test_the_moment_of_a_text_may_lie_after_the_silence_and_in_it_the_text_waits(homes, silence):
    editor, made, later = appointed("editor"), approved(), approved()
    actions.schedule(submission=later, moment=database_now() + timedelta(days=5), person=editor)
    Submission.objects.filter(pk=made.pk).update(scheduled_for=database_now())
    assert (actions.publish_due(), held()) == (0, [(made.subject, None, "")])
    made.refresh_from_db()
    assert (made.state, made.scheduled_for, made.notes.last().words[: len(WORDS)]) == ("approved", None, WORDS)
    is_over()
    Submission.objects.filter(pk=made.pk).update(scheduled_for=database_now())
    assert actions.publish_due() == 0, "what was held is decided about afresh"
    actions.publish(submission=made, person=editor)
    assert held() == [(made.subject, None, "released")]


def test_a_second_person_has_read_what_was_approved(homes, silence):
    Election.objects.update(voting_day=local_day(database_now()) + timedelta(days=10))
    head = appointed("head")
    elections.read_candidates(election=silence, rows=[("Jan", "Przykładowski", "")], person=head)
    fields = content(lead="Plac otworzy Jan Przykładowski.").as_kept()
    lone = sent(lead=fields["lead"])
    with pytest.raises(rules.NotComplete, match="Jan Przykładowski"):
        actions.publish_alone(submission=lone, reason="Pilne.", person=head)
    actions.publish(submission=approved(lead=fields["lead"]), person=head)
    assert NewsPage.objects.count() == 1


def test_a_set_stays_whole_with_everything_in_it_on_record(homes, page, silence):
    maker, second, made = appointed("editor"), appointed("head"), approved()
    later = database_now() + timedelta(days=5)
    release = actions.make_set(name="Po wyborach", person=maker, goes_out_at=later)
    actions.add_item(release=release, kind="page", key=release_kinds.key_of_page(page), person=maker)
    actions.add_item(release=release, kind="submission", key=str(made.pk), person=maker)
    actions.add_item(release=release, kind="redirect", key="/a /b/", person=maker)
    actions.approve_set(release=release, person=second)
    with pytest.raises(rules.NotComplete, match=WORDS):
        actions.release_set(release=release, person=maker)
    assert held() == [(f"website.page:{page.pk}", maker.pk, ""), (made.subject, maker.pk, "")]
    HeldItem.objects.all().delete()
    ReleaseSet.objects.update(goes_out_at=database_now(), stopped_at=None)
    assert actions.release_due_sets() == 0
    assert held() == [(f"website.page:{page.pk}", None, ""), (made.subject, None, "")]
    is_over()
    ReleaseSet.objects.update(stopped_at=None)
    assert actions.release_due_sets() == 0, "what was held is decided about afresh"
    actions.release_set(release=release, person=maker)
    assert NewsPage.objects.filter(title="Nowy tytuł").exists() and NewsPage.objects.count() == 2
    assert {decision for _subject, _by, decision in held()} == {"released"}


def test_a_page_let_out_by_a_set_in_the_campaign_is_noted_as_left(homes, page, silence):
    maker, second = appointed("editor"), appointed("head")
    with pytest.raises(PageHeld):
        page.get_latest_revision().publish(user=maker)
    today = local_day(database_now())
    Election.objects.update(voting_day=today + timedelta(days=10))
    elections.read_candidates(election=silence, rows=[("Jan", "Przykładowski", "")], person=second)
    page.lead = "Plac otworzy Jan Przykładowski."
    page.save_revision(user=maker)
    release = actions.make_set(name="Plac", person=maker, goes_out_at=None)
    key = release_kinds.key_of_page(NewsPage.objects.get(pk=page.pk))
    actions.add_item(release=release, kind="page", key=key, person=maker)
    actions.approve_set(release=release, person=second)
    actions.release_set(release=release, person=maker)
    assert NewsPage.objects.get().lead == "Plac otworzy Jan Przykładowski."
    assert held() == [(f"website.page:{page.pk}", maker.pk, "released")]
