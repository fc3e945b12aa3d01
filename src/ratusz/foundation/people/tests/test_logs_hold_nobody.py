"""Whatever people do with their accounts and settings, no logger is handed their address, number, name, code, password or link."""

import logging
import re

import pytest
from django.test import Client

from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications import links
from ratusz.foundation.notifications.adapters import Permanent, Temporary
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people import actions
from ratusz.foundation.people.actions.privacy import erase_person, export_person, find_person
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.rules import CodeRefused

pytestmark = pytest.mark.django_db
ADDRESS, NUMBER, NAME, PASSWORD = "jadwiga.osobliwa@example.pl", "600 987 654", "Osobliwa-Unikalna", "długie hasło bez wzorca"


class Breaking:
    """A transport that refuses, breaks and at last takes a message, naming the address as servers do."""

    def __init__(self):
        self.faults = [Temporary("RCPT 451"), Permanent("RCPT 550"), ValueError(f"no mailbox {ADDRESS}"), None]

    def send(self, envelope):
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            raise fault

    def close(self):
        """Nothing to let go."""


@pytest.fixture
def lines(caplog, monkeypatch):
    """Every record of every logger, message, arguments, extras and traces: before any filter."""
    caplog.set_level(logging.INFO)
    return lambda: "\n".join(f"{record.__dict__} {record.getMessage()} {record.exc_text or ''}" for record in caplog.records)


@pytest.mark.slow
def test_accounts_codes_invitations_settings_exports(lines, staff_client, settings, tmp_path):
    settings.HOME = tmp_path
    account = UserFactory(email=ADDRESS, last_name=NAME, is_staff=True)
    account.set_password(PASSWORD)
    account.save()
    client = Client()
    client.post("/konto/login/", {"login": ADDRESS, "password": "zgaduję-zgadulę"})
    client.post("/konto/login/", {"login": ADDRESS, "password": PASSWORD})
    client.post("/konto/password/reset/", {"email": ADDRESS})
    sent = []
    handle = actions.send_code(purpose="b", address=NUMBER, bound_to="f", deliver=lambda to, digits: sent.append(digits))
    with pytest.raises(CodeRefused):
        actions.check_code(handle=handle, purpose="b", bound_to="f", digits="nie-to")
    actions.check_code(handle=handle, purpose="b", bound_to="f", digits=sent[0])
    administrator = staff_client("administrator")
    administrator.post("/admin/users/new/", {"email": f"n{ADDRESS}", "first_name": "J", "last_name": NAME})
    address = notifications.add_address(channel="email", value=ADDRESS, person=account)
    notifications.add_address(channel="sms", value=NUMBER, person=account)
    token = links.preferences_token(address)
    client.get(f"/powiadomienia/ustawienia/{token}/")
    client.post(f"/powiadomienia/ustawienia/{token}/", {"leave_all": "1"})
    client.post("/powiadomienia/", {"email": ADDRESS})
    for _ in range(3):
        notifications.deliver(channel="email", transport=Breaking())
    officer = staff_client("data_protection_officer")
    for deed in ("show", "export", "print"):
        officer.post("/admin/privacy/", {"address": ADDRESS, "reason": f"wniosek {NAME}", "deed": deed})
    export_person(person=find_person(ADDRESS), reason="x")
    erase_person(person=find_person(ADDRESS), reason="x")
    written = lines()
    assert "ratusz.requests" in written
    secrets = [ADDRESS, "osobliwa", NUMBER, "600987654", NAME, PASSWORD, "zgaduję-zgadulę", sent[0], token]
    assert [secret for secret in secrets if re.search(rf"(?<!\d){re.escape(secret)}(?!\d)", written)] == []
    assert OutboxMessage.objects.exclude(last_error="").filter(last_error__icontains="osobliwa").count() == 0
