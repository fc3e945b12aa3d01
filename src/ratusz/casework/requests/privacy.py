"""Where personal data lie in requests: name, contact, and whatever was written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.casework.requests import actions, rules
from ratusz.casework.requests.models import Reply, Request
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import register_personal_data
from ratusz.foundation.people.keys import plain_address
from ratusz.foundation.people.models import User

FIELDS = ("name", "contact_value", "text", "place", "wanted")
DUTY = "art. 6 ust. 1 lit. c RODO (ustawa o dostępności cyfrowej, ustawa o dostępie do informacji publicznej)"


def requests_of(person: Any):
    """Requests of whoever has this address or number; no account is needed to make one."""
    address = plain_address(person.email if isinstance(person, User) else person)
    return Request.objects.filter(contact_value__iexact=address) if address else Request.objects.none()


def _export(person: Any) -> Iterable[dict[str, Any]]:
    return requests_of(person).values("kind", "received_at", "outcome", "settled_at", *FIELDS)


def _export_replies(person: Any) -> Iterable[dict[str, Any]]:
    return Reply.objects.filter(request__in=requests_of(person)).values("about", "text", "written_at")


def _erase(person: Any) -> int:
    return actions.erase_requests(requests=requests_of(person))


def past(moment: datetime):
    """Requests whose time is over."""
    return Request.objects.settled_before(moment, rules.kept_days(local_day(moment)))


def register() -> None:
    """Fills the registry of personal data. The days come from the pack: what it says of any later day it says of today."""
    days = rules.kept_days()
    register_personal_data(
        Request, fields=(*FIELDS, "person"), purpose=_("to answer a request within the term of the law"), legal_basis=DUTY,
        retention="5 lat po zamknięciu sprawy (kategoria B5)", retention_days=days, export=_export, erase=_erase, past=past,
        kept_because=_("that there was a request, its days and how it ended: art. 17 ust. 3 lit. b RODO"),
    )  # fmt: skip
    register_personal_data(
        Reply, fields=("text",), purpose=_("to answer a request within the term of the law"), legal_basis=DUTY,
        retention="jak wniosek", export=_export_replies, erase=lambda person: 0,
        kept_because=_("that there was a request, its days and how it ended: art. 17 ust. 3 lit. b RODO"),
    )  # fmt: skip
