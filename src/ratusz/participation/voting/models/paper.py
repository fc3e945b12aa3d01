"""Places where one votes in person, and paper cards: numbered, typed by two clerks, cast once both readings agree."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.voting.models.votes import Vote


class VotingPoint(models.Model):
    """A library, a school, a desk of the Office where people vote with help or leave a paper card."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="points", verbose_name=_("vote"))
    code = models.CharField(_("sign of the point"), max_length=10)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("voting point")
        verbose_name_plural = _("voting points")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["vote", "code"], name="one_voting_point_per_sign")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PaperCard(models.Model):
    """One numbered card. What is on it lives in readings until both agree; afterwards only the end of the card stays."""

    class State(models.TextChoices):
        ISSUED = "issued", _("handed out")
        READ_ONCE = "once", _("read by one person")
        DIFFERS = "differs", _("the two readings differ")
        AGREED = "agreed", _("both readings agree")
        CAST = "cast", _("in the box")
        SECOND = "second", _("not taken: the person had voted")
        INVALID = "invalid", _("not taken: not valid")

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="cards", verbose_name=_("vote"))
    number = models.PositiveIntegerField(_("number of the card"))
    point = models.ForeignKey(VotingPoint, models.PROTECT, related_name="cards", verbose_name=_("voting point"))
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.ISSUED)
    reason = models.CharField(_("why it is not valid"), max_length=200, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("paper card")
        verbose_name_plural = _("paper cards")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="one_paper_card_per_number"),
            models.CheckConstraint(
                condition=Q(state__in=["issued", "once", "differs", "agreed"], ended_at__isnull=True)
                | Q(state__in=["cast", "second", "invalid"], ended_at__isnull=False),
                name="an_ended_paper_card_has_its_moment",
            ),
            models.CheckConstraint(condition=~Q(state="invalid") | ~Q(reason=""), name="an_invalid_paper_card_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.number:06}"


class CardReading(models.Model):
    """What one clerk typed from a card, sealed under a key beside the database; gone as soon as the card has its end."""

    card = models.ForeignKey(PaperCard, models.CASCADE, related_name="readings", verbose_name=_("paper card"))
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("clerk"))
    content = models.BinaryField(_("sealed content"))
    typed_at = models.DateTimeField(_("read"))

    class Meta:
        verbose_name = _("reading of a paper card")
        verbose_name_plural = _("readings of paper cards")
        ordering = ["typed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["card", "clerk"], name="one_reading_per_clerk_and_card")]

    def __str__(self) -> str:
        return f"{self.card_id}"
