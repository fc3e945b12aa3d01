"""Who gets in: one-time codes of closed surveys, of which only digests are kept, and quotas of groups."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.surveys.models.surveys import Survey

MOST_CODES = 20_000
"""In one batch."""


class TokenBatch(models.Model):
    """Codes made together, shown once in a file and never again."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="token_batches", verbose_name=_("survey"))
    note = models.CharField(_("for whom"), max_length=200)
    count = models.PositiveIntegerField(_("number of codes"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who made them"))

    class Meta:
        verbose_name = _("batch of one-time codes")
        verbose_name_plural = _("batches of one-time codes")
        ordering = ["survey_id", "pk"]
        constraints = [models.CheckConstraint(condition=Q(count__gte=1, count__lte=MOST_CODES), name="a_batch_has_its_codes")]

    def __str__(self) -> str:
        return self.note

    @property
    def label_in_record(self) -> str:
        return f"{self.survey_id}: {self.note}"


class Token(models.Model):
    """The right to one answer: a code from a batch, or one got for a mailbox or telephone that was proven. Says only: used."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="tokens", verbose_name=_("survey"))
    batch = models.ForeignKey(
        TokenBatch, models.PROTECT, null=True, blank=True, related_name="tokens", verbose_name=_("batch of one-time codes")
    )
    """None: given for a mailbox or telephone."""
    digest = models.CharField(max_length=64, unique=True, editable=False)
    is_used = models.BooleanField(_("used"), default=False)

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        ordering = ["survey_id", "pk"]

    def __str__(self) -> str:
        return f"{self.survey_id}/{self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.survey_id}/{self.pk}"


class Quota(models.Model):
    """At most so many answers of those for whom the condition holds; the database counts and refuses one more."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="quotas", verbose_name=_("survey"))
    name = models.CharField(_("name"), max_length=120)
    condition = models.JSONField(_("for whom it holds"), default=dict, blank=True)
    """See `questions.conditions`; an empty one holds for everybody."""
    limit = models.PositiveIntegerField(_("at most"))
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["survey_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "name"], name="a_quota_is_named_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("limit")), name="a_quota_is_never_exceeded"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label_in_record(self) -> str:
        return f"{self.survey_id}: {self.name}"

    @property
    def is_full(self) -> bool:
        return self.taken >= self.limit
