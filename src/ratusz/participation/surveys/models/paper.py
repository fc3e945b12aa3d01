"""The paper twin: batches that came back, each card typed by two people; where they differ a third settles it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.participation.surveys.models.answers import Submission
from ratusz.participation.surveys.models.surveys import Questionnaire, Survey

MOST_CARDS = 5000


class PaperBatch(models.Model):
    """Cards from one place, counted by two people when the urn was opened."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="paper_batches", verbose_name=_("survey"))
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+", verbose_name=_("version of a questionnaire"))
    place = models.CharField(_("where the cards were taken in"), max_length=160)
    seal = models.CharField(_("number of the seal"), max_length=60, blank=True)
    issued = models.PositiveIntegerField(_("blank forms given out"), null=True, blank=True)
    cards = models.PositiveIntegerField(_("cards in it"))
    counted_at = models.DateTimeField(_("opened and counted"))
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who counted"))
    second_person = models.CharField(_("who counted with them"), max_length=120)
    """A post or a role, no private person."""
    scan = models.ForeignKey(
        "ratusz_files.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("scan of the protocol")
    )

    class Meta:
        verbose_name = _("batch of paper cards")
        verbose_name_plural = _("batches of paper cards")
        ordering = ["survey_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "place"], name="cards_of_a_place_are_counted_once"),
            models.CheckConstraint(condition=Q(cards__gte=1, cards__lte=MOST_CARDS), name="a_batch_of_paper_holds_cards"),
            models.CheckConstraint(condition=~Q(second_person=""), name="two_people_count_cards"),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def label_in_record(self) -> str:
        return f"{self.survey_id}: {self.place}"


class CardState(models.TextChoices):
    """Where a card stands."""

    WAITING = "waiting", _("waits to be typed")
    ONCE = "once", _("typed once")
    DIFFERS = "differs", _("typed differently")
    COUNTED = "counted", pgettext_lazy("paper card", "counted")
    REJECTED = "rejected", pgettext_lazy("paper card", "rejected")


class PaperCard(models.Model):
    """One card, by the number that was written on it when the urn was opened."""

    batch = models.ForeignKey(PaperBatch, models.PROTECT, related_name="paper_cards", verbose_name=_("batch of paper cards"))
    number = models.PositiveSmallIntegerField(_("number written on the card"))
    state = models.CharField(_("state"), max_length=10, choices=CardState, default=CardState.WAITING)
    reason = models.CharField(_("why it does not count"), max_length=3, blank=True)
    submission = models.OneToOneField(
        Submission, models.PROTECT, null=True, blank=True, related_name="card", verbose_name=_("receipt of an answer")
    )
    scan = models.ForeignKey(
        "ratusz_files.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )

    class Meta:
        verbose_name = _("paper card")
        verbose_name_plural = _("paper cards")
        ordering = ["batch_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="a_card_has_its_number_in_the_batch"),
            models.CheckConstraint(
                condition=Q(state="counted", submission__isnull=False, reason="")
                | Q(state="rejected", submission=None) & ~Q(reason="")
                | Q(state__in=["waiting", "once", "differs"], submission=None, reason=""),
                name="a_card_counts_or_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"

    @property
    def label_in_record(self) -> str:
        return f"{self.batch_id}/{self.number}"


class CardReading(models.Model):
    """What somebody reads on a card: answers, or the code of the reason why it does not count."""

    content = models.JSONField(_("answers"), default=dict)
    reason = models.CharField(_("why it does not count"), max_length=3, blank=True)
    made_at = models.DateTimeField(_("typed"))

    class Meta:
        abstract = True


class CardEntry(CardReading):
    """One of the two typings of a card. It never changes."""

    card = models.ForeignKey(PaperCard, models.PROTECT, related_name="entries", verbose_name=_("paper card"))
    turn = models.PositiveSmallIntegerField(_("first or second"))
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who typed"))

    class Meta:
        verbose_name = _("typing of a card")
        verbose_name_plural = _("typings of cards")
        ordering = ["card_id", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["card", "turn"], name="a_card_is_typed_twice"),
            models.UniqueConstraint(fields=["card", "clerk"], name="a_card_is_typed_by_two_people"),
            models.CheckConstraint(condition=Q(turn__in=[1, 2]), name="a_card_has_two_turns"),
        ]

    def __str__(self) -> str:
        return f"{self.card_id}.{self.turn}"

    @property
    def label_in_record(self) -> str:
        return f"{self.card_id}.{self.turn}"


class CardSettlement(CardReading):
    """The third look at a card that was typed differently, by somebody who typed neither."""

    card = models.OneToOneField(PaperCard, models.PROTECT, related_name="settlement", verbose_name=_("paper card"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who settled it"))

    class Meta:
        verbose_name = _("third look at a card")
        verbose_name_plural = _("third looks at cards")

    def __str__(self) -> str:
        return f"{self.card_id}"

    @property
    def label_in_record(self) -> str:
        return f"{self.card_id}"
