"""Follows and tellings: who follows what by e-mail, and what is still to be told to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.notifications.models import Address
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.publishing.website.models import Topic, WireItem

PURPOSE = "following.news"
"""The one consent for everything a person follows; what they follow stands in their rows of Follow."""


class FollowQuerySet(models.QuerySet["Follow"]):
    """Filters on what people follow."""

    def of_item(self, item: WireItem) -> FollowQuerySet:
        """Rows of a district, topic or unit that the item is about."""
        about = Q(district__in=item.districts.all()) | Q(topic__in=item.topics.all())
        return self.filter(about | Q(unit=item.unit_id, unit__isnull=False))

    def without_consent(self) -> FollowQuerySet:
        """Of those who left: nothing goes to them, and their rows are forgotten in the night."""
        return self.exclude(address__in=Address.objects.filter(consents__purpose=PURPOSE, consents__withdrawal__isnull=True))


class Follow(models.Model):
    """One district, topic or unit that somebody follows."""

    address = models.ForeignKey(Address, verbose_name=_("recipient"), on_delete=models.CASCADE, related_name="follows")
    district = models.ForeignKey(
        District, verbose_name=_("district"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    followed_at = models.DateTimeField(_("followed since"))

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed matter")
        verbose_name_plural = _("followed matters")
        constraints = [
            models.CheckConstraint(
                condition=Q(district__isnull=False, topic=None, unit=None)
                | Q(district=None, topic__isnull=False, unit=None)
                | Q(district=None, topic=None, unit__isnull=False),
                name="one_row_follows_one_thing",
            ),
            models.UniqueConstraint(
                fields=["address", "district", "topic", "unit"], nulls_distinct=False, name="a_thing_is_followed_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.district or self.topic or self.unit)


class TellingQuerySet(models.QuerySet["Telling"]):
    """Filters on what is to be told."""

    def open(self) -> TellingQuerySet:
        return self.filter(finished_at=None).order_by("pk")


class Telling(models.Model):
    """One thing of the wire to be told to its followers. The row is the queue: it knows how far down the addresses it has got."""

    class Event(models.TextChoices):
        """What is told."""

        NEW = "new", _("new")
        CORRECTED = "corrected", _("corrected")

    item = models.ForeignKey(WireItem, verbose_name=_("what"), on_delete=models.CASCADE, related_name="+")
    event = models.CharField(_("what is told"), max_length=10, choices=Event)
    version = models.PositiveIntegerField(_("version"))
    made_at = models.DateTimeField(_("since"))
    told_up_to = models.BigIntegerField(_("last address told"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = TellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("telling the followers")
        verbose_name_plural = _("tellings of the followers")
        indexes = [models.Index(fields=["id"], name="tellings_not_finished", condition=Q(finished_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(event="new"), name="a_thing_is_new_once"),
            models.UniqueConstraint(fields=["item", "version"], name="a_version_is_told_once"),
            models.CheckConstraint(condition=Q(event__in=["new", "corrected"]), name="telling_event_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.event}"

    @property
    def dedup_key(self) -> str:
        """Names the event for every recipient: told once, whoever dies in the middle."""
        return f"{self.item.code}:{self.event}:{self.version if self.event == self.Event.CORRECTED else 1}"


class FollowTry(models.Model):
    """One question from a connection, so that nobody has the Office write to strangers by the thousand; lives for a day."""

    fingerprint = models.CharField(_("connection"), max_length=64)
    """Keyed; never the address itself."""
    tried_at = models.DateTimeField(_("asked"))

    class Meta:
        verbose_name = _("question to follow from a connection")
        verbose_name_plural = _("questions to follow from connections")
        indexes = [models.Index(fields=["fingerprint", "tried_at"], name="questions_of_a_connection")]

    def __str__(self) -> str:
        return f"{self.fingerprint[:8]} {self.tried_at}"
