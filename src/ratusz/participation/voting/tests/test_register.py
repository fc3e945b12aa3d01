"""The register of voters: a file of one person taken by another, every bad row named by its number and never by its content."""

import re
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from ratusz.foundation.audit.models import Detail
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.voting import residents
from ratusz.participation.voting.actions import bring_register, chain_whole_log, drop_register, take_register
from ratusz.participation.voting.factories import edition_to_vote_on, open_vote_on
from ratusz.participation.voting.models import LogLeaf, RegisterEntry, RegisterImport, RegisterLine, Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.tests.people import ADULT, CHILD, OTHER, csv_of, pesel, staff, take, xlsx_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote():
    edition = edition_to_vote_on()
    edition.pools.filter(code="L2").update(name="Załęska Hałda")
    return open_vote_on(edition, identity="pesel")


def known(vote) -> list[tuple[str, str, bool]]:
    return sorted(RegisterEntry.objects.filter(vote=vote).values_list("district", "age_band", "needs_guardian"))


def test_two_people_and_nothing_but_a_digest_a_district_and_an_age_band(vote):
    first, second = staff(), staff("head")
    brought = bring_register(vote=vote, content=csv_of(f"{ADULT};1", f"{CHILD};Załęska-Hałda", f"{OTHER};L2"), person=first)
    assert (brought.rows, brought.good, brought.faults, known(vote)) == (3, 3, [], [])
    with pytest.raises(VoteRefused, match="inna osoba"):
        take_register(brought=brought, person=first)
    taken = take_register(brought=brought, person=second)
    assert (taken.added, taken.changed, RegisterLine.objects.count()) == (3, 0, 0)
    assert known(vote) == [("L1", "45-59", False), ("L2", "45-59", False), ("L2", "<18", True)]
    chain_whole_log()
    assert LogLeaf.objects.get().entry == '{"added":3,"changed":0,"deed":"register","kind":"deed","people":3}'
    with pytest.raises(VoteRefused, match="rozstrzygnięty"):
        take_register(brought=brought, person=second)
    with connection.cursor() as cursor:
        for table in ("registerentry", "registerimport", "registerline"):
            cursor.execute(f"SELECT row_to_json(t)::text FROM ratusz_voting_{table} t")
            assert not [row for row in cursor.fetchall() if ADULT in row[0] or CHILD in row[0]]
    assert ADULT not in "".join(str(each.content) for each in Detail.objects.all())


def test_twice_the_same_changes_nothing_and_a_newer_file_moves_people(vote):
    content = csv_of(f"{ADULT};1", f"{OTHER};2")
    person = staff()
    assert bring_register(vote=vote, content=content, person=person) == bring_register(vote=vote, content=content, person=person)
    assert (take(vote, content).added, take(vote, content).added) == (2, 0)
    again = take(vote, csv_of(f"{ADULT};2", f"{OTHER};2"))
    assert (again.added, again.changed, known(vote)) == (0, 1, [("L2", "45-59", False)] * 2)


def test_every_bad_row_is_named_and_the_good_ones_stay(vote):
    future = pesel(local_day(database_now()) + timedelta(days=30))
    rows = [
        f"{ADULT};1", f"{ADULT[:-1]}{(int(ADULT[-1]) + 1) % 10};1", "8005171234;1", "x;1", "80133212340;1", f"{future};1", f"{OTHER};17",
        "22222222222;1", f"{ADULT};1", f"{ADULT};2", f"{CHILD}", "", "00000000000;1", "80851712348;1",
    ]  # fmt: skip
    brought = bring_register(vote=vote, content=csv_of(*rows), person=staff())
    kinds = dict(map(tuple, brought.faults))
    assert (brought.rows, brought.good) == (13, 1)
    assert kinds == {
        3: "pesel_checksum", 4: "pesel_lost_zero", 5: "pesel_not_eleven_digits", 6: kinds[6], 7: "pesel_future", 8: "district",
        9: "pesel_odd", 10: "repeated", 11: "repeated_differs", 12: "cells", 14: "pesel_date", 15: kinds[15],
    }  # fmt: skip
    assert {kinds[6], kinds[15]} <= {"pesel_date", "pesel_checksum", "pesel_century"}
    assert Counter(brought.fault_counts) == Counter(kinds.values())
    drop_register(brought=brought, person=staff())
    assert not RegisterLine.objects.exists() and known(vote) == []


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_usual_encodings_and_separators_are_read(vote, encoding, delimiter):
    rows = [f"{ADULT};Załęska Hałda;ł", f"{OTHER};L1;ą"]
    content = csv_of(*rows, heading="Pesel;DZIELNICA;Uwagi").decode().replace(";", delimiter).encode(encoding)
    assert (take(vote, content).added, known(vote)) == (2, [("L1", "45-59", False), ("L2", "45-59", False)])


