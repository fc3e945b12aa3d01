"""A consultation and the parts of the city that it concerns."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Filters on consultations."""

    def public(self) -> ConsultationQuerySet:
        """Those that everybody may see: announced, whatever became of them later."""
        return self.exclude(announced_at=None)

    def running(self, day: date) -> ConsultationQuerySet:
        """Those in which people take part on that day."""
        return self.public().filter(starts_on__lte=day, ends_on__gte=day, cancelled_at=None)

    def owing_a_report(self, day: date) -> ConsultationQuerySet:
        """Formal ones that ended before that day, or were cancelled, and have no published report."""
        ended = Q(ends_on__lt=day) | Q(cancelled_at__isnull=False)
        return self.public().filter(ended, label=Consultation.Label.FORMAL, reported_at=None)


class Consultation(models.Model):
    """One consultation. Days are inclusive: people take part from the beginning of `starts_on` to the end of `ends_on`."""

    class Label(models.TextChoices):
        """Chosen before anything is published; a formal one has a mode, clocks and a report."""

        FORMAL = "formal", _("formal consultation")
        INFORMAL = "informal", _("informal talk")

    number = models.CharField(_("number"), max_length=40, unique=True, null=True, blank=True)
    """Given with the plan, "KS/2026/0003"; never used again."""
    slug = models.SlugField(_("address on the website"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=250)
    subject = models.TextField(_("subject of the consultation"), max_length=4000, blank=True)
    purpose = models.TextField(_("why we ask"), max_length=4000, blank=True)
    open_questions = models.TextField(_("what can still change"), max_length=4000, blank=True)
    decided_by = models.CharField(_("who decides"), max_length=300, blank=True)
    summary = models.TextField(_("in short"), max_length=2000, blank=True)
    """In plain language, for everybody."""
    target_group = models.CharField(_("whom it concerns"), max_length=500, blank=True)
    label = models.CharField(_("kind of talk"), max_length=10, choices=Label, blank=True)
    modes = models.JSONField(_("modes"), default=list)
    """Codes of the packs in packs/modes/ that must all be kept."""
    rules = models.JSONField(_("rules it was launched with"), default=dict, editable=False)
    """The combined rules of its modes, frozen at launch; a changed pack never changes a running consultation."""
    owner_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="consultations", verbose_name=_("unit that answers in substance")
    )
    owner_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person who answers")
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    order_number = models.CharField(_("number of the ordinance"), max_length=60, blank=True)
    ordered_on = models.DateField(_("day of the ordinance"), null=True, blank=True)
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.TextField(_("reason of cancelling"), max_length=2000, blank=True)
    reported_at = models.DateTimeField(_("report published"), null=True, blank=True)
    """When the first version of its report was published; set by the report machine alone."""
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("follows the consultation")
    )
    created_at = models.DateTimeField(_("begun"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("begun by")
    )

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="a_consultation_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(announced_at=None)
                | Q(starts_on__isnull=False, ends_on__isnull=False, number__isnull=False, owner_unit__isnull=False) & ~Q(label=""),
                name="an_announced_consultation_has_days_number_owner_and_label",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancel_reason=""), name="a_consultation_is_cancelled_with_a_reason"
            ),
            models.CheckConstraint(condition=~Q(follows=F("id")), name="a_consultation_does_not_follow_itself"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label_in_record(self) -> str:
        return self.number or self.title

    def is_running(self, day: date) -> bool:
        """Whether people take part on that day."""
        return bool(self.announced_at and not self.cancelled_at and self.starts_on and self.ends_on) and (
            self.starts_on <= day <= self.ends_on  # type: ignore[operator]
        )

    @property
    def ends_at(self) -> datetime | None:
        """The first moment at which nobody takes part any more; None while there is no last day."""
        return end_of_day(self.ends_on) if self.ends_on else None

    def is_public(self) -> bool:
        return self.announced_at is not None

    def has_ended(self, day: date) -> bool:
        """Whether nobody takes part any more on that day."""
        return self.cancelled_at is not None or (self.ends_on is not None and self.ends_on < day)


class Area(models.Model):
    """A part of the city that a consultation concerns, all of it or an area drawn on the map; each may have its own tally."""

    class Kind(models.TextChoices):
        CITY = "city", _("the whole city")
        DISTRICT = "district", _("district")
        DRAWN = "drawn", _("area drawn on the map")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="areas", verbose_name=_("consultation"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district"))
    shape = models.JSONField(_("shape as GeoJSON geometry"), null=True, blank=True)
    """Polygon or MultiPolygon in WGS 84, of a drawn area."""

    class Meta:
        verbose_name = _("area of a consultation")
        verbose_name_plural = _("areas of consultations")
        ordering = ["consultation_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "name"], name="an_area_is_named_once_in_a_consultation"),
            models.CheckConstraint(
                condition=Q(kind="city", district=None, shape=None)
                | Q(kind="district", district__isnull=False, shape=None)
                | Q(kind="drawn", district=None, shape__isnull=False),
                name="an_area_is_what_its_kind_says",
            ),
        ]

    def __str__(self) -> str:
        return self.name
