"""Elections with their candidates, and what was held back because of one, with who decided about it and why."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ElectionQuerySet(models.QuerySet["Election"]):
    """Filters on elections."""

    def around(self, day: date) -> ElectionQuerySet:
        """Ordered by that day and not long over; phases are the rules' to tell."""
        return self.filter(ordered_on__lte=day).filter(Q(voting_day__gte=day) | Q(second_round_day__gte=day))


class Election(models.Model):
    """One election or referendum that the city's words must not touch."""

    class Kind(models.TextChoices):
        """What is voted on."""

        LOCAL = "local", _("local elections")
        MAYOR = "mayor", _("early election of the city's president")
        PARLIAMENT = "parliament", _("Sejm and Senate")
        PRESIDENT = "president", _("President of Poland")
        EUROPE = "europe", _("European Parliament")
        REFERENDUM = "referendum", _("referendum")

    kind = models.CharField(_("kind of election"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    ordering_act = models.CharField(_("ordering act"), max_length=300, help_text=_("Its title and where it was published."))
    ordered_on = models.DateField(_("day on which the act was published"), help_text=_("The campaign begins on this day."))
    voting_day = models.DateField(_("voting day"))
    polls_from = models.TimeField(_("polls open at"), default=time(7))
    polls_to = models.TimeField(
        _("polls close at"), default=time(21), help_text=_("The silence ends then. Change it when it is put off.")
    )
    second_round_day = models.DateField(_("second round"), null=True, blank=True)
    territory = models.CharField(_("where"), max_length=200, help_text=_("The whole city, or the districts concerned."))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by"))
    made_at = models.DateTimeField(_("entered"))

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        ordering = ["-voting_day", "pk"]
        constraints = [
            # Before the Electoral Code, and with years between the act and the voting, no phase can be told.
            models.CheckConstraint(
                condition=Q(ordered_on__gte=date(2011, 8, 1)),
                name="election_falls_under_the_code",
                violation_error_message=_("The Electoral Code holds from 1 August 2011. Write a later day of the order."),
            ),
            models.CheckConstraint(
                condition=Q(voting_day__lte=F("ordered_on") + timedelta(days=366)),
                name="election_is_held_within_a_year",
                violation_error_message=_("The voting day comes more than a year after the order. Correct one of the two days."),
            ),
            models.CheckConstraint(
                condition=Q(voting_day__gt=F("ordered_on")),
                name="election_is_ordered_before_it_is_held",
                violation_error_message=_("The voting day comes after the day on which the act was published."),
            ),
            models.CheckConstraint(
                condition=Q(second_round_day=None) | Q(second_round_day__gt=F("voting_day")),
                name="second_round_follows_the_first",
                violation_error_message=_("The second round comes after the first."),
            ),
            models.CheckConstraint(
                condition=Q(polls_to__gt=F("polls_from")),
                name="polls_close_after_they_open",
                violation_error_message=_("The polls close after they open."),
            ),
            models.UniqueConstraint(fields=["kind", "voting_day", "name"], name="election_is_entered_once"),
        ]

    def __str__(self) -> str:
        return self.name


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Filters on candidates."""

    def long_over(self, day: date) -> CandidateQuerySet:
        """Of elections whose last voting day was before that day."""
        last = Q(election__second_round_day=None, election__voting_day__lt=day) | Q(election__second_round_day__lt=day)
        return self.filter(last)


class Candidate(models.Model):
    """Somebody on the public list of candidates, with all forms of the name that a text may hold."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="candidates", verbose_name=_("election"))
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    committee = models.CharField(_("committee"), max_length=200, blank=True)
    first_forms = ArrayField(models.CharField(max_length=120), verbose_name=_("forms of the first name"))
    last_forms = ArrayField(models.CharField(max_length=120), verbose_name=_("forms of the last name"))

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["election", "first_name", "last_name", "committee"], name="candidate_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def label_in_record(self) -> str:
        return str(self.election)


class Decision(models.TextChoices):
    """What became of a held thing."""

    OPEN = "", pgettext_lazy("held thing", "waits for a decision")
    RELEASED = "released", pgettext_lazy("held thing", "may leave")
    DROPPED = "dropped", pgettext_lazy("held thing", "does not leave")
    OVERRIDDEN = "overridden", pgettext_lazy("held thing", "let out all the same")


class HeldItemQuerySet(models.QuerySet["HeldItem"]):
    """Filters on held things."""

    def open(self) -> HeldItemQuerySet:
        return self.filter(decision=Decision.OPEN)

    def about(self, subject: str) -> HeldItemQuerySet:
        return self.filter(subject=subject).order_by("-pk")


class HeldItem(models.Model):
    """One thing that was about to leave and was held. It never leaves by itself: somebody decides afresh."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="held", verbose_name=_("election"))
    subject = models.CharField(_("key of the thing"), max_length=120)
    channel = models.CharField(_("place"), max_length=40)
    title = models.CharField(_("title"), max_length=300)
    fingerprint = models.CharField(_("digest of the text"), max_length=64, blank=True)
    """Of the newest text that was held: the decision is about that one. Empty: held before digests were kept."""
    url = models.CharField(max_length=500, blank=True)
    hold_code = models.CharField(_("why"), max_length=60)
    held_at = models.DateTimeField(_("held since"))
    held_until = models.DateTimeField(_("not before"), null=True, blank=True)
    tried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    """Empty: the program, at a moment set before."""
    decision = models.CharField(_("decision"), max_length=12, choices=Decision, default=Decision.OPEN, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = HeldItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("held thing")
        verbose_name_plural = _("held things")
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=Q(decision=""), name="one_open_hold_per_thing"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="decision_is_known"),
            models.CheckConstraint(
                condition=Q(decision="", decided_by=None, decided_at=None)
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="decision_has_its_person_and_moment",
            ),
            models.CheckConstraint(condition=~Q(decision="overridden") | ~Q(reason=""), name="override_says_why"),
        ]
        indexes = [models.Index(fields=["subject"], name="held_item_subject")]

    def __str__(self) -> str:
        return self.title
