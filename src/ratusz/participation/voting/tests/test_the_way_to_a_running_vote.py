"""Whoever opens the budget's pages while people vote finds the way to the ballot, and letters name the budget's own address."""

from datetime import timedelta

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget import current
from ratusz.participation.voting import notices
from ratusz.participation.voting.factories import open_vote_on
from ratusz.participation.voting.models import Vote

pytestmark = pytest.mark.django_db


def test_the_way_to_the_ballot_stands_first_while_ballots_are_taken_and_never_else():
    vote, at = open_vote_on(), database_now()
    first = current.links_of(vote.edition, at)[0]
    assert (first.label, first.url) == ("Zagłosuj", f"/glosuj/{vote.edition.slug}/pl/")
    for moment in (vote.opens_at - timedelta(seconds=1), vote.closes_at):
        assert "Zagłosuj" not in [link.label for link in current.links_of(vote.edition, moment)]
    Vote.objects.filter(pk=vote.pk).update(state="closed")
    assert "Zagłosuj" not in [link.label for link in current.links_of(vote.edition, at)]


def test_the_notice_of_a_ballot_names_the_address_of_the_budget(settings):
    settings.PUBLIC_ADDRESS, settings.BUDGET_ADDRESS = "https://miasto.example", "https://budzet.example"
    assert "https://budzet.example/glosuj/to-nie-ja/" in notices.words_of(open_vote_on().edition.pk, "pl").text
