"""Register, letters, declarations and cards while ballots go in: who is let in by a document, whom no message reaches, who waits."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import Address
from ratusz.participation.voting import residents
from ratusz.participation.voting.actions import (
    add_point,
    bring_register,
    decide_declaration,
    declare,
    forget_due_registers,
    issue_cards,
    make_letters,
    prepare_from_edition,
    take_register,
)
from ratusz.participation.voting.factories import CLAUSES, VoteFactory, open_vote_on, opened_edition
from ratusz.participation.voting.models import Declaration, RegisterEntry, RegisterImport, RegisterLine, Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.tests.people import ADULT, csv_of, staff, take
from ratusz.participation.voting.waiting import moves_of

pytestmark = pytest.mark.django_db
FACTS = {"name": "Olena Zmyślona", "street": "Rynek 3", "grounds": "Pracuję tu.", "contact": "olena@example.org", "district": "L1",
         "has_pesel": False, "age_band": "30-44", "needs_guardian": False}  # fmt: skip
LOCKED = re.compile(r'FROM "?ratusz_voting_vote\b.*FOR UPDATE')
HEADING = "PESEL;Dzielnica;Imię i nazwisko;Ulica i numer;Kod i miejscowość"


def key(vote) -> bytes:
    return residents.key_by_address(vote.pk, "Olena Zmyślona", "Rynek 3", 1991)


def point_of(vote):
    return add_point(vote=vote, code="B1", name="Biblioteka", address="", person=staff())


def test_ballots_go_in_while_the_register_letters_cards_and_declarations_are_worked_on():
    """The trigger of a ballot takes the vote FOR KEY SHARE; only FOR UPDATE would make it wait."""
    vote, two, deeds = open_vote_on(identity="pesel"), (staff(), staff()), []
    point, rows = point_of(vote), csv_of(f"{ADULT};1;Anna Wymyślona;Rynek 2;Katowice", heading=HEADING)

    def done(deed):
        with CaptureQueriesContext(connection) as seen:
            result = deed()
        deeds.append([each["sql"] for each in seen if LOCKED.search(each["sql"])])
        return result

    brought = done(lambda: bring_register(vote=vote, content=rows, person=two[0]))
    done(lambda: take_register(brought=brought, person=two[1]))
    done(lambda: make_letters(vote=vote, content=rows, person=two[0]))
    done(lambda: issue_cards(point=point, count=1, person=two[0]))
    made = done(lambda: declare(vote=vote, voter_key=key(vote), **FACTS))
    done(lambda: decide_declaration(declaration=made, grant=False, reasons="x", person=two[0]))
    assert deeds == [[]] * 6


@pytest.mark.parametrize("way", ["contact", "no contact", "nobody"])
def test_an_officer_at_a_point_lets_in_by_a_document_whoever_declared_before(way, staff_client, messages):
    vote = open_vote_on(identity="pesel")
    take(vote, csv_of(f"{ADULT};1"))
    point, officer = point_of(vote), staff_client("desk_officer")
    if way != "nobody":
        declare(vote=vote, voter_key=key(vote), **FACTS | {"contact": "" if way == "no contact" else FACTS["contact"]})
    shown = {"document": "passport", "name": "Olena Zmyślona", "street": "Rynek 3", "district": "L2", "born": "1991-02-03",
             "grounds": "Pracuję tu.", "true": "on"}  # fmt: skip
    answer = officer.post(reverse("voting_desk_declaration", args=[point.pk]), shown)
    assert answer.status_code == 302 and answer.url == reverse("voting_desk", args=[point.pk])
    made, entry = Declaration.objects.get(), RegisterEntry.objects.get(vote=vote, voter_key=key(vote))
    assert (made.state, made.way, made.district, entry.district, entry.source) == ("granted", "point", "L2", "L2", "desk")
    assert made.contact == (FACTS["contact"] if way == "contact" else "") and not messages


def test_whoever_left_no_contact_is_decided_and_told_nothing(messages):
    vote = open_vote_on(identity="pesel")
    for grant, street in ((True, "Rynek 3"), (False, "Rynek 4")):
        voter = residents.key_by_address(vote.pk, "Olena Zmyślona", street, 1991)
        made = declare(vote=vote, voter_key=voter, **FACTS | {"contact": ""})
        decide_declaration(declaration=made, grant=grant, reasons="Dowód.", person=staff())
    assert [made.state for made in Declaration.objects.all()] == ["granted", "refused"]
    assert RegisterEntry.objects.count() == 1 and not messages


def test_an_address_of_a_domain_with_polish_letters_gets_its_message():
    vote = open_vote_on(identity="address")
    who, sent = f"/glosuj/{vote.edition.slug}/pl/kim-jestem/", {"name": "Jan Zmyślony", "street": "Rynek 2", "born": "1980"}
    answers = [
        Client().post(who, sent | {"contact": contact})
        for contact in ("jan@żółw.pl", "józef@example.org", "jan@" + "ż." * 90 + "pl")
    ]
    assert [answer.status_code for answer in answers] == [302, 422, 422]
    assert Address.objects.get().value == "jan@xn--w-uga1v8h.pl"


def test_a_year_after_the_vote_nothing_of_its_register_stays_also_of_a_file_nobody_took():
    old = {"state": "counted", "opens_at": database_now() - timedelta(days=380), "closes_at": database_now() - timedelta(days=366)}
    waits, holds, young = VoteFactory(**old), VoteFactory(**old), VoteFactory(**old | {"closes_at": database_now()})
    brought = RegisterImport.objects.create(
        vote=waits, file_digest=b"f", rows=1, good=1, brought_by=staff(), brought_at=old["opens_at"]
    )
    RegisterLine.objects.create(brought=brought, voter_key=b"k", age_band="30-44", needs_guardian=False)
    for vote in (holds, young):
        RegisterEntry.objects.create(vote=vote, voter_key=b"k", age_band="30-44", source="file")
    with CaptureQueriesContext(connection) as seen:
        assert forget_due_registers() == 1
    assert not any('SELECT "ratusz_voting_registerentry"."id"' in each["sql"] for each in seen)
    assert RegisterEntry.objects.get().vote == young and not RegisterLine.objects.exists() and RegisterImport.objects.count() == 1


def test_a_file_waits_on_the_desk_until_the_close_and_its_page_counts_in_the_database(staff_client):
    vote, client = open_vote_on(identity="pesel"), staff_client("budget_coordinator")
    take(vote, csv_of(f"{ADULT};1"))
    bring_register(vote=vote, content=csv_of(f"{ADULT};2"), person=staff())
    words = [each.what for each in moves_of(client.person, database_now())]
    assert len(words) == 1 and "plik rejestru" in words[0]
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("voting_register", args=[vote.pk]))
    of_register = [each["sql"] for each in seen if 'FROM "ratusz_voting_registerentry"' in each["sql"]]
    assert of_register and all("COUNT(" in sql for sql in of_register)
    Vote.objects.filter(pk=vote.pk).update(state=Vote.State.CLOSED)
    assert not list(moves_of(client.person, database_now()))


def test_a_pesel_with_a_code_to_ones_own_telephone_is_off_until_the_rules_allow_it():
    two, known = (staff(), staff("head")), CLAUSES | {"identity.preset": "pesel"}
    edition = opened_edition(two, draft_rules=known)
    with pytest.raises(VoteRefused, match="numer PESEL nie jest tajny"):
        prepare_from_edition(edition=edition)
    allowed = opened_edition(two, draft_rules=known | {"identity.pesel_own_contact": True})
    assert prepare_from_edition(edition=allowed).identity == "pesel"
