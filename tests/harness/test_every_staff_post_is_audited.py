"""Whatever staff send that is not refused leaves an entry in the record: all staff routes, posted to as an administrator of everything."""

from __future__ import annotations

import pytest

from ratusz.foundation.audit.models import Entry
from tests.harness.routes import all_routes
from tests.harness.signing_in import sign_in_staff

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_every_staff_post_leaves_an_entry(client, settings):
    client.raise_request_exception = False
    sign_in_staff(client)
    silent, tried = [], 0
    for route in all_routes():
        if not route.is_staff or route.pattern == "admin/logout/":
            continue
        before = Entry.objects.count()
        answer = client.post(route.address, {})
        if answer.status_code >= 400:
            continue
        tried += 1
        if Entry.objects.count() == before:
            silent.append((route.pattern, answer.status_code))
    assert silent == []
    assert tried > 60
