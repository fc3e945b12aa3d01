"""A survey and its questionnaire in versions: a published version stays as it is, a change makes the next one."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.units.models import Unit


class Door(models.TextChoices):
    """How somebody shows that they may answer, from nothing to a code of one's own."""

    OPEN = "open", _("open to everybody")
    DECLARATION = "declaration", _("whoever declares to live in the city")
    ADDRESS = "address", _("whoever gives an address in the city")
    CODE = "code", _("one answer for each mailbox or telephone, by a code")
    TOKEN = "token", _("only with a one-time code from the city")


class Sample(models.TextChoices):
    """How those who answered came to be asked: what may be said of the result follows from it."""

    CENSUS = "census", _("everybody concerned was asked")
    SELF_SELECTED = "self_selected", _("whoever wanted to answer did")
    QUOTA = "quota", _("chosen to given numbers of each group")
    PROBABILITY = "probability", _("drawn by lot")


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Filters on surveys."""

    def public(self) -> SurveyQuerySet:
        """Those that everybody may see."""
        return self.exclude(published_at=None)

    def open(self, at: datetime) -> SurveyQuerySet:
        """Those that take answers at that moment."""
        return self.public().filter(opens_at__lte=at, closes_at__gt=at, closed_at=None)


class Survey(models.Model):
    """One survey. Whom it asks, whether it knows who answered and how many make a group are settled when it is published."""

    slug = models.SlugField(_("address on the website"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    lead = models.TextField(_("what it is for and what becomes of the answers"), max_length=2000, blank=True)
    thanks = models.TextField(_("words after the answer"), max_length=1000, blank=True)
    words = models.JSONField(_("title and words in other languages"), default=dict, blank=True)
    """Language to "title", "lead", "thanks"."""
    languages = models.JSONField(_("languages"), default=list)
    """Codes, "pl" first."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="surveys", verbose_name=_("unit that asks"))
    subject = models.CharField(_("key of what it belongs to"), max_length=120, blank=True)
    door = models.CharField(_("who may answer"), max_length=12, choices=Door, default=Door.OPEN)
    sample = models.CharField(_("kind of sample"), max_length=14, choices=Sample, default=Sample.SELF_SELECTED)
    who_could = models.CharField(_("who could answer"), max_length=300, blank=True)
    reached_by = models.CharField(_("how people learnt of it"), max_length=500, blank=True)
    population = models.PositiveIntegerField(_("number of people it concerns"), null=True, blank=True)
    is_anonymous = models.BooleanField(_("nothing leads from an answer to whoever gave it"), default=True)
    smallest_cell = models.PositiveSmallIntegerField(_("smallest group that is shown"), default=5)
    is_paged = models.BooleanField(_("each part on a page of its own"), default=False)
    is_listed = models.BooleanField(_("stands on the list of surveys"), default=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who published it")
    )
    closed_at = models.DateTimeField(_("closed before its time"), null=True, blank=True)
    close_reason = models.CharField(_("why it was closed before its time"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("begun"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("begun by"))

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="a_survey_closes_after_it_opens",
                violation_error_message=_("The end comes before the start. Correct one of them."),
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(opens_at__isnull=False, closes_at__isnull=False, published_by__isnull=False),
                name="a_published_survey_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, close_reason="")
                | Q(closed_at__isnull=False, published_at__isnull=False) & ~Q(close_reason=""),
                name="a_survey_closed_early_says_why",
            ),
            models.CheckConstraint(
                condition=Q(smallest_cell__gte=3, smallest_cell__lte=100),
                name="the_smallest_group_has_3_to_100_people",
                violation_error_message=_("The smallest group that is shown has from 3 to 100 people."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("surveys:survey", args=[self.slug])

    @property
    def label_in_record(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime | None:
        """The first moment at which nobody answers any more."""
        return self.closed_at or self.closes_at

    def takes_answers(self, at: datetime) -> bool:
        """Whether somebody may answer at that moment."""
        return self.published_at is not None and self.closed_at is None and self.opens_at <= at < self.closes_at  # type: ignore[operator]

    def is_over(self, at: datetime) -> bool:
        """Whether it was open and takes answers no more."""
        ends = self.ends_at
        return self.published_at is not None and ends is not None and at >= ends

    def said(self, name: str, language: str) -> str:
        """`title`, `lead` or `thanks` in a language; Polish where the other is missing."""
        return self.words.get(language, {}).get(name) or getattr(self, name)


class Questionnaire(models.Model):
    """One version of the questions. Before it is published it may change; afterwards the database refuses."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="versions", verbose_name=_("survey"))
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("questions"), default=dict)
    """See `questions.content`."""
    undo = models.JSONField(_("questions before the last change"), null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        ordering = ["survey_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="a_version_has_its_number"),
            models.UniqueConstraint(fields=["survey"], condition=Q(published_at=None), name="a_survey_has_one_draft_of_questions"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}/{self.number}"

    @property
    def label_in_record(self) -> str:
        return f"{self.survey}: {self.number}"


STATES = {
    "draft": pgettext_lazy("survey", "draft"),
    "ahead": pgettext_lazy("survey", "opens later"),
    "open": pgettext_lazy("survey", "open"),
    "over": pgettext_lazy("survey", "over"),
}
