"""Requests that wait: to whoever took one, else to all who answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.requests import queries, rules
from ratusz.foundation.kit.registries import Move

MOST = 50


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """Open requests of the person; to editors and heads also those nobody took."""
    requests = queries.with_terms().filter(settled_at=None).order_by("due_at", "pk")
    mine = requests.filter(person=person.pk)
    if rules.may(person, "take", None, at):
        mine = mine | requests.filter(person=None)
    for request in mine[:MOST]:
        words = _("Answer: %(request)s") if request.person_id else _("Take: %(request)s")
        address = reverse("requests_request", args=[request.pk])
        yield Move(words % {"request": request}, address, due_at=request.due_at, since=request.received_at, kind="requests")
