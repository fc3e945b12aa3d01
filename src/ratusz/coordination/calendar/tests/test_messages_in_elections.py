"""A message in the campaign and in the silence: every word that people read counts, and a correction waits as a first sending does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.coordination.calendar import actions as elections
from ratusz.coordination.calendar.factories import make_election
from ratusz.coordination.calendar.models import HeldItem
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.following import actions as following
from ratusz.publishing.messages import actions, rules
from ratusz.publishing.messages.factories import let_everything_out, make_author, make_message
from ratusz.publishing.website.factories import make_portal

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def head():
    make_portal()
    return make_author("head")


def make_campaign(head, days=10):
    """An election so many days ahead, with Jan Kowalski on the list."""
    today = local_day(database_now())
    made = make_election(ordered_on=today - timedelta(days=40), voting_day=today + timedelta(days=days), second_round_day=None)
    elections.read_candidates(election=made, rows=[("Jan", "Kowalski", "KW")], person=head)
    return made


@pytest.mark.parametrize("fact", ["what", "place", "for_whom", "what_to_do", "contact", "source_document", "title", "long_text"])
def test_a_candidate_in_any_fact_asks_for_a_second_person(head, fact):
    make_campaign(head)
    message = make_message(head, places=["www"], **{fact: "Dyżur: Jan Kowalski"})
    actions.approve_all(message=message, person=head, alone_because="Pilne.")
    sent = actions.send_variant(variant=message.variants.get(), person=head)
    assert (sent.state, "Jan Kowalski" in sent.trouble) == ("held", True)


def test_a_message_that_names_nobody_leaves_by_one_head(head):
    make_campaign(head)
    message = make_message(head, places=["www"])
    actions.approve_all(message=message, person=head, alone_because="Pilne.")
    assert actions.send_variant(variant=message.variants.get(), person=head).state == "out"


def corrected(head, kind="disruption", days=1, by_head_alone=False, is_right="Woda wróci o 20.00.", **facts):
    """A message that was out before the phase began, and its correction, published in it."""
    message = make_message(make_author(), kind=kind, places=["www"])
    let_everything_out(message, make_author())
    make_campaign(head, days)
    words = {"was_wrong": "Woda wróci o 16.00.", "is_right": is_right}
    actions.change_facts(message=message, person=head, expected=1, facts=facts or {"contact": "tel. 112"}, correction=words)
    alone = {"person": head, "alone_because": "Pilne."} if by_head_alone else {"person": make_author()}
    actions.publish_correction(correction=message.corrections.get(), **alone)
    return message, message.corrections.get().tasks.get()


def states(message):
    return message.variants.get().state, str(message.corrections.get().tasks.get().state)


@pytest.mark.parametrize(
    "facts",
    [{"contact": "Jan Kowalski, tel. 112"}, {"long_text": "Pisze o tym Jan Kowalski."}, {"is_right": "Pomaga Jan Kowalski."}],
)
def test_a_correction_that_names_a_candidate_waits_for_a_second_person(head, facts):
    message, task = corrected(head, days=10, by_head_alone=True, **facts)
    assert (states(message), "Jan Kowalski" in task.note) == (("out", "due"), True)
    actions.release_correction(task=task, person=make_author())
    assert states(message) == ("corrected", "done")


def test_a_crisis_correction_by_one_person_waits_in_the_silence(head):
    message, task = corrected(head, kind="crisis", by_head_alone=True)
    assert (states(message), "druga osoba" in task.note.lower()) == (("out", "due"), True)


def test_a_crisis_correction_seen_by_two_leaves_in_the_silence(head):
    assert states(corrected(head, kind="crisis")[0]) == ("corrected", "done")


def test_a_held_correction_is_on_record_and_leaves_when_it_is_let_out(head):
    message, task = corrected(head)
    held = HeldItem.objects.get()
    assert (states(message), held.subject) == (("out", "due"), f"messages.variant:{message.variants.get().pk}")
    with pytest.raises(rules.Refused, match="isza wyborcza"):
        actions.release_correction(task=task, person=make_author())
    elections.override_held(item=held, person=head, reason="Chodzi o wodę do picia.")
    assert states(message) == ("corrected", "done")


def test_a_held_correction_that_is_not_to_leave_says_so(head):
    message, task = corrected(head)
    elections.drop_held(item=HeldItem.objects.get(), person=head)
    task.refresh_from_db()
    assert (states(message), task.note) == (("out", "due"), "Zdecydowano, że to nie wychodzi.")


@pytest.mark.parametrize("days", [1, 10])
def test_a_warning_that_one_head_shows_is_a_recorded_decision(head, days):
    """In the silence always, in the campaign when it names a candidate."""
    make_campaign(head, days)
    ends = database_now() + timedelta(hours=2)
    shown = following.write_banner(
        person=head, text="Jan Kowalski prosi: nie pij wody.", expires_at=ends, alone_because="Skażenie."
    )
    (item,) = HeldItem.objects.all()
    assert (shown.approved_at is not None, item.decision, item.decided_by, item.reason, item.channel) == (
        True, "overridden", head, "Skażenie.", "banner",
    )  # fmt: skip


def test_a_warning_seen_by_two_needs_no_decision_in_the_silence(head):
    make_campaign(head, 1)
    banner = following.write_banner(person=make_author(), text="Nie pij wody.", expires_at=database_now() + timedelta(hours=2))
    assert following.approve_banner(banner=banner, person=head).approved_at is not None
    assert not HeldItem.objects.exists()
