"""The staff's way through a vote, page by page: each step by its role, refused to the others; shares shown once; two people."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import moves
from ratusz.participation.budget import actions as budget
from ratusz.participation.budget.models import Ballot
from ratusz.participation.voting import actions, envelopes
from ratusz.participation.voting.factories import number, opened_edition
from ratusz.participation.voting.models import InnerEnvelope, KeyCeremony, LogLeaf, PendingLeaf, SealedBallot, Vote

pytestmark = pytest.mark.django_db(transaction=True)
slow = pytest.mark.slow


@pytest.fixture
def staff(staff_client):
    """A signed-in client of each role."""
    roles = ("budget_coordinator", "head", "committee_chair", "key_holder", "editor")
    return {role: staff_client(role) for role in roles}


@pytest.fixture
def edition(staff):
    return opened_edition((staff["budget_coordinator"].person, staff["head"].person))


def page(client, view, /, *args, **data):
    address = reverse(f"voting_staff_{view}", args=args)
    return client.post(address, data, follow=True) if data else client.get(address)


def shares_on(text):
    """The words of every sheet, as the holders copy them."""
    lists = re.findall(r'<ol class="vote__words">(.*?)</ol>', text)
    return [" ".join(re.findall(r"<li>(\w+)</li>", each)) for each in lists]


def hold(client, vote, **more):
    functions = "przewodnicząca\r\nsekretarz\r\nobserwator"
    seen = {"seen": bytes(Vote.objects.get(pk=vote.pk).public_key or b"").hex()}
    return page(client, "ceremony", vote.pk, **{"needed": "2", "functions": functions, "words": "tworzę klucz"} | seen | more)


def typed(shares, **more):
    return {f"share_{place}": share for place, share in enumerate(shares, 1)} | more


def cast(vote, count, first=0, **facts):
    for each in range(first, first + count):
        actions.cast_ballot(
            edition=vote.edition, voter_key=envelopes.voter_key(vote.pk, f"osoba {each}"), channel="web", age_band="30-44",
            idempotency_key=f"k{each}", choices={"M": {number(vote.edition, "M", 1 + each % 5): 3}}, **facts,
        )  # fmt: skip


def let_the_hour_come(vote):
    """The end of the vote becomes the past: only the tables' owner can do that."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ratusz_voting_vote DISABLE TRIGGER USER")
        Vote.objects.filter(pk=vote.pk).update(closes_at=database_now() - timedelta(seconds=1))
        cursor.execute("ALTER TABLE ratusz_voting_vote ENABLE TRIGGER USER")


def waits_for(client, vote):
    """What stands on the person's desk about this vote."""
    return [move.what for move in moves["voting"](client.person, database_now()) if str(vote) in move.what]


def hold_and_drill(chair, vote, caplog):
    """The ceremony: shares in one answer and nowhere else. The drill: too few, a wrong word; nothing typed comes back."""
    sheets = hold(chair, vote)
    shares = shares_on(sheets.text)
    assert [len(share.split()) for share in shares] == [33, 33, 33] and "no-store" in sheets["Cache-Control"]
    stored = str(list(KeyCeremony.objects.values())) + str(list(PendingLeaf.objects.values())) + caplog.text
    assert not any(share in stored or share.split()[5] + " " + share.split()[6] in stored for share in shares)
    assert "W tym czasie powstał już klucz" in hold(chair, vote, seen="", words="nowy klucz zamiast starego").text
    assert shares_on(page(chair, "ceremony", vote.pk).text) == []
    few = page(chair, "drill", vote.pk, **typed(shares[:1], share_2=""))
    assert "Potrzebne części: 2, wpisane: 1" in few.text and shares[0] not in few.text and few.status_code == 422
    wrong = page(chair, "drill", vote.pk, **typed([shares[0], shares[1].replace(shares[1].split()[7], "academic", 1)]))
    assert "Część 2 jest błędna" in wrong.text and shares[0] not in wrong.text
    assert "Próbna koperta się otworzyła" in page(chair, "drill", vote.pk, **typed(shares[1:])).text
    return shares


