"""Sets of projects of which at most one is built; kept with the frozen ballot and read by the count."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.budget.models.editions import Pool


class ExclusionSet(models.Model):
    """Projects of one pool that exclude one another, by their numbers; the one higher in the count stays."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="exclusion_sets", verbose_name=_("pool"))
    numbers = models.JSONField(_("numbers of the projects"))
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("exclusion set")
        verbose_name_plural = _("exclusion sets")
        ordering = ["pool", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_exclusion_set_has_a_reason"),
            models.CheckConstraint(condition=Q(numbers__1__isnull=False), name="an_exclusion_set_holds_two_projects"),
        ]

    def __str__(self) -> str:
        return f"{self.pool_id}: {', '.join(self.numbers)}"
