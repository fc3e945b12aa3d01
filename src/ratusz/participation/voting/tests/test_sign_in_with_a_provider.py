"""Voters known by OpenID Connect, against a real provider on this machine; answers that were tampered with open nothing."""

import contextlib
import re
import socket
import subprocess
import sys
import time

import httpx
import pytest
from django.test import Client

from ratusz.participation.voting import envelopes
from ratusz.participation.voting.factories import number, open_vote_on
from ratusz.participation.voting.models import GuardianConsent, HeldProof, SealedBallot
from ratusz.participation.voting.tests.people import ADULT, CHILD, OTHER, csv_of, take

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def provider():
    """In a process of its own: its libraries warn, and warnings are errors here."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _try in range(100):
        with contextlib.suppress(httpx.TransportError):
            httpx.get(f"{address}/.well-known/openid-configuration")
            break
        time.sleep(0.1)
    yield address
    process.terminate()
    process.wait()


@pytest.fixture
def vote(settings, provider):
    settings.RATUSZ_VOTER_OIDC_URL, settings.RATUSZ_VOTER_OIDC_SECRET = provider, "tajne"
    made = open_vote_on(identity="oidc")
    take(made, csv_of(f"{ADULT};1", f"{CHILD};2"))
    return made


def come_back(client: Client, vote, provider: str, claims: dict, whom: str = "ja", change=lambda path: path):
    """What the browser does: to the provider, consent there, back with a code."""
    httpx.put(f"{provider}/users/osoba-1", json=claims).raise_for_status()
    away = client.get(f"/glosuj/{vote.edition.slug}/pl/logowanie/{whom}/")
    back = httpx.post(away.url, data={"sub": "osoba-1"})
    return client.get(change(re.sub(r"^https?://[^/]+", "", back.headers["location"])))


def test_whoever_signs_in_votes_under_the_digest_of_the_register(vote, provider, caplog):
    client, base = Client(), f"/glosuj/{vote.edition.slug}/pl/"
    assert f"{base}logowanie/" in client.get(base).content.decode()
    assert f"{base}logowanie/ja/" in client.get(f"{base}logowanie/").content.decode()
    assert "prompt=login" in client.get(f"{base}logowanie/ja/").url, "who was signed in before signs in anew"
    assert come_back(client, vote, provider, {"pesel": ADULT}).url == f"{base}karta/"
    client.post(f"{base}urna/", {f"p/M/{number(vote.edition, 'M', 1)}": "3", "klucz": "k"})
    ballot = SealedBallot.objects.get()
    assert (bytes(ballot.voter_key), ballot.district) == (envelopes.voter_key(vote.pk, "pesel", ADULT), "L1")
    assert ADULT not in caplog.text and ADULT.encode() not in b"".join(bytes(each.content) for each in HeldProof.objects.all())
    assert come_back(Client(), vote, provider, {"pesel": OTHER}).status_code == 403


@pytest.mark.parametrize(
    ("claims", "change"),
    [
        ({}, lambda path: path), ({"pesel": "44051401358"}, lambda path: path), ({"pesel": 5}, lambda path: path),
        ({"pesel": ADULT}, lambda path: re.sub(r"state=[^&]+", "state=x", path)),
        ({"pesel": ADULT}, lambda path: re.sub(r"code=[^&]+", "code=x", path)),
    ],
)  # fmt: skip
def test_an_answer_that_is_not_whole_opens_nothing(vote, provider, claims, change):
    answer = come_back(Client(), vote, provider, claims, change=change)
    assert answer.status_code == 503 and "Logowanie się nie udało" in answer.content.decode()


def test_an_answer_is_good_for_the_browser_that_left_and_once(vote, provider):
    client, seen = Client(), []
    come_back(client, vote, provider, {"pesel": ADULT}, change=lambda path: seen.append(path) or path)
    assert Client().get(seen[0]).status_code == 404 and client.get(seen[0]).status_code == 404


@pytest.mark.parametrize("nonce", ["another"])
def test_a_token_for_another_nonce_or_audience_is_refused(vote, provider, nonce, monkeypatch):
    from ratusz.participation.voting.adapters import oidc

    real = oidc.Provider.identifier
    monkeypatch.setattr(oidc.Provider, "identifier", lambda self, **facts: real(self, **facts | {"nonce": nonce}))
    assert come_back(Client(), vote, provider, {"pesel": ADULT}).status_code == 503


def test_a_provider_that_is_away_leads_to_the_points(vote, settings):
    settings.RATUSZ_VOTER_OIDC_URL = "http://127.0.0.1:9"
    answer = Client().get(f"/glosuj/{vote.edition.slug}/pl/logowanie/ja/")
    assert answer.status_code == 503 and f"/glosuj/{vote.edition.slug}/pl/punkty/" in answer.content.decode()


def test_a_child_who_signed_in_is_let_on_by_a_guardian_who_signs_in_and_by_no_typed_number(vote, provider):
    client, base = Client(), f"/glosuj/{vote.edition.slug}/pl/"
    assert come_back(client, vote, provider, {"pesel": CHILD}).url == f"{base}opiekun/"
    asked = client.post(f"{base}opiekun/", {"pesel": ADULT, "agrees": "on"}).content.decode()
    assert not GuardianConsent.objects.exists() and f"{base}logowanie/dziecko/" in asked and 'name="pesel"' not in asked


def test_a_guardian_signs_in_for_a_child_and_for_nobody_else(vote, provider):
    client, page = Client(), f"/glosuj/{vote.edition.slug}/pl/dziecko/"
    assert come_back(client, vote, provider, {"pesel": ADULT}, "dziecko").url == page
    refused = [client.post(page, {"pesel": typed, "agrees": "on"}) for typed in (OTHER, ADULT)]
    assert [answer.status_code for answer in refused] == [422, 422] and not GuardianConsent.objects.exists()
    assert client.post(page, {"pesel": CHILD, "agrees": "on"}).url == f"/glosuj/{vote.edition.slug}/pl/karta/"
    assert bytes(GuardianConsent.objects.get().guardian_key) == envelopes.voter_key(vote.pk, "pesel", ADULT)


def test_a_yes_begun_by_one_guardian_is_not_said_by_the_next_in_the_same_browser(vote, provider):
    client, page = Client(), f"/glosuj/{vote.edition.slug}/pl/dziecko/"
    marks = []
    for person in (ADULT, OTHER):
        come_back(client, vote, provider, {"pesel": person}, "dziecko")
        marks.append(re.search(r'name="czyj" value="([^"]+)"', client.get(page).content.decode())[1])
    answer = client.post(page, {"pesel": CHILD, "agrees": "on", "czyj": marks[0]})
    assert answer.status_code == 409 and not GuardianConsent.objects.exists()
