"""Opened ballots as they are counted: what was chosen, never who chose it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.budget.models.editions import Pool


class Ballot(models.Model):
    """One voter's part in one pool: positions of the pool's projects in the voter's order; `points` runs parallel or is empty.

    Limits of points and choices are checked against the pool by a trigger (migration 0002), once a statement: COPY stays fast.
    """

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="ballots", verbose_name=_("pool"))
    label = models.CharField(_("label in the file"), max_length=80, blank=True)
    choices = ArrayField(models.SmallIntegerField(), verbose_name=_("chosen projects"))
    points = ArrayField(models.SmallIntegerField(), verbose_name=_("points"), default=list, blank=True)
    age = models.CharField(_("age or age band"), max_length=12, blank=True)
    columns = models.JSONField(_("further columns of the file"), default=dict, blank=True)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["pool", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "label"], condition=~Q(label=""), name="one_ballot_per_pool_and_label"),
            models.CheckConstraint(
                condition=Q(points__len=0) | Q(points__len=models.F("choices__len")), name="ballot_points_run_parallel_to_choices"
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.pk)
