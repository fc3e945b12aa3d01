"""The door of a meeting with 1,000 registrations: the list for a phone, a search, one check-in, by the pages people use."""

from __future__ import annotations

import statistics
import sys
import time
import uuid
from typing import Any

from bench.own_database import own_database

REGISTRATIONS, LIMIT_MS, LIMIT_BYTES = 1000, 200.0, 150_000
RUNS, RUNS_SHORT = 101, 11


def main(short: bool) -> None:
    """Short: 11 runs instead of 101."""
    with own_database():
        _tell(RUNS_SHORT if short else RUNS)


def _tell(runs: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.urls import reverse

    settings.ALLOWED_HOSTS = ["*"]
    meeting, client = _meeting(), _signed_in()
    door, listed = reverse("meetings_door", args=[meeting.pk]), reverse("meetings_phone_list", args=[meeting.pk])
    codes = list(meeting.registrations.values_list("door_code", flat=True)[:runs])
    client.get(door)
    lists = [_milliseconds(lambda: client.get(listed)) for _run in range(runs)]
    searches = [_milliseconds(lambda: client.post(door, {"deed": "search", "text": "kowal"})) for _run in range(runs)]
    came = [_milliseconds(lambda code=code: client.post(door, {"deed": "in", "code": code, "door": "A"})) for code in codes]
    assert meeting.registrations.filter(standing="checked_in").count() == runs
    size = len(client.get(listed).content)
    print(f"a meeting with {REGISTRATIONS} registrations, {runs} runs")
    print(f"list for a phone: {size} bytes, limit {LIMIT_BYTES}, {'met' if size <= LIMIT_BYTES else 'short'}")
    for name, times in (("list", lists), ("search", searches), ("check-in", came)):
        _report(name, times)


def _meeting() -> Any:
    from ratusz.casework.meetings.factories import make_meeting, make_registration
    from ratusz.casework.meetings.models import Registration

    meeting = make_meeting(in_days=-1 / 24)
    first = make_registration(meeting, name="Kowalska-Próbna Anna")
    rows = [
        Registration(
            meeting=meeting, name=f"Osoba Próbna-Dwuczłonowa {number}", standing="confirmed", made_at=first.made_at,
            confirmed_at=first.made_at, door_code=f"{number:06}", code=f"L{number:06}", token_digest=f"{number:064}",
            public_id=uuid.uuid4(),
        )
        for number in range(REGISTRATIONS - 1)
    ]  # fmt: skip
    Registration.objects.bulk_create(rows)
    return meeting


def _signed_in() -> Any:
    from django.test import Client

    from ratusz.foundation.units.actions import sync_access
    from ratusz.foundation.units.factories import AppointmentFactory

    made = AppointmentFactory(role_code="editor")
    sync_access(person=made.person, at=made.starts)
    client = Client()
    made.person.refresh_from_db()
    client.force_login(made.person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session["account_authentication_methods_user"] = str(made.person.pk)
    session.save()
    from allauth.mfa.models import Authenticator

    Authenticator.objects.get_or_create(user=made.person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
    return client


def _milliseconds(deed: Any) -> float:
    began = time.perf_counter()
    answer = deed()
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code in (200, 302), answer.status_code
    return took


def _report(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    high = ordered[int(len(ordered) * 0.95) - 1]
    verdict = "met" if high < LIMIT_MS else "short"
    print(f"{name}: median {statistics.median(times):.1f} ms, 95th {high:.1f} ms, limit {LIMIT_MS:.0f} ms, {verdict}")


if __name__ == "__main__":
    main("--short" in sys.argv)
