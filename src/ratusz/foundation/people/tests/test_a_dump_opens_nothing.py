"""Whoever reads the whole database finds no secret by which they could enter: keys lie outside it."""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from ratusz.foundation.people import actions
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.sessions import stored_key

pytestmark = pytest.mark.django_db
SECRET, PASSWORD = "JBSWY3DPEHPK3PXP", "długie hasło bez wzorca"


def dump() -> str:
    """Every row of every table as text."""
    text = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            text += [row[0] for row in cursor.fetchall()]
    return "\n".join(text)


def test_neither_password_nor_second_factor_nor_recovery_code_nor_session_nor_code():
    account = UserFactory(is_staff=True)
    account.set_password(PASSWORD)
    account.save()
    TOTP.activate(account, SECRET)
    codes = RecoveryCodes.activate(account).generate_codes()
    seed = RecoveryCodes.activate(account)
    client = Client()
    client.force_login(account)
    sent = []
    actions.send_code(purpose="ballot", address="a@example.pl", bound_to="sesja", deliver=lambda to, digits: sent.append(digits))
    secrets = [PASSWORD, SECRET, *codes, client.session.session_key]
    left = dump()
    assert [secret for secret in secrets if secret in left] == []
    assert f"{sent[0]}" not in {row for line in left.splitlines() for row in line.strip("()").split(",")}
    assert set(seed.instance.data) <= {"seed", "used_mask", "viewed_at"}


def test_the_seed_is_read_with_the_key_outside_the_database_alone(settings):
    from allauth.mfa.utils import decrypt
    from nacl.exceptions import CryptoError

    account = UserFactory(is_staff=True)
    seed = RecoveryCodes.activate(account).instance.data["seed"]
    assert len(decrypt(seed)) == 80
    settings.RATUSZ_KEY = lambda name: "another key"
    with pytest.raises(CryptoError):
        decrypt(seed)


def test_the_key_in_the_table_is_no_key_for_a_cookie():
    client = Client()
    client.force_login(UserFactory())
    row = Session.objects.get()
    assert row.session_key == stored_key(client.session.session_key) != client.session.session_key
    assert client.get("/konto/2fa/").status_code == 200
    thief = Client()
    thief.cookies["sessionid"] = row.session_key
    assert thief.get("/konto/2fa/").url.startswith("/konto/login/")


def test_a_session_begins_changes_and_ends_in_one_row():
    client = Client()
    client.force_login(UserFactory())
    session = client.session
    session["when"] = time.time()
    session.save()
    assert client.session["when"] == session["when"]
    assert Session.objects.count() == 1
    client.post("/konto/logout/")
    assert Session.objects.filter(session_key=stored_key(session.session_key)).count() == 0
