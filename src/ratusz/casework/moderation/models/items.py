"""One thing in the queue, and what those who flagged it wrote."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Why a thing is in the queue."""

    FLAGGED = "flagged", _("flagged by readers")
    BEFORE = "before", _("waits to be published")
    AUTOMATIC = "automatic", _("found by the machine")


class State(models.TextChoices):
    """Where a thing in the queue is. The last two are closed."""

    WAITING = "waiting", _("waits for a moderator")
    WITH_AUTHOR = "with_author", _("with the author, for a change")
    QUARANTINE = "quarantine", _("in quarantine")
    JUDGED = "judged", _("judged")
    GONE = "gone", _("gone: the author or a keeper took it away")


CLOSED = (State.JUDGED, State.GONE)


class ItemQuerySet(models.QuerySet["Item"]):
    """Filters on things in the queue."""

    def open(self) -> ItemQuerySet:
        return self.exclude(state__in=CLOSED)

    def closed_before(self, moment: datetime) -> ItemQuerySet:
        return self.filter(closed_at__lt=moment)


class Item(models.Model):
    """One thing that is or was in the queue. `thing` is its stable key, "intranet.comment:12"; `label` names no private person."""

    kind = models.CharField(_("kind of thing"), max_length=60)
    thing = models.CharField(_("key of the thing"), max_length=120, db_index=True)
    label = models.CharField(_("thing"), max_length=200)
    source = models.CharField(_("why it is in the queue"), max_length=10, choices=Source)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    place = models.CharField(_("key of the place"), max_length=120, blank=True, db_index=True)
    score = models.PositiveSmallIntegerField(_("risk of 100"), null=True, blank=True)
    signals = models.JSONField(_("signals"), default=list, blank=True)
    """Pairs of a code and what it found, as risks.assess() gives them."""
    is_urgent = models.BooleanField(_("may be illegal: at once"), default=False)
    unit = models.ForeignKey(
        "ratusz_units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    author_address = models.EmailField(_("e-mail of an author without an account"), blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who judges it")
    )
    opened_at = models.DateTimeField(_("came into the queue"))
    seen_at = models.DateTimeField(_("first seen by a moderator"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing to judge")
        verbose_name_plural = _("things to judge")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thing"], condition=~Q(state__in=("judged", "gone")), name="a_thing_is_in_the_queue_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("judged", "gone"), closed_at__isnull=False)
                | (~Q(state__in=("judged", "gone")) & Q(closed_at=None)),
                name="a_closed_thing_has_its_moment",
            ),
            models.CheckConstraint(condition=Q(person=None) | Q(seen_at__isnull=False), name="whoever_took_it_has_seen_it"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__lte=100), name="a_risk_of_a_thing_is_of_100"),
            models.CheckConstraint(condition=Q(thing__startswith=models.F("kind")), name="a_thing_is_of_its_kind"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label_in_record(self) -> str:
        return self.thing

    @property
    def key(self) -> str:
        """Subject of its clocks."""
        return f"moderation.item:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED


class Flag(models.Model):
    """What one reader wrote about a thing. `sender` tells one reader from another so that nobody flags a thing twice."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="flags", verbose_name=_("thing to judge"))
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who flagged it"),
    )
    sender = models.CharField(_("key of the sender"), max_length=64)
    reason = models.CharField(_("reason the reader chose"), max_length=40, blank=True)
    words = models.TextField(_("words of the reader"), max_length=1000, blank=True)
    flagged_at = models.DateTimeField(_("flagged"))

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["flagged_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "sender"], name="one_flag_of_a_sender")]

    def __str__(self) -> str:
        return f"{self.item_id} #{self.pk}"
