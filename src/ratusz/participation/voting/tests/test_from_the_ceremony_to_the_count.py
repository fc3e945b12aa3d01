"""The committee's way: ceremony, drill, annulments by two people, sums that agree, envelopes apart from voters, opening, the count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from verifier import ratusz_verify

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.budget.actions import count_pool, publish_edition
from ratusz.participation.budget.models import Ballot, PoolResult
from ratusz.participation.budget.rules import NotPossible
from ratusz.participation.voting import actions, envelopes, observers
from ratusz.participation.voting.actions.paper import CardFacts
from ratusz.participation.voting.committee_keys import SharesRefused
from ratusz.participation.voting.factories import CLAUSES, edition_to_vote_on, number, opened_edition
from ratusz.participation.voting.models import BallotCode, InnerEnvelope, SealedBallot, Vote, VoterRollEntry
from ratusz.participation.voting.reconciliation import sums_of
from ratusz.participation.voting.rules import AllVoid, Closed, VoteRefused
from ratusz.participation.voting.tests.people import staff

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FUNCTIONS = ("przewodnicząca komisji", "sekretarz komisji", "radny", "przedstawicielka organizacji", "prawnik Urzędu")


@pytest.fixture
def clerks():
    """The chair of the committee and another member of it."""
    return [AppointmentFactory(role_code=role, unit=UnitFactory()).person for role in ("committee_chair", "key_holder")]


@pytest.fixture
def held(clerks):
    """An open vote whose key the committee made and tried, and the shares."""
    edition, now = edition_to_vote_on(), database_now()
    vote = actions.prepare_vote(edition=edition, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1))
    shares = actions.hold_ceremony(vote=vote, needed=3, functions=FUNCTIONS, person=clerks[0])
    vote.refresh_from_db()
    with pytest.raises(VoteRefused, match="prób"):
        actions.open_vote(vote=vote)
    actions.drill(vote=vote, shares=shares[1:4])
    return actions.open_vote(vote=vote), shares


def cast(vote, count, first=0):
    codes = []
    for each in range(first, first + count):
        choices = {"L1": {number(vote.edition, "L1", 1 + each % 3): 3}} if each % 2 else {}
        choices |= {"M": {number(vote.edition, "M", 1 + each % 4): 2, number(vote.edition, "M", 5): 1}}
        done = actions.cast_ballot(
            edition=vote.edition, voter_key=envelopes.voter_key(vote.pk, f"osoba {each}"), choices=choices, channel="web",
            age_band="30-44", idempotency_key=f"k{each}",
        )  # fmt: skip
        codes.append(done.code)
    return codes


def voter(vote, each):
    return envelopes.voter_key(vote.pk, f"osoba {each}")


def cast_again(vote, each):
    choices = {"M": {number(vote.edition, "M", 1): 1}}
    facts = {"voter_key": voter(vote, each), "choices": choices, "channel": "web", "idempotency_key": f"again {each}"}
    actions.cast_ballot(edition=vote.edition, **facts)


def close(vote):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ratusz_voting_vote DISABLE TRIGGER USER")
        Vote.objects.filter(pk=vote.pk).update(closes_at=database_now() - timedelta(seconds=1))
        cursor.execute("ALTER TABLE ratusz_voting_vote ENABLE TRIGGER USER")
    return actions.close_vote(vote=vote)


def test_the_whole_way_to_a_count(held, clerks):
    vote, shares = held
    codes = cast(vote, 24)
    vote = close(vote)
    asked = actions.ask_annulment(ballot_code=codes[3], reason="not_me", grounds="Skarga potwierdzona.", person=clerks[0])
    with pytest.raises(VoteRefused, match="annul|unieważ"):
        actions.end_verification(vote=vote)
    with pytest.raises(VoteRefused, match="kto inny"):
        actions.decide_annulment(annulment=asked, is_granted=True, person=clerks[0])
    actions.decide_annulment(annulment=asked, is_granted=True, person=clerks[1])
    assert sums_of(vote).totals() == {"roll": 24, "envelopes": 24, "to_count": 23, "annulled": 1, "superseded": 0}
    vote = actions.end_verification(vote=vote)
    with pytest.raises(VoteRefused, match=r"."):
        actions.ask_annulment(ballot_code=codes[4], reason="double_identity", grounds="za późno", person=clerks[0])
    assert actions.strip(vote=vote) == 23
    assert (SealedBallot.objects.count(), InnerEnvelope.objects.count(), BallotCode.objects.count()) == (0, 23, 24)
    assert BallotCode.objects.get(pk=codes[3]).reason == "not_me"
    with pytest.raises(SharesRefused):
        actions.open_ballots(vote=vote, shares=shares[:2])
    assert actions.open_ballots(vote=vote, shares=(shares[0], shares[2], shares[4])) == 23
    assert (InnerEnvelope.objects.count(), VoterRollEntry.objects.count()) == (23, 24)  # until the result stands
    pools = {pool.code: pool for pool in vote.edition.pools.all()}
    assert (Ballot.objects.filter(pool=pools["M"]).count(), Ballot.objects.filter(pool=pools["L1"]).count()) == (23, 11)
    result = count_pool(pool=pools["M"])
    assert result.projects_count == 5
    assert actions.check_opening(vote=vote, shares=shares[2:]) == 23
    actions.count_vote(vote=vote)
    drafts = list(PoolResult.objects.filter(pool__edition=vote.edition).values_list("pk", flat=True))
    with pytest.raises(NotPossible, match="ma głosowanie"):
        publish_edition(edition=vote.edition, drafts=drafts)
    assert actions.publish_vote(vote=vote).state == "counted"
    assert (InnerEnvelope.objects.count(), BallotCode.objects.count(), Ballot.objects.filter(pool=pools["M"]).count()) == (
        0,
        24,
        23,
    )
    with pytest.raises(VoteRefused):
        actions.open_ballots(vote=vote, shares=shares)


def test_one_spoilt_envelope_and_nothing_is_stored(held):
    vote, shares = held
    cast(vote, 4)
    vote = actions.end_verification(vote=close(vote))
    actions.strip(vote=vote)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ratusz_voting_innerenvelope DISABLE TRIGGER USER")
        spoilt = InnerEnvelope.objects.first()
        InnerEnvelope.objects.filter(pk=spoilt.pk).update(inner=bytes(spoilt.inner)[:-1] + b"x")
        cursor.execute("ALTER TABLE ratusz_voting_innerenvelope ENABLE TRIGGER USER")
    with pytest.raises(VoteRefused, match="Nic nie zapisano"):
        actions.open_ballots(vote=vote, shares=shares)
    assert (Ballot.objects.count(), InnerEnvelope.objects.count()) == (0, 4)


def test_envelopes_that_do_not_belong_to_their_voters_stop_the_verification(held):
    vote, _shares = held
    cast(vote, 3)
    vote = close(vote)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ratusz_voting_sealedballot DISABLE TRIGGER USER")
        SealedBallot.objects.filter(pk=SealedBallot.objects.first().pk).update(voter_key=envelopes.voter_key(vote.pk, "ktoś"))
        cursor.execute("ALTER TABLE ratusz_voting_sealedballot ENABLE TRIGGER USER")
    with pytest.raises(VoteRefused, match="1"):
        actions.end_verification(vote=vote)


def test_the_database_refuses_what_the_way_does_not_allow(held):
    vote, _shares = held
    cast(vote, 2)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT ratusz_voting_strip(%s)", [vote.pk])
    with pytest.raises(DatabaseError), transaction.atomic():
        InnerEnvelope.objects.create(vote=vote, inner=b"x")


def test_nothing_tells_when_or_by_whom_a_ballot_was_cast(held):
    """E10, small: no place and no xmin after stripping says anything of the order of casting, in the roll neither."""
    vote, shares = held
    cast(vote, 60)
    came = {
        bytes(key): place for place, key in enumerate(SealedBallot.objects.order_by("cast_at").values_list("voter_key", flat=True))
    }
    order = {
        bytes(inner): place for place, inner in enumerate(SealedBallot.objects.order_by("cast_at").values_list("inner", flat=True))
    }
    vote = actions.end_verification(vote=close(vote))
    actions.strip(vote=vote)
    with connection.cursor() as cursor:
        cursor.execute('SELECT "inner", xmin::text FROM ratusz_voting_innerenvelope ORDER BY ctid')
        rows = cursor.fetchall()
    places = [order[bytes(inner)] for inner, _xmin in rows]
    assert len({xmin for _inner, xmin in rows}) == 1
    assert places != sorted(places) and sum(place == at for at, place in enumerate(places)) < 10
    with connection.cursor() as cursor:
        cursor.execute("SELECT voter_key, xmin::text FROM ratusz_voting_voterrollentry ORDER BY ctid")
        rows = cursor.fetchall()
    voters = [came[bytes(key)] for key, _xmin in rows]
    assert (len(voters), len({xmin for _key, xmin in rows})) == (60, 1)
    assert voters != sorted(voters) and sum(place == at for at, place in enumerate(voters)) < 10
    assert actions.open_ballots(vote=vote, shares=shares) == 60
    actions.count_vote(vote=vote)
    actions.publish_vote(vote=vote)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('ratusz_voting_innerenvelope'), pg_relation_size('ratusz_voting_sealedballot')")
        assert cursor.fetchone() == (0, 0)


def test_a_complaint_is_decided_with_reasons_before_the_verification_ends(held, clerks):
    vote, _shares = held
    cast(vote, 3)
    tokens = [
        actions.cast_ballot(
            edition=vote.edition, voter_key=envelopes.voter_key(vote.pk, f"inna {each}"), channel="web", idempotency_key=f"i{each}",
            choices={"M": {number(vote.edition, "M", 1): 1}},
        ).notice_token
        for each in range(2)
    ]  # fmt: skip
    groundless, upheld = (actions.complain(token=token) for token in tokens)
    vote = close(vote)
    with pytest.raises(VoteRefused, match="2"):
        actions.end_verification(vote=vote)
    with pytest.raises(VoteRefused, match="powody|uzasadni"):
        actions.decide_complaint(complaint=groundless, is_upheld=False, reasons=" ", person=clerks[0])
    actions.decide_complaint(complaint=groundless, is_upheld=False, reasons="To głos tej osoby.", person=clerks[0])
    with pytest.raises(VoteRefused, match="unieważnienie"):
        actions.decide_complaint(complaint=upheld, is_upheld=True, reasons="Prawda.", person=clerks[0])
    asked = actions.ask_annulment(ballot_code=upheld.ballot_code, reason="not_me", grounds="Skarga.", person=clerks[0])
    actions.decide_annulment(annulment=asked, is_granted=True, person=clerks[1])
    actions.decide_complaint(complaint=upheld, is_upheld=True, reasons="Prawda.", person=clerks[0])
    assert actions.end_verification(vote=vote).state == "verified"
    assert sums_of(vote).totals()["to_count"] == 4
    with pytest.raises(VoteRefused):
        actions.complain(token=tokens[0] + "x")


def test_a_later_ballot_by_another_way_does_not_stop_the_sums(clerks):
    edition, now = edition_to_vote_on(), database_now()
    vote = actions.prepare_vote(
        edition=edition, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1), double_vote="last"
    )
    shares = actions.hold_ceremony(vote=vote, needed=2, functions=FUNCTIONS, person=clerks[0])
    actions.drill(vote=vote, shares=shares)
    vote = actions.open_vote(vote=vote)
    voter = envelopes.voter_key(vote.pk, "osoba")
    for channel, pool in (("web", "L1"), ("point", "L2")):
        actions.cast_ballot(
            edition=vote.edition,
            voter_key=voter,
            channel=channel,
            idempotency_key=channel,
            choices={pool: {number(vote.edition, pool, 1): 1}},
        )
    vote = actions.end_verification(vote=close(vote))
    assert sums_of(vote).totals() == {"roll": 1, "envelopes": 1, "to_count": 1, "annulled": 0, "superseded": 1}


def test_all_ballots_of_whoever_casts_two_are_void_up_to_the_verifier_and_paper_comes_after_the_close(clerks):
    edition = opened_edition((staff(), staff("head")), draft_rules=CLAUSES | {"double_vote": "all_void"})
    vote = actions.prepare_from_edition(edition=edition)
    shares = actions.hold_ceremony(vote=vote, needed=2, functions=FUNCTIONS, person=clerks[0])
    actions.drill(vote=vote, shares=shares)
    vote, (first, second) = actions.open_vote(vote=vote), (staff(), staff())
    cast(vote, 5)
    point = actions.add_point(vote=vote, code="B1", name="Biblioteka", address="", person=first)
    actions.issue_cards(point=point, count=3, person=first)
    with pytest.raises(AllVoid):
        cast_again(vote, 1)
    vote = close(vote)
    with pytest.raises(Closed):
        cast_again(vote, 2)
    for card, whose in zip(vote.cards.all(), (3, 20), strict=False):
        facts = CardFacts(voter(vote, whose).hex(), choices={"M": {number(vote.edition, "M", 1): 3}})
        for clerk in (first, second):
            actions.type_card(card=card, facts=facts, person=clerk)
    assert [card.state for card in vote.cards.all()] == ["second", "cast", "issued"]
    vote = actions.end_verification(vote=vote)
    assert sums_of(vote).totals() == {"roll": 6, "envelopes": 6, "to_count": 4, "annulled": 2, "superseded": 0}
    actions.strip(vote=vote)
    assert actions.open_ballots(vote=vote, shares=shares) == 4
    actions.count_vote(vote=vote)
    vote = actions.publish_vote(vote=vote)
    lines, files = [], observers.signed(observers.files_of(vote), observers._about(vote))
    ratusz_verify.run_checks(ratusz_verify.VoteChecks(files), lines.append, ratusz_verify.VOTE_STEPS, ratusz_verify.VOTE_NEEDED)
    of_the_vote = [line for line in lines if line.split(".")[0].strip() in ("9", "10", "11", "12", "13", "14")]
    assert len(of_the_vote) == 6 and not [line for line in of_the_vote if "dobrze" not in line], lines
