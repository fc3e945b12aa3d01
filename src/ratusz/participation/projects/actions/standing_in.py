"""Substitutions are set and ended; the queues of checks and opinions follow them at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.participation.projects import rules
from ratusz.participation.projects.models import Substitution


@transaction.atomic
def set_substitute(
    *, absent: Any = None, unit: Unit | None = None, substitute: Any, starts_at: datetime, ends_at: datetime, person: Any
) -> Substitution:
    """From then until then one person stands in for another, or for a unit. Raises NotYours, ApplicationRefused."""
    now = database_now()
    rules.check_may(person, "assign", None, now)
    if (absent is None) == (unit is None):
        raise rules.ApplicationRefused(_("Choose who is away: one person, or one unit."))
    if absent is not None and absent.pk == substitute.pk:
        raise rules.ApplicationRefused(_("Nobody stands in for themselves. Choose another person."))
    if ends_at <= starts_at or ends_at <= now:
        raise rules.ApplicationRefused(_("The last day has to be today or later, and not before the first day."))
    if not rules.may(substitute, "see", None, now):
        raise rules.ApplicationRefused(_("%(name)s has no role with projects.") % {"name": substitute.get_full_name()})
    facts = {"absent": absent, "unit": unit, "substitute": substitute, "starts_at": starts_at, "ends_at": ends_at}
    try:
        with transaction.atomic():
            made = Substitution.objects.create(**facts, set_by=person)
    except IntegrityError as error:
        raise rules.ApplicationRefused(_("This substitution is written down already.")) from error
    after = {"for": f"unit {unit.pk}" if unit else absent.pk, "by": substitute.pk, "from": starts_at, "until": ends_at}
    record(deed="projects.set_substitute", subject=made, after=after, actor=person)
    return made


@transaction.atomic
def end_substitute(*, substitution: Substitution, person: Any) -> None:
    """Ends a substitution now; one that has not begun is taken away. Raises NotYours."""
    now = database_now()
    rules.check_may(person, "assign", None, now)
    found = Substitution.objects.select_for_update().filter(pk=substitution.pk, ends_at__gt=now).first()
    if found is None:
        return
    record(deed="projects.end_substitute", subject=found, before={"until": found.ends_at}, after={"until": now}, actor=person)
    if found.starts_at >= now:
        found.delete()
        return
    found.ends_at = now
    found.save(update_fields=["ends_at"])
