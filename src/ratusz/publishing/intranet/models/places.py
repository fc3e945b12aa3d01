"""Buildings of the Office: a notice about a lift or a fire drill is for whoever works there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Building(models.Model):
    """A building with the units that work in it; a unit without one works where the unit above it does."""

    name = models.CharField(_("name of the building"), max_length=120, unique=True, help_text=_("As people call it: Młyńska 4."))
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    units = models.ManyToManyField(
        "ratusz_units.Unit", verbose_name=_("units that work here"), blank=True, related_name="buildings"
    )

    class Meta:
        verbose_name = _("building")
        verbose_name_plural = _("buildings")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
