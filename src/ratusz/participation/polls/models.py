"""Opinion ballots of a consultation: the question of a form, each ballot beside its intake, urns with their opening protocols."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.consultations.models import Form
from ratusz.participation.remarks.models import Intake


class Poll(models.Model):
    """One question with its answers, for the people of one area. It advises and decides nothing. Fixed once people take part."""

    class Residence(models.TextChoices):
        """Whose ballots count, by the address that a person declares."""

        DISTRICT = "district", _("residents of the districts of the consultation")
        CITY = "city", _("residents of the city")
        ANYBODY = "anybody", _("everybody who wants to")

    form = models.OneToOneField(Form, models.PROTECT, related_name="poll", verbose_name=_("form"))
    question = models.CharField(_("question"), max_length=500)
    answers = models.JSONField(_("answers"), default=list)
    """A list of {code, words}, in the order of the ballot."""
    residence = models.CharField(_("whose ballots count"), max_length=10, choices=Residence, default=Residence.DISTRICT)
    is_online = models.BooleanField(_("may be cast online"), default=True)
    decision = models.TextField(_("what was decided later, and why"), max_length=4000, blank=True)
    decided_on = models.DateField(_("when it was decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("opinion ballot of a consultation")
        verbose_name_plural = _("opinion ballots of consultations")
        ordering = ["form_id"]
        constraints = [
            models.CheckConstraint(condition=~Q(question="") & ~Q(answers=[]), name="a_poll_asks_something"),
            models.CheckConstraint(
                condition=Q(decision="", decided_on=None) | Q(decided_on__isnull=False) & ~Q(decision=""),
                name="a_decision_after_a_poll_has_a_day_and_words",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def label_in_record(self) -> str:
        return self.form.label_in_record


class Urn(models.Model):
    """One urn with paper ballots: where it stands, its seal, what two people found when they opened it."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="urns", verbose_name=_("opinion ballot of a consultation"))
    place = models.CharField(_("where it stands"), max_length=200)
    hours = models.CharField(_("when one may come"), max_length=200, blank=True)
    seal = models.CharField(_("number of the seal"), max_length=40, blank=True)
    issued = models.PositiveIntegerField(_("ballots brought there"), default=0)
    cards = models.PositiveIntegerField(_("ballots found in it"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("ballots not used"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who opened it")
    )
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second person")
    )
    opening_note = models.CharField(_("what was seen at the opening"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("urn of an opinion ballot")
        verbose_name_plural = _("urns of opinion ballots")
        ordering = ["poll_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "place"], name="an_urn_of_a_poll_stands_once_in_a_place"),
            models.CheckConstraint(
                condition=Q(opened_at=None, cards=None, opened_by=None, second_by=None)
                | Q(opened_at__isnull=False, cards__isnull=False, opened_by__isnull=False, second_by__isnull=False)
                & ~Q(opened_by=F("second_by")),
                name="an_urn_is_opened_by_two_people_who_count",
            ),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def label_in_record(self) -> str:
        return f"{self.poll.label_in_record}: {self.place}"


class Ballot(models.Model):
    """What one intake answers. Whether it counts is said by the intake alone; after the time of keeping it names nobody."""

    intake = models.OneToOneField(Intake, models.PROTECT, related_name="ballot", verbose_name=_("intake"))
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="ballots", verbose_name=_("opinion ballot of a consultation"))
    choice = models.CharField(_("answer"), max_length=20, blank=True)
    """The code of an answer; "" where none or several were marked, or nobody could read it."""
    urn = models.ForeignKey(Urn, models.PROTECT, null=True, blank=True, related_name="ballots", verbose_name=_("urn"))

    class Meta:
        verbose_name = _("ballot with an opinion")
        verbose_name_plural = _("ballots with opinions")
        ordering = ["pk"]
        indexes = [models.Index(fields=["poll", "choice"], name="ballots_by_answer")]

    def __str__(self) -> str:
        return self.intake.receipt

    @property
    def label_in_record(self) -> str:
        return self.intake.receipt


class Batch(models.Model):
    """A file of typed ballots that was brought in; the same file again brings nothing."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="batches", verbose_name=_("opinion ballot of a consultation"))
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64)
    name = models.CharField(_("file"), max_length=200)
    rows = models.PositiveIntegerField(_("rows"))
    brought_at = models.DateTimeField(_("brought in"))
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who brought it in"))
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("second person"))

    class Meta:
        verbose_name = _("file of typed ballots")
        verbose_name_plural = _("files of typed ballots")
        ordering = ["poll_id", "brought_at"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "sha256"], name="a_file_of_ballots_is_brought_in_once"),
            models.CheckConstraint(condition=~Q(brought_by=F("second_by")), name="a_file_of_ballots_has_two_people"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label_in_record(self) -> str:
        return f"{self.poll.label_in_record}: {self.name}"
