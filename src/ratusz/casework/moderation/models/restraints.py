"""Words that make a text wait, and authors who may not write for a time."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.casework.moderation.models.judgements import Judgement


class BannedWordQuerySet(models.QuerySet["BannedWord"]):
    """Filters on banned words."""

    def in_force(self, at: datetime) -> BannedWordQuerySet:
        return self.filter(Q(ends=None) | Q(ends__gt=at), starts__lte=at)


class BannedWord(models.Model):
    """A word or a phrase that makes a text risky, from a moment to a moment; found in every form, also in disguise."""

    words = models.CharField(_("word or phrase"), max_length=80)
    key = models.CharField(max_length=120, editable=False)
    reason = models.CharField(_("reason"), max_length=40)
    weight = models.PositiveSmallIntegerField(_("risk it adds, of 100"), default=60)
    starts = models.DateTimeField(_("in force from"))
    ends = models.DateTimeField(_("in force until"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )

    objects = BannedWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("banned word")
        verbose_name_plural = _("banned words")
        ordering = ["words", "-starts"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(ends=None), name="a_banned_word_stands_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="a_banned_word_has_its_weight"),
            models.CheckConstraint(condition=~Q(key=""), name="a_banned_word_has_letters"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="a_banned_word_ends_later"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def label_in_record(self) -> str:
        return f"#{self.pk}"


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    """Filters on suspensions."""

    def in_force(self, at: datetime) -> SuspensionQuerySet:
        return self.filter(ends__gt=at, starts__lte=at, lifted_at=None)


class Suspension(models.Model):
    """An author who writes nothing until a moment: it follows from a judgement, which can be appealed."""

    judgement = models.OneToOneField(Judgement, on_delete=models.PROTECT, related_name="suspension", verbose_name=_("judgement"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    author_address = models.EmailField(_("e-mail of an author without an account"), blank=True)
    starts = models.DateTimeField(_("in force from"))
    ends = models.DateTimeField(_("in force until"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["-starts", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="a_suspension_has_an_end")]

    def __str__(self) -> str:
        return str(self.judgement_id)

    @property
    def label_in_record(self) -> str:
        return f"suspension #{self.pk}"