def open_close_and_strip(staff, edition, vote):
    """Twelve vote, the hour comes, the envelopes are parted from their voters."""
    office, chair, member = staff["budget_coordinator"], staff["committee_chair"], staff["key_holder"]
    assert "To nie te słowa" in page(office, "step", vote.pk, "open", words="otwieram").text
    assert "Głosowanie otwarte" in page(office, "step", vote.pk, "open", words="Otwieram  głosowanie").text
    vote.refresh_from_db()
    assert vote.fingerprints["ballot_list"] == edition.ballot_hash
    cast(vote, 12)
    course = page(member, "course", vote.pk).text
    assert "zagłosowało 12 osób" in course and "tylko część ogólnomiejska" in course
    assert "godzina jeszcze nie nadeszła" in page(office, "vote", vote.pk).text
    let_the_hour_come(vote)
    assert "Głosowanie zamknięte" in page(office, "step", vote.pk, "close", words="zamykam głosowanie").text
    assert "Sumy się zgadzają" in page(member, "sums", vote.pk).text
    assert waits_for(chair, vote) == [f"Zakończ weryfikację: {vote}"]
    assert "Weryfikacja zakończona" in page(chair, "step", vote.pk, "end_verification", words="kończę weryfikację").text
    assert "Koperty są oddzielone" in page(chair, "step", vote.pk, "strip", words="oddzielam koperty").text
    assert (SealedBallot.objects.count(), InnerEnvelope.objects.count()) == (0, 12)
    assert "Stan z chwili oddzielenia" in page(member, "sums", vote.pk).text


def open_with(chair, vote, shares):
    """Words of consent and two different shares are needed; refused, nothing is opened and no share comes back."""
    unsure = page(chair, "open_ballots", vote.pk, **typed(shares[:2], words=""))
    assert unsure.status_code == 422 and not Ballot.objects.exists() and shares[0] not in unsure.text
    few = page(chair, "open_ballots", vote.pk, **typed([shares[2], shares[2]], words="otwieramy głosy"))
    assert "dwa razy" in few.text and shares[2] not in few.text
    done = page(chair, "open_ballots", vote.pk, **typed([shares[2], shares[0]], words="otwieramy głosy"))
    assert "Wszystkie głosy są otwarte" in done.text and Ballot.objects.filter(pool__code="M").count() == 12


@slow
def test_the_whole_way_on_pages(staff, edition, caplog):
    office, chair = staff["budget_coordinator"], staff["committee_chair"]
    assert str(edition) in page(office, "votes").text
    assert "Głosowanie przygotowane" in page(office, "prepare", edition.pk, go="1").text
    vote = Vote.objects.get(pk=edition.pk)
    assert (vote.opens_at, vote.closes_at) == tuple(edition.stages.values_list("starts_at", "ends_at").get(code="voting"))
    assert waits_for(chair, vote) == [f"Przeprowadź ceremonię klucza: {vote}"] and waits_for(office, vote) == []
    assert "Wstrzymuje: Przeprowadź ceremonię klucza" in page(office, "step", vote.pk, "open").text
    shares = hold_and_drill(chair, vote, caplog)
    open_close_and_strip(staff, edition, vote)
    open_with(chair, vote, shares)
    assert waits_for(office, vote) == [f"Policz i ogłoś: {vote}"]
    assert "są w kopertach" in page(chair, "check_opening", vote.pk, **typed(shares[1:])).text
    assert "oba liczenia dają to samo" in page(office, "result", vote.pk, deed="count").text
    seen = vote.second_counts.first().digest
    stale = page(office, "result", vote.pk, deed="publish", seen="0" * 64, words="ogłaszam wynik")
    assert "policzono jeszcze raz" in stale.text and InnerEnvelope.objects.exists()
    assert "Twoja rola" in page(chair, "result", vote.pk, deed="publish", seen=seen, words="ogłaszam wynik").text
    assert "Wynik jest opublikowany" in page(office, "result", vote.pk, deed="publish", seen=seen, words="ogłaszam wynik").text
    vote.refresh_from_db()
    assert vote.state == "counted" and not InnerEnvelope.objects.exists()
    path = page(office, "vote", vote.pk).text
    assert path.count("vote__step--done") == 11 and str(chair.person) in path
    entries = [leaf.entry for leaf in LogLeaf.objects.all()] + [leaf.entry for leaf in PendingLeaf.objects.all()]
    assert any('"holders","value":"committee"' in entry for entry in entries)
    assert not any(share.split()[4] + " " + share.split()[5] in " ".join(entries) + caplog.text for share in shares)


HOME = "/admin/"
OFFICE, COMMITTEE = {"budget_coordinator"}, {"committee_chair", "key_holder"}
WHO = {
    ("votes",): OFFICE | COMMITTEE, ("vote", 1): OFFICE | COMMITTEE, ("course", 1): OFFICE | COMMITTEE, ("sums", 1): OFFICE | COMMITTEE,
    ("complaints", 1): OFFICE | COMMITTEE, ("anomalies", 1): OFFICE | COMMITTEE, ("annulments", 1): OFFICE | COMMITTEE,
    ("limits", 1): OFFICE | {"committee_chair"}, ("ceremony", 1): {"committee_chair"}, ("drill", 1): {"committee_chair"},
    ("open_ballots", 1): {"committee_chair"}, ("extension", 1): OFFICE, ("step", 1, "prepare"): OFFICE, ("step", 1, "open"): OFFICE,
    ("step", 1, "close"): OFFICE, ("step", 1, "end_verification"): {"committee_chair"}, ("step", 1, "strip"): {"committee_chair"},
}  # fmt: skip


