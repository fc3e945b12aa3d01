"""A unit writes and sends in, the department claims, asks back, approves and publishes; four eyes hold."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ratusz.casework.deadlines import rules as rules_of_clocks
from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.outgoing import Hold, holds
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.foundation.units.models import Unit
from ratusz.publishing.editing import actions, clocks, rules
from ratusz.publishing.editing.content import Content
from ratusz.publishing.editing.factories import a_unit, appointed, approved, content, draft, sent
from ratusz.publishing.editing.models import LonePublication, Submission, SubmissionVersion
from ratusz.publishing.editing.moves import moves_of
from ratusz.publishing.website.factories import make_article
from ratusz.publishing.website.models import NewsPage, PageCare

pytestmark = pytest.mark.django_db
State = Submission.State


def steps(submission):
    return list(submission.notes.values_list("step", flat=True))


def what_waits_for(person):
    return [move.what for move in moves_of(person, database_now())]


@pytest.mark.slow
def test_the_whole_way(portal):
    made = draft()
    editor, second = appointed("editor"), appointed("editor")
    actions.send_submission(submission=made, person=made.author)
    actions.claim(submission=made, person=editor)
    mended = content(title="Nowy plac zabaw w Ligocie od poniedziałku")
    actions.save_submission(submission=made, content=mended, seen_version=1, person=editor)
    actions.release_claim(submission=made, person=editor)
    assert what_waits_for(second) == ["Przeczytaj jako druga osoba i zatwierdź: Nowy plac zabaw w Ligocie od poniedziałku"]
    assert what_waits_for(editor) == []
    actions.approve(submission=made, seen_version=2, person=second)
    actions.publish(submission=made, person=editor)
    page = NewsPage.objects.get()
    made.refresh_from_db()
    care = page.care.get()
    assert (page.live, page.title, page.lead, page.url) == (
        True, mended.title, "Zapraszamy od poniedziałku.", "/aktualnosci/nowy-plac-zabaw-w-ligocie-od-poniedzialku/",
    )  # fmt: skip
    assert (care.owner_unit, care.contact) == (made.unit, "zielen@ratusz.example")
    assert care.review_date.year == local_day(database_now()).year + 1
    assert (made.state, made.page_id, steps(made)) == (
        State.PUBLISHED, page.pk, ["sent", "claimed", "released", "approved", "published"],
    )  # fmt: skip
    assert OutboxMessage.objects.get().content.subject == f"Poszło: {mended.title}"
    assert Entry.objects.filter(deed__startswith="editing.").count() == 7


def holder_of_the_clock(submission):
    """(rule, person, unit) of the one clock that runs."""
    clock = Clock.objects.running().of(submission.subject).select_related("person", "unit").get()
    return clock.rule_code, clock.person, clock.unit


def test_the_clock_is_with_whoever_has_to_move(portal):
    editor, other = appointed("editor"), appointed("editor")
    made, department = sent(), Unit.objects.the_department()
    assert holder_of_the_clock(made) == ("editing.claim", None, department)
    actions.claim(submission=made, person=editor)
    assert holder_of_the_clock(made) == ("editing.edit", editor, department)
    actions.release_claim(submission=made, person=editor)
    actions.claim(submission=made, person=other)
    assert holder_of_the_clock(made) == ("editing.edit", other, department)
    actions.ask_back(submission=made, reason="Od której?", person=other)
    assert holder_of_the_clock(made) == ("editing.unit_answer", None, made.unit)
    clock, at = Clock.objects.running().of(made.subject).get(), database_now()
    head_of_unit = AppointmentFactory(role_code="head", unit=made.unit).person
    people = (made.author, editor, head_of_unit)
    assert [rules_of_clocks.may(person, "see", clock, at) for person in people] == [True, True, True]
    assert [rules_of_clocks.may_open(person, clock, at) for person in people] == [True, True, False]


def test_a_claim_taken_over_takes_the_clock_with_it(portal):
    made, editor, other = sent(), appointed("editor"), appointed("editor")
    actions.claim(submission=made, person=editor)
    Submission.objects.filter(pk=made.pk).update(claimed_by=other)
    made.refresh_from_db()
    clocks.follow(made)
    assert holder_of_the_clock(made)[:2] == ("editing.edit", other)


def test_neither_the_author_nor_the_last_editor_approves(portal):
    editor = appointed("editor")
    made = sent(author=editor, unit=a_unit())
    with pytest.raises(rules.NotNow, match="druga para oczu"):
        actions.approve(submission=made, seen_version=1, person=editor)
    second = appointed("editor")
    actions.save_submission(submission=made, content=content(lead="Inaczej."), seen_version=1, person=second)
    with pytest.raises(rules.NotNow):
        actions.approve(submission=made, seen_version=2, person=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.update(approved_by=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.update(state=State.APPROVED)


def test_what_was_read_is_what_is_approved(portal):
    made, editor = sent(), appointed("editor")
    actions.save_submission(submission=made, content=content(lead="Nowsze."), seen_version=1, person=appointed("editor"))
    with pytest.raises(rules.ChangedMeanwhile):
        actions.approve(submission=made, seen_version=1, person=editor)


def test_a_change_takes_the_approval_back(portal):
    made = approved()
    actions.save_submission(submission=made, content=content(lead="Jednak inaczej."), seen_version=1, person=appointed("editor"))
    made.refresh_from_db()
    assert (made.state, made.approved_by, made.version) == (State.SENT, None, 2)


def test_asked_back_it_waits_for_the_unit_and_comes_again(portal):
    made, editor = sent(), appointed("editor")
    with pytest.raises(rules.NotNow, match="Napisz, co komórka"):
        actions.ask_back(submission=made, reason=" ", person=editor)
    actions.ask_back(submission=made, reason="Od której godziny?", person=editor)
    assert what_waits_for(made.author) == ["Popraw i wyślij jeszcze raz: Nowy plac zabaw w Ligocie"]
    letter = OutboxMessage.objects.get()
    assert "Od której godziny?" in letter.content.text and letter.address.value == made.author.email
    with pytest.raises(PermissionDenied):
        actions.save_submission(submission=made, content=content(lead="x"), seen_version=1, person=editor)
    actions.save_submission(submission=made, content=content(lead="Od 9.00."), seen_version=1, person=made.author)
    actions.send_submission(submission=made, person=made.author, words="Dopisane.")
    assert what_waits_for(made.author) == []
    assert what_waits_for(editor) == ["Weź i przeczytaj: Nowy plac zabaw w Ligocie"]


def test_a_claimed_text_is_nobody_elses(portal):
    made, editor, other, head = sent(), appointed("editor"), appointed("editor"), appointed("head")
    actions.claim(submission=made, person=editor)
    for act in (
        lambda: actions.claim(submission=made, person=other),
        lambda: actions.approve(submission=made, seen_version=1, person=other),
        lambda: actions.save_submission(submission=made, content=content(lead="x"), seen_version=1, person=other),
    ):
        with pytest.raises(rules.NotNow, match="Ktoś inny"):
            act()
    with pytest.raises(rules.NotNow, match="już wzięt"):
        actions.claim(submission=made, person=editor)
    assert what_waits_for(editor) == ["Przeczytaj i odpowiedz komórce: Nowy plac zabaw w Ligocie"]
    actions.release_claim(submission=made, person=head)
    with pytest.raises(rules.NotNow, match="Nikt nie wziął"):
        actions.release_claim(submission=made, person=head)
    actions.claim(submission=made, person=other)


def test_units_see_their_own_and_the_department_sees_what_was_sent(portal):
    ours, theirs, at = draft(), sent(unit=a_unit(short_name="INNA")), database_now()
    editor, stranger = appointed("editor"), appointed("moderator")
    seen = lambda person: set(Submission.objects.seen_by(person, at))  # noqa: E731
    assert (seen(ours.author), seen(editor), seen(stranger)) == ({ours}, {theirs}, set())
    for person, deed, submission, expected in (
        (ours.author, "see", ours, True), (ours.author, "see", theirs, False), (editor, "see", ours, False),
        (editor, "see", theirs, True), (stranger, "see", theirs, False), (theirs.author, "claim", theirs, False),
        (theirs.author, "close", theirs, True), (editor, "close", theirs, True), (None, "see", theirs, False),
    ):  # fmt: skip
        assert rules.may(person, deed, submission, at) is expected, (person, deed)
    with pytest.raises(PermissionDenied):
        actions.start_submission(unit=ours.unit, kind="news", content=content(), person=theirs.author)
    with pytest.raises(PermissionDenied):
        actions.claim(submission=theirs, person=theirs.author)


def test_nothing_is_sent_without_words_and_without_whom_to_ask(portal):
    made = draft(title="", lead="", body=[], contact="")
    with pytest.raises(rules.NotComplete) as refusal:
        actions.send_submission(submission=made, person=made.author)
    assert [address.rpartition("#")[2] for _words, address in refusal.value.findings] == ["id_title", "id_text", "id_contact"]


@pytest.mark.slow
def test_a_page_changes_by_a_new_revision(portal):
    unit = a_unit()
    other = a_unit(short_name="OPIEKUN")
    page = make_article(
        portal, body=[("heading", {"text": "Jak", "level": "h2"}), ("call_to_action", {"text": "Zgłoś", "address": "/x/"})]
    )
    page.care = [PageCare(owner_unit=other, contact="a@ratusz.example")]
    page.save_revision().publish()
    author = appointed("unit_editor", unit)
    made = actions.start_change(unit=unit, page=page, person=author)
    assert (made.version, [block["type"] for block in made.body]) == (2, ["heading", "call_to_action"])
    words = content(title="Poradnik poprawiony", body=[*made.body, {"type": "paragraph", "value": "<p>Nowe.</p>"}])
    made = actions.save_submission(submission=made, content=words, seen_version=2, person=author)
    made = actions.send_submission(submission=made, person=author)
    editor = appointed("editor")
    made = actions.approve(submission=made, seen_version=3, person=editor)
    actions.publish(submission=made, person=editor)
    page.refresh_from_db()
    assert (page.title, [block.block_type for block in page.body]) == (
        "Poradnik poprawiony", ["heading", "call_to_action", "paragraph"],
    )  # fmt: skip
    assert (page.care.get().owner_unit, page.revisions.count()) == (other, 3)


def test_a_page_that_was_withdrawn_cannot_change(portal):
    page = make_article(portal)
    unit = a_unit()
    author = appointed("unit_editor", unit)
    made = actions.start_change(unit=unit, page=page, person=author)
    page.unpublish()
    made = actions.save_submission(submission=made, content=content(), seen_version=made.version, person=author)
    with pytest.raises(rules.NotComplete, match="nie jest już opublikowana"):
        actions.send_submission(submission=made, person=author)


def test_a_hold_keeps_it_in(portal, monkeypatch):
    made, editor = approved(), appointed("editor")
    monkeypatch.setitem(holds._entries, "test", lambda outgoing, at: Hold("silence", "Trwa cisza wyborcza."))
    with pytest.raises(rules.NotComplete, match="cisza wyborcza"):
        actions.publish(submission=made, person=editor)
    assert not NewsPage.objects.exists()


@pytest.mark.slow
def test_it_goes_out_by_itself_at_its_moment(portal):
    made, editor = approved(), appointed("editor")
    soon = database_now() + timedelta(seconds=1)
    with pytest.raises(rules.NotNow, match="już minął"):
        actions.schedule(submission=made, moment=database_now(), person=editor)
    actions.schedule(submission=made, moment=soon, person=editor)
    assert (actions.publish_due(), what_waits_for(editor)) == (0, [])
    actions.unschedule(submission=made, person=editor)
    with pytest.raises(rules.NotNow):
        actions.unschedule(submission=made, person=editor)
    actions.schedule(submission=made, moment=soon, person=editor)
    time.sleep(max(0, (soon - database_now()).total_seconds()))
    assert (actions.publish_due(), actions.publish_due(), NewsPage.objects.count()) == (1, 0, 1)


def test_what_may_not_go_out_at_its_moment_stays_and_says_why(portal, monkeypatch):
    from ratusz.publishing.editing.actions import publishing

    made, editor = approved(), appointed("editor")
    soon = database_now() + timedelta(hours=2)
    actions.schedule(submission=made, moment=soon, person=editor)
    monkeypatch.setattr(publishing, "database_now", lambda: soon)
    monkeypatch.setitem(holds._entries, "test", lambda outgoing, at: Hold("silence", "Trwa cisza wyborcza."))
    assert actions.publish_due() == 0
    made.refresh_from_db()
    assert (made.state, made.scheduled_for, steps(made)[-1], made.notes.last().words) == (
        State.APPROVED, None, "held", "Trwa cisza wyborcza.",
    )  # fmt: skip
    assert what_waits_for(editor) == ["Opublikuj albo ustal termin: Nowy plac zabaw w Ligocie"]


@pytest.mark.slow
def test_alone_only_for_a_reason_and_read_afterwards_by_somebody_else(portal, monkeypatch):
    made, editor, head = sent(), appointed("editor"), appointed("head")
    with pytest.raises(PermissionDenied):
        actions.publish_alone(submission=made, reason="Pilne", person=editor)
    with pytest.raises(rules.NotNow, match="Napisz, dlaczego"):
        actions.publish_alone(submission=made, reason=" ", person=head)
    actions.publish_alone(submission=made, reason="Awaria wodociągu w nocy.", person=head)
    lone = LonePublication.objects.get()
    assert (lone.reason, lone.published_by, NewsPage.objects.count()) == ("Awaria wodociągu w nocy.", head, 1)
    assert what_waits_for(head) == []
    assert what_waits_for(editor) == ["Przeczytaj, co poszło bez drugiej pary oczu: Nowy plac zabaw w Ligocie"]
    with pytest.raises(rules.NotNow, match="Przeczyta ją ktoś inny"):
        actions.review_lone_publication(publication=lone, words="", person=head)
    with pytest.raises(PermissionDenied):
        actions.review_lone_publication(publication=lone, words="", person=made.author)
    actions.review_lone_publication(publication=lone, words="W porządku.", person=editor)
    with pytest.raises(rules.NotNow, match="już przeczyta"):
        actions.review_lone_publication(publication=lone, words="", person=appointed("editor"))
    assert what_waits_for(editor) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        LonePublication.objects.update(reviewed_by=head)


def test_whoever_is_on_duty_may_publish_alone(portal, monkeypatch):
    made, editor = sent(), appointed("editor")
    monkeypatch.setitem(rules.duty_rosters._entries, "test", lambda person, at: person == editor)
    actions.publish_alone(submission=made, reason="Dyżur w sobotę.", person=editor)
    assert NewsPage.objects.count() == 1


def test_versions_keep_every_word_and_cannot_be_changed(portal, as_role):
    made = draft()
    actions.save_submission(submission=made, content=content(), seen_version=1, person=made.author)
    assert made.versions.count() == 1, "equal words make no version"
    actions.save_submission(submission=made, content=content(lead="Inaczej."), seen_version=1, person=made.author)
    assert [Content.kept(each.content).lead for each in made.versions.all()] == ["Inaczej.", "Zapraszamy od poniedziałku."]
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        SubmissionVersion.objects.update(number=7)


def test_remarks_and_ends(portal):
    made, editor = sent(), appointed("editor")
    actions.comment(submission=made, words="Zapytam dział prasowy.", person=editor)
    with pytest.raises(rules.NotNow, match="Najpierw napisz"):
        actions.comment(submission=made, words="", person=editor)
    with pytest.raises(rules.NotNow, match="Napisz, dlaczego nic"):
        actions.close(submission=made, reason="", person=editor)
    actions.close(submission=made, reason="To samo jest już na portalu.", person=editor)
    made.refresh_from_db()
    assert (made.state, steps(made), what_waits_for(editor)) == (State.CLOSED, ["sent", "comment", "closed"], [])
    for act in (actions.claim, actions.publish):
        with pytest.raises(rules.NotNow, match="zamknięty"):
            act(submission=made, person=editor)
    assert "To samo jest już na portalu." in OutboxMessage.objects.get().content.text


def test_nobody_gets_a_letter_about_their_own_step(portal):
    made = sent()
    actions.close(submission=made, reason="Jednak nie.", person=made.author)
    assert not OutboxMessage.objects.exists()
    author = appointed("editor")
    own = sent(author=author, unit=a_unit(short_name="WLASNA"))
    actions.claim(submission=own, person=author)
    assert what_waits_for(author)[0].startswith("Oddaj drugiej parze oczu")
