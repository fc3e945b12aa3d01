"""The check of a collection: pairs a clerk looked at, and the protocol that says whether enough signatures count."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.casework.signatures.models.collections import Collection
from ratusz.casework.signatures.models.signatures import Signature


class LookedAtPair(models.Model):
    """Two signatures that look alike, and what a clerk found: one person, or two."""

    first = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+", verbose_name=_("first signature"))
    second = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+", verbose_name=_("second signature"))
    is_same = models.BooleanField(_("one person"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who looked"))
    made_at = models.DateTimeField(_("looked at"))

    class Meta:
        verbose_name = _("pair of similar signatures")
        verbose_name_plural = _("pairs of similar signatures")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_looked_at_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_stands_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}/{self.second_id}"

    @property
    def label_in_record(self) -> str:
        return f"{self.first_id}/{self.second_id}"


class CheckProtocol(models.Model):
    """A finished check: the numbers as they were, without anybody's name. It never changes; a later check is another one."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="checks", verbose_name=_("collection"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who made it"))
    needed = models.PositiveIntegerField(_("signatures needed"))
    valid = models.PositiveIntegerField(_("signatures that count"))
    numbers = models.JSONField(_("numbers by state and reason"))

    class Meta:
        verbose_name = _("protocol of the check of signatures")
        verbose_name_plural = _("protocols of checks of signatures")
        ordering = ["collection", "pk"]

    def __str__(self) -> str:
        return f"{self.collection_id}/{self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.collection_id}/{self.pk}"

    @property
    def is_met(self) -> bool:
        return self.valid >= self.needed
