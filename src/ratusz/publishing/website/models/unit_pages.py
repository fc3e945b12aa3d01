"""What residents read about a unit of the Office: what it is for. Its name and contact stay in foundation/units."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.words import slug as slug_of
from ratusz.foundation.units.models import Unit


class UnitProfileQuerySet(models.QuerySet["UnitProfile"]):
    """Filters on units shown to residents."""

    def working(self) -> UnitProfileQuerySet:
        """Of units that still work, in the order of their names."""
        return self.filter(unit__closed_date=None).select_related("unit").order_by("unit__sort_key", "unit__name")


class UnitProfile(models.Model):
    """A unit with a page of its own on the portal."""

    unit = models.OneToOneField(Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="profile")
    slug = models.SlugField(
        _("address on the website"), max_length=60, unique=True, blank=True, help_text=_("Left empty, it follows from the symbol.")
    )
    purpose = models.TextField(
        _("what the unit is for"), max_length=600, help_text=_("In two or three sentences: what residents settle here.")
    )

    objects = UnitProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("page of a unit")
        verbose_name_plural = _("pages of units")
        constraints = [models.CheckConstraint(condition=~Q(slug=""), name="a_page_of_a_unit_has_an_address")]

    def __str__(self) -> str:
        return str(self.unit)

    def save(self, *args, **kwargs) -> None:
        """The address stays when the symbol changes: feeds and letters lead to it."""
        self.slug = self.slug or slug_of(self.unit.short_name, max_length=60)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("website:unit", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.unit_id:
            self.slug = self.slug or slug_of(self.unit.short_name, max_length=60)
