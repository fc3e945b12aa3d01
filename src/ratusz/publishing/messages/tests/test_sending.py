"""Approved by a second person, sent once, at its moment, held when something stands in the way."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.outgoing import Hold, holds, tell_decision
from ratusz.publishing.messages import actions, rules
from ratusz.publishing.messages.actions.sending import outgoing_of
from ratusz.publishing.messages.factories import make_author, make_message
from ratusz.publishing.messages.models import Release
from ratusz.publishing.messages.outlets import Outlet, SendingFailed


@pytest.fixture
def page(author, second):
    """An approved text for the page."""
    message = make_message(author, places=["page"])
    return actions.approve_variant(variant=message.variants.get(), person=second)


@pytest.fixture
def held(monkeypatch):
    """One hold on everything, which the head may override."""
    monkeypatch.setattr(
        holds, "_entries", {"silence": lambda outgoing, at: Hold("silence", "Cisza wyborcza.", may_override=("head",))}
    )


def test_nobody_approves_their_own_text_but_a_head_with_a_reason(author, second):
    variant = make_message(author, places=["page"]).variants.get()
    for reason in ("", "pilne"):
        with pytest.raises(rules.NeedsSecondPerson):
            actions.approve_variant(variant=variant, person=author, alone_because=reason)
    assert actions.approve_variant(variant=variant, person=second, alone_because="pilne").approved_alone_because == ""
    head = make_author("head")
    own = make_message(head, places=["page"]).variants.get()
    with pytest.raises(rules.NeedsSecondPerson, match="ktoś inny"):
        actions.approve_variant(variant=own, person=head)
    assert (
        actions.approve_variant(variant=own, person=head, alone_because="awaria w nocy").approved_alone_because == "awaria w nocy"
    )


def test_whoever_wrote_the_facts_does_not_approve_a_text_of_another(author, second):
    message = make_message(author, places=["page"])
    variant = actions.edit_variant(variant=message.variants.get(), written="{kiedy}", person=second, expected=0)
    for person in (author, second):
        with pytest.raises(rules.NeedsSecondPerson):
            actions.approve_variant(variant=variant, person=person)
    assert actions.approve_variant(variant=variant, person=make_author()).state == "approved"


def test_what_was_read_is_what_is_approved(author, second):
    message = make_message(author, places=["page"])
    variant = message.variants.get()
    actions.change_facts(message=message, person=author, expected=1, facts={"contact": "tel. 112"})
    with pytest.raises(rules.ChangedMeanwhile):
        actions.approve_variant(variant=variant, person=second, expected=1)


def test_an_empty_or_too_long_text_is_not_approved(author, second):
    message = make_message(author, places=["page", "sms"], long_text="", short_text=" ")
    with pytest.raises(rules.Refused, match="Nie ma jeszcze tekstu"):
        actions.approve_variant(variant=message.variants.get(outlet="page"), person=second)
    sms = actions.edit_variant(variant=message.variants.get(outlet="sms"), written="a" * 161, person=author, expected=0)
    with pytest.raises(rules.Refused, match="161 znaków"):
        actions.approve_variant(variant=sms, person=second)
    assert actions.edit_variant(variant=message.variants.get(outlet="page"), written="", person=author, expected=0).state == "empty"


def test_a_text_leaves_once_and_is_kept(page, second, told):
    assert actions.send_variant(variant=page, person=second).state == "out"
    assert actions.send_variant(variant=page, person=second).state == "out"
    release = Release.objects.get(variant=page)
    assert (release.text, release.approved_by, release.facts, told) == (page.text, second, page.message.facts, [page.message_id])
    page.message.refresh_from_db()
    assert page.message.published_at == release.left_at
    with pytest.raises(rules.Refused, match="wyszedł|poszedł"):
        actions.edit_variant(variant=page, written="x", person=second, expected=0)
    with pytest.raises(rules.Refused):
        actions.approve_variant(variant=page, person=second)


def test_what_nobody_approved_does_not_leave(author, second):
    variant = make_message(author, places=["page"]).variants.get()
    with pytest.raises(rules.Refused, match="druga osoba"):
        actions.send_variant(variant=variant, person=second)
    with pytest.raises(PermissionDenied):
        actions.send_variant(variant=variant, person=make_author("moderator"))


def test_a_hold_keeps_it_and_only_who_is_named_lets_it_out(page, second, held):
    kept = actions.send_variant(variant=page, person=second)
    assert (kept.state, kept.trouble, Release.objects.count()) == ("held", "Cisza wyborcza.", 0)
    with pytest.raises(PermissionDenied):
        actions.send_variant(variant=page, person=second, override_because="pilne")
    assert actions.send_variant(variant=page, person=make_author("head"), override_because="zwykła informacja").state == "out"


def test_a_place_that_refuses_leaves_the_text_failed_and_can_be_tried_again(page, second, test_outlets):
    def refuse(variant):
        raise SendingFailed("Sieć nie odpowiada.")

    test_outlets["page"] = Outlet("page", "strona", deliver=refuse)
    failed = actions.send_variant(variant=page, person=second)
    assert (failed.state, failed.trouble, Release.objects.count()) == ("failed", "Sieć nie odpowiada.", 0)
    test_outlets["page"] = Outlet("page", "strona", deliver=lambda variant: None)
    assert actions.send_variant(variant=page, person=second).state == "out"


def test_a_queued_text_leaves_at_its_moment_without_anybody(page, second, monkeypatch):
    at = database_now() + timedelta(hours=1)
    assert actions.schedule_variant(variant=page, person=second, scheduled_at=at).state == "queued"
    assert actions.send_due() == 0
    monkeypatch.setattr("ratusz.publishing.messages.actions.sending.database_now", lambda: at)
    assert (actions.send_due(), actions.send_due()) == (1, 0)
    page.refresh_from_db()
    assert (page.state, page.release.sent_by) == ("out", None)


def test_a_queue_can_be_left_and_refuses_wrong_moments(page, second):
    now = database_now()
    for moment in (now - timedelta(minutes=1), now + timedelta(days=400)):
        with pytest.raises(rules.Refused):
            actions.schedule_variant(variant=page, person=second, scheduled_at=moment)
    actions.schedule_variant(variant=page, person=second, scheduled_at=now + timedelta(hours=1))
    assert actions.cancel_sending(variant=page, person=second).state == "approved"
    with pytest.raises(rules.Refused):
        actions.cancel_sending(variant=page, person=second)


def test_a_changed_fact_takes_a_text_off_the_queue(page, author, second):
    actions.schedule_variant(variant=page, person=second, scheduled_at=database_now() + timedelta(hours=1))
    actions.change_facts(message=page.message, person=author, expected=1, facts={"contact": "tel. 112"})
    page.refresh_from_db()
    assert (page.state, page.scheduled_at) == ("stale", None)


def test_a_due_text_that_was_taken_off_meanwhile_stays(page, second, monkeypatch):
    from ratusz.publishing.messages.actions import sending

    monkeypatch.setattr(sending.Variant.objects, "due", lambda at: type(page).objects.filter(pk=page.pk))
    assert actions.send_due() == 1
    page.refresh_from_db()
    assert page.state == "approved"


@pytest.mark.parametrize(
    ("wall", "twice"),
    [((2026, 10, 25, 2, 30), True), ((2026, 10, 25, 3, 0), False), ((2026, 3, 29, 2, 30), False), ((2026, 7, 1, 2, 30), False)],
)
def test_the_hour_that_comes_twice_is_known(wall, twice):
    assert rules.comes_twice(datetime(*wall, tzinfo=ZoneInfo("Europe/Warsaw"))) is twice


def test_a_handed_in_message_waits_for_a_second_person_in_five_words(author, second, test_outlets):
    message = make_message(author, places=["page", "paper"])
    page, at = message.variants.get(outlet="page"), database_now()
    assert rules.screen_state(page, message, at) == "draft"
    message = actions.hand_in_message(message=message, person=author)
    assert actions.hand_in_message(message=message, person=author).handed_in_at == message.handed_in_at
    assert (rules.screen_state(page, message, at), rules.whose_move(page, message)) == ("waiting", "druga osoba, która zatwierdza")
    page = actions.approve_variant(variant=page, person=second)
    assert (rules.screen_state(page, message, at), rules.whose_move(page, message)) == ("approved", "")
    page = actions.send_variant(variant=page, person=second)
    assert rules.screen_state(page, message, at) == "sent"
    message.valid_until = at - timedelta(hours=1)
    assert rules.screen_state(page, message, at) == "closed"
    empty = make_message(author, places=[])
    with pytest.raises(rules.Refused):
        actions.hand_in_message(message=empty, person=author)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_at_once_send_it_once():
    author, second = make_author(), make_author()
    message = make_message(author, places=["page"])
    variant = actions.approve_variant(variant=message.variants.get(), person=second)
    gate = threading.Barrier(2)

    def send():
        gate.wait()
        actions.send_variant(variant=variant, person=second)
        connection.close()

    threads = [threading.Thread(target=send) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Release.objects.filter(variant=variant).count() == 1


def test_residents_and_closed_accounts_may_nothing(author):
    at = database_now()
    message = make_message(author, places=["page"])
    assert not any(rules.may(None, deed, message, at) for deed in ("view", "write", "approve"))
    author.is_active = False
    assert not rules.may(author, "view", message, at)


def test_a_withdrawn_or_held_text_says_so(page, author, second, held):
    kept = actions.send_variant(variant=page, person=second)
    assert (rules.screen_state(kept, page.message, database_now()), rules.whose_move(kept, page.message)) == (
        "waiting", "wydział: Cisza wyborcza.",
    )  # fmt: skip
    draft = actions.add_variant(message=page.message, outlet="paper", person=author)
    actions.withdraw_message(message=page.message, person=second, because="Próba.")
    with pytest.raises(rules.Refused, match="wycofany"):
        actions.approve_variant(variant=draft, person=second)
    with pytest.raises(rules.Refused, match="wycofany"):
        actions.send_variant(variant=draft, person=second)


@pytest.mark.parametrize(
    ("decision", "state", "trouble"), [("released", "queued", ""), ("dropped", "held", "Zdecydowano, że to nie wychodzi.")]
)
def test_what_is_decided_about_a_held_text_reaches_it(page, second, held, monkeypatch, decision, state, trouble):
    subject = f"messages.variant:{page.pk}"
    tell_decision(subject, decision, database_now())
    page.refresh_from_db()
    assert page.state == "approved"
    actions.send_variant(variant=page, person=second)
    tell_decision("messages.message:1", decision, database_now())
    tell_decision(subject, decision, database_now())
    page.refresh_from_db()
    assert (page.state, page.trouble) == (state, trouble)
    monkeypatch.setattr(holds, "_entries", {})
    assert actions.send_due() == (decision == "released")
    page.refresh_from_db()
    assert page.state == ("out" if decision == "released" else "held")


def test_a_text_made_from_old_facts_does_not_leave(page, author, second):
    """Whatever a module above did past the actions: what leaves is made from the facts in force."""
    version = actions.change_facts(message=page.message, person=author, expected=1, facts={"contact": "tel. 112"})
    old = page.message.versions.get(number=1)
    type(page).objects.filter(pk=page.pk).update(
        state="approved", approved_by=second, approved_at=database_now(), based_on=old, typed_facts=[]
    )
    assert version.number == 2
    with pytest.raises(rules.Refused, match="Fakty zmieniły się"):
        actions.send_variant(variant=page, person=second)


def test_a_paper_text_waits_for_whoever_publishes_it(author, second):
    message = make_message(author, places=["paper"])
    actions.approve_all(message=message, person=second)
    paper = actions.send_variant(variant=message.variants.get(), person=second)
    assert rules.whose_move(paper, message) == "osoba, która tam publikuje"


@pytest.mark.parametrize(("kind", "told"), [("voters", (True, False)), ("crisis", (False, True)), ("information", (False, False))])
def test_whoever_holds_back_learns_what_may_leave_in_the_silence(author, kind, told):
    outgoing = outgoing_of(make_message(author, kind=kind, places=["page"]).variants.get())
    assert (outgoing.is_voter_information, outgoing.is_crisis) == told
