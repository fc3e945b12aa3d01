"""The emergency banner: one sentence on every page, seen by two people before it shows, gone at its hour by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

LONGEST = timedelta(hours=72)
"""The outermost limit, held by the database; the pack may set a shorter one."""


class BannerQuerySet(models.QuerySet["Banner"]):
    """Filters on banners."""

    def showing(self, at: datetime) -> BannerQuerySet:
        return self.filter(approved_at__isnull=False, withdrawn_at=None, starts_at__lte=at, expires_at__gt=at)

    def waiting(self, at: datetime) -> BannerQuerySet:
        """For a second person."""
        return self.filter(approved_at=None, withdrawn_at=None, expires_at__gt=at)

    def to_review(self) -> BannerQuerySet:
        """Shown by one person alone, and nobody else has said yet what they think of it."""
        return self.exclude(alone_because="").filter(approved_at__isnull=False, reviewed_at=None)


class Banner(models.Model):
    """One emergency told on every page of the portal."""

    class Level(models.TextChoices):
        """How grave it is; a danger shows instead of a warning when there are two."""

        WARNING = "warning", _("warning")
        DANGER = "danger", _("danger to life or health")

    text = models.CharField(_("what happens and what to do"), max_length=200)
    text_in_english = models.CharField(_("the same in English"), max_length=200, blank=True)
    url = models.CharField(_("address of a page that says more"), max_length=500, blank=True)
    level = models.CharField(_("how grave"), max_length=10, choices=Level, default=Level.WARNING)
    starts_at = models.DateTimeField(_("shown from"))
    expires_at = models.DateTimeField(_("shown until"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("second person"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    alone_because = models.CharField(_("why without a second person"), max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("taken down by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken down"), null=True, blank=True)

    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewed by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    review = models.CharField(_("what the reviewer found"), max_length=1000, blank=True)

    objects = BannerQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency banner")
        verbose_name_plural = _("emergency banners")
        ordering = ["-written_at"]
        indexes = [models.Index(fields=["expires_at"], name="banners_not_taken_down", condition=Q(withdrawn_at=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("starts_at"), expires_at__lte=F("starts_at") + LONGEST),
                name="a_banner_ends_within_three_days",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_banner_says_something"),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="a_banner_is_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("author")) | ~Q(alone_because=""),
                name="a_banner_is_seen_by_two_or_says_why",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None) | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="a_banner_is_taken_down_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None) | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="a_banner_is_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("author")), name="somebody_else_reviews_a_banner"
            ),
        ]

    def __str__(self) -> str:
        return self.text