@slow
def test_each_page_opens_for_its_roles_and_no_other(staff, edition):
    vote = actions.prepare_from_edition(edition=edition)
    opened = {
        name: {role for role in sorted(OFFICE | COMMITTEE)
               if staff[role].get(reverse(f"voting_staff_{name[0]}", args=[vote.pk, *name[2:]][: len(name) - 1])).headers.get("Location") != HOME}
        for name in WHO
    }  # fmt: skip
    assert opened == WHO
    assert staff["editor"].get(reverse("voting_staff_votes")).headers["Location"] == HOME


@pytest.mark.slow
def test_an_office_role_shuts_the_committees_doors(staff, edition):
    """Whoever runs the vote for the Office is not the committee, even with a share in the drawer."""
    from ratusz.foundation.units.factories import AppointmentFactory
    from ratusz.participation.voting.rules import may

    person = staff["budget_coordinator"].person
    AppointmentFactory(role_code="committee_chair", person=person)
    person.__dict__.pop("_roles_held", None)
    at = database_now()
    assert [may(person, deed, None, at) for deed in ("open_vote", "hold_ceremony", "open_ballots", "decide_annulment")] == [
        True, False, False, False,
    ]  # fmt: skip


@slow
def test_two_people_extend_a_vote_after_an_outage(staff, edition):
    office, head = staff["budget_coordinator"], staff["head"]
    vote = _open(staff, edition)
    end = vote.closes_at
    facts = {"outage": "40", "minutes": "30", "reason": "Awaria sieci"}
    assert "co najmniej tyle minut" in page(office, "extension", vote.pk, **facts).text
    assert "czeka na drugą osobę" in page(office, "extension", vote.pk, **facts | {"minutes": "60"}).text
    change = edition.changes.get(kind="outage")
    own = page(office, "extension", vote.pk, deed="approve", change=change.pk)
    vote.refresh_from_db()
    assert "Zatwierdza ją inna osoba" in own.text and vote.closes_at == end
    assert "Rozstrzyga inna osoba" in page(office, "course", vote.pk).text
    forged = page(head, "extension", vote.pk, deed="approve", change=change.pk + 1)
    assert forged.status_code == 404
    assert "Głosowanie przedłużone" in page(head, "extension", vote.pk, deed="approve", change=change.pk).text
    vote.refresh_from_db()
    assert vote.closes_at == end + timedelta(minutes=60)
    assert any(
        "Awaria sieci" in leaf.entry and '"minutes":60' in leaf.entry
        for leaf in [*LogLeaf.objects.all(), *PendingLeaf.objects.all()]
    )


def _open(staff, edition):
    vote = actions.prepare_from_edition(edition=edition)
    shares = actions.hold_ceremony(vote=vote, needed=2, functions=["a", "b", "c"])
    vote.refresh_from_db()
    actions.drill(vote=vote, shares=shares)
    return actions.open_vote(vote=vote)


@slow
def test_a_moved_stage_moves_the_vote_and_an_open_one_only_later(staff, edition):
    vote = actions.prepare_from_edition(edition=edition)
    two = staff["budget_coordinator"].person, staff["head"].person
    first = (database_now() + timedelta(days=3)).date()

    def move(first, last):
        change = budget.propose_stage(edition=edition, code="voting", first=first, last=last, reason="Uchwała", person=two[0])
        return budget.settle_change(change=change, approve=True, person=two[1])

    move(first, first + timedelta(days=9))
    vote.refresh_from_db()
    stage = edition.stages.get(code="voting")
    assert (vote.opens_at, vote.closes_at) == (stage.starts_at, stage.ends_at)
    _open(staff, edition)
    with pytest.raises(budget.counting.rules.NotPossible, match="początek zostaje"):
        move(first - timedelta(days=1), first + timedelta(days=9))
    edition.changes.filter(settled_at=None).update(settled_at=database_now(), settled_by=two[0])
    with pytest.raises(budget.counting.rules.NotPossible, match="tylko na później"):
        move(first, first + timedelta(days=8))
    edition.changes.filter(settled_at=None).update(settled_at=database_now(), settled_by=two[0])
    move(first, first + timedelta(days=10))
    vote.refresh_from_db()
    assert vote.closes_at == edition.stages.get(code="voting").ends_at
    change = budget.propose_rules(edition=edition, values={"double_vote": "last"}, reason="Zmiana", person=two[0])
    with pytest.raises(budget.counting.rules.NotPossible, match="zostają bez zmian"):
        budget.settle_change(change=change, approve=True, person=two[1])
    vote.refresh_from_db()
    assert vote.double_vote == "first"
