"""Where residents come for advice and when: weekly hours, days that differ, a table set up somewhere for an afternoon."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    """Days of the week, as ISO 8601 numbers them."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class PointQuerySet(models.QuerySet["Point"]):
    """Filters on points."""

    def working(self) -> PointQuerySet:
        """Those that were not closed for good."""
        return self.filter(closed_at=None)


class Point(models.Model):
    """A consultation point. `about` says what it advises on: one point may serve a budget, a consultation, or both."""

    slug = models.SlugField(_("address on the website"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=140)
    about = models.CharField(_("what it advises on"), max_length=500)
    address = models.CharField(_("address"), max_length=200)
    room = models.CharField(_("room"), max_length=60, blank=True)
    access = models.CharField(_("how to get in: step-free entry, loop, sign language"), max_length=500, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    takes_bookings = models.BooleanField(_("people may book a time"), default=True)
    minutes = models.PositiveSmallIntegerField(_("minutes of one appointment"), default=20)
    desks = models.PositiveSmallIntegerField(_("people advised at the same time"), default=1)
    days_ahead = models.PositiveSmallIntegerField(_("how many days ahead people may book"), default=14)
    closed_at = models.DateTimeField(_("closed for good"), null=True, blank=True)

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation point")
        verbose_name_plural = _("consultation points")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=240),
                name="an_appointment_has_5_to_240_minutes",
                violation_error_message=_("An appointment takes from 5 to 240 minutes."),
            ),
            models.CheckConstraint(
                condition=Q(desks__gte=1, desks__lte=20),
                name="a_point_has_1_to_20_desks",
                violation_error_message=_("A point has from 1 to 20 desks."),
            ),
            models.CheckConstraint(
                condition=Q(days_ahead__gte=1, days_ahead__lte=90),
                name="booking_is_1_to_90_days_ahead",
                violation_error_message=_("Booking may open from 1 to 90 days ahead."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("advice:point", args=[self.slug])

    @property
    def where(self) -> str:
        """Address and room."""
        return f"{self.address}, {self.room}" if self.room else self.address


def _minutes_of(name: str) -> Func:
    """A time of day as minutes since midnight: a range of whole numbers needs no type of our own."""
    return Func(F(name), template="(EXTRACT(hour FROM %(expressions)s) * 60 + EXTRACT(minute FROM %(expressions)s))::integer")


class Hours(models.Model):
    """Weekly hours of one day of the week, from a day on and, if it is known, until another."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="hours", verbose_name=_("consultation point"))
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("the first day it is valid no more"), null=True, blank=True)

    class Meta:
        verbose_name = _("weekly hours")
        verbose_name_plural = _("weekly hours")
        ordering = ["point", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="a_point_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="a_week_has_seven_days"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="weekly_hours_end_after_they_begin"
            ),
            ExclusionConstraint(
                name="weekly_hours_of_a_point_do_not_overlap",
                expressions=[
                    (Func(F("point"), F("point"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func(F("weekday"), F("weekday"), Value("[]"), function="int4range"), RangeOperators.OVERLAPS),
                    (
                        Func(_minutes_of("opens"), _minutes_of("closes"), Value("[)"), function="int4range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func(F("valid_from"), F("valid_to"), Value("[)"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.get_weekday_display()} {self.opens:%H:%M}-{self.closes:%H:%M}"


class SpecialDay(models.Model):
    """A day that differs from its week: closed, or open in other hours, such as longer on the last day."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="special_days", verbose_name=_("consultation point"))
    day = models.DateField(_("day"))
    opens = models.TimeField(_("from"), null=True, blank=True)
    closes = models.TimeField(_("until"), null=True, blank=True)
    why = models.CharField(_("why, for everybody"), max_length=200)

    class Meta:
        verbose_name = _("day that differs")
        verbose_name_plural = _("days that differ")
        ordering = ["point", "day"]
        constraints = [
            models.UniqueConstraint(fields=["point", "day"], name="a_day_differs_in_one_way"),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(opens__isnull=False, closes__gt=F("opens")),
                name="a_day_that_differs_is_closed_or_has_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.day}"

    @property
    def is_closed(self) -> bool:
        return self.opens is None


class Outing(models.Model):
    """The point goes to people: a table at a library or a market, once, from a moment to another."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="outings", verbose_name=_("consultation point"))
    place = models.CharField(_("place"), max_length=140)
    address = models.CharField(_("address"), max_length=200)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True)
    why_off = models.CharField(_("why it was called off"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mobile point")
        verbose_name_plural = _("mobile points")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="an_outing_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(called_off_at=None, why_off="") | Q(called_off_at__isnull=False) & ~Q(why_off=""),
                name="an_outing_called_off_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.starts_at:%Y-%m-%d}"

    @property
    def where(self) -> str:
        return f"{self.place}, {self.address}"
