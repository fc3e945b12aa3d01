"""Paper forms that came back: each is typed by two people; where they differ a third one settles it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.consultations.models import Form
from ratusz.participation.remarks.models.intakes import Intake


class PaperReturn(models.Model):
    """One sheet of paper that came back, with its scan. What is on it becomes an intake once two typings agree."""

    class State(models.TextChoices):
        WAITING = "waiting", _("paper waits to be typed")
        ONCE = "once", _("paper typed once")
        DIFFERS = "differs", _("paper typed differently")
        TAKEN_IN = "taken_in", _("in the register")

    form = models.ForeignKey(Form, models.PROTECT, related_name="paper_returns", verbose_name=_("form"))
    number = models.PositiveIntegerField(_("number of the paper"))
    receipt = models.CharField(_("receipt"), max_length=20, unique=True)
    """On the stub given at once; the intake made of the paper keeps it."""
    channel = models.CharField(_("channel"), max_length=20, choices=Intake.Channel, default=Intake.Channel.HAND)
    arrived_at = models.DateTimeField(_("received"))
    made_at = models.DateTimeField(_("entered"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who entered it"))
    scan = models.ForeignKey(
        "ratusz_files.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    intake = models.OneToOneField(Intake, models.PROTECT, null=True, blank=True, related_name="paper", verbose_name=_("intake"))

    class Meta:
        verbose_name = _("paper that came back")
        verbose_name_plural = _("papers that came back")
        ordering = ["form_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="one_paper_of_each_number"),
            models.CheckConstraint(
                condition=Q(state="taken_in", intake__isnull=False) | ~Q(state="taken_in") & Q(intake=None),
                name="a_paper_is_in_the_register_with_its_intake",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id}/{self.number}"

    @property
    def label_in_record(self) -> str:
        return f"{self.form_id}/{self.number}"


class PaperReading(models.Model):
    """What one person typed from a paper: facts of the form by their names. Emptied once the paper is in the register."""

    paper = models.ForeignKey(PaperReturn, models.PROTECT, related_name="readings", verbose_name=_("paper that came back"))
    turn = models.PositiveSmallIntegerField(_("first, second or settling"))
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who typed"))
    facts = models.JSONField(_("what is written"), default=dict)
    made_at = models.DateTimeField(_("typed"))

    class Meta:
        verbose_name = _("typing of a paper")
        verbose_name_plural = _("typings of papers")
        ordering = ["paper_id", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "turn"], name="a_paper_is_typed_once_in_a_turn"),
            models.UniqueConstraint(fields=["paper", "clerk"], name="a_paper_is_typed_by_different_people"),
            models.CheckConstraint(condition=Q(turn__in=[1, 2, 3]), name="a_paper_has_three_turns"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}.{self.turn}"
