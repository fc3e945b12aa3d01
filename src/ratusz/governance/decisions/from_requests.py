"""What decisions bring to the register of requests: a draft from a request, and the way between the two. Words are not copied."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.casework.requests import rules as rules_of_requests
from ratusz.casework.requests.models import Request
from ratusz.casework.requests.registries import FollowUp, follow_ups
from ratusz.governance.decisions import rules
from ratusz.governance.decisions.models import Decision

KEY = "requests.request:"


def made_of(request: Request, person: Any, at: datetime) -> tuple[str, str] | None:
    """The decision that came of it."""
    decision = Decision.objects.filter(source_key=request.key).prefetch_related("parts").first()
    if decision is None:
        return None
    sees = rules.may(person, "see", decision, at)
    return decision.number, reverse("decisions_decision", args=[decision.pk]) if sees else ""


def may_draft(request: Request, person: Any, at: datetime) -> bool:
    """Whoever reads requests and writes decisions."""
    return rules_of_requests.may(person, "see", request, at) and rules.may(person, "draft", None, at)


def address_for(request: Request, person: Any, at: datetime) -> str:
    """Where the button leads."""
    return reverse("decisions_from_request", args=[request.pk]) if may_draft(request, person, at) else ""


def request_of(decision: Decision, person: Any, at: datetime) -> str:
    """The address of the request it came of, for whoever reads requests."""
    number = (decision.source_key or "").removeprefix(KEY) if (decision.source_key or "").startswith(KEY) else ""
    return reverse("requests_request", args=[number]) if number and rules_of_requests.may(person, "see", None, at) else ""


def register() -> None:
    """The register of requests learns of decisions."""
    name, label = _("Decision of the President"), _("Write a draft of a decision")
    follow_ups.register("decisions.decision", FollowUp(name, label, made_of, address_for))
