"""Who is let in: by the way the vote chose and no other, and only while it takes ballots."""

from datetime import timedelta

import pytest
from django.test import Client

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.models import OneTimeCode
from ratusz.participation.voting.factories import number, open_vote_on
from ratusz.participation.voting.models import HeldProof, Vote
from ratusz.participation.voting.tests.test_the_way_to_the_ballot_box import WHO, let_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["kim-jestem", "kod"])
def test_a_vote_with_a_stronger_way_is_not_entered_by_name_and_address(page):
    vote, client = open_vote_on(identity="letter"), Client()
    base = f"/glosuj/{vote.edition.slug}/pl/"
    assert client.get(f"{base}{page}/").status_code == 404
    assert client.post(f"{base}{page}/", WHO).status_code == 404
    assert not HeldProof.objects.exists() and not OneTimeCode.objects.exists()


@pytest.mark.parametrize("hours", [(1, 2), (-2, -1)])
def test_outside_the_hours_nobody_gets_a_code_or_sees_the_ballot(hours):
    now = database_now()
    vote = open_vote_on(opens_at=now + timedelta(hours=hours[0]), closes_at=now + timedelta(hours=hours[1]))
    client, base = Client(), f"/glosuj/{vote.edition.slug}/pl/"
    assert client.get(f"{base}kim-jestem/").url == base
    assert client.post(f"{base}kim-jestem/", WHO).url == base
    assert not HeldProof.objects.exists() and not OneTimeCode.objects.exists()
    let_in(client, vote)
    answer = client.get(f"{base}karta/")
    assert (answer.status_code, "Projekt" in answer.content.decode()) == (409, False)
    assert client.post(f"{base}karta/", {f"p/M/{number(vote.edition, 'M', 1)}": "1", "dzielnica": "L1"}).status_code == 409


def test_a_vote_that_is_being_prepared_shows_no_projects():
    vote, client = open_vote_on(), Client()
    Vote.objects.all().delete()
    vote.state = "prepared"
    vote.save(force_insert=True)
    let_in(client, vote)
    assert client.get(f"/glosuj/{vote.edition.slug}/pl/karta/").status_code == 409
    assert client.post(f"/glosuj/{vote.edition.slug}/pl/kim-jestem/", WHO).status_code == 302
    assert not OneTimeCode.objects.exists()
