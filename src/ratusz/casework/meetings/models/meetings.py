"""Meetings, the days they were moved from, groups of seats, and people with a task at a meeting."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.casework.meetings.kinds import MeetingKind, kind_from, kind_on
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.words import slug


class State(models.TextChoices):
    """Where a meeting is in its life. Registration open, full and closed are computed; moved is a fact of its own."""

    DRAFT = "draft", _("draft")
    ANNOUNCED = "announced", _("announced")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")
    ARCHIVED = "archived", _("archived")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Filters on meetings."""

    def public(self) -> MeetingQuerySet:
        """Whatever was announced to everybody, cancelled ones too."""
        return self.filter(is_public=True).exclude(state=State.DRAFT)

    def coming(self, at: datetime) -> MeetingQuerySet:
        """Announced and not over yet, the next one first."""
        return self.filter(state=State.ANNOUNCED, ends_at__gt=at).order_by("starts_at", "pk")

    def touching(self, starts: datetime, ends: datetime) -> MeetingQuerySet:
        """Not cancelled and in [starts, ends) for a while at least."""
        return self.exclude(state=State.CANCELLED).filter(starts_at__lt=ends, ends_at__gt=starts)


class Meeting(models.Model):
    """One meeting of any kind. `kind_facts` is the kind as it was on the day of announcing; before, the pack's of the day holds."""

    kind = models.CharField(_("kind of meeting"), max_length=40)
    kind_facts = models.JSONField(default=dict, blank=True, editable=False)
    series = models.ForeignKey(
        "ratusz_meetings.Series", on_delete=models.PROTECT, null=True, blank=True, related_name="meetings",
        verbose_name=_("series of meetings"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what it is about"), max_length=2000, blank=True)
    who_may_come = models.CharField(_("who may come"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.ForeignKey(
        "ratusz_meetings.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("place")
    )
    joining_link = models.URLField(_("link to join online"), max_length=500, blank=True)
    district = models.ForeignKey(
        "ratusz_territory.District", on_delete=models.PROTECT, null=True, blank=True, related_name="meetings",
        verbose_name=_("district"),
    )  # fmt: skip
    group_name = models.CharField(_("group, organisation or profession"), max_length=200, blank=True)
    officials = models.ManyToManyField(
        "ratusz_meetings.Official", blank=True, related_name="meetings", verbose_name=_("officials who come")
    )
    owner_unit = models.ForeignKey(
        "ratusz_units.Unit", on_delete=models.PROTECT, related_name="meetings", verbose_name=_("unit that answers for it")
    )
    particulars = models.JSONField(_("what its kind asks"), default=dict, blank=True, editable=False)
    """Code of what the kind asks to the answer; without private persons."""
    contact = models.CharField(_("contact for questions"), max_length=200, blank=True)
    is_formal = models.BooleanField(_("formal meeting (not an informal talk)"), default=True)
    is_public = models.BooleanField(_("everybody sees its page"), default=False)
    needs_interpreter = models.BooleanField(_("a sign-language (PJM) interpreter is ordered"), default=False)
    is_recorded = models.BooleanField(_("it is recorded or broadcast"), default=False)
    capacity = models.PositiveSmallIntegerField(_("how many people may come"), null=True, blank=True)
    smaller_first = models.BooleanField(_("smaller parties may pass bigger ones on the waiting list"), default=False)
    is_moderated = models.BooleanField(_("each registration is confirmed by staff"), default=False)
    late_places_given = models.BooleanField(
        _("seats that free up just before the start go to the waiting list at once"), default=True
    )
    """Off: they are left for whoever comes without registering."""
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    announced_at = models.DateTimeField(_("announced at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancel_reason = models.CharField(_("why it is cancelled"), max_length=500, blank=True)
    held_at = models.DateTimeField(_("closed as held at"), null=True, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Stable identity in calendars; `sequence` rises with every change people are told of."""
    sequence = models.PositiveIntegerField(default=0, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gt=0),
                name="meeting_has_room_for_somebody",
                violation_error_message=_("Write at least one place, or leave it empty: then nobody counts them."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "cancelled")) | Q(place__isnull=False) | ~Q(joining_link=""),
                name="announced_meeting_says_where",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "cancelled"), announced_at=None) | Q(announced_at__isnull=False),
                name="announced_meeting_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
                name="cancelled_meeting_says_why",
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at=None)
                | Q(registration_closes_at=None)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="registration_closes_after_opening",
                violation_error_message=_("Registration has to close after it opens."),
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_at"]), models.Index(fields=["district", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.title}, {polish_date(self.starts_at)}"

    @property
    def label_in_record(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """Subject of its clocks, cases, messages and numbers."""
        return f"meetings.meeting:{self.pk}"

    @property
    def public_path(self) -> str:
        """Address of its page on the website."""
        return f"/spotkania/{self.pk}-{slug(self.title, 60) or 'spotkanie'}/"

    @property
    def rules_of_kind(self) -> MeetingKind:
        """The kind kept since announcing, or that of its day while it is a draft."""
        facts: dict[str, Any] = self.kind_facts
        return kind_from(facts) if facts else kind_on(self.kind, local_day(self.starts_at))


class Move(models.Model):
    """A meeting was moved: the day it had before stays visible."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="moves", verbose_name=_("meeting"))
    was_starting_at = models.DateTimeField(_("was to start"))
    was_ending_at = models.DateTimeField(_("was to end"))
    reason = models.CharField(_("why it is moved"), max_length=500)
    moved_at = models.DateTimeField(_("moved at"))

    class Meta:
        verbose_name = _("move of a meeting")
        verbose_name_plural = _("moves of meetings")
        ordering = ["moved_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_move_says_why")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.was_starting_at}"


class SeatGroup(models.Model):
    """Seats for a group. Until `quota_until` its free seats wait for it; then they are everybody's."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seat_groups", verbose_name=_("meeting"))
    name = models.CharField(_("name of the group"), max_length=120)
    capacity = models.PositiveSmallIntegerField(_("seats of the group"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("order on the waiting list"), default=10)
    quota_until = models.DateTimeField(_("seats are kept for the group until"), null=True, blank=True)
    by_invitation = models.BooleanField(_("by invitation only"), default=False)

    class Meta:
        verbose_name = _("group of seats")
        verbose_name_plural = _("groups of seats")
        ordering = ["priority", "name"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "name"], name="a_group_of_seats_stands_once"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gt=0),
                name="a_group_has_seats",
                violation_error_message=_("Write at least one place, or leave it empty: then nobody counts them."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MeetingDuty(models.Model):
    """A member of staff with a task at a meeting."""

    class Task(models.TextChoices):
        """What the person does there."""

        ORGANISER = "organiser", _("organiser")
        HOST = "host", pgettext_lazy("meeting", "host")
        MINUTE_TAKER = "minute_taker", _("minute-taker")
        REGISTRAR = "registrar", _("registration and the door")
        HELPER = "helper", _("on duty")
        DELEGATE = "delegate", _("goes there on our behalf")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="duties", verbose_name=_("meeting"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meeting_duties", verbose_name=_("person")
    )
    task = models.CharField(_("task"), max_length=20, choices=Task)

    class Meta:
        verbose_name = _("task at a meeting")
        verbose_name_plural = _("tasks at meetings")
        ordering = ["task", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person", "task"], name="a_task_at_a_meeting_is_given_once")]

    def __str__(self) -> str:
        return f"{self.get_task_display()}: {self.person}"
