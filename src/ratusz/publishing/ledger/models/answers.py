"""Readers' answers to "was this page useful?": a count for each page and month, and comments that are kept for a time."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class AnswerCount(models.Model):
    """How many readers of a page said yes and no in one month."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    month = models.DateField(_("first day of the month"))
    useful = models.PositiveIntegerField(_("useful"), default=0)
    not_useful = models.PositiveIntegerField(_("not useful"), default=0)

    class Meta:
        verbose_name = _("readers' answers of a month")
        verbose_name_plural = _("readers' answers by month")
        constraints = [
            models.UniqueConstraint(fields=["page", "month"], name="one_count_of_answers_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_count_begins_with_the_month"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.month:%Y-%m}"


class ReaderAnswerQuerySet(models.QuerySet["ReaderAnswer"]):
    """Filters on answers."""

    def with_words(self) -> ReaderAnswerQuerySet:
        return self.exclude(comment="")

    def older_than(self, moment: datetime) -> ReaderAnswerQuerySet:
        return self.filter(answered_at__lt=moment)


class ReaderAnswer(models.Model):
    """One answer, without any trace of who gave it. Its key lets the same reader add a comment in the next hour, once."""

    key = models.UUIDField(_("key"), primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    is_useful = models.BooleanField(_("useful"))
    comment = models.TextField(_("comment"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered"), db_index=True)

    objects = ReaderAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader's answer")
        verbose_name_plural = _("readers' answers")
        ordering = ["-answered_at"]

    def __str__(self) -> str:
        return f"{self.page_id} {self.answered_at:%Y-%m-%d}"


class AnswerTry(models.Model):
    """One answer from a connection, so that nobody votes by the thousand; a keyed fingerprint that lives for a day at most."""

    fingerprint = models.CharField(_("connection"), max_length=64)
    page_number = models.BigIntegerField(_("number of the page"))
    answer = models.ForeignKey(
        ReaderAnswer, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("answer")
    )
    tried_at = models.DateTimeField(_("tried"))

    class Meta:
        verbose_name = _("try of an answer")
        verbose_name_plural = _("tries of answers")
        indexes = [models.Index(fields=["fingerprint", "tried_at"], name="answers_of_a_connection")]

    def __str__(self) -> str:
        return f"{self.fingerprint[:8]} {self.tried_at}"
