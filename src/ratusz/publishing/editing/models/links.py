"""Links by which somebody without an account reads one version on one page and says yes, asks for changes, or comments."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from .submissions import Submission, person_key


class ApprovalLinkQuerySet(models.QuerySet["ApprovalLink"]):
    """Filters on links of approval."""

    def to_renew(self) -> ApprovalLinkQuerySet:
        """Void because the text has changed while it is still being read, and nobody has asked the same person anew since."""
        newer = self.model.objects.filter(
            submission=OuterRef("submission"), email=OuterRef("email"), made_at__gt=OuterRef("made_at")
        )
        being_read = [Submission.State.SENT, Submission.State.APPROVED]
        void = self.filter(submission__state__in=being_read, revoked_at=None).exclude(version=F("submission__version"))
        return void.exclude(Exists(newer))

    def long_dead(self, at: datetime) -> ApprovalLinkQuerySet:
        """Which have opened nothing for two years."""
        return self.filter(expires_at__lt=at - timedelta(days=730))


class ApprovalLink(models.Model):
    """Good for one version of one submission, until a moment; a new version voids it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="links")
    version = models.PositiveIntegerField(_("version"))
    recipient = models.CharField(_("who is asked"), max_length=160)
    email = models.EmailField(_("e-mail address"))
    asks_code = models.BooleanField(
        _("ask for a code"),
        default=False,
        help_text=_("For sensitive texts: a code goes to the same address before the text shows."),
    )
    made_by = person_key(_("sent by"))
    made_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("good until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = ApprovalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of approval")
        verbose_name_plural = _("links of approval")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.recipient} – {self.submission}"

    @property
    def label_in_record(self) -> str:
        return str(self.submission)


class ApprovalAnswer(models.Model):
    """What somebody said by a link, under the name they gave."""

    class Decision(models.TextChoices):
        """Yes, not yet, or only a remark."""

        APPROVE = "approve", _("approves")
        CHANGES = "changes", _("asks for changes")
        COMMENT = "comment", _("comments")

    link = models.ForeignKey(ApprovalLink, on_delete=models.CASCADE, related_name="answers")
    decision = models.CharField(_("answer"), max_length=8, choices=Decision)
    signed_name = models.CharField(_("name"), max_length=160)
    comment = models.TextField(_("comment"), blank=True, max_length=2000)
    answered_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("answer by a link of approval")
        verbose_name_plural = _("answers by links of approval")
        ordering = ["answered_at"]
        constraints = [
            models.UniqueConstraint(fields=["link"], condition=~Q(decision="comment"), name="a_link_decides_once"),
            models.CheckConstraint(condition=~Q(decision="changes") | ~Q(comment=""), name="changes_are_named"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.link_id}"

    @property
    def label_in_record(self) -> str:
        return str(self.decision)
