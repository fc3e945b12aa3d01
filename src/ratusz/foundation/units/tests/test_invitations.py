"""Links for people without an account: one purpose, one object, for a time and a number of uses; each use recorded; races lost but by one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import LinkExpired, LinkRefused
from ratusz.foundation.units.actions import invitations
from ratusz.foundation.units.factories import UnitFactory
from ratusz.foundation.units.models import Invitation
from ratusz.foundation.units.rules import InvitationRevoked, InvitationUsedUp

pytestmark = pytest.mark.django_db
PURPOSE = "budget.assess_project"


@pytest.fixture
def invite():
    def invite(**kwargs) -> str:
        unit = UnitFactory(kind="entity", name="Zakład Zieleni")
        expires_at = kwargs.pop("expires_at", None) or database_now() + timedelta(days=14)
        return invitations.invite(
            purpose=PURPOSE, unit=unit, subject=unit, expires_at=expires_at, label="Osoba z zakładu", **kwargs
        )

    return invite


def use(token: str, purpose: str = PURPOSE):
    return invitations.use_invitation(purpose=purpose, token=token)


def test_each_use_is_recorded_as_the_entity(invite):
    token = invite()
    for _ in range(2):
        invitation, actor = use(token)
    assert (invitation.uses, actor.kind, actor.label) == (2, "link", "Zakład Zieleni")
    entries = Entry.objects.filter(deed="units.use_invitation", actor_kind="link", actor_label="Zakład Zieleni")
    assert entries.count() == 2


def test_looking_is_not_a_use(invite):
    token = invite(most_uses=1)
    for _ in range(3):
        assert invitations.look_at_invitation(purpose=PURPOSE, token=token).uses == 0
    use(token)
    with pytest.raises(InvitationUsedUp):
        invitations.look_at_invitation(purpose=PURPOSE, token=token)


def test_an_expired_link_opens_nothing(invite, monkeypatch):
    token = invite()
    monkeypatch.setattr(invitations, "database_now", lambda: database_now() + timedelta(days=14))
    with pytest.raises(LinkExpired):
        use(token)


def test_a_shortened_row_counts_even_when_the_token_lives(invite):
    token = invite()
    Invitation.objects.update(expires_at=database_now())
    with pytest.raises(LinkExpired):
        use(token)


def test_a_revoked_link_opens_nothing(invite):
    token = invite()
    invitations.revoke_invitation(invitation=Invitation.objects.get())
    with pytest.raises(InvitationRevoked):
        use(token)


def test_a_link_is_good_for_its_purpose_alone(invite):
    with pytest.raises(LinkRefused):
        use(invite(), purpose="budget.publish_result")


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_changed_token_opens_nothing(invite, data):
    token = invite()
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.characters(codec="ascii").filter(lambda found: found != token[place]))
    with pytest.raises(LinkRefused):
        use(token[:place] + letter + token[place + 1 :])


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_use_a_single_link_once(invite):
    token = invite(most_uses=1)

    def attempt(_) -> bool:
        try:
            use(token)
        except LinkRefused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(attempt, range(20))) == 1
    assert Invitation.objects.get().uses == 1
