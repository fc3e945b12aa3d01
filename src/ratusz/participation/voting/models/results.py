"""What a vote ends in: its statistics, fit to be published, and the second count that has to agree before anything is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ratusz.participation.voting.models.votes import Vote


class VoteTable(models.Model):
    """One table about a vote, counted while it still could be: ways, districts, hours, ages. Append-only.

    Small classes are merged before it is stored (disclosure.py), so no row here points at a few people; only `sums`, which has to
    agree to the last envelope, is exact and merged when it is shown.
    """

    class Name(models.TextChoices):
        SUMS = "sums", _("roll and envelopes")
        CHANNEL = "channel", _("ways of voting")
        DISTRICT = "district", _("districts")
        DAY = "day", _("days")
        HOUR = "hour", _("hours")
        AGE = "age", _("age")
        DISTRICT_AGE = "district_age", _("age in districts")
        PARTS = "parts", _("parts of the ballot")

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="tables", verbose_name=_("vote"))
    name = models.CharField(_("table"), max_length=20, choices=Name.choices)
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("statistics of a vote")
        verbose_name_plural = _("statistics of votes")
        ordering = ["vote", "pk"]
        constraints = [models.UniqueConstraint(fields=["vote", "name"], name="one_table_per_vote_and_name")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.name}"


class SecondCount(models.Model):
    """The stand-alone verifier counted what the program had counted, and whether both say the same. Append-only."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="second_counts", verbose_name=_("vote"))
    counted_at = models.DateTimeField(_("counted"))
    digest = models.CharField(_("SHA-256 of the result"), max_length=64)
    is_equal = models.BooleanField(_("both counts agree"))
    said = models.JSONField(_("what the verifier said"), default=list)

    class Meta:
        verbose_name = _("second count")
        verbose_name_plural = _("second counts")
        ordering = ["vote", "-pk"]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.digest[:12]}"
