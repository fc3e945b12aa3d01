"""Places where people write: their rules of publishing, who moderates there and from when to when, and what was let in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """When what people write is looked at."""

    POST = "post", _("afterwards: it is shown at once")
    PRE = "pre", _("before: everything waits for a moderator")
    HYBRID = "hybrid", _("partly before: new authors and what looks risky wait")


class PlaceRules(models.Model):
    """How one place publishes from a moment on; a change is a new row, so that what held on a day can be told."""

    place = models.CharField(_("key of the place"), max_length=120)
    mode = models.CharField(_("moderation"), max_length=8, choices=Mode)
    why = models.CharField(_("why"), max_length=500)
    starts = models.DateTimeField(_("in force from"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("set by"))

    class Meta:
        verbose_name = _("rules of a place")
        verbose_name_plural = _("rules of places")
        ordering = ["place", "-starts", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "starts"], name="rules_of_a_place_begin_once"),
            models.CheckConstraint(condition=~Q(why=""), name="rules_of_a_place_say_why"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.mode}"

    @property
    def label_in_record(self) -> str:
        return str(self)


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Filters on mandates."""

    def in_force(self, at: datetime) -> MandateQuerySet:
        return self.filter(Q(ends=None) | Q(ends__gt=at), starts__lte=at, ended_at=None)

    def of(self, person: int, email: str) -> MandateQuerySet:
        """The person's own, those in which they stand in, and those they were invited to and accepted."""
        came = Q(person=None, invitation__accepted_at__isnull=False, invitation__email=email.lower())
        return self.filter(Q(person=person) | Q(substitute=person) | came)


class Mandate(models.Model):
    """Who moderates a place, in [starts, ends), and who stands in for them. An outsider's mandate ends with the place."""

    place = models.CharField(_("key of the place"), max_length=120, db_index=True)
    place_name = models.CharField(_("place"), max_length=200)
    unit = models.ForeignKey("ratusz_units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("moderator")
    )
    invitation = models.ForeignKey(
        "ratusz_units.AccountInvitation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("invitation to an account"),
    )  # fmt: skip
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("substitute")
    )
    is_outsider = models.BooleanField(_("from outside the Office"), default=False)
    trained_on = models.DateField(_("day of the training"), null=True, blank=True)
    starts = models.DateTimeField(_("in force from"))
    ends = models.DateTimeField(_("in force until"), null=True, blank=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("appointed by")
    )
    appointed_at = models.DateTimeField(_("appointed"))
    ended_at = models.DateTimeField(_("called off"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("called off by")
    )
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment of a moderator")
        verbose_name_plural = _("appointments of moderators")
        ordering = ["place", "-starts", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("starts")), name="a_mandate_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(is_outsider=False) | Q(ends__isnull=False), name="an_outsider_has_an_end"),
            models.CheckConstraint(condition=~Q(person=F("substitute")), name="a_mandate_has_another_substitute"),
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(end_reason=""), name="a_mandate_ends_for_a_reason"),
            models.UniqueConstraint(
                fields=["place", "person"], condition=Q(ended_at=None, person__isnull=False, ends=None),
                name="one_open_mandate_of_a_person",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.place_name

    @property
    def label_in_record(self) -> str:
        return f"{self.place} #{self.pk}"


class Admitted(models.TextChoices):
    """What became of a thing when it was sent."""

    PUBLISHED = "published", _("shown at once")
    WAITING = "waiting", _("waits for a moderator")
    QUARANTINED = "quarantined", _("in quarantine as spam")


class Admission(models.Model):
    """That one thing was sent, and whether it was shown, waited or was held as spam; names nobody."""

    thing = models.CharField(_("key of the thing"), max_length=120, unique=True)
    kind = models.CharField(_("kind of thing"), max_length=60)
    place = models.CharField(_("key of the place"), max_length=120, blank=True)
    unit = models.ForeignKey(
        "ratusz_units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    mode = models.CharField(_("moderation"), max_length=8, choices=Mode)
    outcome = models.CharField(_("what became of it"), max_length=12, choices=Admitted)
    score = models.PositiveSmallIntegerField(_("risk of 100"))
    signals = ArrayField(models.CharField(max_length=30), verbose_name=_("signals"), default=list, blank=True)
    admitted_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("thing sent")
        verbose_name_plural = _("things sent")
        ordering = ["-admitted_at", "-pk"]
        indexes = [models.Index(fields=["admitted_at"], name="moderation_admitted")]
        constraints = [models.CheckConstraint(condition=Q(score__lte=100), name="a_risk_is_of_100")]

    def __str__(self) -> str:
        return f"{self.thing} {self.outcome}"

    @property
    def is_published(self) -> bool:
        """Whether its module shows it at once."""
        return self.outcome == Admitted.PUBLISHED
