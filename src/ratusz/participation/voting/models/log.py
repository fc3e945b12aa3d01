"""The public log of a vote: what waits for its place, leaves of the Merkle tree, signed heads."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ratusz.participation.voting.models.roll import SMALL
from ratusz.participation.voting.models.votes import Vote


class PendingLeaf(models.Model):
    """An entry that committed and waits up to a second for its place; the database lets it go only once the log holds it.

    Casting therefore never waits for the end of the chain, and a leaf shares no transaction with the roll.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="+", verbose_name=_("vote"), db_index=False)
    entry = models.TextField(_("entry"))

    class Meta:
        verbose_name = _("entry that waits for the log")
        verbose_name_plural = _("entries that wait for the log")

    def __str__(self) -> str:
        return self.entry


class LogLeaf(models.Model):
    """One entry of the log at its place. Append-only. `entry` is canonical JSON without a person, a voter's key or a moment."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="leaves", verbose_name=_("vote"))
    number = models.PositiveIntegerField(_("place in the log"))
    entry = models.TextField(_("entry"))
    source = models.UUIDField(_("number while it waited"), unique=True)
    leaf_hash = models.BinaryField(_("hash of the leaf"), max_length=SMALL)
    link = models.BinaryField(_("link of the chain"), max_length=SMALL)

    class Meta:
        verbose_name = _("leaf of the log")
        verbose_name_plural = _("log of the vote")
        ordering = ["vote", "number"]
        constraints = [models.UniqueConstraint(fields=["vote", "number"], name="one_leaf_per_place_in_the_log")]
        indexes = [models.Index(fields=["vote", "leaf_hash"], name="voting_leaf_by_hash")]

    def __str__(self) -> str:
        return f"{self.number} {self.entry}"


class SignedHead(models.Model):
    """Size and root of the log at a moment, signed. Append-only; published hourly, at opening and at closing."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="heads", verbose_name=_("vote"))
    size = models.PositiveIntegerField(_("size of the log"))
    root = models.BinaryField(_("root of the tree"), max_length=SMALL)
    link = models.BinaryField(_("link of the chain"), max_length=SMALL)
    signed_at = models.DateTimeField(_("signed"))
    signature = models.BinaryField(_("signature"), max_length=64)

    class Meta:
        verbose_name = _("signed head of the log")
        verbose_name_plural = _("signed heads of the log")
        ordering = ["vote", "-signed_at"]
        constraints = [models.UniqueConstraint(fields=["vote", "signed_at"], name="one_head_per_moment")]

    def __str__(self) -> str:
        return f"{self.size}:{bytes(self.root).hex()}"
