"""What tests of self-government share: a clock that is set, and a clerk at the screens."""

from __future__ import annotations

import pytest
from tests.harness.signing_in import sign_in_staff

from ratusz.casework.meetings.actions import announcing, planning, registering, telling, waiting
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.actions import sync_access
from ratusz.participation.initiatives.debates import actions as debates
from ratusz.participation.initiatives.factories import make_clerk
from ratusz.participation.initiatives.hearings import actions as hearings


class Clock:
    """The database's clock of the actions, moved by hand."""

    def __init__(self):
        self.at = database_now()

    def __call__(self):
        return self.at


@pytest.fixture
def clock(monkeypatch, db):
    """Actions of hearings, their meetings and debates take the moment from here."""
    clock = Clock()
    for module in (announcing, planning, registering, telling, waiting, hearings, debates):
        monkeypatch.setattr(module, "database_now", clock)
    return clock


@pytest.fixture
def clerk(db):
    return make_clerk()


@pytest.fixture
def at_desk(client, clerk):
    """The client of a clerk who is signed in."""
    sync_access(person=clerk, at=database_now())
    clerk.refresh_from_db()
    sign_in_staff(client, clerk)
    return client
