"""Clocks that run on cases, their pauses, extensions and what they said; each clock keeps the whole rule it started with."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.casework.deadlines.rulebook import Rule, rule_from


class ClockQuerySet(models.QuerySet["Clock"]):
    """Filters on clocks."""

    def running(self) -> ClockQuerySet:
        """Not stopped; a paused one runs in this sense too."""
        return self.filter(stopped_at=None)

    def overdue(self, at: datetime) -> ClockQuerySet:
        """Past their term and neither stopped nor paused."""
        return self.running().filter(paused_at=None, due_at__lte=at)

    def of(self, subject: str) -> ClockQuerySet:
        return self.filter(subject=subject)


class Clock(models.Model):
    """One term that runs on one case. `subject` is a stable key "module.kind:number", the label names no private person."""

    rule_code = models.CharField(_("rule"), max_length=80)
    rule_version = models.CharField(_("version of the rule"), max_length=16)
    rule_content = models.JSONField(_("the rule as it was at the start"), encoder=DjangoJSONEncoder)
    subject = models.CharField(_("key of the case"), max_length=120, db_index=True)
    label = models.CharField(_("case"), max_length=200)
    url = models.CharField(_("address of the case"), max_length=300, blank=True)
    unit = models.ForeignKey(
        "ratusz_units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="clocks", verbose_name=_("unit")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="clocks", verbose_name=_("person")
    )
    started_at = models.DateTimeField(_("started"))
    given_due_at = models.DateTimeField(_("term as said by a person"), null=True, blank=True)
    due_at = models.DateTimeField(_("term"), null=True, blank=True, db_index=True)
    paused_at = models.DateTimeField(_("paused since"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stop_event = models.CharField(_("stopped by"), max_length=80, blank=True)
    tell_at = models.DateTimeField(_("next time to tell"), null=True, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule_code", "subject"], condition=Q(stopped_at=None), name="one_running_clock_a_rule"),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(stopped_at__gte=F("started_at")), name="clock_stops_after_start"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None, stop_event="") | (Q(stopped_at__isnull=False) & ~Q(stop_event="")),
                name="clock_stops_by_an_event",
            ),
            models.CheckConstraint(condition=Q(stopped_at=None) | Q(paused_at=None), name="stopped_clock_is_not_paused"),
        ]
        indexes = [
            models.Index(fields=["tell_at"], condition=Q(stopped_at=None, paused_at=None), name="clock_to_tell"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_content.get('name', self.rule_code)}: {self.label}"

    @cached_property
    def rule(self) -> Rule:
        """The rule in force when the clock started, whatever the packs say now."""
        return rule_from(self.rule_content)

    @property
    def was_late(self) -> bool:
        """Stopped after its term."""
        return bool(self.stopped_at and self.due_at and self.stopped_at >= self.due_at)


class ClockPause(models.Model):
    """A time that does not count, [began_at, ended_at), with its reason."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="pauses", verbose_name=_("clock"))
    began_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("pause of a clock")
        verbose_name_plural = _("pauses of clocks")
        ordering = ["began_at"]
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(ended_at=None), name="clock_pauses_once_at_a_time"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="pause_ends_after_it_began"),
            models.CheckConstraint(condition=~Q(reason=""), name="pause_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.began_at:%Y-%m-%d}"


class ClockExtension(models.Model):
    """The one time a clock's term was moved on, with its reason."""

    clock = models.OneToOneField(Clock, on_delete=models.PROTECT, related_name="extension", verbose_name=_("clock"))
    extended_at = models.DateTimeField(_("when"))
    was_due_at = models.DateTimeField(_("term before"), null=True)
    due_at = models.DateTimeField(_("term after"))
    reason = models.CharField(_("reason"), max_length=2000)

    class Meta:
        verbose_name = _("extension of a clock")
        verbose_name_plural = _("extensions of clocks")
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("was_due_at")), name="extension_moves_the_term_on"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.due_at:%Y-%m-%d}"


class ClockWarning(models.Model):
    """One step of a clock told once for one term: after an extension the same step may come again."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="warnings", verbose_name=_("clock"))
    step = models.CharField(_("step"), max_length=20)
    due_at = models.DateTimeField(_("term"))
    told_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("warning of a clock")
        verbose_name_plural = _("warnings of clocks")
        ordering = ["told_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["clock", "step", "due_at"], name="clock_tells_each_step_once")]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.step}"
