"""The information campaign of a consultation: what it is to reach, through which channels, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ratusz.participation.consultations.models.consultations import Consultation


class Campaign(models.Model):
    """The card of one campaign. Numbers stand with where they come from; the outcome is written at the end."""

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="campaign", verbose_name=_("consultation"))
    goal = models.CharField(_("aim of the campaign"), max_length=500)
    measure = models.CharField(_("what is counted"), max_length=300, blank=True)
    baseline = models.CharField(_("how it is now"), max_length=200, blank=True)
    target = models.CharField(_("how it is to be"), max_length=200, blank=True)
    source = models.CharField(_("where the numbers come from"), max_length=300, blank=True)
    channels = models.JSONField(_("channels of the campaign"), default=list)
    """Codes of packs/channels.toml."""
    partners = models.CharField(_("partners"), max_length=1000, blank=True)
    """Organisations and units, no private persons."""
    cost = models.CharField(_("cost and where it is paid from"), max_length=200, blank=True)
    outcome = models.TextField(_("what came of it"), max_length=2000, blank=True)
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("changed by"))

    class Meta:
        verbose_name = _("campaign of a consultation")
        verbose_name_plural = _("campaigns of consultations")
        ordering = ["consultation_id"]

    def __str__(self) -> str:
        return self.goal

    @property
    def label_in_record(self) -> str:
        return self.consultation.label_in_record
