"""Profiles of the participatory budget in networks: its name, address and a sentence about itself."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Filters on profiles."""

    def kept(self) -> ProfileQuerySet:
        """Those the city still keeps, in the order of the page."""
        return self.filter(closed_at=None).order_by("position", "pk")


class Profile(models.Model):
    """One profile. A closed one stays, so that nobody takes a stranger under its old name for the city."""

    class Network(models.TextChoices):
        """Where it is."""

        FACEBOOK = "facebook", "Facebook"
        INSTAGRAM = "instagram", "Instagram"
        YOUTUBE = "youtube", "YouTube"
        TIKTOK = "tiktok", "TikTok"
        X = "x", "X"
        LINKEDIN = "linkedin", "LinkedIn"
        MASTODON = "mastodon", "Mastodon"

    network = models.CharField(_("network"), max_length=10, choices=Network)
    name = models.CharField(_("name in the network"), max_length=80)
    address = models.URLField(_("address"), max_length=300, unique=True)
    about = models.CharField(_("sentence about itself"), max_length=160)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    opened_at = models.DateTimeField(_("added"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile of the budget")
        verbose_name_plural = _("profiles of the budget")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(address__startswith="https://"), name="a_profile_has_a_safe_address"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(about=""), name="a_profile_says_what_it_is"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="a_profile_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_network_display()}: {self.name}"
