"""E2: ten voters, three ways, open, close, extend, annul in any order, beside a plain model of what has to come of it.

Runs inside a transaction that is undone; the bench `ballot_states` runs thousands, a test few.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import UserFactory
from ratusz.participation.voting import actions, envelopes, reconciliation
from ratusz.participation.voting.actions import verifying, votes
from ratusz.participation.voting.factories import number, open_vote_on
from ratusz.participation.voting.models import Annulment, LogLeaf, PendingLeaf, SealedBallot, VoterRollEntry, WaitingNotice
from ratusz.participation.voting.queries import ballot_end
from ratusz.participation.voting.rules import AllVoid, AlreadyVoted, Closed, Undecided, VoteRefused

VOTERS = [f"wyborca {n}" for n in range(10)]
WAYS = ["web", "point", "paper"]
AT = timedelta(days=1)


class VoteMachine(RuleBasedStateMachine):
    """The model: of each voter the codes in their order with their ends, of the vote whether it is open.

    What is drawn from goes by the order of casting, never by number: numbers are random, so the same draws would mean other ballots.
    """

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone._from_testcase = True  # what is durable elsewhere may stand inside, as in Django's own test cases
        self.undone.__enter__()
        self.people = UserFactory.create_batch(2)
        self.anybody = patch.multiple(verifying, require=lambda *given: None), patch.multiple(votes, require=lambda *given: None)
        for each in self.anybody:
            each.start()

    def teardown(self):
        for each in self.anybody:
            each.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(policy=st.sampled_from(["first", "last", "all_void"]))
    def opens(self, policy):
        self.vote, self.policy, self.is_open = open_vote_on(double_vote=policy), policy, True
        self.codes: dict[str, list[str]] = {}
        self.forms: dict[tuple[str, str], str] = {}
        self.ends: dict[str, str] = {}
        self.asked: dict[str, Annulment] = {}
        self.notices = 0
        self.void: set[str] = set()

    def live(self, voter):
        return next((code for code in self.codes.get(voter, []) if self.ends[code] != "superseded"), None)

    @rule(voter=st.sampled_from(VOTERS), way=st.sampled_from(WAYS), form=st.sampled_from("abc"), contact=st.booleans())
    def casts(self, voter, way, form, contact):
        expected = self._expected(voter, way, form)
        try:
            done = actions.cast_into(
                vote=self.vote, voter_key=envelopes.voter_key(self.vote.pk, voter), channel=way, idempotency_key=form,
                choices={"M": {number(self.vote.edition, "M", 1): 3}}, contact="anna@example.pl" if contact else "",
            )  # fmt: skip
        except (AlreadyVoted, Closed) as refused:
            assert type(refused) is expected, (expected, refused)
            if expected is AllVoid:
                self.ends[self.live(voter)] = "annulled"
                self.void.add(voter)
            return
        assert expected in ("new", "replaces") or done.code == expected, (expected, done)
        if done.is_repeated:
            return
        if expected == "replaces":
            self.ends[self.live(voter)] = "superseded"
        self.codes.setdefault(voter, []).append(done.code)
        self.forms[voter, form], self.ends[done.code] = done.code, "accepted"
        self.notices += contact

    def _expected(self, voter, way, form):
        """What has to come of it: a new ballot, one that replaces another, the receipt of the same form, or a refusal."""
        if known := self.forms.get((voter, form)):
            return known
        live = self.live(voter)
        if live is None:
            return "new" if self.is_open or way == "paper" else Closed
        if self.policy == "first":
            return AlreadyVoted
        takes = self.is_open or way == "paper"
        if self.policy == "all_void" and not takes:
            return Closed
        if voter in self.void:
            return AllVoid
        if self.ends[live] == "annulled" or live in self.asked:
            return Undecided if live in self.asked else AlreadyVoted
        return (AllVoid if self.policy == "all_void" else "replaces") if takes else Closed

    @precondition(lambda self: any(self.codes.values()))
    @rule(data=st.data())
    def is_asked_to_annul(self, data):
        code = data.draw(st.sampled_from([code for codes in self.codes.values() for code in codes]))
        try:
            asked = actions.ask_annulment(ballot_code=code, reason="not_me", grounds="Skarga.", person=self.people[0])
        except VoteRefused:
            assert self.ends[code] != "accepted" or code in self.asked
        else:
            assert self.ends[code] == "accepted" and code not in self.asked
            self.asked[code] = asked

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), is_granted=st.booleans())
    def is_decided(self, data, is_granted):
        code = data.draw(st.sampled_from(list(self.asked)))
        actions.decide_annulment(annulment=self.asked.pop(code), is_granted=is_granted, person=self.people[1])
        if is_granted:
            self.ends[code] = "annulled"

    @precondition(lambda self: self.is_open)
    @rule()
    def closes(self):
        with patch.object(votes, "database_now", lambda: self.vote.closes_at):
            self.vote = actions.close_vote(vote=self.vote)
        self.is_open = False

    @rule()
    def is_extended(self):
        end = max(self.vote.closes_at, database_now()) + AT
        self.vote = actions.extend_vote(vote=self.vote, closes_at=end, reason="Awaria serwera")
        self.is_open = True

    @rule()
    def is_logged(self):
        actions.chain_pending()

    @invariant()
    def holds(self):
        ballots = Counter(SealedBallot.objects.filter(vote=self.vote).values_list("state", flat=True))
        assert ballots == Counter(self.ends.values())
        live = SealedBallot.objects.filter(vote=self.vote).exclude(state="superseded").values_list("voter_key", flat=True)
        assert len(live) == len({bytes(key) for key in live}) == sum(map(bool, self.codes.values()))
        assert VoterRollEntry.objects.filter(vote=self.vote).count() == len(live)
        entries = [*PendingLeaf.objects.values_list("entry", flat=True), *LogLeaf.objects.values_list("entry", flat=True)]
        assert sum('"kind":"envelope"' in entry for entry in entries) == len(self.ends)
        for kind, end in (("superseded", "superseded"), ("annulment", "annulled")):
            assert sum(f'"kind":"{kind}"' in entry for entry in entries) == ballots[end]
        assert WaitingNotice.objects.count() == self.notices
        assert reconciliation.sums_of(self.vote).faults() == []

    @precondition(lambda self: self.ends)
    @rule(data=st.data())
    def is_looked_up(self, data):
        code = data.draw(st.sampled_from(list(self.ends)))
        found = ballot_end(code)
        assert found is not None and found.state == ("in_verification" if code in self.asked else self.ends[code])
