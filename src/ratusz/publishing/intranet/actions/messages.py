"""A message becomes a notice, stays in step with it and goes with it.

Whoever wrote, approved or withdrew the message was asked for their right there; here it is not asked again, because the one who
approved it may have left the Office long before somebody changes or withdraws it.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.publishing.intranet.actions.notices import facts_of, put_out, take_off
from ratusz.publishing.intranet.differences import has_changed
from ratusz.publishing.intranet.models import Notice, State
from ratusz.publishing.intranet.queries import newest_version


def _of(source: str) -> Notice | None:
    return Notice.objects.select_for_update(of=("self",)).select_related("owner_unit").filter(source=source).first()


@transaction.atomic
def show_message(*, source: str, owner_unit: Unit, person: Any, facts: dict[str, Any], what_changed: str = "") -> Notice:
    """Makes the notice, or brings it in step: `facts` are title, lead, body and valid_until, `person` approved them.

    New words are a new version, the rest is changed quietly; what somebody closed in the intranet stays closed.
    """
    notice, now = _of(source), database_now()
    if notice is None:
        notice = Notice(source=source, owner_unit=owner_unit, author=person, **facts)
        notice.save(force_insert=True)
        record(deed="intranet.write_notice", subject=notice, after=facts_of(notice))
    elif notice.state == State.CLOSED or all(getattr(notice, name) == value for name, value in facts.items()):
        return notice
    else:
        before = facts_of(notice)
        for name, value in facts.items():
            setattr(notice, name, value)
        notice.save(update_fields=list(facts))
        record(deed="intranet.change_notice", subject=notice, before=before, after=facts_of(notice))
    newest = newest_version(notice)
    if newest is None or has_changed(newest, notice):
        put_out(notice, person, now, what_changed=what_changed)
    return notice


@transaction.atomic
def close_message(*, source: str) -> None:
    """The message was withdrawn: its notice leaves the view, if it is there."""
    notice = _of(source)
    if notice is not None and notice.state == State.PUBLISHED:
        take_off(notice, database_now())