@pytest.mark.slow
def test_a_workbook_whose_numbers_lost_their_zeros_is_read(vote):
    young = pesel(date(2005, 1, 2))
    content = xlsx_of(("Dzielnica", "PESEL"), ("1", int(young)), (2, ADULT), (None, None), ("L1", float(OTHER)))
    assert young.startswith("05") and take(vote, content).added == 3
    assert known(vote) == [("L1", "18-29", False), ("L1", "45-59", False), ("L2", "45-59", False)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PESEL;Ulica\r\n1;2\r\n", "Brakuje: dzielnica"), (b"", "Brakuje: dzielnica, pesel"), (b"PESEL;Dzielnica\r\n", "nie ma wierszy"),
        (b"PK\x03\x04rubbish", "skoroszytu"), (b"\x81\x98\xff;\x00", "odczytać"), (b"PESEL;Dzielnica\r\n1\x00;2", "nie tabela"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_register_is_refused_in_words(vote, content, words):
    with pytest.raises(VoteRefused, match=words):
        bring_register(vote=vote, content=content, person=staff())
    assert not RegisterImport.objects.exists()


@pytest.mark.slow
def test_by_address_where_the_edition_knows_people_so():
    vote = open_vote_on(identity="address")
    heading = "Imię i nazwisko;Adres;Data urodzenia;Dzielnica"
    rows = [
        "Anna Wymyślona;Rynek 1/2;1980-05-17;1",
        ";Rynek 1;1980-05-17;1",
        "Jan Nikt;;17.05.1980;1",
        "Jan Nikt;Rynek 3;31.02.1980;1",
    ]
    brought = bring_register(vote=vote, content=csv_of(*rows, heading=heading), person=staff())
    assert [tuple(fault) for fault in brought.faults] == [(3, "no_name"), (4, "no_street"), (5, "born")]
    take_register(brought=brought, person=staff())
    assert bytes(RegisterEntry.objects.get().voter_key) == residents.key_by_address(vote.pk, "ANNA WYMYSLONA", "rynek 1 / 2", 1980)


@pytest.mark.slow
def test_who_may_and_until_when(vote):
    brought = bring_register(vote=vote, content=csv_of(f"{ADULT};1"), person=staff())
    for role in ("desk_officer", "editor"):
        with pytest.raises(VoteRefused, match="rola"):
            bring_register(vote=vote, content=csv_of(f"{OTHER};1"), person=staff(role))
        with pytest.raises(VoteRefused, match="rola"):
            take_register(brought=brought, person=staff(role))
    Vote.objects.filter(pk=vote.pk).update(state=Vote.State.CLOSED)
    with pytest.raises(VoteRefused, match="zamknięte"):
        take_register(brought=brought, person=staff())


@pytest.mark.slow
def test_the_database_itself_asks_for_two_people(vote):
    person = staff()
    brought = bring_register(vote=vote, content=csv_of(f"{ADULT};1"), person=person)
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        RegisterImport.objects.filter(pk=brought.pk).update(state="taken", decided_by=person, decided_at=database_now())


@pytest.mark.slow
def test_the_screens(vote, staff_client, caplog, monkeypatch, settings):
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    laid_down = []
    made = tempfile.NamedTemporaryFile
    monkeypatch.setattr(
        "django.core.files.temp.NamedTemporaryFile",
        lambda *given, **named: laid_down.append(file := made(*given, **named)) or file,
    )
    client, other = staff_client("budget_coordinator"), staff_client("budget_coordinator")
    address = reverse("voting_register", args=[vote.pk])
    assert "pesel, dzielnica" in client.get(address).content.decode()
    file = TemporaryUploadedFile("rejestr.csv", "text/csv", 100, None)
    file.write(csv_of(f"{ADULT};1", f"{OTHER};99", f"{ADULT[:-1]};1"))
    file.seek(0)
    answer = client.post(reverse("voting_bring_register", args=[vote.pk]), {"file": file})
    file.close()
    page = client.get(answer.url).content.decode()
    assert "Wiersz 3: tej dzielnicy nie ma w edycji" in page and "Wiersz 4: PESEL stracił pierwsze zero" in page
    assert "inna osoba" in page and "Weź do rejestru" not in page
    assert ADULT not in page and OTHER not in page and ADULT not in caplog.text
    assert laid_down and not [each.name for each in laid_down if Path(each.name).exists()]
    assert "Weź do rejestru" in other.get(answer.url).content.decode()
    other.post(answer.url, {"deed": "take"})
    assert known(vote) == [("L1", "45-59", False)]
    assert re.search(r"1\b.*L1|Pula", client.get(address).content.decode())
    assert staff_client("editor").get(address).status_code in (302, 403)


@pytest.mark.slow
def test_a_whole_city_is_read_and_taken_within_a_minute(vote):
    start, first = database_now(), date(1950, 1, 1)
    rows = [f"{pesel(first + timedelta(days=number % 20_000), number // 20_000)};{number % 2 + 1}" for number in range(40_000)]
    assert take(vote, csv_of(*rows)).added == 40_000
    assert database_now() - start < timedelta(minutes=1)
