"""A NUL byte in an address, a filter, a form or JSON is answered with 400: never with an error of ours, never kept."""

from __future__ import annotations

import json
import uuid

import pytest
from django.db import DataError
from django.urls import reverse

from ratusz.casework.meetings.factories import make_meeting, make_registration
from ratusz.casework.meetings.factories_minutes import make_minutes
from ratusz.config.nul_bytes import NulBytesRefused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/ustalenia/U-%00/", "/ustalenia/U-%00/obserwuj/", "/spotkania/?dzielnica=%00&rodzaj=%00"])
def test_an_address_with_a_nul_byte_is_not_understood(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Cache-Control"]) == (400, "no-store")
    assert "Nie rozumiemy" in answer.text


def test_other_errors_of_the_database_go_on_as_they_were(rf):
    middleware = NulBytesRefused(lambda request: None)  # type: ignore[arg-type,return-value]
    assert middleware.process_exception(rf.get("/"), DataError("value too long")) is None
    assert middleware.process_exception(rf.get("/"), ValueError("NUL (0x00)")) is None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_forms_of_staff_with_a_nul_byte_are_not_understood_and_the_door_drops_it(staff_client):
    client = staff_client("head")
    meeting = make_meeting(in_days=-0.01)
    minutes, seat = make_minutes(meeting), make_registration(meeting)
    heading = minutes.blocks.get(kind="heading")
    door, write = reverse("meetings_door", args=[meeting.pk]), reverse("meetings_minutes_write", args=[meeting.pk])
    typed = {f"b-{heading.key}-revision": heading.revision, f"b-{heading.key}-host": "Jan\x00", f"b-{heading.key}-was": "x"}
    posts = [
        (door, {"deed": "in", "code": f"R1:{meeting.pk}:AB\x00CD"}),
        (door, {"deed": "walk", "press": str(uuid.uuid4()), "door": "A\x00"}),
        (write, typed),
        (reverse("meetings_minutes_step", args=[meeting.pk]), {"deed": "hide", "words": "bo\x00"}),
    ]
    assert [client.post(path, facts).status_code for path, facts in posts] == [400] * 4
    press = {"kind": "in", "key": f"{seat.door_code}\x00", "moment": 1}
    sent = json.dumps({"door": "A\x00", "device": "d", "presses": [press]})
    answer = client.post(reverse("meetings_phone_sync", args=[meeting.pk]), sent, content_type="application/json")
    assert (answer.status_code, answer.json()["answers"][0]["result"]) == (200, "in")
    heading.refresh_from_db()
    assert heading.fields["host"] == "" and minutes.is_public
