"""Voting in person: an officer at a point, paper cards typed by two clerks; whatever the order, one person has one ballot (E3)."""

import re
from itertools import permutations

import pytest
from django.test import Client
from django.urls import reverse

from ratusz.foundation.audit.models import Detail
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.voting import envelopes, residents
from ratusz.participation.voting.actions import (
    IdentityProof,
    add_point,
    admit_at_point,
    cast_ballot,
    finish_card,
    issue_cards,
    reject_card,
    type_card,
)
from ratusz.participation.voting.actions.desk import NotListed
from ratusz.participation.voting.actions.paper import CardFacts, differences, require_no_open_cards
from ratusz.participation.voting.factories import number, open_vote_on
from ratusz.participation.voting.models import (
    CardReading,
    GuardianConsent,
    PaperCard,
    PendingLeaf,
    SealedBallot,
    Vote,
    VoterRollEntry,
)
from ratusz.participation.voting.reconciliation import sums_of
from ratusz.participation.voting.rules import AlreadyVoted, VoteRefused, may
from ratusz.participation.voting.tests.people import ADULT, CHILD, OTHER, csv_of, staff, take
from ratusz.participation.voting.wording import find_receipt

pytestmark = pytest.mark.django_db


def vote_with_point(**facts):
    vote = open_vote_on(identity="pesel", **facts)
    take(vote, csv_of(f"{ADULT};1", f"{OTHER};2", f"{CHILD};1"))
    return vote, add_point(vote=vote, code="B1", name="Biblioteka nr 1", address="ul. Zmyślona 1", person=staff())


def key_of(vote, typed: str) -> bytes:
    return envelopes.voter_key(vote.pk, "pesel", typed)


def on_card(vote, typed: str = ADULT, points: int = 3, **facts) -> CardFacts:
    return CardFacts(key_of(vote, typed).hex(), choices={"M": {number(vote.edition, "M", 1): points}}, **facts)


def new_card(point) -> PaperCard:
    (last,) = issue_cards(point=point, count=1, person=staff("desk_officer"))
    return PaperCard.objects.get(vote=point.vote, number=last)


def by_web(vote, point, key: str) -> bool:
    choices = {"M": {number(vote.edition, "M", 2): 1}}
    try:
        cast_ballot(edition=vote.edition, voter_key=key_of(vote, ADULT), choices=choices, channel="web", idempotency_key=key)
    except AlreadyVoted:
        return False
    return True


def at_the_point(vote, point, key: str) -> bool:
    known, officer = IdentityProof(key_of(vote, ADULT)), staff("desk_officer")
    proof = admit_at_point(point=point, known=known, guardian_key=None, document="id", person=officer)
    if proof == IdentityProof(b""):
        return False
    choices = {"M": {number(vote.edition, "M", 3): 2}}
    cast_ballot(
        edition=vote.edition, voter_key=proof.voter_key, choices=choices, channel="point", idempotency_key=key, officer=officer.pk,
        point=point.code, district=proof.district, age_band=proof.age_band,
    )  # fmt: skip
    return True


def on_paper(vote, point, key: str) -> bool:
    card = new_card(point)
    for _clerk in range(2):
        card, _cast = type_card(card=card, facts=on_card(vote), person=staff("desk_officer"))
    assert card.state in ("cast", "second") and not CardReading.objects.exists()
    return card.state == PaperCard.State.CAST


WAYS = {"web": by_web, "point": at_the_point, "paper": on_paper}
ORDERS = [("paper", "web", "point"), *(pytest.param(each, marks=pytest.mark.slow) for each in permutations(WAYS))]


@pytest.mark.parametrize("order", ORDERS)
def test_one_ballot_in_every_order_of_ways_and_the_first_one_wins(order):
    vote, point = vote_with_point()
    assert [WAYS[way](vote, point, way) for way in order] == [True, False, False]
    assert list(SealedBallot.objects.values_list("channel", "state")) == [(order[0], "accepted")]
    assert list(VoterRollEntry.objects.values_list("channel", flat=True)) == [order[0]]


