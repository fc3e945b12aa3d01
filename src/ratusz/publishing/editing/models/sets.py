"""Release sets: pages, messages and redirects that go out together at one moment, or not at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .submissions import person_key


class ReleaseSetQuerySet(models.QuerySet["ReleaseSet"]):
    """Filters on release sets."""

    def waiting(self) -> ReleaseSetQuerySet:
        return self.filter(state=ReleaseSet.State.APPROVED, goes_out_at__isnull=False)

    def holding(self, kind: str, key: Any) -> ReleaseSetQuerySet:
        """The open set in which a thing waits: one at most."""
        return self.filter(items__is_held=True, items__kind=kind, items__key=key)

    def due(self, at: datetime) -> ReleaseSetQuerySet:
        return self.waiting().filter(goes_out_at__lte=at, stopped_at=None).order_by("goes_out_at", "pk")


class ReleaseSet(models.Model):
    """A few things that make sense only together."""

    class State(models.TextChoices):
        """In the words of the house."""

        DRAFT = "draft", _("draft")
        APPROVED = "approved", pgettext_lazy("state", "approved")
        RELEASED = "released", _("gone out")
        CLOSED = "closed", _("closed")

    name = models.CharField(_("name"), max_length=160)
    goes_out_at = models.DateTimeField(_("goes out"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    made_by = person_key(_("put together by"))
    made_at = models.DateTimeField(_("put together"))
    last_edited_by = person_key(_("last changed by"))
    approved_by = person_key(_("approved by"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    day_check_at = models.DateTimeField(_("checked a day before"), null=True, blank=True)
    hour_check_at = models.DateTimeField(_("checked an hour before"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("did not go out"), null=True, blank=True)
    """Set when the release was refused; somebody mends the set and lets it go again."""
    troubles = models.JSONField(_("what stands in the way"), default=list, blank=True)
    """[[words, address], …] of the last check."""
    released_at = models.DateTimeField(_("went out"), null=True, blank=True)

    objects = ReleaseSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("release set")
        verbose_name_plural = _("release sets")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | (~Q(approved_by=F("made_by")) & ~Q(approved_by=F("last_edited_by"))),
                name="a_second_pair_of_eyes_approves_a_set",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "released"]) | Q(approved_by__isnull=False), name="no_set_goes_out_unapproved"
            ),
            models.CheckConstraint(condition=~Q(state="released") | Q(released_at__isnull=False), name="a_release_has_its_moment"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.APPROVED)


class ReleaseItem(models.Model):
    """One thing in a set: a kind that some module registered (registries.release_kinds), and its key there."""

    release_set = models.ForeignKey(ReleaseSet, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("what"), max_length=300)
    is_held = models.BooleanField(default=True)
    """While its set is open; a thing waits in one set at a time."""
    approved_as = models.CharField(max_length=60, blank=True)
    """What it was when the set was approved, in the words of its kind (ReleaseKind.version)."""

    class Meta:
        verbose_name = _("part of a release set")
        verbose_name_plural = _("parts of release sets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], condition=Q(is_held=True), name="a_thing_waits_in_one_set"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
