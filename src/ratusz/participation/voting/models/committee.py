"""The committee's key ceremony and holders of shares, annulments asked and decided, inner envelopes apart from their voters."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.voting.models.ballots import CODE_LENGTH
from ratusz.participation.voting.models.votes import Vote


class KeyCeremony(models.Model):
    """How the key of a vote was made and that enough shares open it. No share and no private half is here, ever."""

    vote = models.OneToOneField(Vote, models.PROTECT, primary_key=True, related_name="ceremony", verbose_name=_("vote"))
    needed = models.PositiveSmallIntegerField(_("shares needed"))
    public_key = models.BinaryField(_("public key of the ballots"), max_length=32)
    test_envelope = models.BinaryField(_("envelope of the drill"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("led by")
    )
    tested_at = models.DateTimeField(_("opened in the drill"), null=True, blank=True)

    class Meta:
        verbose_name = _("key ceremony")
        verbose_name_plural = _("key ceremonies")
        constraints = [models.CheckConstraint(condition=Q(needed__gte=2), name="nobody_opens_ballots_alone")]

    def __str__(self) -> str:
        return f"{self.vote}"


class ShareHolder(models.Model):
    """Who of the committee holds a share: the function, and by which eight signs the share is known."""

    ceremony = models.ForeignKey(KeyCeremony, models.CASCADE, related_name="holders", verbose_name=_("key ceremony"))
    number = models.PositiveSmallIntegerField(_("number of the share"))
    function = models.CharField(_("function in the committee"), max_length=160)
    fingerprint = models.CharField(_("fingerprint of the share"), max_length=8)

    class Meta:
        verbose_name = _("holder of a share")
        verbose_name_plural = _("holders of shares")
        ordering = ["ceremony", "number"]
        constraints = [models.UniqueConstraint(fields=["ceremony", "number"], name="one_holder_per_share")]

    def __str__(self) -> str:
        return f"{self.number}. {self.function}"


class Annulment(models.Model):
    """A ballot is to be annulled: one person asks with a reason, another one decides, before the verification ends."""

    class Decision(models.TextChoices):
        OPEN = "open", _("open")
        GRANTED = "granted", _("annulled")
        REFUSED = "refused", _("not annulled")

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="annulments", verbose_name=_("vote"))
    ballot_code = models.CharField(_("number on the receipt"), max_length=CODE_LENGTH)
    reason = models.CharField(_("reason"), max_length=40)
    grounds = models.TextField(_("grounds"), max_length=2000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("annulment of a ballot")
        verbose_name_plural = _("annulments of ballots")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot_code"], condition=Q(decision__in=["open", "granted"]), name="one_annulment_per_ballot"
            ),
            models.CheckConstraint(
                condition=Q(decision="open", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(decision="open") & Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("asked_by")),
                name="two_people_annul_a_ballot",
            ),
        ]

    def __str__(self) -> str:
        return self.ballot_code


class InnerEnvelope(models.Model):
    """A sealed ballot alone: no voter, no code, no moment, in random order. Made by the database itself when a vote is stripped."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="inner_envelopes", verbose_name=_("vote"))
    inner = models.BinaryField(_("inner envelope"))

    class Meta:
        verbose_name = _("inner envelope")
        verbose_name_plural = _("inner envelopes")

    def __str__(self) -> str:
        return f"{self.pk}"
