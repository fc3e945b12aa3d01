"""What happened to a remark in public, whom it is still to be told, and who follows it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.remarks.models.intakes import Intake
from ratusz.participation.remarks.models.remarks import Remark


class Change(models.Model):
    """One step of "what became of my remark". Told once to the author and to those who follow the remark."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("received and numbered")
        ASKED = "asked", _("we ask for what is missing")
        COMPLETED = "completed", _("completed by the author")
        LATE = "late", _("came after the end; kept")
        REJECTED = "rejected", _("does not count")
        RESTORED = "restored", _("counts after all")
        CLASSIFIED = "classified", _("goes to the unit that answers")
        SHOWN = "shown", _("everybody may read it")
        HIDDEN = "hidden", _("taken out of sight by a moderator")
        POSITION = "position", _("the city has taken a position")
        REPORTED = "reported", _("stands in the report")
        OUTCOME = "outcome", _("the outcome is known")
        WITHDRAWN = "withdrawn", _("taken back by its author")

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="changes", verbose_name=_("intake"))
    remark = models.ForeignKey(Remark, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("remark"))
    kind = models.CharField(_("what happened"), max_length=12, choices=Kind)
    words = models.TextField(_("in words"), max_length=1000, blank=True)
    """Without personal data: it stands in letters and on pages."""
    happened_at = models.DateTimeField(_("when"))
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of a remark")
        verbose_name_plural = _("steps of remarks")
        ordering = ["happened_at", "pk"]
        indexes = [models.Index(fields=["id"], name="remark_changes_to_tell", condition=Q(told_at=None))]

    def __str__(self) -> str:
        return f"{self.intake_id} {self.kind}"


class Follower(models.Model):
    """Somebody who wants to hear what becomes of a remark of somebody else."""

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="followers", verbose_name=_("remark"))
    address = models.ForeignKey("ratusz_notifications.Address", models.CASCADE, related_name="+", verbose_name=_("where to write"))
    followed_at = models.DateTimeField(_("follows since"))

    class Meta:
        verbose_name = _("follower of a remark")
        verbose_name_plural = _("followers of remarks")
        constraints = [models.UniqueConstraint(fields=["remark", "address"], name="a_remark_is_followed_once_by_an_address")]

    def __str__(self) -> str:
        return f"{self.remark_id}"
