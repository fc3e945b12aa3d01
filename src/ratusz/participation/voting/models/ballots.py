"""Sealed ballots until they are parted from their voters, the codes that stay, and what voters object to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.audit.models import ClockTimestamp
from ratusz.participation.voting.models.roll import SMALL, Channel
from ratusz.participation.voting.models.votes import Vote

CODE_LENGTH = 27


class SealedBallot(models.Model):
    """The outer envelope: an inner one that only the committee opens, bound to its voter until stripping.

    The database stamps the moment and judges the window (trigger of migration 0002); afterwards only state, flag and reason change.
    The code is the digest of the inner envelope, so equal envelopes are refused by the primary key.
    """

    class State(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("ballot", "accepted")
        SUPERSEDED = "superseded", _("replaced by a later ballot")
        ANNULLED = "annulled", _("annulled")

    code = models.CharField(_("number on the receipt"), max_length=CODE_LENGTH, primary_key=True)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="sealed_ballots", verbose_name=_("vote"))
    voter_key = models.BinaryField(_("keyed digest of the voter"), max_length=SMALL)
    inner = models.BinaryField(_("inner envelope"))
    outer_mac = models.BinaryField(_("what binds the envelope to its voter"), max_length=SMALL)
    channel = models.CharField(_("way"), max_length=5, choices=Channel.choices)
    district = models.CharField(_("code of the district's pool"), max_length=60, blank=True)
    age_band = models.CharField(_("age band"), max_length=5, blank=True)
    cast_at = models.DateTimeField(_("cast"), db_default=ClockTimestamp())
    line_digest = models.BinaryField(_("keyed digest of the line"), max_length=SMALL, default=bytes)
    contact_digest = models.BinaryField(_("keyed digest of where the code went"), max_length=SMALL, default=bytes)
    officer_number = models.BigIntegerField(_("officer"), null=True, blank=True)
    point = models.CharField(_("point"), max_length=40, blank=True)
    request_digest = models.BinaryField(_("keyed digest of the sending"), max_length=SMALL)
    notice_digest = models.BinaryField(_("digest of the link in the notice"), max_length=SMALL, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACCEPTED)
    is_quarantined = models.BooleanField(_("is being verified"), default=False)
    annulment_reason = models.CharField(_("reason of the annulment"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("sealed ballot")
        verbose_name_plural = _("sealed ballots")
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "voter_key"], condition=~Q(state="superseded"), name="one_live_ballot_per_voter_and_vote"
            ),
            models.CheckConstraint(
                condition=Q(state="annulled", annulment_reason__gt="") | ~Q(state="annulled") & Q(annulment_reason=""),
                name="an_annulled_ballot_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "superseded", "annulled"]), name="state_of_a_sealed_ballot_is_known"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="channel_of_a_ballot_is_known"),
        ]

    def __str__(self) -> str:
        return self.code


class BallotCode(models.Model):
    """What is left of an envelope after stripping: its code and its end, never a choice. Append-only."""

    class End(models.TextChoices):
        COUNTED = "counted", _("counted")
        SUPERSEDED = "superseded", _("replaced by a later ballot")
        ANNULLED = "annulled", _("annulled")

    code = models.CharField(_("number on the receipt"), max_length=CODE_LENGTH, primary_key=True)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="codes", verbose_name=_("vote"))
    end = models.CharField(_("end"), max_length=10, choices=End.choices)
    reason = models.CharField(_("reason of the annulment"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("number of a ballot")
        verbose_name_plural = _("numbers of ballots")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Complaint(models.Model):
    """ "This was not me": a voter's word that somebody else cast the ballot. It flags the ballot and does no more."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("dismissed")

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="complaints", verbose_name=_("vote"))
    ballot_code = models.CharField(_("number on the receipt"), max_length=CODE_LENGTH, unique=True)
    made_at = models.DateTimeField(_("made"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reasons = models.TextField(_("reasons of the decision"), blank=True)

    class Meta:
        verbose_name = _("complaint of a voter")
        verbose_name_plural = _("complaints of voters")
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True) | ~Q(state="open") & Q(ended_at__isnull=False) & ~Q(reasons=""),
                name="a_decided_complaint_has_its_day_and_reasons",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
