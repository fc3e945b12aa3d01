"""The log of a point: what somebody asked and what they were advised, without who they were."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.casework.advice.models.appointments import Appointment
from ratusz.casework.advice.models.points import Outing, Point


class Way(models.TextChoices):
    """How the question came."""

    WALK_IN = "walk_in", _("came without an appointment")
    BOOKED = "booked", _("came with an appointment")
    PHONE = "phone", _("telephoned")
    EMAIL = "email", _("wrote an e-mail")
    MOBILE = "mobile", _("at a mobile point")


class Conversation(models.Model):
    """One question with what was advised. It holds nobody's name, so that it can be searched, counted and handed on."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="conversations", verbose_name=_("consultation point"))
    outing = models.ForeignKey(
        Outing, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mobile point")
    )
    appointment = models.OneToOneField(
        Appointment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="conversation",
        verbose_name=_("booked conversation"),
    )
    happened_at = models.DateTimeField(_("when"))
    way = models.CharField(_("how the question came"), max_length=8, choices=Way)
    topic = models.CharField(_("topic"), max_length=40)
    district = models.ForeignKey(
        "ratusz_territory.District", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    question = models.TextField(_("what was asked"), max_length=2000)
    advice = models.TextField(_("what was advised"), max_length=4000)
    follow_up = models.CharField(_("what the Office still has to do"), max_length=500, blank=True)
    followed_up_at = models.DateTimeField(_("done"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("how many minutes it took"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who advised"))
    lemmas = ArrayField(models.CharField(max_length=60), default=list, blank=True, editable=False)
    """Base forms of the words of both texts, by which earlier answers are found."""

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-happened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(question="") & ~Q(advice=""), name="a_conversation_has_a_question_and_an_answer"),
            models.CheckConstraint(
                condition=Q(followed_up_at=None) | ~Q(follow_up=""), name="only_what_was_promised_is_followed_up"
            ),
            models.CheckConstraint(condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=600), name="a_conversation_is_short"),
        ]
        indexes = [
            GinIndex(fields=["lemmas"], name="conversations_by_words"),
            models.Index(fields=["happened_at"], name="conversations_by_day"),
        ]

    def __str__(self) -> str:
        return self.question[:60]

    @property
    def label_in_record(self) -> str:
        return str(self.pk)
