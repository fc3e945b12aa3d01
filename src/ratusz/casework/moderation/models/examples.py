"""Examples of the catalogue: a case, told without anybody's data, and how moderators agreed to read the rule."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Example(models.Model):
    """One agreed reading of a rule. A reading that no longer holds is retired, not deleted."""

    reason = models.CharField(_("reason"), max_length=40)
    case = models.TextField(_("the case, without anybody's data"), max_length=1000)
    reading = models.TextField(_("how we judge it"), max_length=1000)
    is_public = models.BooleanField(_("shown on the public page of rules"), default=False)
    source = models.CharField(
        _("where it was agreed"), max_length=200, blank=True, help_text=_("For example: the moderators' meeting of 5 May.")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added"))
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("example of the catalogue")
        verbose_name_plural = _("examples of the catalogue")
        ordering = ["reason", "added_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(case="") & ~Q(reading="") & ~Q(reason=""), name="an_example_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} #{self.pk}"

    @property
    def label_in_record(self) -> str:
        return str(self)
