"""The table of a month, frozen: a correction is a new version with its reason, and the versions before stay."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MonthTable(models.Model):
    """What moderation did in one month, in figures. `rows` is what months.figures() gives; never changed afterwards."""

    month = models.DateField(_("first day of the month"))
    version = models.PositiveSmallIntegerField(_("version"))
    rows = models.JSONField(_("figures"))
    why = models.CharField(_("why there is a new version"), max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("table of a month")
        verbose_name_plural = _("tables of months")
        ordering = ["-month", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["month", "version"], name="versions_of_a_month_are_numbered"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(why=""), name="a_new_version_says_why"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_begins_on_its_first"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} v{self.version}"

    @property
    def label_in_record(self) -> str:
        return str(self)
