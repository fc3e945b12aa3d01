"""Turns of duty: who answers for the department's words from when until when, beside the hours of the Office."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.dates import polish_moment


class DutyTurnQuerySet(models.QuerySet["DutyTurn"]):
    """Filters on turns of duty."""

    def at(self, at: datetime) -> DutyTurnQuerySet:
        """Those that run at that moment."""
        return self.filter(starts__lte=at, ends__gt=at)

    def not_over(self, at: datetime) -> DutyTurnQuerySet:
        """Those that run or come."""
        return self.filter(ends__gt=at)

    def over_since(self, at: datetime) -> DutyTurnQuerySet:
        """Those that had ended by then."""
        return self.filter(ends__lte=at)


class DutyTurn(models.Model):
    """One person on duty from a moment until another, the second one not included."""

    class Kind(models.TextChoices):
        """What the duty is for."""

        EDITING = "editing", _("editing")
        PRESS = "press", _("press phone")

    kind = models.CharField(_("kind of duty"), max_length=10, choices=Kind, default=Kind.EDITING)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("set by"))
    set_at = models.DateTimeField(_("set"))

    objects = DutyTurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn of duty")
        verbose_name_plural = _("turns of duty")
        ordering = ["starts", "kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="turn_ends_after_it_starts"),
            *(
                # A person's number as a range of one: ranges alone need no extension of the database.
                ExclusionConstraint(
                    name=f"one_{kind}_duty_at_a_time_for_a_person",
                    expressions=[
                        (Func(F("person"), F("person"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                        (Func(F("starts"), F("ends"), Value("[)"), function="tstzrange"), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(kind=kind),
                )
                for kind in ("editing", "press")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {polish_moment(self.starts)}"
