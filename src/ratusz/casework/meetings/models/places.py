"""Where meetings are held and which officials come to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """A room with its address and what it offers to people who need it. A room takes one meeting at a time."""

    name = models.CharField(_("name of the place"), max_length=200)
    address = models.CharField(_("address"), max_length=200)
    district = models.ForeignKey(
        "ratusz_territory.District", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    capacity = models.PositiveSmallIntegerField(_("how many people fit"), null=True, blank=True)
    is_step_free = models.BooleanField(_("entry without steps"), default=False)
    has_loop = models.BooleanField(_("induction loop"), default=False)
    has_accessible_toilet = models.BooleanField(_("accessible toilet"), default=False)
    has_parking = models.BooleanField(_("parking place for people with disabilities"), default=False)
    note = models.CharField(_("what else to know about getting in"), max_length=500, blank=True)
    is_closed = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        verbose_name = _("place of meetings")
        verbose_name_plural = _("places of meetings")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "address"], name="a_place_stands_once"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gt=0),
                name="somebody_fits_into_a_place",
                violation_error_message=_("Write at least one place, or leave it empty: then nobody counts them."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.address}"


class Official(models.Model):
    """A post whose holder comes to meetings, such as the President: it can be in one place at a time."""

    name = models.CharField(_("post"), max_length=120, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=10)

    class Meta:
        verbose_name = _("official who comes to meetings")
        verbose_name_plural = _("officials who come to meetings")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name
