"""What stays as it was once a vote runs, and what is refused in words where it was an error of the program."""

from __future__ import annotations

import re
import subprocess
from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from django.core.exceptions import BadRequest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit import registries
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget import actions as budget
from ratusz.participation.budget.edition_rules import EditionRules, level_rules, rules_of
from ratusz.participation.budget.factories import BallotFactory
from ratusz.participation.budget.rules import NotPossible
from ratusz.participation.voting import actions, box, clauses, envelopes, results
from ratusz.participation.voting.actions.anomalies import _line
from ratusz.participation.voting.actions.calendar import FROZEN
from ratusz.participation.voting.committee_keys import SharesRefused
from ratusz.participation.voting.factories import edition_to_vote_on, number, open_vote_on, opened_edition
from ratusz.participation.voting.models import AnomalyCase, FlaggedBallot, KeyCeremony, SealedBallot, Vote
from ratusz.participation.voting.rules import Closed, VoteRefused
from ratusz.participation.voting.tests.people import staff

pytestmark = pytest.mark.django_db


class Noted(dict):
    """The settings of an edition that write down who was asked for."""

    def __init__(self, settings):
        self.settings, self.names = settings, set()

    def value(self, name):
        self.names.add(name)
        return self.settings.value(name)


def test_every_setting_that_the_count_reads_stays_once_the_vote_is_open():
    two = staff(), staff("head")
    vote = open_vote_on(opened_edition(two))
    noted = Noted(rules_of(vote.edition))
    for level in ("city", "district"):
        level_rules(vote.edition, level, noted)
    assert noted.names and noted.names <= set(FROZEN)
    for name, value in (("threshold.city", 7), ("cost.local_percent", 11), ("tie", "lot")):
        change = budget.propose_rules(edition=vote.edition, values={name: value}, reason="Zmiana", person=two[0])
        with pytest.raises(NotPossible, match="zasady liczenia zostają"):
            budget.settle_change(change=change, approve=True, person=two[1])
        budget.settle_change(change=change, approve=False, person=two[1])
    assert rules_of(vote.edition).version == 1


def test_a_ballot_in_verification_that_is_replaced_leaves_nothing_undecided():
    vote, forms = open_vote_on(double_vote="last"), count()

    def cast():
        return actions.cast_ballot(
            edition=vote.edition, voter_key=envelopes.voter_key(vote.pk, "osoba"), channel="web", idempotency_key=f"{next(forms)}",
            choices={"M": {number(vote.edition, "M", 1): 3}},
        )  # fmt: skip

    case = AnomalyCase.objects.create(vote=vote, number=1, found_at=database_now())
    FlaggedBallot.objects.create(case=case, ballot_code=cast().code, signals=["line", "phone"])
    actions.quarantine(case=case)
    cast()
    actions.end_case(case=case, reasons="Osoba zagłosowała jeszcze raz sama.")
    assert set(SealedBallot.objects.values_list("state", "is_quarantined")) == {("superseded", False), ("accepted", False)}
    assert actions.what_is_open(vote) == ""


GOOD = {"per_line": 20, "per_line_quick": 5, "quick_minutes": 10, "per_phone": 4, "deviations": 3}


def test_numbers_and_words_that_no_column_holds_are_refused_in_words(monkeypatch):
    two = staff(), staff("head")
    edition = opened_edition(two)
    vote = actions.prepare_from_edition(edition=edition)
    long = ["przewodnicząca", "x" * 161, "obserwator"]
    with pytest.raises(VoteRefused, match="najwyżej 160 znaków"):
        actions.hold_ceremony(vote=vote, needed=2, functions=long)
    for name, value in (("per_line", 2**31), ("quick_minutes", 10**12), ("deviations", 100)):
        with pytest.raises(VoteRefused, match="do 1000000"):
            actions.set_limits(vote=vote, values=GOOD | {name: value}, reason="Próba")
    with pytest.raises(NotPossible, match="nie więcej niż"):
        budget.propose_extension(edition=edition, code="voting", outage=1, minutes=10**12, reason="Awaria", person=two[0])

    def slow(command, **_more):
        raise subprocess.TimeoutExpired(command, 900)

    monkeypatch.setattr(results.subprocess, "run", slow)
    with pytest.raises(VoteRefused, match="trwało za długo"):
        results._run(results.VERIFIER)


def test_a_vote_whose_hours_are_over_is_not_opened():
    now = database_now()
    vote = actions.prepare_vote(edition=opened_edition((staff(), staff("head"))), opens_at=now - timedelta(hours=2), closes_at=now)
    shares = actions.hold_ceremony(vote=vote, needed=2, functions=["a", "b", "c"])
    actions.drill(vote=vote, shares=shares)
    with pytest.raises(VoteRefused, match="już minęły"):
        actions.open_vote(vote=vote)


