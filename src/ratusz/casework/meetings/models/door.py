"""Who came: check-ins of registered people and walk-ins, which are numbers and nothing else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CheckIn(models.Model):
    """One registration came in: the earliest moment of all doors counts."""

    registration = models.OneToOneField(
        "ratusz_meetings.Registration", on_delete=models.CASCADE, related_name="check_in", verbose_name=_("registration")
    )
    door = models.CharField(_("door"), max_length=40)
    moment = models.DateTimeField(_("came in"))
    device = models.CharField(max_length=40, editable=False)
    """A random name the phone gave itself; not a person."""
    received_at = models.DateTimeField(_("reached the office"))
    let_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("let in by")
    )

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["moment", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(door=""), name="a_check_in_has_its_door")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.door}"

    @property
    def label_in_record(self) -> str:
        return f"{self.registration_id} {self.door}"


class WalkIn(models.Model):
    """One press of "+1" (or a mistaken press taken back, -1) at a door. `press` makes a press sent twice count once."""

    meeting = models.ForeignKey(
        "ratusz_meetings.Meeting", on_delete=models.CASCADE, related_name="walk_ins", verbose_name=_("meeting")
    )
    group = models.ForeignKey(
        "ratusz_meetings.SeatGroup", on_delete=models.SET_NULL, null=True, blank=True, related_name="walk_ins",
        verbose_name=_("group of seats"),
    )  # fmt: skip
    press = models.UUIDField(editable=False)
    step = models.SmallIntegerField(_("how many"), default=1)
    door = models.CharField(_("door"), max_length=40)
    moment = models.DateTimeField(_("when"))
    device = models.CharField(max_length=40, editable=False)

    class Meta:
        verbose_name = _("person without registration")
        verbose_name_plural = _("people without registration")
        ordering = ["moment", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "press"], name="a_press_counts_once"),
            models.CheckConstraint(condition=Q(step__in=(-1, 1)), name="a_press_is_one_person"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.step:+}"

    @property
    def label_in_record(self) -> str:
        return f"{self.meeting_id} {self.step:+}"
