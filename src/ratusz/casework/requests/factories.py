"""Requests for tests."""

from __future__ import annotations

import uuid

from ratusz.casework.requests.actions import receive_request
from ratusz.casework.requests.models import Contact, Kind, Request


def make_request(kind: str = Kind.INFORMATION, *, received_at=None, **facts) -> Request:
    """A request received just now, answered by e-mail; give what matters."""
    usual = {"text": "Proszę o wykaz umów z 2025 roku.", "contact": Contact.EMAIL, "contact_value": "pyta@example.pl"}
    return receive_request(kind=kind, facts=usual | facts, form_key=uuid.uuid4(), received_at=received_at)
