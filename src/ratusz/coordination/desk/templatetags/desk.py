"""Dates as the desk shows them: today by the hour, otherwise the day."""

from __future__ import annotations

from datetime import datetime, time

from django import template
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import last_day_of, polish_date, polish_moment, polish_range, polish_time, polish_until
from ratusz.foundation.kit.registries import DatedThing

register = template.Library()


@register.simple_tag
def due(moment: datetime, is_today: bool) -> str:
    """When a move is due; one that may take the whole day shows the day alone."""
    if localtime(moment).time() == time.min:
        return polish_until(last_day_of(moment))
    return _("today, %(time)s") % {"time": polish_time(moment)} if is_today else polish_until(moment)


@register.simple_tag
def period(thing: DatedThing) -> str:
    """From when to when a thing lasts, in days; a single moment with its hour; a term as the list of moves says it."""
    if thing.is_term and isinstance(thing.starts, datetime):
        return due(thing.starts, False)
    if thing.ends is None:
        return polish_moment(thing.starts) if isinstance(thing.starts, datetime) else polish_date(thing.starts)
    return polish_range(thing.starts, last_day_of(thing.ends))


@register.simple_tag
def from_moment(moment: datetime) -> str:
    """From when a turn of duty runs, with the day of the week."""
    return polish_moment(moment, with_weekday=True)


@register.simple_tag
def until(moment: datetime) -> str:
    """Until when a turn of duty runs, with the day of the week."""
    return polish_until(moment, with_weekday=True)
