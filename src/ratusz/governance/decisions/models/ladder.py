"""Steps of the ladder that were told, and mornings on which it ran: nothing is told twice, a missed night is caught up."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ratusz.governance.decisions.models.decisions import Decision


class LadderStep(models.Model):
    """One reminder or escalation of one decision for one due day."""

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="ladder_steps", verbose_name=_("decision of the President")
    )
    due_on = models.DateField(_("due day"))
    step = models.CharField(_("step"), max_length=40)
    planned_on = models.DateField(_("planned for"))
    told_at = models.DateTimeField(_("told"))

    class Meta:
        verbose_name = _("step of the ladder")
        verbose_name_plural = _("steps of the ladder")
        ordering = ["told_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "due_on", "step"], name="a_step_is_told_once")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.step}"


class LadderRun(models.Model):
    """A morning on which the ladder ran: one digest for each person."""

    day = models.DateField(_("day"), primary_key=True)
    ran_at = models.DateTimeField(_("ran"))
    steps = models.PositiveIntegerField(_("steps told"), default=0)

    class Meta:
        verbose_name = _("run of the ladder")
        verbose_name_plural = _("runs of the ladder")
        ordering = ["-day"]

    def __str__(self) -> str:
        return str(self.day)