@pytest.mark.slow
@pytest.mark.parametrize("order", list(permutations(WAYS)))
def test_one_live_ballot_in_every_order_where_the_last_one_counts(order):
    vote, point = vote_with_point(double_vote="last")
    assert [WAYS[way](vote, point, way) for way in order] == [True, True, True]
    assert list(SealedBallot.objects.filter(state="accepted").values_list("channel", flat=True)) == [order[-1]]
    assert (SealedBallot.objects.filter(state="superseded").count(), VoterRollEntry.objects.count()) == (2, 1)


@pytest.mark.parametrize("order", [("web", "paper"), *(pytest.param(each, marks=pytest.mark.slow) for each in permutations(WAYS))])
def test_whoever_casts_two_ballots_has_none_in_every_order_where_the_rules_say_so(order):
    """An officer who sees that the person voted hands out no second ballot: there is none that could make the first one void."""
    vote, point = vote_with_point(double_vote="all_void")
    assert [WAYS[way](vote, point, way) for way in order] == [True, *([False] * (len(order) - 1))]
    ballot, entries = SealedBallot.objects.get(), [each.entry for each in PendingLeaf.objects.order_by("entry")]
    is_void = order[1] != "point" or len(order) == 3
    assert (ballot.channel, ballot.state, ballot.annulment_reason) == (
        (order[0], "annulled", "second_ballot") if is_void else (order[0], "accepted", "")
    )
    assert sum('"reason":"second_ballot"' in entry for entry in entries) == is_void and VoterRollEntry.objects.count() == 1
    assert sums_of(vote).faults() == [] and sums_of(vote).totals()["annulled"] == is_void
    receipt = find_receipt(ballot.code, database_now())
    assert ("drugi głos" in receipt.status) == is_void


def test_two_readings_that_differ_are_shown_and_settled_by_the_clerk_or_by_a_third():
    vote, point = vote_with_point()
    first, second, third = staff("desk_officer"), staff("desk_officer"), staff("desk_officer")
    card = new_card(point)
    assert type_card(card=card, facts=on_card(vote, points=3), person=first)[0].state == "once"
    assert type_card(card=card, facts=on_card(vote, points=2), person=first)[0].state == "once"
    assert type_card(card=card, facts=on_card(vote, OTHER, points=1), person=second)[0].state == "differs"
    with pytest.raises(VoteRefused, match="niewpisane do końca: 1"):
        require_no_open_cards(vote)
    assert [(each.part, each.first, each.second) for each in differences(card)] == [
        (number(vote.edition, "M", 1), "2", "1"),
        ("osoba", "", ""),
    ]
    with pytest.raises(VoteRefused, match="różni się od obu"):
        type_card(card=card, facts=on_card(vote, points=3), person=third)
    done, cast = type_card(card=card, facts=on_card(vote, points=1), person=third)
    ballot = SealedBallot.objects.get()
    assert (done.state, cast.code) == ("cast", ballot.code)
    assert (bytes(ballot.voter_key), ballot.district, ballot.point, ballot.officer_number) == (
        key_of(vote, ADULT),
        "L1",
        "B1",
        third.pk,
    )
    with pytest.raises(VoteRefused, match="już dwa razy"):
        type_card(card=card, facts=on_card(vote), person=first)
    other = new_card(point)
    type_card(card=other, facts=on_card(vote, OTHER), person=first)
    type_card(card=other, facts=CardFacts(why_invalid="unsigned"), person=second)
    ended, cast = type_card(card=other, facts=CardFacts(why_invalid="unsigned"), person=first)
    assert (ended.state, ended.reason, cast) == ("invalid", "unsigned", None)
    require_no_open_cards(vote)


@pytest.mark.slow
def test_readings_are_sealed_while_they_wait():
    vote, point = vote_with_point()
    type_card(card=new_card(point), facts=on_card(vote), person=staff("desk_officer"))
    content = bytes(CardReading.objects.get().content)
    assert key_of(vote, ADULT).hex().encode() not in content and number(vote.edition, "M", 1).encode() not in content
    assert number(vote.edition, "M", 1) not in "".join(str(each.content) for each in Detail.objects.all())


