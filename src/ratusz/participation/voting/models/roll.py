"""Who voted (by a keyed digest, never how), and proofs of identity kept for the minutes between the door and the ballot box."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ratusz.participation.voting.models.votes import Vote

SMALL = 32


class Channel(models.TextChoices):
    """Ways a ballot comes in; all of them meet in one roll."""

    WEB = "web", _("on the website")
    POINT = "point", _("at an assisted point")
    PAPER = "paper", _("on a paper card")


class VoterRollEntry(models.Model):
    """ "This voter has voted." Append-only. The unique constraint decides who was first on every channel.

    Its key is random and its only moment is a day, so that nothing here stands in the order of the log.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="roll", verbose_name=_("vote"), db_index=False)
    voter_key = models.BinaryField(_("keyed digest of the voter"), max_length=SMALL)
    channel = models.CharField(_("way"), max_length=5, choices=Channel.choices)
    district = models.CharField(_("code of the district's pool"), max_length=60, blank=True)
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("entry of the voters' roll")
        verbose_name_plural = _("voters' roll")
        constraints = [models.UniqueConstraint(fields=["vote", "voter_key"], name="one_entry_per_voter_and_vote")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.day}"


class HeldProof(models.Model):
    """A proof of identity for half an hour. Its content is sealed under a key that only the voter's own cookie holds."""

    digest = models.CharField(_("digest of the cookie's key"), max_length=64, primary_key=True)
    vote = models.ForeignKey(Vote, models.CASCADE, related_name="+", verbose_name=_("vote"))
    content = models.BinaryField(_("sealed content"))
    expires_at = models.DateTimeField(_("good until"), db_index=True)

    class Meta:
        verbose_name = _("held proof of identity")
        verbose_name_plural = _("held proofs of identity")

    def __str__(self) -> str:
        return f"{self.vote_id}"
