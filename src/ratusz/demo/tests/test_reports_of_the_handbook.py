"""Every entry under Raporty that the handbook names stands in the menu of the demo accounts it names, and opens."""

import json

import pytest

from ratusz.demo import people
from ratusz.demo.accounts import DEMO_ACCOUNTS
from ratusz.foundation.people.models import User

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LOCAL = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}
MESSAGES = {"/admin/outbox/": "Skrzynka nadawcza", "/admin/suppressions/": "Adresy, na które nie piszemy"}
LETTERS = {"/admin/letters/": "Listy do druku"}
UPKEEP = {"/admin/quarantine/": "Pliki w kwarantannie", "/admin/jobs/": "Zadania, które utknęły"}
EVERYTHING = {**MESSAGES, **LETTERS, **UPKEEP}
HANDBOOK = {
    "administrator": EVERYTHING,
    "head": {**MESSAGES, **LETTERS},
    "deputy_head": {**MESSAGES, **LETTERS},
}


@pytest.mark.parametrize("code", [each.code for each in DEMO_ACCOUNTS])
def test_reports_open_for_whom_the_handbook_names(client, settings, code):
    settings.DEMO = True
    people.load(lambda words: None)
    email = next(each.email for each in DEMO_ACCOUNTS if each.code == code)
    client.post("/demo/konta", {"account": User.objects.get(email=email).pk}, **LOCAL)
    desk = client.get("/admin/", **LOCAL).content.decode()
    seen = {address: label for address, label in EVERYTHING.items() if f'"{address}"' in desk and json.dumps(label) in desk}
    opened = {address: label for address, label in EVERYTHING.items() if client.get(address, **LOCAL).status_code == 200}
    assert (seen, opened) == (HANDBOOK.get(code, {}), HANDBOOK.get(code, {}))
