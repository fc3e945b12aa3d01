"""The yearly plan of consultations: what units mean to ask, when, and what became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models.consultations import Consultation


class YearPlan(models.Model):
    """The plan of one year; published once it is approved, and added to later."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who published it")
    )

    class Meta:
        verbose_name = _("yearly plan of consultations")
        verbose_name_plural = _("yearly plans of consultations")
        ordering = ["-year"]
        constraints = [models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="a_plan_is_of_a_year_of_ours")]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("consultation_plans:year", args=[self.year])

    @property
    def label_in_record(self) -> str:
        return str(self.year)


class PlannedSubject(models.Model):
    """One subject of the plan. A subject that is dropped stays with its reason; one that began leads to its consultation."""

    plan = models.ForeignKey(YearPlan, models.PROTECT, related_name="subjects", verbose_name=_("yearly plan of consultations"))
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("subject of the plan"), max_length=250)
    why = models.TextField(_("why we ask"), max_length=2000, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that answers in substance"))
    first_month = models.PositiveSmallIntegerField(_("from the month"))
    last_month = models.PositiveSmallIntegerField(_("to the month"))
    scope_words = models.CharField(_("whom it concerns"), max_length=500, blank=True)
    forms = models.JSONField(_("proposed forms"), default=list)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    drop_reason = models.CharField(_("why it was dropped"), max_length=1000, blank=True)
    consultation = models.OneToOneField(
        Consultation, models.SET_NULL, null=True, blank=True, related_name="planned_subject", verbose_name=_("consultation")
    )
    made_at = models.DateTimeField(_("written"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by"))

    class Meta:
        verbose_name = _("subject of a yearly plan")
        verbose_name_plural = _("subjects of yearly plans")
        ordering = ["plan_id", "first_month", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_month__gte=1, last_month__lte=12, last_month__gte=F("first_month")),
                name="a_planned_subject_has_months_of_its_year",
            ),
            models.CheckConstraint(condition=Q(dropped_at=None) | ~Q(drop_reason=""), name="a_subject_is_dropped_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label_in_record(self) -> str:
        return f"{self.plan_id}: {self.pk}"
