"""What is to be done before a meeting: checklist with owners, replies asked of units, equipment and words of the briefing note."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Preparation(models.Model):
    """What the organiser writes for one meeting besides what the program gathers by itself."""

    meeting = models.OneToOneField(
        "ratusz_meetings.Meeting", on_delete=models.CASCADE, related_name="preparation", verbose_name=_("meeting")
    )
    note = models.TextField(_("words to the President"), max_length=4000, blank=True)
    equipment = models.TextField(_("equipment, one thing in a line"), max_length=2000, blank=True)
    letter = models.TextField(_("words of the invitation letter"), max_length=4000, blank=True)
    speaker_minutes = models.PositiveSmallIntegerField(_("minutes for one speaker"), null=True, blank=True)
    """Empty: those of the kind of meeting."""

    class Meta:
        verbose_name = _("preparation of a meeting")
        verbose_name_plural = _("preparations of meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(speaker_minutes=None) | Q(speaker_minutes__gte=1, speaker_minutes__lte=60), name="a_speaker_has_minutes"
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting_id)

    @property
    def label_in_record(self) -> str:
        return str(self.meeting_id)


class ChecklistItem(models.Model):
    """One thing to do by a moment; somebody owns it."""

    meeting = models.ForeignKey(
        "ratusz_meetings.Meeting", on_delete=models.CASCADE, related_name="checklist", verbose_name=_("meeting")
    )
    code = models.CharField(max_length=60, blank=True, editable=False)
    """Of the template; empty for one added by hand."""
    what = models.CharField(_("what to do"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("whose")
    )
    due_at = models.DateTimeField(_("by when"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )

    class Meta:
        verbose_name = _("thing to do before a meeting")
        verbose_name_plural = _("things to do before meetings")
        ordering = ["meeting", models.F("due_at").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "code"], condition=~Q(code=""), name="a_template_line_stands_once"),
            models.CheckConstraint(condition=~Q(what=""), name="a_thing_to_do_has_words"),
        ]
        indexes = [models.Index(fields=["owner", "due_at"], name="checklist_waiting", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return self.what

    @property
    def label_in_record(self) -> str:
        return self.what[:200]


class UnitReply(models.Model):
    """A unit was asked for words before the meeting, by a moment; its answer goes into the briefing note."""

    meeting = models.ForeignKey(
        "ratusz_meetings.Meeting", on_delete=models.CASCADE, related_name="unit_replies", verbose_name=_("meeting")
    )
    unit = models.ForeignKey("ratusz_units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit asked"))
    question = models.TextField(_("what we ask the unit"), max_length=2000)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    due_at = models.DateTimeField(_("answer by"))
    answer = models.TextField(_("answer of the unit"), max_length=6000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    class Meta:
        verbose_name = _("words asked of a unit")
        verbose_name_plural = _("words asked of units")
        ordering = ["meeting", "due_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(answer="") | Q(answered_at__isnull=False), name="a_units_answer_has_its_moment"),
            models.CheckConstraint(condition=~Q(question=""), name="a_unit_is_asked_something"),
        ]
        indexes = [models.Index(fields=["unit", "due_at"], name="unit_reply_waiting", condition=Q(answered_at=None))]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.unit_id}"

    @property
    def label_in_record(self) -> str:
        return f"{self.meeting_id}: {self.unit_id}"

    @property
    def key(self) -> str:
        """Subject of its clock."""
        return f"meetings.unitreply:{self.pk}"
