"""Casting a ballot: once for each voter on every channel, inside the hours by the database's clock, whole or not at all."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import UserFactory
from ratusz.participation.voting import envelopes, receipt_codes
from ratusz.participation.voting.actions import cast_ballot, chain_pending, close_vote, complain, extend_vote
from ratusz.participation.voting.factories import PRIVATE_KEY, edition_to_vote_on, number, open_vote_on
from ratusz.participation.voting.models import Annulment, Complaint, LogLeaf, PendingLeaf, SealedBallot, Vote, VoterRollEntry
from ratusz.participation.voting.queries import ballot_end
from ratusz.participation.voting.rules import AlreadyVoted, BallotRefused, Closed, FaultKind, VoteRefused

pytestmark = pytest.mark.django_db
VOTER = envelopes.voter_key(1, "ANNA WYMYŚLONA", "RYNEK 1")


def cast(vote, voter=VOTER, key="k", choices=None, **facts):
    choices = choices or {"L1": {number(vote.edition, "L1", 1): 3}, "M": {number(vote.edition, "M", 2): 1}}
    return cast_ballot(
        edition=vote.edition,
        voter_key=voter,
        choices=choices,
        idempotency_key=key,
        **({"channel": "web", "age_band": "30-44"} | facts),
    )


def counts():
    return VoterRollEntry.objects.count(), SealedBallot.objects.count(), PendingLeaf.objects.count() + LogLeaf.objects.count()


def test_a_ballot_is_sealed_bound_and_in_the_log():
    vote = open_vote_on()
    done = cast(vote, contact="+48600000001", line="192.0.2.1")
    ballot = SealedBallot.objects.get()
    inner = bytes(ballot.inner)
    assert (done.code, receipt_codes.code_of(inner), ballot.district) == (ballot.code, ballot.code, "L1")
    plain = envelopes.unseal(inner, PRIVATE_KEY)
    assert (plain.edition, plain.age_band) == (vote.pk, "30-44")
    assert plain.choices == {"L1": {number(vote.edition, "L1", 1): 3}, "M": {number(vote.edition, "M", 2): 1}}
    assert envelopes.is_bound(vote.pk, VOTER, inner, bytes(ballot.outer_mac))
    assert not envelopes.is_bound(vote.pk, envelopes.voter_key(1, "KTOŚ"), inner, bytes(ballot.outer_mac))
    entry = VoterRollEntry.objects.get()
    assert (bytes(entry.voter_key), entry.channel, entry.district) == (VOTER, "web", "L1")
    assert chain_pending() == 1
    leaf = LogLeaf.objects.get()
    assert VOTER.hex() not in leaf.entry and "envelope" in leaf.entry
    assert ballot_end(done.code).state == "accepted"
    assert ballot_end("A" * 27) is None


def test_the_same_form_sent_again_gives_the_same_receipt_and_another_one_is_refused():
    vote = open_vote_on()
    first, again = cast(vote), cast(vote)
    assert (again.code, again.is_repeated, first.is_repeated) == (first.code, True, False)
    with pytest.raises(AlreadyVoted):
        cast(vote, key="other")
    for channel in ("point", "paper"):
        with pytest.raises(AlreadyVoted):
            cast(vote, key=channel, channel=channel)
    assert counts() == (1, 1, 1)


def test_the_last_ballot_counts_where_the_policy_says_so():
    vote = open_vote_on(double_vote="last")
    first, second = cast(vote, key="a"), cast(vote, key="b")
    assert (ballot_end(first.code).state, ballot_end(second.code).state) == ("superseded", "accepted")
    assert cast(vote, key="b").code == second.code
    assert cast(vote, key="a").code == first.code
    assert counts() == (1, 2, 3)
    SealedBallot.objects.filter(pk=second.code).update(state="annulled", annulment_reason="false_declaration")
    with pytest.raises(AlreadyVoted):
        cast(vote, key="c")


def test_a_ballot_whose_annulment_is_asked_for_is_not_replaced_meanwhile():
    vote = open_vote_on(double_vote="last")
    first, people = cast(vote, key="a"), UserFactory.create_batch(2)
    facts = {"vote": vote, "ballot_code": first.code, "reason": "not_me", "grounds": "Skarga.", "asked_at": database_now()}
    asked = Annulment.objects.create(asked_by=people[0], **facts)
    with pytest.raises(AlreadyVoted, match="Dwie osoby|Two people"):
        cast(vote, key="b")
    assert (ballot_end(first.code).state, counts()) == ("accepted", (1, 1, 1))
    decided = {"decision": "refused", "decided_by": people[1], "decided_at": database_now()}
    Annulment.objects.filter(pk=asked.pk).update(**decided)
    assert ballot_end(cast(vote, key="b").code).state == "accepted"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_second_ballot_that_meets_an_annulment_is_refused_in_words():
    vote = open_vote_on(double_vote="last")
    first = cast(vote, key="a")
    annulling = threading.Event()

    def annul():
        with transaction.atomic():
            SealedBallot.objects.filter(pk=first.code).update(state="annulled", annulment_reason="not_me")
            annulling.set()
            time.sleep(0.3)
        connections.close_all()

    thread = threading.Thread(target=annul)
    thread.start()
    annulling.wait(5)
    with pytest.raises(AlreadyVoted):
        cast(vote, key="b")
    thread.join()
    assert (ballot_end(first.code).state, SealedBallot.objects.count()) == ("annulled", 1)


@pytest.mark.parametrize(
    ("choices", "kind"),
    [
        (lambda e: {}, FaultKind.EMPTY),
        (lambda e: {"M": {}}, FaultKind.EMPTY),
        (lambda e: {"M": {number(e, "M", n): 1 for n in (1, 2, 3, 4)}}, FaultKind.TOO_MANY_POINTS),
        (lambda e: {"M": {number(e, "M", 1): 4}}, FaultKind.TOO_MANY_POINTS),
        (lambda e: {"M": {number(e, "M", 1): 10**12}}, FaultKind.TOO_MANY_POINTS),
        (lambda e: {"M": {number(e, "M", 1): -1, number(e, "M", 2): 3}}, FaultKind.NO_POINTS),
        (lambda e: {"M": {number(e, "M", 1): 0}}, FaultKind.NO_POINTS),
        (lambda e: {"M": {number(e, "M", 1): True}}, FaultKind.NO_POINTS),
        (lambda e: {"M": {number(e, "L1", 1): 1}}, FaultKind.UNKNOWN_PROJECT),
        (lambda e: {"L9": {number(e, "L1", 1): 1}}, FaultKind.UNKNOWN_POOL),
        (lambda e: {"L1": {number(e, "L1", 1): 1}, "L2": {number(e, "L2", 1): 1}}, FaultKind.NOT_YOUR_DISTRICT),
    ],
)
def test_ballots_against_the_rules_leave_nothing(choices, kind):
    vote = open_vote_on()
    with pytest.raises(BallotRefused) as refused:
        cast_ballot(edition=vote.edition, voter_key=VOTER, choices=choices(vote.edition), channel="web", idempotency_key="k")
    assert {fault.kind for fault in refused.value.faults} == {kind}
    assert counts() == (0, 0, 0)


def test_a_withdrawn_project_takes_no_points():
    edition = edition_to_vote_on()
    from ratusz.participation.budget.pabulib.contest import WITHDRAWN_COST

    edition.projects.filter(number=number(edition, "M", 1)).update(cost_grosze=WITHDRAWN_COST)
    with pytest.raises(BallotRefused, match="unknown project"):
        cast(open_vote_on(edition), choices={"M": {number(edition, "M", 1): 1}})


@pytest.mark.parametrize(("opens", "closes"), [(1, 2), (-2, -1)])
def test_outside_the_hours_the_database_refuses(opens, closes):
    now = database_now()
    vote = open_vote_on(opens_at=now + timedelta(hours=opens), closes_at=now + timedelta(hours=closes))
    with pytest.raises(Closed):
        cast(vote)
    assert counts() == (0, 0, 0)


@pytest.mark.slow
def test_a_closed_vote_takes_paper_only_and_repeats_receipts():
    vote = open_vote_on(closes_at=database_now() + timedelta(seconds=0.7))
    done = cast(vote)
    while database_now() < vote.closes_at:
        connection.ensure_connection()
    close_vote(vote=vote)
    assert cast(vote).code == done.code
    with pytest.raises(Closed):
        cast(vote, voter=envelopes.voter_key(1, "x"), key="x")
    cast(vote, voter=envelopes.voter_key(1, "papier"), key="p", channel="paper")
    extend_vote(vote=vote, closes_at=database_now() + timedelta(minutes=5), reason="Awaria serwera")
    cast(vote, voter=envelopes.voter_key(1, "po awarii"), key="y")
    Vote.objects.filter(pk=vote.pk).update(state="closed")
    Vote.objects.filter(pk=vote.pk).update(state="verified")
    with pytest.raises(Closed):
        cast(vote, voter=envelopes.voter_key(1, "z"), key="z", channel="paper")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_sendings_of_one_voter_leave_one_ballot():
    vote = open_vote_on()

    def one(turn):
        try:
            return cast(vote, key=f"k{turn}", channel=("web", "point", "paper")[turn % 3]).code
        except AlreadyVoted:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(25) as pool:
        codes = list(pool.map(one, range(50)))
    assert [code for code in codes if code] == list(SealedBallot.objects.values_list("code", flat=True))
    assert counts() == (1, 1, 1)


def test_this_was_not_me_flags_the_ballot_and_no_more():
    vote = open_vote_on()
    done = cast(vote)
    complaint = complain(token=done.notice_token)
    assert complain(token=done.notice_token) == complaint
    ballot = SealedBallot.objects.get()
    assert (ballot.state, ballot.is_quarantined, complaint.ballot_code) == ("accepted", True, done.code)
    assert ballot_end(done.code).state == "in_verification"
    with pytest.raises(VoteRefused):
        complain(token="x")
    Complaint.objects.all().delete()
    Vote.objects.filter(pk=vote.pk).update(state="closed")
    Vote.objects.filter(pk=vote.pk).update(state="verified")
    with pytest.raises(VoteRefused):
        complain(token=done.notice_token)


def refused(sql, error, words=""):
    with pytest.raises(error, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


def test_the_database_keeps_envelopes_roll_and_state():
    vote = open_vote_on()
    cast(vote)
    table = "ratusz_voting_sealedballot"
    for change in ("voter_key = outer_mac", "outer_mac = voter_key", "cast_at = now() - interval '1 day'", "channel = 'paper'"):
        refused(f"UPDATE {table} SET {change}", IntegrityError, "only its state")
    refused(f"DELETE FROM {table}", IntegrityError, "stay")
    refused(f"TRUNCATE {table}", IntegrityError, "append-only")
    for sql in ("UPDATE ratusz_voting_voterrollentry SET day = now()", "DELETE FROM ratusz_voting_voterrollentry"):
        refused(sql, IntegrityError, "append-only")
    refused("UPDATE ratusz_voting_vote SET state = 'verified'", IntegrityError, "state to state")
    refused("UPDATE ratusz_voting_vote SET state = 'prepared'", IntegrityError, "state to state")
    refused("UPDATE ratusz_voting_vote SET closes_at = closes_at - interval '1 second'", IntegrityError, "frozen")
    refused("UPDATE ratusz_voting_vote SET double_vote = 'last'", IntegrityError, "frozen")
    SealedBallot.objects.update(state="annulled", annulment_reason="double_identity")
    refused(f"UPDATE {table} SET state = 'accepted', annulment_reason = ''", IntegrityError, "only its state")


@pytest.mark.parametrize("function", ["strip", "destroy_inner"])
def test_the_programs_role_alone_parts_envelopes_from_voters(as_role, function):
    from django.db import DatabaseError

    for role, words in (("count", "permission denied for function"), ("app", "stripped|destroyed")):
        with pytest.raises(DatabaseError, match=words), as_role(role) as cursor:
            cursor.execute(f"SELECT ratusz_voting_{function}(0)")


def test_as_app_the_roll_and_the_log_only_grow(as_role):
    from django.db import ProgrammingError

    vote = open_vote_on()
    cast(vote)
    chain_pending()
    for table in ("voterrollentry", "logleaf", "signedhead", "ballotcode"):
        for sql in ("DELETE FROM ratusz_voting_{}", "TRUNCATE ratusz_voting_{}", "UPDATE ratusz_voting_{} SET vote_id = vote_id"):
            with pytest.raises(ProgrammingError, match="permission denied"), as_role("app") as cursor:
                cursor.execute(sql.format(table))
    for table in ("sealedballot", "pendingleaf"):
        with pytest.raises((IntegrityError, ProgrammingError)), as_role("app") as cursor:
            cursor.execute(
                f"INSERT INTO ratusz_voting_pendingleaf VALUES (gen_random_uuid(), 'x', {vote.pk}); DELETE FROM ratusz_voting_{table}"
            )
