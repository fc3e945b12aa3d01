"""A consultation and the parts of the city that it concerns."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least, TruncDate
from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.dates import local_day
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

    def with_report_day(self) -> ConsultationQuerySet:
        """Each with `closed_on`, the day it ended or was cancelled, and `report_on`, the last day for its report."""
        cancelled = TruncDate("cancelled_at", tzinfo=get_default_timezone())
        rows = self.annotate(closed_on=Least("ends_on", cancelled, output_field=models.DateField()))
        return rows.annotate(report_on=models.ExpressionWrapper(F("closed_on") + F("report_days"), output_field=models.DateField()))

    def overdue(self, day: date) -> ConsultationQuerySet:
        """Those whose report should have been there before that day."""
        return self.owing_a_report(day).filter(report_days__gt=0).with_report_day().filter(report_on__lt=day)


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
    alternative = models.TextField(_("what else could be done"), max_length=4000, blank=True)
    """At least one real alternative to what is proposed."""
    what_next = models.TextField(_("what happens after the consultation"), max_length=4000, blank=True)
    contact = models.CharField(_("contact for questions"), max_length=300, blank=True)
    """Of the unit, not of a private person."""
    final_act = models.CharField(_("act that already decides the matter"), max_length=300, blank=True)
    """Empty in good faith: nothing is decided yet."""
    key_dates = models.JSONField(_("days that choose the version of the law"), default=dict, blank=True)
    """ "intent_resolution" -> "2023-10-05"."""
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    order_number = models.CharField(_("number of the ordinance"), max_length=60, blank=True)
    ordered_on = models.DateField(_("day of the ordinance"), null=True, blank=True)
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    report_days = models.PositiveSmallIntegerField(_("days for the report after the end"), default=30)
    """Of its rules, written at launch; 0: the law sets none."""
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.TextField(_("reason of cancelling"), max_length=2000, blank=True)
    reported_at = models.DateTimeField(_("report published"), null=True, blank=True)
    """When the first version of its report was published; set by the report machine alone."""
    archived_at = models.DateTimeField(_("closed and archived"), null=True, blank=True)
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
                violation_error_message=_("The last day comes before the first one. Change one of them."),
            ),
            models.CheckConstraint(
                condition=Q(announced_at=None)
                | Q(starts_on__isnull=False, ends_on__isnull=False, number__isnull=False, owner_unit__isnull=False) & ~Q(label=""),
                name="an_announced_consultation_has_days_number_owner_and_label",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancel_reason=""), name="a_consultation_is_cancelled_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None) | Q(label="informal") | Q(reported_at__isnull=False),
                name="a_formal_consultation_is_closed_with_a_report",
            ),
            models.CheckConstraint(condition=~Q(follows=F("id")), name="a_consultation_does_not_follow_itself"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consultations:consultation", args=[self.slug])

    @property
    def key(self) -> str:
        """As clocks, files and followers name it."""
        return f"consultations.consultation:{self.pk}"

    @property
    def label_in_record(self) -> str:
        return self.number or self.title

    @property
    def is_formal(self) -> bool:
        return self.label == self.Label.FORMAL

    @property
    def closed_day(self) -> date | None:
        """The last day people could take part: the last day, or the day it was cancelled before."""
        days = [self.ends_on, local_day(self.cancelled_at) if self.cancelled_at else None]
        return min((day for day in days if day), default=None)

    @property
    def report_day(self) -> date | None:
        """The last day for the report, not moved to a working day; None where none is owed or the law sets no day."""
        closed = self.closed_day
        return closed + timedelta(days=self.report_days) if closed and self.is_formal and self.report_days else None

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
