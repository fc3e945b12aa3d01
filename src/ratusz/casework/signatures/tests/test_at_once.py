"""Twenty at once: one person counts once; one line is typed by two."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from django.db import transaction
from tests.harness import at_once

from ratusz.casework.signatures import actions, queries, rules
from ratusz.casework.signatures.actions import Written, signing
from ratusz.casework.signatures.factories import make_collection, make_sheet, make_signature
from ratusz.casework.signatures.models import Signature, State
from ratusz.casework.signatures.tests.conftest import worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


outcomes = partial(at_once.outcomes, refusals=(rules.SignatureRefused,))


@pytest.mark.slow
def test_twenty_of_one_person_leave_one():
    collection = make_collection()
    waiting = [
        make_signature(collection, state=State.UNCONFIRMED, confirmed_at=None, email=f"adres{number}@example.pl")
        for number in range(20)
    ]

    def confirm(mine):
        return lambda: signing._count(mine)

    assert outcomes(*map(confirm, waiting)) == ["done"] * 20
    assert queries.valid_count(collection) == 1
    assert Signature.objects.filter(state=State.REPEATED).count() == 19


def test_paper_and_online_at_once_leave_one():
    collection, clerks = make_collection(), [worker("desk_officer") for _number in range(2)]
    mine = make_signature(collection, state=State.UNCONFIRMED, confirmed_at=None)
    line = make_sheet(collection, worker("budget_coordinator")).lines.first()
    written = Written("Jan Próbny", "ul. Próbna 1/2")
    actions.type_line(line=line, written=written, person=clerks[0])
    second = lambda: actions.type_line(line=line, written=written, person=clerks[1])  # noqa: E731
    assert outcomes(lambda: signing._count(mine), second) == ["done", "done"]
    assert queries.valid_count(collection) == 1


def test_twenty_of_one_clerk_type_a_line_once():
    clerk = worker("desk_officer")
    line = make_sheet(make_collection(), worker("budget_coordinator")).lines.first()
    written = Written("Jan Próbny", "ul. Próbna 1/2")
    came = outcomes(*[lambda: actions.type_line(line=line, written=written, person=clerk)] * 20)
    assert came == ["SignatureRefused"] * 19 + ["done"]


def test_a_sheet_received_while_the_collection_closes_is_refused():
    collection, coordinator = make_collection(), worker("budget_coordinator")
    sheet = actions.issue_sheets(collection=collection, count=1)[0]
    came: list = []

    def receive():
        came.extend(outcomes(lambda: actions.receive_sheet(sheet=sheet, filled=1, scan=None, person=coordinator)))

    with transaction.atomic():
        actions.close_collection(collection=collection)
        actions.finish_check(collection=collection, person=coordinator)
        thread = threading.Thread(target=receive)
        thread.start()
        thread.join(0.4)
        assert came == [], "it waits until the collection is closed"
    thread.join()
    assert came == ["SignatureRefused"] and not sheet.lines.exists()
