"""A variant of a message for one outlet, and each thing that left the house with the text it carried."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.publishing.messages.outlets import outlet_of


class State(models.TextChoices):
    """Where a variant stands; on screen five words (rules.screen_state)."""

    EMPTY = "empty", _("empty")
    DERIVED = "derived", _("made from the facts")
    EDITED = "edited", _("written by hand")
    STALE = "stale", _("facts have changed")
    APPROVED = "approved", pgettext_lazy("state of a text", "approved")
    QUEUED = "queued", _("waits for its moment")
    OUT = "out", _("sent")
    CONFIRMED = "confirmed", _("sent, with proof")
    HELD = "held", _("held back")
    FAILED = "failed", _("sending failed")
    BY_HAND = "by_hand", _("to be published by hand")
    CORRECTED = "corrected", pgettext_lazy("state of a text", "corrected")
    WITHDRAWN = "withdrawn", _("withdrawn")


UNSENT = (State.EMPTY, State.DERIVED, State.EDITED, State.STALE, State.APPROVED, State.QUEUED, State.HELD, State.FAILED)
SENT = (State.OUT, State.CONFIRMED, State.BY_HAND, State.CORRECTED)


class VariantQuerySet(models.QuerySet["Variant"]):
    """Filters on variants."""

    def unsent(self) -> VariantQuerySet:
        return self.filter(state__in=UNSENT)

    def sent(self) -> VariantQuerySet:
        return self.filter(state__in=SENT)

    def due(self, at: datetime) -> VariantQuerySet:
        """Queued ones whose moment has come."""
        return self.filter(state=State.QUEUED, scheduled_at__lte=at).order_by("scheduled_at", "pk")


class Variant(models.Model):
    """The text of a message for one outlet."""

    State = State

    message = models.ForeignKey("Message", on_delete=models.PROTECT, related_name="variants", verbose_name=_("message"))
    outlet = models.CharField(_("outlet"), max_length=30)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.EMPTY)
    written = models.TextField(_("text with facts in braces"), blank=True)
    """What somebody wrote for this outlet alone, with {kiedy} and the like; empty: the text is made from the facts."""
    text = models.TextField(_("text"), blank=True)
    based_on = models.ForeignKey("FactsVersion", on_delete=models.PROTECT, related_name="+", verbose_name=_("based on version"))
    typed_facts = ArrayField(
        models.CharField(max_length=300), verbose_name=_("facts typed by hand that have changed"), default=list, blank=True
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("author"))
    """Whoever last wrote the text, or the facts it was made from."""
    written_at = models.DateTimeField(_("written"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("when approved"), null=True, blank=True)
    approved_alone_because = models.CharField(_("approved without a second person because"), max_length=300, blank=True)
    scheduled_at = models.DateTimeField(_("to be sent at"), null=True, blank=True)
    trouble = models.CharField(_("what stands in the way"), max_length=300, blank=True)
    release = models.ForeignKey(
        "Release", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("what is out")
    )
    revision = models.PositiveIntegerField(_("how many times written"), default=0)
    outside_url = models.URLField(_("address where it was published"), max_length=500, blank=True)

    objects = VariantQuerySet.as_manager()

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["message", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "outlet"], name="one_variant_per_message_and_outlet"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="variant_state_is_known"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("author")) | ~Q(approved_alone_because=""),
                name="variant_is_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "queued"]) | Q(approved_at__isnull=False),
                name="variant_waits_to_leave_only_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["out", "confirmed", "by_hand", "corrected"]) | Q(release__isnull=False),
                name="sent_variant_keeps_what_left",
            ),
            models.CheckConstraint(
                condition=~Q(state="queued") | Q(scheduled_at__isnull=False), name="queued_variant_has_its_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["outlet", "state"], name="variant_outlet_state"),
            models.Index(fields=["scheduled_at"], name="variant_due", condition=Q(state="queued")),
        ]

    def __str__(self) -> str:
        return f"{self.message.reference} – {outlet_of(self.outlet).name}"


class Release(models.Model):
    """What left the house to one outlet at one moment: proof, never changed."""

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="releases", verbose_name=_("variant"))
    facts = models.ForeignKey("FactsVersion", on_delete=models.PROTECT, related_name="+", verbose_name=_("facts"))
    text = models.TextField(_("text"))
    left_at = models.DateTimeField(_("left"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("sent by")
    )
    """Empty: the program, at the moment set by a person."""
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved by")
    )
    approved_alone_because = models.CharField(_("approved without a second person because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["variant", "left_at", "pk"]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.left_at:%Y-%m-%d %H:%M}"
