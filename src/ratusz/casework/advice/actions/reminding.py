"""A word the day before, so that nobody keeps a time that another could use."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.advice import links
from ratusz.casework.advice.actions.booking import PURPOSE
from ratusz.casework.advice.models import Appointment, State
from ratusz.casework.advice.openings import moment_of
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_moment
from ratusz.foundation.notifications.actions import send


@transaction.atomic
def remind(*, at: datetime | None = None) -> int:
    """Every afternoon: whoever comes tomorrow gets one message, however often this runs."""
    tomorrow = local_day(at or database_now()) + timedelta(days=1)
    first, end = (moment_of(day, datetime.min.time()) for day in (tomorrow, tomorrow + timedelta(days=1)))
    found = Appointment.objects.filter(state=State.BOOKED, starts_at__gte=first, starts_at__lt=end).exclude(contact=None)
    count = 0
    for mine in found.select_related("point", "outing", "contact").order_by("pk"):
        text = _("Tomorrow we wait for you: %(moment)s, %(where)s. If you cannot come, cancel here: %(link)s") % {
            "moment": polish_moment(mine.starts_at), "where": mine.where, "link": links.my_appointment_url(mine),
        }  # fmt: skip
        send(to=mine.contact, purpose=PURPOSE, subject=_("Your conversation tomorrow"), text=text, dedup_key=f"{mine.key}:reminder")
        count += 1
    return count
