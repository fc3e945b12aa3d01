"""What every deed on a consultation shares: the lock, the right, the record, and telling the portal after the commit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations import rules
from ratusz.participation.consultations.models import Consultation
from ratusz.publishing.following.actions import tell_of_thing
from ratusz.publishing.website.actions import bump_content_version, refresh_after_commit

KEY = "consultations.consultation"


def begin(consultation: Consultation, deed: str, person: Any) -> tuple[Consultation, datetime]:
    """The row as it is now, held until the end of the transaction, and the moment; raises NotYours."""
    fresh = Consultation.objects.select_for_update(of=("self",)).select_related("owner_unit").get(pk=consultation.pk)
    at = database_now()
    rules.check_may(person, deed, fresh, at)
    return fresh, at


def noted(deed: str, subject: Any, person: Any, before: dict[str, Any] | None = None, /, **after: Any) -> None:
    """Into the record of who did what."""
    record(deed=f"consultations.{deed}", subject=subject, before=before, after=after, actor=person)


def show(consultation: Consultation, at: datetime, news: str = "") -> None:
    """Pages and the search are fresh after the commit; with `news`, followers are written to."""
    if consultation.announced_at is None:
        return
    refresh_after_commit(source="consultations", key=f"consultation:{consultation.pk}")
    bump_content_version()
    if news:
        tell_of_thing(thing=f"{KEY}:{consultation.pk}", text=news, at=at)


def plain(value: Any) -> Any:
    """A value as the record holds it."""
    return f"{value}" if isinstance(value, date) else getattr(value, "pk", value)
