"""The calendar of an edition: one half-open period for each stage; after the opening only an approved change moves it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.budget.models.edition_rules import EditionChange
from ratusz.participation.budget.models.editions import Edition


class StageCode(models.TextChoices):
    """Stages in the order in which they go."""

    SUBMISSION = "submission", _("submission of projects")
    FORMAL = "formal", _("formal check and its list")
    MERGING = "merging", _("merging of projects")
    REMARKS = "remarks", _("remarks and objections")
    SUBSTANTIVE = "substantive", _("substantive assessment and its list")
    WITHDRAWAL = "withdrawal", _("withdrawal of projects")
    BALLOT_LIST = "ballot_list", _("list of projects on the ballot")
    VOTING = "voting", _("voting")
    VERIFICATION = "verification", _("verification of the vote")
    RESULTS = "results", _("publication of the results")
    EVALUATION = "evaluation", _("evaluation")


class Stage(models.Model):
    """One stage of an edition, [starts_at, ends_at), or until `extended_until` after an outage."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="stages", verbose_name=_("edition"))
    code = models.CharField(_("stage"), max_length=16, choices=StageCode)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    extended_until = models.DateTimeField(_("extended until"), null=True, blank=True)
    change = models.ForeignKey(
        EditionChange, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("change that set it")
    )

    class Meta:
        verbose_name = _("stage of an edition")
        verbose_name_plural = _("stages of an edition")
        ordering = ["edition", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_stage_per_edition_and_code"),
            models.CheckConstraint(condition=Q(code__in=StageCode.values), name="a_stage_has_a_known_code"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_stage_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(extended_until__isnull=True) | Q(extended_until__gt=F("ends_at")), name="an_extension_goes_past_the_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.code}"

    @property
    def closes_at(self) -> datetime:
        """The first moment after the stage, an extension included."""
        return self.extended_until or self.ends_at
