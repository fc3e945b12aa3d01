"""Sign-in through the city's OpenID Connect, against a real provider on this machine."""

import contextlib
import re
import socket
import subprocess
import sys
import time

import httpx
import pytest

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import User

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def provider():
    """In a process of its own: its libraries warn, and warnings are errors here."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        with contextlib.suppress(httpx.TransportError):
            httpx.get(f"{address}/.well-known/openid-configuration")
            break
        time.sleep(0.1)
    yield address
    process.terminate()
    process.wait()


@pytest.fixture
def city(settings, provider):
    app = {"provider_id": "miasto", "name": "Konto miejskie", "client_id": "ratusz", "secret": "tajne"}
    app["settings"] = {"server_url": provider}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return provider


def come_back(client, city, email: str, is_verified: bool = True):
    """What the browser does: to the provider, consent there, back with a code."""
    claims = {"email": email, "email_verified": is_verified}
    httpx.put(f"{city}/users/osoba-1", json=claims).raise_for_status()
    to_provider = client.post("/konto/oidc/miasto/login/?process=login&next=/admin/")
    back = httpx.post(to_provider.url, data={"sub": "osoba-1"})
    path = re.sub(r"^https?://[^/]+", "", back.headers["location"])
    return client.get(path)


def test_a_verified_address_opens_the_existing_account(client, city):
    account = UserFactory(email="redakcja@example.pl", is_staff=True)
    answer = come_back(client, city, "Redakcja@example.pl")
    assert answer.url == "/admin/"
    assert client.session["_auth_user_id"] == str(account.pk)
    assert client.get("/admin/").url.startswith("/konto/drugi-skladnik/"), "the second factor is asked for here as well"
    assert set(Entry.objects.values_list("deed", flat=True)) >= {"people.connect_city_sign_in", "people.sign_in"}


@pytest.mark.parametrize(("email", "is_verified"), [("redakcja@example.pl", False), ("ktos-inny@example.pl", True)])
def test_an_unverified_or_unknown_address_opens_nothing(client, city, email, is_verified):
    UserFactory(email="redakcja@example.pl", is_staff=True)
    answer = come_back(client, city, email, is_verified)
    assert answer.url == "/konto/login/"
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1
