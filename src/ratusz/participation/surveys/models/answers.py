"""What people answer: that somebody did (with a receipt), and apart from it what was answered; drafts until it is sent."""

from __future__ import annotations

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.surveys.models.doors import Token
from ratusz.participation.surveys.models.surveys import Questionnaire, Survey


class Channel(models.TextChoices):
    """The way an answer came."""

    ONLINE = "online", _("over the internet")
    KIOSK = "kiosk", _("at a kiosk of the city")
    PAPER = "paper", _("on paper")


def random_key() -> int:
    """A key of a row that says nothing of when it came: 62 random bits."""
    return secrets.randbits(62)


class Submission(models.Model):
    """Somebody answered, once, whatever was sent again: the key of the form and the receipt. An anonymous one has only the day."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="submissions", verbose_name=_("survey"))
    key = models.CharField(_("digest of the key of the form"), max_length=64, unique=True, editable=False)
    receipt = models.CharField(_("number of the receipt"), max_length=20, unique=True, editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    day = models.DateField(_("day"))
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=5, default="pl")
    dropped = models.JSONField(_("hidden questions whose answers were left out"), default=list)

    class Meta:
        verbose_name = _("receipt of an answer")
        verbose_name_plural = _("receipts of answers")
        ordering = ["survey_id", "day", "receipt"]
        indexes = [models.Index(fields=["survey", "day", "channel"], name="answers_of_a_day")]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.day}"

    @property
    def label_in_record(self) -> str:
        return f"{self.survey_id}/{self.day:%Y-%m-%d}"


class Answer(models.Model):
    """What was answered to one version. Its key is random, so that rows stand in no order; a row changes only when it is erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="answers", verbose_name=_("survey"))
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="answers", verbose_name=_("version of a questionnaire")
    )
    submission = models.OneToOneField(
        Submission, models.PROTECT, null=True, blank=True, related_name="answer", verbose_name=_("receipt of an answer")
    )
    """None in an anonymous survey."""
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    group = models.CharField(_("group"), max_length=40, blank=True)
    """The choice made in the question that parts respondents: resident, firm, institution; "" where nothing parts them."""
    content = models.JSONField(_("answers"), default=dict)
    """Code of a question to its value; see `questions.values`."""
    erased_at = models.DateTimeField(_("own words erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        ordering = ["survey_id", "pk"]
        indexes = [models.Index(fields=["survey", "group"], name="answers_of_a_group")]

    def __str__(self) -> str:
        return f"{self.survey_id}"

    @property
    def label_in_record(self) -> str:
        return f"{self.survey_id}"


class Draft(models.Model):
    """An answer not sent yet, behind a link that only its holder knows. Sent or too old, it goes."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="drafts", verbose_name=_("survey"))
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="drafts", verbose_name=_("version of a questionnaire")
    )
    key = models.CharField(_("digest of the key of the form"), max_length=64, unique=True, editable=False)
    token = models.OneToOneField(
        Token, models.PROTECT, null=True, blank=True, related_name="draft", verbose_name=_("one-time code")
    )
    content = models.JSONField(_("answers"), default=dict)
    language = models.CharField(_("language"), max_length=5, default="pl")
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.ONLINE)
    contact = models.ForeignKey(
        "ratusz_notifications.Address", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("where the link was sent"),
    )  # fmt: skip
    keep_until = models.DateTimeField(_("kept until"), db_index=True)

    class Meta:
        verbose_name = _("draft of an answer")
        verbose_name_plural = _("drafts of answers")
        ordering = ["survey_id", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(channel="paper"), name="a_draft_is_no_paper")]

    def __str__(self) -> str:
        return f"{self.survey_id}/{self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.survey_id}/{self.pk}"
