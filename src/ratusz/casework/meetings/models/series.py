"""Series of meetings: one template, many meetings; unfinished points pass from one to the next."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """A series (cykl). With a recurrence rule (RFC 5545) its meetings are made twelve months ahead; each is a row of its own."""

    title = models.CharField(_("title of the series"), max_length=200, unique=True)
    kind = models.CharField(_("kind of meeting"), max_length=40)
    recurrence = models.CharField(_("recurrence (RRULE)"), max_length=200, blank=True)
    skipped_days = models.JSONField(_("days left out"), default=list, blank=True)
    template = models.JSONField(_("what each meeting of the series begins with"), default=dict, blank=True)
    """Facts for `plan_meeting`: summary, who_may_come, contact, capacity, agenda (title, minutes, visibility) …"""
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")), name="series_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title
