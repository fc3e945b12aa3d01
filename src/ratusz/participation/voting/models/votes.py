"""The vote of one edition: when it is open, under which key ballots are sealed, what was frozen before it opened."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.budget.models import Edition


class Vote(models.Model):
    """One per edition, under the edition's own number. A trigger lets its state only go on and keeps what was frozen."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        VERIFIED = "verified", _("verified")
        STRIPPED = "stripped", _("envelopes apart from voters")
        OPENED = "opened", _("ballots opened")
        COUNTED = "counted", _("counted")

    class DoubleVote(models.TextChoices):
        FIRST = "first", _("the first ballot is final")
        LAST = "last", _("the last ballot counts")
        ALL_VOID = "all_void", _("whoever casts two ballots has none")

    edition = models.OneToOneField(
        Edition, models.PROTECT, primary_key=True, related_name="vote", verbose_name=_("edition")
    )  # so that vote_id is the edition's number everywhere
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PREPARED)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    public_key = models.BinaryField(_("public key of the ballots"), max_length=32, null=True, blank=True)
    double_vote = models.CharField(_("second ballot"), max_length=8, choices=DoubleVote.choices, default=DoubleVote.FIRST)
    identity = models.CharField(_("how voters are known"), max_length=40, default="address")
    fingerprints = models.JSONField(_("what was frozen at opening"), default=dict, blank=True)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="a_vote_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(state="prepared") | Q(public_key__isnull=False), name="a_vote_that_opened_has_its_key"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "open", "closed", "verified", "stripped", "opened", "counted"]),
                name="state_of_a_vote_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}"

    @property
    def may_take_ballots(self) -> bool:
        """Whether the state allows casting; the hour is judged by the database at the cast itself."""
        return self.state == Vote.State.OPEN
