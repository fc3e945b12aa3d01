"""A series: one template, one consultation for each district, written once and mended once (statutes of 22 districts)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models.consultations import Consultation


class Series(models.Model):
    """The template. Its texts may name the district: {dzielnica} and {numer}."""

    title = models.CharField(_("name of the series"), max_length=200)
    template = models.JSONField(_("template"), default=dict)
    """Field of Consultation to its text with {dzielnica} and {numer}."""
    forms = models.JSONField(_("forms of taking part"), default=list)
    """Codes of packs/forms.toml: each instance gets them."""
    label = models.CharField(_("kind of talk"), max_length=10, choices=Consultation.Label, default=Consultation.Label.FORMAL)
    modes = models.JSONField(_("modes"), default=list)
    owner_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit that answers in substance")
    )
    owner_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person who answers")
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    order_number = models.CharField(_("number of the ordinance"), max_length=60, blank=True)
    ordered_on = models.DateField(_("day of the ordinance"), null=True, blank=True)
    made_at = models.DateTimeField(_("begun"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("begun by"))

    class Meta:
        verbose_name = _("series of consultations")
        verbose_name_plural = _("series of consultations (many)")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def label_in_record(self) -> str:
        return self.title


class SeriesInstance(models.Model):
    """The consultation of one district. `overridden` names the fields somebody wrote by hand: the template leaves them alone."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="instances", verbose_name=_("series of consultations"))
    consultation = models.OneToOneField(
        Consultation, models.CASCADE, related_name="in_series", verbose_name=_("consultation")
    )  # fmt: skip
    district = models.ForeignKey(District, models.PROTECT, related_name="+", verbose_name=_("district"))
    overridden = models.JSONField(_("fields written by hand"), default=list)

    class Meta:
        verbose_name = _("consultation of a series")
        verbose_name_plural = _("consultations of a series")
        ordering = ["series_id", "district__sort_key"]
        constraints = [models.UniqueConstraint(fields=["series", "district"], name="a_district_is_in_a_series_once")]

    def __str__(self) -> str:
        return f"{self.series_id}: {self.district_id}"
