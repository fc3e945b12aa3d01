"""Signing in with a passkey in a real browser: Chromium's own authenticator, made for tests, answers as a phone would."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.actions import sync_all_access
from ratusz.foundation.units.factories import AppointmentFactory
from tests.harness.browser import Seen, axe_problems, browser, refused_by_policy, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "długie hasło bez wzorca"


@contextmanager
def authenticator(page):
    """A virtual authenticator that holds passkeys and always recognises its owner; gives a way to ask what it holds."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    number = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    yield lambda: devtools.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]


def look(page, name: str) -> None:
    """Keeps a picture where RATUSZ_LOOK names a folder, for people who want to see the screens."""
    if folder := os.environ.get("RATUSZ_LOOK"):
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)


def problems_of(page) -> list[str]:
    return refused_by_policy(page) + axe_problems(page)


@pytest.mark.parametrize("width", [390, 1440])
def test_a_passkey_is_made_and_signs_in_alone(transactional_db, live_server, width):
    account = UserFactory(email="redakcja@example.pl", first_name="Ewa", is_staff=True)
    account.set_password(PASSWORD)
    account.save()
    AppointmentFactory(person=account)
    sync_all_access()
    host, seen = live_server.url.partition("//")[2], Seen()
    with browser() as chromium, watched_page(chromium, seen, width=width, host=host) as page, authenticator(page) as kept:
        _sign_in_by_password(page, live_server.url)
        _add_a_passkey(page)
        assert [credential["rpId"] for credential in kept()] == ["localhost"]
        page.goto(f"{live_server.url}/konto/logout/")
        page.click("main button[type=submit]")
        page.goto(f"{live_server.url}/konto/login/")
        look(page, "login")
        page.click("#passkey_login")
        page.wait_for_url("**/admin/**")
        assert page.url == f"{live_server.url}/admin/", "no code is asked for: the passkey is both factors"
    assert seen.problems == []
    assert Authenticator.objects.filter(user=account, type="webauthn").count() == 1
    deeds = Entry.objects.filter(deed__startswith="people.").order_by("pk").values_list("deed", flat=True)
    assert list(deeds) == ["people.sign_in", "people.add_passkey", "people.sign_out", "people.sign_in"]


def _sign_in_by_password(page, url: str) -> None:
    page.goto(f"{url}/admin/")
    page.fill("input[name=login]", "redakcja@example.pl")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form[action*=login] button[type=submit]:not(#passkey_login)")
    page.wait_for_url("**/drugi-skladnik/**")
    look(page, "second-factor")
    assert problems_of(page) == []


def _add_a_passkey(page) -> None:
    page.click("text=Dodaj klucz dostępu")
    page.wait_for_url("**/webauthn/add/")
    look(page, "add-passkey")
    assert problems_of(page) == []
    page.fill("input[name=name]", "Telefon służbowy")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    look(page, "recovery-codes")
    assert problems_of(page) == []
    page.goto(page.url.replace("recovery-codes/", ""))
    look(page, "factors")
    assert problems_of(page) == []
