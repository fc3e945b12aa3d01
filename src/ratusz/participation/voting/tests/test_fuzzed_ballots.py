"""E3 and E4: whatever is sent, nothing that the rules forbid is stored; paper, web and desk in any order leave the first."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ratusz.participation.voting import ballot_forms, envelopes
from ratusz.participation.voting.actions import cast_ballot
from ratusz.participation.voting.factories import PRIVATE_KEY, number, open_vote_on
from ratusz.participation.voting.models import SealedBallot, VoterRollEntry
from ratusz.participation.voting.queries import sheet_of
from ratusz.participation.voting.rules import AlreadyVoted, BallotChecks, BallotRefused, check_ballot

TEXTS = st.one_of(
    st.sampled_from(["0", "1", "2", "3", "4", "-1", "1.5", "٣", "1e9", "99999999999", " 2 ", "NaN", ""]), st.text(max_size=6)
)


def is_right(choices, edition) -> bool:
    """The rules of the example edition, written a second time and plainly."""
    local = {number(edition, pool, place) for pool in ("L1", "L2") for place in (1, 2, 3, 4)}
    known = {"M": {number(edition, "M", place) for place in (1, 2, 3, 4, 5)}}
    known |= {pool: {one for one in local if one.startswith(f"{pool}/")} for pool in ("L1", "L2")}
    whole = all(type(points) is int and 1 <= points <= 3 for given in choices.values() for points in given.values())
    in_place = all(pool in known and set(given) <= known[pool] for pool, given in choices.items())
    return bool(choices) and whole and in_place and not {"L1", "L2"} <= set(choices) and all(
        sum(given.values()) <= 3 for given in choices.values()
    )  # fmt: skip


def forms(edition):
    numbers = [number(edition, pool, place) for pool in ("L1", "L2", "M") for place in (1, 2, 3, 4, 5)] + ["X", "", "L1/01/X;--"]
    names = st.builds(
        lambda pool, one: f"p/{pool}/{one}", st.sampled_from(["L1", "L2", "M", "L3", "", "m"]), st.sampled_from(numbers)
    )
    right = st.builds(
        lambda pool, place: f"p/{pool}/{number(edition, pool, place)}", st.sampled_from(["L1", "M"]), st.integers(1, 4)
    )
    return st.dictionaries(st.one_of(right, right, names), st.one_of(st.sampled_from(["1", "2"]), TEXTS), max_size=5)


@pytest.mark.slow
@pytest.mark.django_db
def test_what_the_rules_let_pass_is_what_the_plain_words_let_pass():
    vote = open_vote_on()
    sheet = sheet_of(vote)
    for_many = BallotChecks(sheet)

    @given(forms(vote.edition))
    def compare(sent):
        choices = ballot_forms.read_choices(sent)
        assert (not check_ballot(sheet, choices)) == is_right(choices, vote.edition) == for_many.passes(choices)

    compare()
    one = number(vote.edition, "M", 1)
    assert [for_many.passes({"M": {one: points}}) for points in (1, True, 1.0, 2)] == [True, False, False, True]


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.django_db
def test_ten_thousand_fuzzed_ballots_store_nothing_invalid():
    vote, turn = open_vote_on(), itertools.count()
    taken = []

    @settings(max_examples=10_000, suppress_health_check=list(HealthCheck), database=None)
    @given(forms(vote.edition))
    def send(sent):
        key = f"{next(turn)}"
        choices = ballot_forms.read_choices(sent)
        try:
            cast_ballot(
                edition=vote.edition,
                voter_key=envelopes.voter_key(vote.pk, key),
                choices=choices,
                channel="web",
                idempotency_key=key,
            )
            taken.append(choices)
        except BallotRefused:
            pass

    send()
    stored = [envelopes.unseal(bytes(inner), PRIVATE_KEY).choices for inner in SealedBallot.objects.values_list("inner", flat=True)]
    assert len(stored) == len(taken) == VoterRollEntry.objects.count() > 100
    assert all(is_right(choices, vote.edition) for choices in stored)


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(itertools.permutations(["web", "point", "paper"])))
def test_the_first_way_wins_in_every_order(order):
    vote, voter = open_vote_on(), b"v" * 32
    choices = {"M": {number(vote.edition, "M", 1): 3}}
    for way in order:
        try:
            cast_ballot(edition=vote.edition, voter_key=voter, choices=choices, channel=way, idempotency_key=way)
            assert way == order[0]
        except AlreadyVoted:
            assert way != order[0]
    assert list(SealedBallot.objects.values_list("channel", flat=True)) == [order[0]]
    assert list(VoterRollEntry.objects.values_list("channel", flat=True)) == [order[0]]
