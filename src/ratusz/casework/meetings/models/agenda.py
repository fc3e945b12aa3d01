"""The agenda of a meeting: its points in order with planned and real times, and each version that was published."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.kit.dates import local_day


class Visibility(models.TextChoices):
    """Who sees a point of the agenda."""

    PUBLIC = "public", _("everybody")
    ON_THE_DAY = "on_the_day", _("everybody, from the day of the meeting on")
    INTERNAL = "internal", _("staff only")


class PointState(models.TextChoices):
    """What became of a point."""

    OPEN = "open", pgettext_lazy("point", "waits")
    DONE = "done", pgettext_lazy("point", "done")
    CARRIED_OVER = "carried_over", _("goes to the next meeting")
    DROPPED = "dropped", _("not taken up")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Filters on points of agendas."""

    def for_public(self, meeting_starts_at: datetime, at: datetime) -> AgendaItemQuerySet:
        """What everybody sees at that moment: hidden points come out with the first hour of the meeting's day."""
        seen = [Visibility.PUBLIC]
        if local_day(at) >= local_day(meeting_starts_at):
            seen.append(Visibility.ON_THE_DAY)
        return self.filter(visibility__in=seen)


class AgendaItem(models.Model):
    """One point. A point from a source keeps its key, so it stands once however often the agenda is composed."""

    meeting = models.ForeignKey(
        "ratusz_meetings.Meeting", on_delete=models.CASCADE, related_name="agenda", verbose_name=_("meeting")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("point"), max_length=300)
    text = models.TextField(_("what it is about"), max_length=4000, blank=True)
    owner = models.CharField(_("who leads it"), max_length=160, blank=True)
    """A post or a unit, in words."""
    planned_minutes = models.PositiveSmallIntegerField(_("planned minutes"), default=10)
    visibility = models.CharField(_("who sees it"), max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    link = models.URLField(_("document to the point"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=60, blank=True, editable=False)
    """Name in `registries.agenda_sources`."""
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    """Key of the OpenPoint."""
    facts = models.JSONField(default=dict, blank=True, editable=False)
    """Unit, day, state, address and lateness of the OpenPoint as they were when it was put here."""
    carried_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried_to", editable=False
    )
    state = models.CharField(_("state"), max_length=12, choices=PointState, default=PointState.OPEN)
    started_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of an agenda")
        verbose_name_plural = _("points of agendas")
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"], name="a_point_has_its_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["meeting", "source_key"], condition=~Q(source_key=""), name="a_source_point_stands_once"
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="a_point_ends_after_start"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(started_at__isnull=False), name="a_point_ended_had_begun"),
            models.CheckConstraint(
                condition=Q(planned_minutes__gte=1, planned_minutes__lte=480),
                name="a_point_takes_minutes",
                violation_error_message=_("A point takes from 1 to 480 minutes."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="a_point_has_words",
                violation_error_message=_("Write what the point is about."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"

    @property
    def label_in_record(self) -> str:
        return f"{self.order}. {self.title}"[:200]

    @property
    def key(self) -> str:
        """Names it elsewhere."""
        return f"meetings.agendaitem:{self.pk}"


class AgendaVersion(models.Model):
    """The public agenda as it was published that time; never changed afterwards."""

    meeting = models.ForeignKey(
        "ratusz_meetings.Meeting", on_delete=models.PROTECT, related_name="agenda_versions", verbose_name=_("meeting")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("points"))
    """A list of {order, title, text, owner, planned_minutes, link}: only what everybody may see before the day."""
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("published by")
    )

    class Meta:
        verbose_name = _("published agenda")
        verbose_name_plural = _("published agendas")
        ordering = ["meeting", "number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="an_agenda_version_has_its_number")]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"

    @property
    def label_in_record(self) -> str:
        return f"{self.meeting_id}/{self.number}"
