"""Clocks in words: how long is left, whose move it is, what happened."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.deadlines.reckoning import last_day
from ratusz.casework.deadlines.rulebook import Length
from ratusz.foundation.kit.dates import local_day

CERTAINTIES = {
    "firm": gettext_lazy("read in the law"),
    "policy": gettext_lazy("the house's own rule"),
    "verify": gettext_lazy("to be checked with a lawyer"),
    "disputed": gettext_lazy("lawyers differ: treat as recommended"),
}
HAPPENINGS = {
    "started": gettext_lazy("The clock started"),
    "paused": gettext_lazy("Paused"),
    "resumed": gettext_lazy("Runs again"),
    "extended": gettext_lazy("Term extended"),
    "warned": gettext_lazy("Warning"),
    "overdue": gettext_lazy("The term is over"),
    "stopped": gettext_lazy("Stopped"),
}
STOPS = {
    "done": gettext_lazy("done"),
    "alternative_access": gettext_lazy("another way of access given"),
    "refused": gettext_lazy("refused"),
    "handed_over": gettext_lazy("handed over to another body"),
    "answered": gettext_lazy("answered"),
    "not_public_information": gettext_lazy("told that it is no public information"),
    "not_held": gettext_lazy("told that we do not have it"),
    "notice": gettext_lazy("told of the cost"),
    "no_cost": gettext_lazy("without extra cost"),
    "closed": gettext_lazy("the case is closed"),
    "changed": gettext_lazy("the request was changed"),
    "published": gettext_lazy("published"),
    "removed": gettext_lazy("removed"),
    "reviewed": gettext_lazy("reviewed"),
    "confirmed": gettext_lazy("confirmed"),
    "unpublished": gettext_lazy("taken off the page"),
    "owner_changed": gettext_lazy("another owner"),
    "claimed": gettext_lazy("taken to work on"),
    "edited": gettext_lazy("edited"),
    "asked_back": gettext_lazy("asked back"),
    "approved": gettext_lazy("approved"),
    "sent_back": gettext_lazy("sent back"),
    "corrected": gettext_lazy("corrected"),
    "withdrawn": gettext_lazy("withdrawn"),
    "seen": gettext_lazy("seen by a moderator"),
    "judged": gettext_lazy("judged by a moderator"),
    "decided": gettext_lazy("the appeal is decided"),
}


def event_in_words(event: str) -> str:
    """What stopped a clock; a module's own event stays as the module calls it."""
    return str(STOPS.get(event, event.replace("_", " ")))


def left_in_words(clock: Clock, at: datetime) -> str:
    """ "5 days left", "today", "late by 2 days", "paused", "in time"."""
    if clock.stopped_at is not None:
        return _("closed after the term") if clock.was_late else _("closed in time")
    if clock.paused_at is not None:
        return _("paused")
    if clock.due_at is None:
        return _("the day is not known yet")
    days = (last_day(clock.due_at) - local_day(at)).days
    if clock.due_at <= at:
        return ngettext("late by %(n)d day", "late by %(n)d days", -days) % {"n": -days} if days else _("late since today")
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days} if days else _("today")


def length_in_words(length: Length) -> str:
    """ "2 months"."""
    words = {
        "hour": ngettext("%(n)d hour", "%(n)d hours", length.number),
        "cal_day": ngettext("%(n)d day", "%(n)d days", length.number),
        "work_day": ngettext("%(n)d working day", "%(n)d working days", length.number),
        "month": ngettext("%(n)d month", "%(n)d months", length.number),
        "year": ngettext("%(n)d year", "%(n)d years", length.number),
    }
    return words[length.unit] % {"n": length.number}


def within_in_words(length: Length) -> str:
    """ "within 7 days"."""
    words = {
        "hour": ngettext("within %(n)d hour", "within %(n)d hours", length.number),
        "cal_day": ngettext("within %(n)d day", "within %(n)d days", length.number),
        "work_day": ngettext("within %(n)d working day", "within %(n)d working days", length.number),
        "month": ngettext("within %(n)d month", "within %(n)d months", length.number),
        "year": ngettext("within %(n)d year", "within %(n)d years", length.number),
    }
    return words[length.unit] % {"n": length.number}


def owner_in_words(clock: Clock) -> str:
    """Whose move it is."""
    return " · ".join(str(owner) for owner in (clock.person, clock.unit) if owner is not None) or _("nobody's yet")