@pytest.mark.slow
def test_a_change_after_publication_is_counted_and_published_by_buttons(staff_client):
    edition = edition_to_vote_on()
    for pool in edition.pools.all():
        BallotFactory.create_batch(60, pool=pool, choices=[0])
        pool.ballots_are_complete = True
        pool.save()
        budget.publish_result(result=budget.count_pool(pool=pool))
    vote, office = open_vote_on(edition, state="counted"), staff_client("budget_coordinator")
    address, winner = reverse("voting_staff_result", args=[vote.pk]), edition.projects.get(number=number(edition, "M", 1))

    def waits():
        return [move.what for move in registries.moves["voting"](office.person, database_now())]

    assert 'value="count"' not in office.get(address).text and waits() == []
    budget.record_change(pool=winner.pool, kind="withdrawn", ground="Wniosek", day=database_now().date(), project=winner)
    assert waits() == [f"Policz jeszcze raz i ogłoś po zapisanej zmianie: {vote}"]
    assert 'value="count"' in office.get(address).text
    counted = office.post(address, {"deed": "count"}, follow=True).text
    assert "oba liczenia dają to samo" in counted
    draft = office.get(reverse("voting_staff_protocol", args=[vote.pk, "docx"]))
    assert draft.status_code == 200 and 'filename="protokol' in draft["Content-Disposition"]
    seen = vote.second_counts.first().digest
    office.post(address, {"deed": "publish", "seen": seen, "words": "ogłaszam wynik"})
    winner.pool.refresh_from_db()
    assert (winner.pool.result.version, waits(), 'value="count"' in office.get(address).text) == (2, [], False)


@pytest.mark.parametrize(
    ("address", "line"),
    [(" 192.0.2.7 ", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8::1:2", "2001:db8::/64")],
)
def test_a_known_point_has_the_line_that_its_ballots_have(address, line):
    assert _line(address) == line == client_line(RequestFactory().get("/", REMOTE_ADDR=address.strip()))


@pytest.mark.parametrize("address", ["", "biblioteka", "0.0.0.0", "::"])
def test_what_is_no_address_names_no_line(address):
    with pytest.raises(VoteRefused, match="adres łącza"):
        _line(address)


def test_a_form_in_another_alphabet_goes_the_ordinary_way_and_no_report_shows_a_ballot(monkeypatch):
    request = RequestFactory().post("/glosuj/2026/pl/urna/", "p/M/1=3", "application/x-www-form-urlencoded")

    def unreadable(_self, _request):
        raise BadRequest("charset")

    monkeypatch.setattr(box.BallotBox, "_has_form_token", unreadable)
    assert box.BallotBox(lambda _request: "ordinary")(request) == "ordinary"
    assert request.sensitive_post_parameters == "__ALL__"


def test_a_second_ballot_after_the_verification_is_too_late_in_words():
    vote = open_vote_on(double_vote="last")
    facts = {"edition": vote.edition, "voter_key": b"o" * 32, "channel": "web", "choices": {"M": {number(vote.edition, "M", 1): 3}}}
    actions.cast_ballot(idempotency_key="1", **facts)
    for state in ("closed", "verified"):
        Vote.objects.filter(pk=vote.pk).update(state=state)
        with pytest.raises(Closed):
            actions.cast_ballot(idempotency_key="2", **facts)


def locks_of(deed):
    """Tables in the order in which the deed locks rows of them; whether it is refused then does not matter."""
    with CaptureQueriesContext(connection) as asked, suppress(VoteRefused, SharesRefused):
        deed()
    return [re.search(r'FROM "(\w+)"', one["sql"])[1] for one in asked.captured_queries if " FOR " in one["sql"]]


def test_rows_are_locked_in_one_order_so_that_no_two_deeds_wait_for_each_other():
    vote = open_vote_on(state="prepared")
    KeyCeremony.objects.create(vote=vote, needed=2, public_key=bytes(32), test_envelope=b"x", made_at=database_now())
    assert locks_of(lambda: actions.drill(vote=vote, shares=[])) == ["ratusz_voting_vote", "ratusz_voting_keyceremony"]
    vote = open_vote_on(edition_to_vote_on(number=21), state="opened")
    assert locks_of(lambda: actions.publish_vote(vote=vote)) == ["ratusz_budget_edition", "ratusz_voting_vote"]
    bench = {"pool": edition_to_vote_on(number=22).pools.first(), "number": "L1/09/XXII", "name": "Ławka", "cost_grosze": 100}
    assert locks_of(lambda: budget.put_on_ballot(**bench))[0] == "ratusz_budget_edition"


def test_rules_that_knew_no_policy_for_a_second_ballot_have_no_clause_for_one(monkeypatch):
    edition = edition_to_vote_on()
    monkeypatch.setattr(clauses, "rules_of", lambda edition: EditionRules({}))
    assert not any(clauses.allows(edition, name) for name in clauses.NAMES)
