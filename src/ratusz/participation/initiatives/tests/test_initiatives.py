"""A citizens' resolution initiative: committee, signatures, formal check, three months, the Council, the pages."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.harness.signing_in import sign_in_staff

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.signatures.factories import make_signature
from ratusz.casework.signatures.models import Signature
from ratusz.casework.signatures.papers import _columns
from ratusz.casework.signatures.queries import of_subject
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.actions import sync_access
from ratusz.participation.initiatives import actions, queries, rules, supporting
from ratusz.participation.initiatives.factories import COMMITTEE, FACTS, make_clerk, make_initiative
from ratusz.participation.initiatives.models import Initiative, InitiativeState

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db):
    return make_clerk()


def _sign(mine, number):
    first = make_signature(of_subject(mine.key), home="ul. Próbna 0/1")
    names = ("collection", "channel", "state", "name", "made_at", "confirmed_at", "contact")
    copied = {name: getattr(first, name) for name in names}
    Signature.objects.bulk_create(
        Signature(**copied, home="", public_id=uuid.uuid4(), token_digest=f"t{each:063}", digest=f"d{each:063}")
        for each in range(1, number)
    )


def test_299_signatures_are_not_enough_and_the_300th_makes_the_draft_valid(clerk, monkeypatch):
    mine = make_initiative(clerk)
    assert mine.needed == 300 and not supporting.supported(mine.key).is_online_allowed
    columns = _columns(supporting.supported(mine.key))
    assert "Data urodzenia" in columns and "PESEL" not in columns
    monkeypatch.setattr(supporting.signatures, "similar_pairs", lambda collection: [])
    _sign(mine, 299)
    actions.file_draft(initiative=mine, received_on=local_day(database_now()), person=clerk)
    with pytest.raises(rules.InitiativeRefused, match="299 z 300"):
        actions.find_valid(initiative=mine, person=clerk)
    actions.call_to_complete(initiative=mine, words="Brakuje jednego podpisu.", person=clerk)
    assert queries.agenda_due(mine) is None
    make_signature(of_subject(mine.key), name="Anna Trzechsetna", home="ul. Próbna 300/1")
    actions.file_draft(initiative=mine, received_on=local_day(database_now()), person=clerk)
    assert actions.find_valid(initiative=mine, person=clerk).state == InitiativeState.VALID
    session = local_day(database_now()) + timedelta(days=30)
    actions.put_on_agenda(initiative=mine, session_on=session, person=clerk)
    assert Clock.objects.filter(subject=mine.key).order_by("-pk").first().stop_event == "on_agenda"
    with pytest.raises(rules.InitiativeRefused, match="numer"):
        actions.note_result(initiative=mine, is_adopted=True, resolution=" ", words="", person=clerk)
    done = actions.note_result(initiative=mine, is_adopted=True, resolution="LX/1/26", words="", person=clerk)
    assert done.state == InitiativeState.ADOPTED and of_subject(mine.key).keep_until is not None
    assert OutboxMessage.objects.count() == 7
    with pytest.raises(rules.InitiativeRefused):
        actions.withdraw_initiative(initiative=mine, person=clerk)


def test_three_months_run_from_the_day_the_draft_came(clerk):
    mine = make_initiative(clerk)
    with pytest.raises(rules.InitiativeRefused, match="jeszcze przed nami"):
        tomorrow = local_day(database_now()) + timedelta(days=1)
        actions.file_draft(initiative=mine, received_on=tomorrow, person=clerk)
    with pytest.raises(rules.InitiativeRefused, match="Sprawdź rok"):
        actions.file_draft(initiative=mine, received_on=date.min, person=clerk)
    came = date(2026, 1, 15)
    actions.file_draft(initiative=mine, received_on=came, person=clerk)
    # The end of 15 April: the half-open term ends with the first moment of the next day.
    assert local_day(queries.agenda_due(mine) - timedelta(seconds=1)) == date(2026, 4, 15)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ("\n".join(COMMITTEE.splitlines()[:4]), "4 osoby"),
        (COMMITTEE + "\n" + COMMITTEE.splitlines()[0].upper(), "dwa razy"),
        (COMMITTEE + "\n\nJan bez adresu\nEwa; ul. Próbna 2", "Wiersze 7, 8: w każdym.*średnik"),
        (COMMITTEE + "\nJan Próbny 90010112345; ul. Próbna 12/34", "PESEL"),
    ],
)
def test_a_committee_of_five_people_with_addresses_is_needed(clerk, members, words):
    with pytest.raises(rules.InitiativeRefused, match=words):
        make_initiative(clerk, members=members)


def test_whoever_is_not_of_the_department_handles_nothing_and_forgetting_keeps_the_draft(clerk):
    with pytest.raises(rules.NotYours):
        make_initiative(make_clerk("desk_officer"))
    mine = make_initiative(clerk)
    actions.withdraw_initiative(initiative=mine, person=clerk)
    assert actions.forget_committees() == 0
    assert actions.forget_committees(at=database_now() + timedelta(days=1826)) == 1
    mine.refresh_from_db()
    assert mine.contact is None and not mine.members.exists() and mine.draft


@pytest.mark.slow
def test_the_register_reads_the_same_queries_for_one_and_three(client, clerk):
    mine = make_initiative(clerk)
    url = reverse("initiatives:register")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    make_initiative(clerk)
    make_initiative(clerk)
    with CaptureQueriesContext(connection) as three:
        page = client.get(url).content.decode()
    assert len(one) == len(three) and "3 inicjatywy" in page
    shown = client.get(mine.get_absolute_url()).content.decode()
    assert FACTS["justification"] in shown and "Próbna Osobaa" not in shown and "0 / 300" in shown
    assert client.get(reverse("initiatives:draft", args=[mine.slug])).content.startswith(b"%PDF")
    assert client.get(reverse("initiatives:blank")).content.startswith(b"%PDF")
    assert mine.number in client.get(reverse("initiatives:download", args=["csv"])).content.decode()
    assert client.get(reverse("initiatives:download", args=["pdf"])).status_code == 404


@pytest.mark.slow
def test_a_clerk_registers_and_moves_an_initiative_on_its_screens(client, clerk):
    sync_access(person=clerk, at=database_now())
    clerk.refresh_from_db()
    sign_in_staff(client, clerk)
    sent = FACTS | {"form_key": uuid.uuid4(), "has_statement": "on"}
    refused = client.post(reverse("initiatives_enter"), sent | {"members": "Jan Próbny; ul. Próbna 1"}).content.decode()
    assert "1 osobę" in refused and "Jan Próbny; ul. Próbna 1" in refused
    client.post(reverse("initiatives_enter"), sent)
    mine = Initiative.objects.get()
    url = reverse("initiatives_initiative", args=[mine.pk])
    assert "Próbna Osobaa" in client.get(url).content.decode()
    client.post(url, {"deed": "file", "file-received_on": local_day(database_now()).isoformat()})
    page = client.post(url, {"deed": "valid"}).content.decode()
    assert "0 z 300" in page
    Initiative.objects.update(contact=None)
    page = client.post(url, {"deed": "return", "return-words": "Za mało podpisów."}, follow=True).content.decode()
    assert "zwrócona" in page and "nie podał adresu e-mail: wydrukuj pismo" in page
    mine.refresh_from_db()
    assert mine.state == InitiativeState.RETURNED
    assert client.get(reverse("initiatives_register")).status_code == 200
