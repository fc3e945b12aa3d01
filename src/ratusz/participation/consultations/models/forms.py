"""Forms of a consultation: in which ways people take part, when and where."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.consultations.models.consultations import Area, Consultation


class Form(models.Model):
    """One form of a consultation. What is particular to its kind lives in the module that registered the kind (see registries)."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="forms", verbose_name=_("consultation"))
    kind = models.CharField(_("kind"), max_length=40)
    """A code of packs/forms.toml: "remarks", "survey", "geo_survey", "open_meeting", "workshop", "duty_hours", "urn" …"""
    title = models.CharField(_("title"), max_length=250)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="forms", verbose_name=_("area"))
    """None: everything the consultation concerns."""
    subject = models.CharField(_("key of the thing behind it"), max_length=120, blank=True)
    """"surveys.survey:12", "meetings.meeting:3"; "" where the form itself is the thing."""
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    """Both None: the days of the consultation."""
    place = models.CharField(_("place"), max_length=300, blank=True)
    accessibility = models.CharField(_("accessibility of the place"), max_length=500, blank=True)
    details = models.JSONField(_("particulars of the kind"), default=dict)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    result_summary = models.TextField(_("result in short"), max_length=4000, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason of cancelling"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("form of a consultation")
        verbose_name_plural = _("forms of consultations")
        ordering = ["consultation_id", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="a_form_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(cancelled_at=None) | ~Q(cancel_reason=""), name="a_form_is_cancelled_with_a_reason"),
            models.CheckConstraint(condition=Q(cancelled_at=None) | Q(held_at=None), name="a_form_is_held_or_cancelled_not_both"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def said(self) -> dict[str, Any]:
        """What was written of it beside its columns, by codes of packs/form_asks.toml."""
        return self.details.get("said") or {}

    @property
    def label_in_record(self) -> str:
        return f"{self.consultation.label_in_record}: {self.title}"
