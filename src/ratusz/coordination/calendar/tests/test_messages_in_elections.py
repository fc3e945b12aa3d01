"""A message in the campaign and in the silence: every word that people read counts, and a correction waits as a first sending does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.coordination.calendar import actions as elections
from ratusz.coordination.calendar.factories import make_election
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.messages import actions
from ratusz.publishing.messages.factories import make_author, make_message
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
