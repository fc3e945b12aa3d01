"""Lines of sheets that wait for a typing or a third look, on the desk of whoever may do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.signatures import queries, rules
from ratusz.foundation.kit.registries import Move

MOST = 20


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """One move for each collection with lines this person may still type or settle."""
    if not getattr(person, "pk", None) or not rules.may(person, "enter", None, at):
        return
    for collection in queries.waiting_for(person)[:MOST]:
        what = _("Receive and type the sheets: %(title)s") % {"title": collection.title}
        address = reverse("signatures_collection", args=[collection.pk])
        yield Move(what, address, due_at=collection.until, since=collection.opened_at, kind="signatures")
