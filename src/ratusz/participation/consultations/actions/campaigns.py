"""The campaign of a consultation is planned, and what came of it is written."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day
from ratusz.participation.consultations import rules
from ratusz.participation.consultations.actions.steps import begin, noted
from ratusz.participation.consultations.models import Campaign, Consultation
from ratusz.participation.consultations.modes import terms

EDITABLE = ("goal", "measure", "baseline", "target", "source", "channels", "partners", "cost", "outcome")


@transaction.atomic
def save_campaign(*, consultation: Consultation, facts: dict[str, Any], person: Any) -> Campaign:
    """Writes the card; `facts` are of EDITABLE, the goal at least. Raises NotYours, ConsultationRefused."""
    fresh, at = begin(consultation, "plan", person)
    if fresh.archived_at is not None:
        raise rules.ConsultationRefused(_("The consultation is closed and archived."))
    known = terms.channels_on(fresh.starts_on or local_day(at))
    if unknown := [code for code in facts.get("channels", ()) if code not in known]:
        raise rules.ConsultationRefused(_("There is no channel “%(channel)s”.") % {"channel": unknown[0]})
    written = {name: value for name, value in facts.items() if name in EDITABLE}
    made, _is_new = Campaign.objects.update_or_create(
        consultation=fresh, defaults=written | {"changed_at": at, "changed_by": person}
    )
    noted("save_campaign", made, person, channels=made.channels, goal=made.goal)
    return made
