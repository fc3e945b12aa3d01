"""Who asked and who follows a decision by e-mail: the only personal data of residents in this module."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.codes import formatted
from ratusz.foundation.notifications.models import Address
from ratusz.governance.decisions.models.decisions import Decision

FOLLOWED = "decisions.followed"
"""Consent of those who follow decisions."""
ASKED = "decisions.asked"
"""Whoever asked is told; it stops when they say so."""


class Asker(models.Model):
    """Somebody who asked for it: they are told of every change, or look it up by the number on their receipt."""

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="askers", verbose_name=_("decision of the President")
    )
    code = models.CharField(_("number on the receipt"), max_length=30, unique=True, editable=False)
    address = models.ForeignKey(
        Address, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where to write")
    )
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("person who asked")
        verbose_name_plural = _("people who asked")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "address"], condition=Q(address__isnull=False), name="one_asks_once")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}"

    @property
    def number(self) -> str:
        """As printed: "K7QM-2X9D-4TRA"."""
        return formatted(self.code)


class FollowerQuerySet(models.QuerySet["Follower"]):
    """Filters on followers."""

    def without_consent(self) -> FollowerQuerySet:
        """Of those who left: nothing goes to them, and their rows are forgotten in the night."""
        return self.exclude(address__in=Address.objects.filter(consents__purpose=FOLLOWED, consents__withdrawal__isnull=True))


class Follower(models.Model):
    """An address that follows one decision after a double opt-in."""

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="followers", verbose_name=_("decision of the President")
    )
    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="+", verbose_name=_("recipient"))
    followed_at = models.DateTimeField(_("followed since"))

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower of a decision")
        verbose_name_plural = _("followers of decisions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "address"], name="a_decision_is_followed_once")]

    def __str__(self) -> str:
        return f"{self.decision_id}"
