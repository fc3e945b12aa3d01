"""An idea survey of an edition, its urns of paper cards, and answers; nobody who answers is asked who they are."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.budget.models import Edition


class IdeaSurvey(models.Model):
    """What is asked, until when. From its publishing on the questions stay as they are: the database refuses a change."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="idea_survey", verbose_name=_("edition"))
    title = models.CharField(_("title"), max_length=160)
    lead = models.TextField(_("what it is for"), max_length=1000)
    questions = models.JSONField(_("questions"), default=list)
    """A list of {code, words, kind ("one", "many", "text"), choices}."""
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("idea survey")
        verbose_name_plural = _("idea surveys")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="an_idea_survey_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(published_at=None) | ~Q(questions=[]), name="a_published_survey_asks_something"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label_in_record(self) -> str:
        return self.title

    def takes_answers(self, at: datetime) -> bool:
        """Whether somebody may answer online at that moment."""
        return self.published_at is not None and self.opens_at <= at < self.closes_at

    def is_over(self, at: datetime) -> bool:
        return self.published_at is not None and self.closes_at <= at


class Urn(models.Model):
    """One urn of paper cards: where it stood and how many cards two people counted when they opened it."""

    survey = models.ForeignKey(IdeaSurvey, models.PROTECT, related_name="urns", verbose_name=_("idea survey"))
    place = models.CharField(_("where it stood"), max_length=160)
    cards = models.PositiveSmallIntegerField(_("cards in it"))
    counted_at = models.DateTimeField(_("counted"))
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who counted"))
    second_person = models.CharField(_("who counted with them"), max_length=120)

    class Meta:
        verbose_name = _("urn of an idea survey")
        verbose_name_plural = _("urns of idea surveys")
        ordering = ["survey_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "place"], name="an_urn_stands_once_in_a_place"),
            models.CheckConstraint(condition=Q(cards__gte=1, cards__lte=5000), name="an_urn_holds_cards"),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def label_in_record(self) -> str:
        return self.place


class IdeaAnswer(models.Model):
    """One answer: the choices made, by the form or from a card. Never changed; a blank card is an answer without choices."""

    survey = models.ForeignKey(IdeaSurvey, models.PROTECT, related_name="answers", verbose_name=_("idea survey"))
    urn = models.ForeignKey(Urn, models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("urn"))
    card = models.PositiveSmallIntegerField(_("number written on the card"), null=True, blank=True)
    choices = models.JSONField(_("choices"), default=dict)
    """Code of a question to the numbers of its choices, from 0."""
    received_at = models.DateTimeField(_("received"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    form_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("answer to an idea survey")
        verbose_name_plural = _("answers to idea surveys")
        ordering = ["survey_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["urn", "card"], name="a_card_is_entered_once"),
            models.CheckConstraint(
                condition=Q(urn=None, card=None, entered_by=None) | Q(urn__isnull=False, card__gte=1, entered_by__isnull=False),
                name="an_answer_is_of_the_form_or_of_a_card",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} / {self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"karta {self.card}, {self.urn}" if self.urn else f"odpowiedź {self.pk}"


class IdeaWords(models.Model):
    """Words written to a question without choices: shown once a moderator let them out."""

    answer = models.ForeignKey(IdeaAnswer, models.PROTECT, related_name="words", verbose_name=_("answer to an idea survey"))
    code = models.CharField(_("question"), max_length=10)
    words = models.TextField(_("what it says"), max_length=1000)
    shown_at = models.DateTimeField(_("let out"), null=True, blank=True)

    class Meta:
        verbose_name = _("words in an idea survey")
        verbose_name_plural = _("words in idea surveys")
        ordering = ["answer_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "code"], name="words_to_a_question_stand_once"),
            models.CheckConstraint(condition=~Q(words=""), name="words_of_an_idea_are_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.code}"

    @property
    def label_in_record(self) -> str:
        return f"pomysł {self.pk}"
