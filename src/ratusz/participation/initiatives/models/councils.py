"""Contacts of district councils: what their office publishes, and where their duty comes from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DistrictCouncil(models.Model):
    """How to reach a district council: what its office publishes, nothing private.

    Its duty is that of a consultation point, or once a week at these hours, or not yet known.
    """

    district = models.OneToOneField(
        "ratusz_territory.District", models.CASCADE, related_name="council", verbose_name=_("district")
    )  # fmt: skip
    chair = models.CharField(_("chair of the council"), max_length=120, blank=True)
    office_address = models.CharField(_("address of the council's office"), max_length=200, blank=True)
    office_phone = models.CharField(_("telephone of the council's office"), max_length=30, blank=True)
    office_email = models.EmailField(_("e-mail of the council's office"), blank=True)
    duty_weekday = models.PositiveSmallIntegerField(_("day of the duty"), null=True, blank=True)
    """0 is Monday."""
    duty_from = models.TimeField(_("duty begins"), null=True, blank=True)
    duty_until = models.TimeField(_("duty ends"), null=True, blank=True)
    point_slug = models.SlugField(
        _("consultation point of the council"), max_length=80, blank=True,
        help_text=_("Its hours are the council's duty: they are not typed here again."),
    )  # fmt: skip
    """By its address on the website; a point that is gone leaves the duty not known."""
    unit = models.ForeignKey(
        "ratusz_units.Unit", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("unit whose editors keep this contact"),
        help_text=_("Appoint the council's person as an editor in that unit: they change this contact and nothing else here."),
    )  # fmt: skip
    is_example = models.BooleanField(_("example hours, to be confirmed by the council"), default=False)
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who saved it"))

    class Meta:
        verbose_name = _("contact of a district council")
        verbose_name_plural = _("contacts of district councils")
        ordering = ["district__number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duty_weekday=None, duty_from=None, duty_until=None)
                | Q(duty_weekday__lte=6, duty_from__isnull=False, duty_until__gt=models.F("duty_from")),
                name="a_duty_is_whole_or_not_known",
                violation_error_message=_("Give the weekday and both hours of the duty, the end after the start, or none of them."),
            ),
            models.CheckConstraint(
                condition=Q(point_slug="") | Q(duty_weekday=None),
                name="a_duty_comes_from_one_place",
                violation_error_message=_("Duties come from the chosen point: leave the weekday and the hours empty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district_id}"

    @property
    def label_in_record(self) -> str:
        return str(self.district_id)
