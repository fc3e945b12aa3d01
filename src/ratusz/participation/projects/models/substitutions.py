"""Who stands in for whom with projects, from when until when: for a verifier, or for a whole unit that gives opinions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SubstitutionQuerySet(models.QuerySet["Substitution"]):
    """Filters on substitutions."""

    def in_force(self, at: datetime) -> SubstitutionQuerySet:
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def by(self, person: Any, at: datetime) -> SubstitutionQuerySet:
        """Those in which the person stands in now."""
        return self.in_force(at).filter(substitute=person.pk)


class Substitution(models.Model):
    """One substitution for one period [starts_at, ends_at); ended early it keeps its beginning."""

    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who is away")
    )
    unit = models.ForeignKey(
        "ratusz_units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit nobody of whom is there")
    )
    substitute = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who stands in"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who set it"))

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("substitution with projects")
        verbose_name_plural = _("substitutions with projects")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_substitution_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(absent__isnull=False, unit=None) | Q(absent=None, unit__isnull=False),
                name="a_substitution_is_for_one_person_or_unit",
            ),
            models.CheckConstraint(condition=Q(absent=None) | ~Q(absent=F("substitute")), name="nobody_stands_in_for_themselves"),
            models.UniqueConstraint(
                fields=["absent", "unit", "substitute", "starts_at"], name="a_substitution_stands_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absent_id or self.unit_id} ← {self.substitute_id}"

    @property
    def label_in_record(self) -> str:
        return f"zastępstwo {self.pk}"
