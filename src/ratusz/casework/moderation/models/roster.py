"""The roster of moderators: turns of a week in each unit, absences, and faults of the platform that staff report."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    """As date.weekday() counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Filters on turns of the week."""

    def between(self, first: date, last: date) -> ShiftQuerySet:
        """Those that hold on some day from `first` to `last`."""
        return self.filter(Q(last_date=None) | Q(last_date__gte=first), first_date__lte=last)


class Shift(models.Model):
    """One turn of a unit's week: on this weekday this person, or their substitute. Without a place it covers all of the unit."""

    unit = models.ForeignKey("ratusz_units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    place = models.CharField(_("key of the place"), max_length=120, blank=True)
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("on duty"))
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("substitute")
    )
    first_date = models.DateField(_("first day"))
    last_date = models.DateField(_("last day"), null=True, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn of moderators")
        verbose_name_plural = _("turns of moderators")
        ordering = ["unit", "weekday", "opens", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="a_shift_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(last_date=None) | Q(last_date__gte=F("first_date")), name="a_shift_has_its_days"),
            models.CheckConstraint(condition=~Q(person=F("substitute")), name="a_shift_has_another_substitute"),
            models.CheckConstraint(condition=Q(weekday__lte=4), name="a_shift_is_on_a_working_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}"

    @property
    def label_in_record(self) -> str:
        return f"shift #{self.pk}"


class Absence(models.Model):
    """Days on which a moderator is not there; why is nobody's business here."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    first_date = models.DateField(_("first day"))
    last_date = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("absence of a moderator")
        verbose_name_plural = _("absences of moderators")
        ordering = ["first_date", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_date__gte=F("first_date")), name="an_absence_has_its_days"),
            models.UniqueConstraint(fields=["person", "first_date"], name="an_absence_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_date} – {self.last_date}"

    @property
    def label_in_record(self) -> str:
        return f"absence #{self.pk}"


class Fault(models.Model):
    """A fault of the platform as moderators met it, for the agenda of their meeting until it is mended."""

    words = models.CharField(_("what does not work"), max_length=500)
    url = models.CharField(_("where"), max_length=300, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported"))
    mended_at = models.DateTimeField(_("mended"), null=True, blank=True)
    answer = models.CharField(_("what was done"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("fault of the platform")
        verbose_name_plural = _("faults of the platform")
        ordering = ["reported_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_fault_says_what")]

    def __str__(self) -> str:
        return self.words

    @property
    def label_in_record(self) -> str:
        return f"fault #{self.pk}"
