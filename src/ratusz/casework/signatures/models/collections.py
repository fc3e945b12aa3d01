"""A collection of signatures under one thing; what the thing asks for is copied when it opens and when its module says so."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Filters on collections."""

    def open(self, at: datetime) -> CollectionQuerySet:
        """Those that take signatures at that moment."""
        return self.filter(Q(until=None) | Q(until__gt=at), closed_at=None)

    def past(self, at: datetime) -> CollectionQuerySet:
        """Those whose time of keeping was over before that moment and that still hold people."""
        return self.filter(keep_until__lte=at, erased_at=None)


class Collection(models.Model):
    """Signatures under one thing. `subject` is the thing's key, such as "budget.application:12"; its kind is registered above."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(_("what is supported"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("public page of the thing"), max_length=500, blank=True)
    needed = models.PositiveIntegerField(_("signatures needed"))
    until = models.DateTimeField(_("until when"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    keep_until = models.DateTimeField(_("personal data kept until"), null=True, blank=True)
    """Set when the thing ended: its days of keeping run from then."""
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection of signatures")
        verbose_name_plural = _("collections of signatures")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="a_collection_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(keep_until=None) | Q(closed_at__isnull=False), name="only_a_closed_collection_runs_out"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label_in_record(self) -> str:
        return self.subject

    @property
    def kind(self) -> str:
        """Under which name the thing is registered."""
        return self.subject.partition(":")[0]

    def is_open(self, at: datetime) -> bool:
        """Whether it takes signatures at that moment."""
        return self.closed_at is None and (self.until is None or at < self.until)
