"""The table of due jobs, which is the queue itself, and the mark up to which each periodic work was planned."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    PARKED = "parked", _("parked")
    CANCELLED = "cancelled", _("cancelled")


UNFINISHED = (State.WAITING, State.RUNNING)


class DueJobQuerySet(models.QuerySet["DueJob"]):
    """Filters on jobs."""

    def due(self, at: datetime) -> DueJobQuerySet:
        return self.filter(state=State.WAITING, due_at__lte=at).order_by("due_at", "pk")

    def unfinished(self) -> DueJobQuerySet:
        return self.filter(state__in=UNFINISHED)

    def abandoned(self, at: datetime) -> DueJobQuerySet:
        return self.filter(state=State.RUNNING, lease_until__lt=at)

    def parked(self) -> DueJobQuerySet:
        return self.filter(state=State.PARKED).order_by("-due_at")


class DueJob(models.Model):
    """One piece of work with its moment. Its arguments are ids; of an error only the class is kept."""

    action = models.CharField(_("action"), max_length=100)
    arguments = models.JSONField(_("ids"), default=dict, blank=True)
    key = models.CharField(max_length=200, blank=True, help_text=_("At most one unfinished job has this key."))
    due_at = models.DateTimeField(_("due"))
    planned_at = models.DateTimeField(_("planned"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=100, blank=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = DueJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("due job")
        verbose_name_plural = _("due jobs")
        indexes = [
            models.Index(fields=["due_at", "id"], name="job_waiting", condition=models.Q(state="waiting")),
            models.Index(fields=["lease_until"], name="job_running", condition=models.Q(state="running")),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="job_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state="running", lease_until__isnull=False)
                | (~models.Q(state="running") & models.Q(lease_until__isnull=True)),
                name="job_has_a_lease_only_while_running",
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | (~models.Q(state="done") & models.Q(done_at__isnull=True)),
                name="job_done_has_its_moment",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=["waiting", "running"]) & ~models.Q(key=""),
                name="job_key_is_unique_while_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} #{self.pk}"


class ScheduleMark(models.Model):
    """Up to what moment a periodic work was planned; whoever ticks it holds this row."""

    name = models.CharField(max_length=100, unique=True)
    planned_until = models.DateTimeField()

    class Meta:
        verbose_name = _("mark of the schedule")
        verbose_name_plural = _("marks of the schedule")

    def __str__(self) -> str:
        return self.name
