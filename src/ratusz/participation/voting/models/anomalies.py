"""What looks odd in a vote: dated limits, lines of the city's own points, cases people look at with the ballots in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.voting.models.ballots import CODE_LENGTH
from ratusz.participation.voting.models.roll import SMALL
from ratusz.participation.voting.models.votes import Vote


class AnomalyLimits(models.Model):
    """From how many on something is odd in a vote, from a moment on. Append-only: the newest ones hold, the earlier ones stay."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="limits", verbose_name=_("vote"))
    valid_from = models.DateTimeField(_("hold from"))
    per_line = models.PositiveIntegerField(_("ballots over one line"))
    per_line_quick = models.PositiveIntegerField(_("ballots over one line, or by one officer, in a short time"))
    quick_minutes = models.PositiveIntegerField(_("minutes of that short time"))
    per_phone = models.PositiveIntegerField(_("ballots with one telephone or address"))
    deviations = models.DecimalField(_("standard deviations"), max_digits=3, decimal_places=1)
    reason = models.CharField(_("reason"), max_length=500)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("set by")
    )

    class Meta:
        verbose_name = _("limits of what is odd")
        verbose_name_plural = _("limits of what is odd")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(per_line__gte=1, per_line_quick__gte=1, quick_minutes__gte=1, per_phone__gte=1, deviations__gte=1),
                name="limits_of_what_is_odd_are_above_nothing",
            ),
            models.CheckConstraint(condition=Q(reason__regex=r"[^[:space:]]"), name="limits_of_what_is_odd_have_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.per_line}, {self.per_line_quick}/{self.quick_minutes} min, {self.per_phone}, {self.deviations} σ"


class KnownLine(models.Model):
    """A line of the city's own point, a library or an office, over which many people vote by design: only its keyed digest."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="known_lines", verbose_name=_("vote"))
    name = models.CharField(_("name of the point"), max_length=120)
    line_digest = models.BinaryField(_("keyed digest of the line"), max_length=SMALL)

    class Meta:
        verbose_name = _("line of a point")
        verbose_name_plural = _("lines of points")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["vote", "line_digest"], name="one_entry_per_line_of_a_point")]

    def __str__(self) -> str:
        return self.name


class AnomalyCase(models.Model):
    """Ballots that came together and look odd: people look, put them in verification, ask for annulment, end with reasons."""

    class State(models.TextChoices):
        NEW = "new", _("nobody looked yet")
        QUARANTINED = "quarantined", _("ballots are in verification")
        ENDED = "ended", _("ended")

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="cases", verbose_name=_("vote"))
    number = models.PositiveIntegerField(_("number"))
    found_at = models.DateTimeField(_("found"))
    together = models.BinaryField(_("keyed digest of what the ballots have in common"), max_length=SMALL, default=bytes)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.NEW)
    reasons = models.TextField(_("reasons of the end"), max_length=2000, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    class Meta:
        verbose_name = _("case of odd ballots")
        verbose_name_plural = _("cases of odd ballots")
        ordering = ["vote", "number"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="one_case_per_vote_and_number"),
            models.UniqueConstraint(
                fields=["vote", "together"], condition=~Q(state="ended") & ~Q(together=b""), name="one_open_case_per_line"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False, reasons__regex=r"[^[:space:]]")
                | ~Q(state="ended") & Q(ended_at__isnull=True, reasons=""),
                name="an_ended_case_has_its_day_and_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class FlaggedBallot(models.Model):
    """A ballot in a case, with the signals that met on it. The same ballot is flagged once."""

    case = models.ForeignKey(AnomalyCase, models.CASCADE, related_name="flagged", verbose_name=_("case"))
    ballot_code = models.CharField(_("number on the receipt"), max_length=CODE_LENGTH, unique=True)
    signals = models.JSONField(_("signals"), default=list)

    class Meta:
        verbose_name = _("flagged ballot")
        verbose_name_plural = _("flagged ballots")
        ordering = ["ballot_code"]

    def __str__(self) -> str:
        return self.ballot_code