@pytest.mark.slow
def test_cards_that_break_rules_or_name_nobody_of_the_register():
    vote, point = vote_with_point()
    too_many = new_card(point)
    for _clerk in range(2):
        too_many, _cast = type_card(card=too_many, facts=on_card(vote, points=4), person=staff())
    assert (too_many.state, too_many.reason[:12]) == ("invalid", "Jest tu więc")
    stranger, first, second = new_card(point), staff(), staff()
    facts = CardFacts(
        residents.key_by_address(vote.pk, "Ktoś", "Rynek 1", 1990).hex(), choices={"M": {number(vote.edition, "M", 1): 1}}
    )
    type_card(card=stranger, facts=facts, person=first)
    with pytest.raises(VoteRefused, match="nie ma w rejestrze"):
        type_card(card=stranger, facts=facts, person=second)
    with pytest.raises(VoteRefused, match="nie wpisywała"):
        reject_card(card=stranger, reason="nie mieszka tu", person=first)
    assert reject_card(card=stranger, reason="nie mieszka tu", person=staff()).state == "invalid"
    with pytest.raises(VoteRefused, match="nie czeka"):
        finish_card(card=stranger, person=first)


@pytest.mark.slow
def test_paper_is_typed_after_the_close_and_a_childs_card_needs_its_guardian():
    vote, point = vote_with_point()
    alone, signed = new_card(point), new_card(point)
    Vote.objects.filter(pk=vote.pk).update(state=Vote.State.CLOSED)
    first, second = staff(), staff()
    type_card(card=alone, facts=on_card(vote, CHILD), person=first)
    with pytest.raises(VoteRefused, match="bez opiekuna"):
        type_card(card=alone, facts=on_card(vote, CHILD), person=second)
    facts = on_card(vote, CHILD, guardian_key=key_of(vote, ADULT).hex())
    type_card(card=signed, facts=facts, person=first)
    assert type_card(card=signed, facts=facts, person=second)[0].state == "cast"
    assert bytes(GuardianConsent.objects.get().guardian_key) == key_of(vote, ADULT)
    with pytest.raises(VoteRefused, match="zamknięte"):
        issue_cards(point=point, count=1, person=first)


@pytest.mark.slow
def test_who_may():
    vote, point = vote_with_point()
    for deed in (
        lambda person: issue_cards(point=point, count=1, person=person),
        lambda person: type_card(card=PaperCard(vote=vote, point=point, number=1), facts=CardFacts(), person=person),
        lambda person: admit_at_point(point=point, known=IdentityProof(b"x"), guardian_key=None, document="id", person=person),
    ):
        with pytest.raises(VoteRefused, match="rola"):
            deed(staff("editor"))
    with pytest.raises(VoteRefused, match="rola"):
        add_point(vote=vote, code="B2", name="x", address="", person=staff("desk_officer"))
    with pytest.raises(NotListed):
        admit_at_point(point=point, known=IdentityProof(b"x"), guardian_key=None, document="id", person=staff("desk_officer"))


