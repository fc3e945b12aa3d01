"""What an application asks of its supporters, by the pack and the terms that were set; how its collection stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.casework.signatures import queries as signatures
from ratusz.casework.signatures.queries import Standing
from ratusz.casework.signatures.registries import Supported, SupportedKind
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.applications import rules, terms
from ratusz.participation.consultations.models import Application, ApplicationState, SupportTerms

KIND = "consultations.application"
COLLECTING = (ApplicationState.DRAFT, ApplicationState.COLLECTING, ApplicationState.CALLED)


def terms_now() -> SupportTerms:
    """The terms that hold: the newest that were set, or the quiet ones (paper only, no PESEL)."""
    return SupportTerms.objects.order_by("-pk").first() or SupportTerms(is_online=False, asks_pesel=False)


def supported(subject: str) -> Supported | None:
    """What the application of a key asks for; None while it needs no supporters."""
    application = Application.objects.filter(pk=subject.partition(":")[2]).first()
    if application is None or not application.number or not application.needed:
        return None
    at, chosen = database_now(), terms_now()
    until = None if application.state in COLLECTING else application.submitted_at
    return Supported(
        title=application.title, url=application.get_absolute_url(), needed=application.needed,
        basis=terms.entry("supporters_needed", at).legal_basis, until=until,
        who=_("Everybody who lives in the city may sign, at any age; being registered here is not asked."),
        is_online_allowed=chosen.is_online, online_clause=_("the resolution on consultations (art. 5a of the municipal act)"),
        pesel_ground=chosen.ground if chosen.asks_pesel else "",
    )  # fmt: skip


def may_see(person: Any, subject: str, at: datetime) -> bool:
    """Whoever checks applications sees the numbers of their collections."""
    return rules.may(person, "see", None, at)


def kind() -> SupportedKind:
    """Applications as a kind of things that people support."""
    return SupportedKind(name=gettext_lazy("application for a consultation"), of=supported, may_see=may_see)


def standing(application: Application) -> Standing | None:
    """How its collection stands; None when nothing is collected for it."""
    return signatures.standing(application.key) if application.needed else None


def missing(application: Application) -> int:
    """How many signatures the rules ask for that nobody has given yet."""
    found = standing(application)
    return found.missing if found else application.needed
