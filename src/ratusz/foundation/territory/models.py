"""The city's districts (jednostki pomocnicze), their people and shapes, and the streets and house numbers that belong to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DistrictQuerySet(models.QuerySet["District"]):
    """Orders of the list of districts."""

    def by_name(self) -> DistrictQuerySet:
        """In the order of the Polish alphabet."""
        return self.order_by("sort_key")


class District(models.Model):
    """A district; its number is the city's own and never changes, its name does (hyphens and spaces vary between sources)."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address on the website"), max_length=120, unique=True)
    sort_key = models.CharField(max_length=700, editable=False, db_collation="C")
    group = models.CharField(_("group of districts"), max_length=60, blank=True)
    area_km2 = models.DecimalField(_("area in km²"), max_digits=6, decimal_places=2, null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    shape = models.JSONField(_("shape as GeoJSON geometry"), null=True, blank=True)
    outline = models.JSONField(null=True, blank=True, editable=False)
    """The shape made light once, when it is imported: what maps draw."""

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="district_number_starts_at_one"),
            models.CheckConstraint(condition=Q(area_km2__isnull=True) | Q(area_km2__gt=0), name="district_area_is_positive"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__isnull=False, latitude__isnull=False)
                & Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                name="district_point_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def point(self) -> tuple[float, float] | None:
        """(longitude, latitude) of a typical place of the district, for the tile map; not the centre of its border."""
        if self.longitude is None or self.latitude is None:
            return None
        return self.longitude, self.latitude

    @property
    def pool_code(self) -> str:
        """The code of the district in the participatory budget: L1 … L22."""
        return f"L{self.number}"


class RegisteredCount(models.Model):
    """How many people were registered in a district on a day, and who says so."""

    district = models.ForeignKey(District, models.CASCADE, related_name="registered_counts", verbose_name=_("district"))
    day = models.DateField(_("day"))
    people = models.PositiveIntegerField(_("registered people"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("count of registered people")
        verbose_name_plural = _("counts of registered people")
        ordering = ["district", "-day"]
        constraints = [models.UniqueConstraint(fields=["district", "day"], name="one_count_per_district_and_day")]

    def __str__(self) -> str:
        return f"{self.district_id}: {self.people} ({self.day})"


class Street(models.Model):
    """A street, square or estate of the city, under the name the Office uses."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    key = models.CharField(_("name for comparing"), max_length=160, unique=True, editable=False)
    sort_key = models.CharField(max_length=900, editable=False, db_collation="C")

    class Meta:
        verbose_name = _("street")
        verbose_name_plural = _("streets")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class AddressRange(models.Model):
    """House numbers of a street that lie in a district. `first` and `last` are number times 100 plus the letter (12a = 1201)."""

    class Side(models.TextChoices):
        BOTH = "both", _("both sides")
        ODD = "odd", _("odd numbers")
        EVEN = "even", _("even numbers")

    street = models.ForeignKey(Street, models.CASCADE, related_name="ranges", verbose_name=_("street"))
    district = models.ForeignKey(District, models.PROTECT, related_name="ranges", verbose_name=_("district"))
    first = models.PositiveIntegerField(_("from"), default=0)
    last = models.PositiveIntegerField(_("to"), default=999_999_99)
    side = models.CharField(_("side"), max_length=4, choices=Side.choices, default=Side.BOTH)

    class Meta:
        verbose_name = _("house numbers of a district")
        verbose_name_plural = _("house numbers of districts")
        ordering = ["street", "first"]
        constraints = [models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="house_numbers_run_upwards")]

    def __str__(self) -> str:
        return f"{self.street_id} {self.first}-{self.last}"