@pytest.mark.slow
def test_an_officer_hands_over_to_the_ballot_and_a_stranger_declares_at_the_point(staff_client):
    vote, point = vote_with_point()
    client = staff_client("desk_officer")
    assert "Biblioteka nr 1" in client.get(reverse("voting_points")).content.decode()
    desk = reverse("voting_desk", args=[point.pk])
    who = {"osoba-pesel": ADULT, "dokument-document": "id", "dokument-language": "uk", "dokument-contact": ""}
    assert client.post(desk, who | {"osoba-pesel": ""}).status_code == 422
    child = client.post(desk, who | {"osoba-pesel": CHILD})
    assert child.status_code == 422 and "To dziecko" in child.content.decode() and CHILD not in child.content.decode()
    assert client.post(desk, who).url == f"/glosuj/{vote.edition.slug}/uk/karta/"
    client.post(f"/glosuj/{vote.edition.slug}/uk/urna/", {f"p/M/{number(vote.edition, 'M', 1)}": "3", "klucz": "k"})
    ballot = SealedBallot.objects.get()
    assert (ballot.channel, ballot.point, ballot.officer_number, ballot.district) == ("point", "B1", client.person.pk, "L1")
    assert ballot.code[:5] in client.get(f"/glosuj/{vote.edition.slug}/uk/oddany/").content.decode()
    assert client.post(f"/glosuj/{vote.edition.slug}/uk/wyjscie/").url == desk
    again = client.post(desk, who)
    assert again.status_code == 422 and "już w urnie" in again.content.decode()
    stranger = {"osoba-name": "Olena Zmyślona", "osoba-street": "Rynek 3", "osoba-born": "1991"}
    unlisted = client.post(desk, who | {"osoba-pesel": ""} | stranger)
    assert unlisted.url == reverse("voting_desk_declaration", args=[point.pk])
    declared = {"document": "passport", "name": "Olena Zmyślona", "street": "Rynek 3", "district": "L2", "born": "1991-02-03",
                "grounds": "Pracuje tu.", "true": "on"}  # fmt: skip
    assert client.post(unlisted.url, declared).url == desk
    assert client.post(desk, who | {"osoba-pesel": ""} | stranger).url == f"/glosuj/{vote.edition.slug}/uk/karta/"
    assert staff_client("editor").get(desk).status_code in (302, 403)
    assert Client().get(desk).status_code == 302


@pytest.mark.slow
def test_cards_on_the_screen_from_printing_to_the_receipt(staff_client):
    vote, point = vote_with_point()
    coordinator, clerk = staff_client("budget_coordinator"), staff_client("desk_officer")
    paper = reverse("voting_paper", args=[vote.pk])
    added = coordinator.post(reverse("voting_add_point", args=[vote.pk]), {"punkt-code": "B2", "punkt-name": "Dom kultury"})
    assert added.url == paper and "B2 Dom kultury" in coordinator.get(paper).content.decode()
    printed = clerk.post(reverse("voting_cards", args=[vote.pk]), {"karty-point": point.pk, "karty-count": "2"})
    assert printed.content.startswith(b"%PDF") and "karty-B1-000001-000002.pdf" in printed["Content-Disposition"]
    assert clerk.post(paper, {"karta": "7"}).status_code == 200
    address = clerk.post(paper, {"karta": "1"}).url
    project = number(vote.edition, "M", 1)
    typed = {"osoba-pesel": ADULT, "karta-number0": project.lower(), "karta-points0": "2", "karta-why_invalid": ""}
    wrong = clerk.post(address, typed | {"karta-number1": "M/99/I", "karta-points1": "1"})
    assert wrong.status_code == 422 and "Nie ma takiego projektu" in wrong.content.decode()
    clerk.post(address, typed)
    assert "Wpisano raz" in clerk.get(address).content.decode()
    assert coordinator.post(address, typed | {"karta-points0": "1"}).status_code == 302
    assert "Gdzie odczyty się różnią" in clerk.get(address).content.decode()
    receipt = coordinator.post(address, typed).content.decode()
    shown = re.search(r'<strong lang="en">([^<]+)</strong>', receipt)[1]
    assert shown.replace("-", "")[:5] == SealedBallot.objects.get().code[:5]
    assert shown not in clerk.get(address).content.decode()


def test_a_desk_officer_of_any_unit_serves_at_points_and_does_nothing_else_of_the_register():
    officer, at = AppointmentFactory(role_code="desk_officer", unit=UnitFactory()).person, database_now()
    for deed in ("see_points", "serve_at_point", "type_paper"):
        assert may(officer, deed, at=at)
    for deed in ("see_register", "bring_register", "make_letters", "decide_declaration"):
        assert not may(officer, deed, at=at)
