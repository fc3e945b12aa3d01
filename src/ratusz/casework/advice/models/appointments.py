"""An appointment at a point: a time held while its code is typed, then booked, then kept, missed or called off."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.casework.advice.models.points import Outing, Point


class State(models.TextChoices):
    """Where an appointment stands. A held one is not booked yet: it keeps the time for some minutes."""

    HELD = "held", _("waits for its code")
    BOOKED = "booked", pgettext_lazy("appointment", "booked")
    CAME = "came", pgettext_lazy("appointment", "came")
    MISSED = "missed", pgettext_lazy("appointment", "did not come")
    CANCELLED = "cancelled", pgettext_lazy("appointment", "cancelled")


LIVE = (State.HELD, State.BOOKED)
TAKES_A_SEAT = (*LIVE, State.CAME, State.MISSED)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Filters on appointments."""

    def live(self) -> AppointmentQuerySet:
        return self.filter(state__in=LIVE)

    def taking_seats(self) -> AppointmentQuerySet:
        return self.filter(state__in=TAKES_A_SEAT)


class Appointment(models.Model):
    """A time with an adviser. `seat` numbers who is advised at the same time, so that the database lets nobody in twice."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("consultation point"))
    outing = models.ForeignKey(
        Outing, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name=_("mobile point")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    seat = models.PositiveSmallIntegerField(_("seat"))
    state = models.CharField(_("state"), max_length=10, choices=State)
    name = models.CharField(_("how to call the person"), max_length=120, blank=True)
    words = models.CharField(_("what it is about"), max_length=500, blank=True)
    needs = models.CharField(_("what the person needs, such as sign language"), max_length=300, blank=True)
    contact = models.ForeignKey(
        "ratusz_notifications.Address", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("where the code was sent"),
    )  # fmt: skip
    code_handle = models.UUIDField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("booked on"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    why = models.CharField(_("why it was cancelled"), max_length=200, blank=True)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("booked conversation")
        verbose_name_plural = _("booked conversations")
        ordering = ["starts_at", "seat"]
        constraints = [
            models.UniqueConstraint(
                fields=["point", "starts_at", "seat"], condition=Q(state__in=["held", "booked", "came", "missed"]),
                name="a_seat_is_taken_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), seat__gte=1), name="an_appointment_has_its_time_and_seat"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["held", "booked"], ended_at=None)
                | Q(state__in=["came", "missed", "cancelled"], ended_at__isnull=False),
                name="an_ended_appointment_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", words="", needs="", contact=None),
                name="an_erased_appointment_names_nobody",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["point", "starts_at"], name="appointments_of_a_day")]

    def __str__(self) -> str:
        return f"{self.point_id}/{self.pk}"

    @property
    def label_in_record(self) -> str:
        """Nobody's name: the record outlives the appointment."""
        return f"{self.point_id}/{self.pk}"

    @property
    def key(self) -> str:
        """Subject of its messages."""
        return f"advice.appointment:{self.pk}"

    @property
    def where(self) -> str:
        return self.outing.where if self.outing else self.point.where
