"""What an initiative asks of those who sign it, by the pack; how its collection stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.casework.signatures import queries as signatures
from ratusz.casework.signatures.queries import Standing
from ratusz.casework.signatures.registries import Supported, SupportedKind
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.initiatives import rules, terms
from ratusz.participation.initiatives.models import Initiative, InitiativeState

KIND = "initiatives.initiative"
COLLECTING = (InitiativeState.COLLECTING, InitiativeState.CALLED)


def supported(subject: str) -> Supported | None:
    """What the initiative of a key asks for."""
    mine = Initiative.objects.filter(pk=subject.partition(":")[2]).first()
    if mine is None:
        return None
    at = database_now()
    birth = terms.entry("asks_birth_date", at)
    return Supported(
        title=mine.title, url=mine.get_absolute_url(), needed=mine.needed,
        basis=terms.entry("signatures_needed", at).legal_basis,
        until=None if mine.state in COLLECTING else mine.filed_at,
        who=_("Whoever may vote for the City Council may sign. Read the draft and its justification before you sign."),
        is_online_allowed=terms.term("is_online_allowed", at),
        online_clause=_("the resolution on citizens' initiatives (art. 41a of the municipal act)"),
        birth_ground=birth.legal_basis if birth.value else "",
    )  # fmt: skip


def may_see(person: Any, subject: str, at: datetime) -> bool:
    """Whoever checks initiatives sees the numbers of their collections."""
    return rules.may(person, "see", None, at)


def kind() -> SupportedKind:
    """Initiatives as a kind of things that people sign."""
    return SupportedKind(name=gettext_lazy("citizens' resolution initiative"), of=supported, may_see=may_see)


def standing(mine: Initiative) -> Standing | None:
    """How its collection stands."""
    return signatures.standing(mine.key)
