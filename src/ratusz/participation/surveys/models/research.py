"""Opinion research as cards: what was asked of whom and how, results of an agency in versions, waves, and what the unit did."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.units.models import Unit
from ratusz.participation.surveys.models.surveys import Sample, Survey

PURPOSIVE = "purposive"
SAMPLES = [*Sample.choices, (PURPOSIVE, _("people chosen on purpose, for talks"))]


class Origin(models.TextChoices):
    """Who did the research."""

    OWN = "own", pgettext_lazy("research", "own")
    COMMISSIONED = "commissioned", pgettext_lazy("research", "commissioned")


class Method(models.TextChoices):
    """How people were asked."""

    CAWI = "cawi", _("CAWI: questionnaire on the internet")
    CATI = "cati", _("CATI: talk by telephone")
    CAPI = "capi", _("CAPI: talk face to face, with a tablet")
    PAPI = "papi", _("PAPI: questionnaire on paper")
    MIXED = "mixed", _("several ways at once")
    FOCUS = "focus", _("group talks (FGI)")
    DEPTH = "depth", _("talks in depth (IDI)")
    OTHER = "other", _("another way of asking")


class ResearchState(models.TextChoices):
    """Where a card stands."""

    DRAFT = "draft", pgettext_lazy("research", "draft")
    PUBLISHED = "published", pgettext_lazy("research", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("research", "withdrawn")


class ResearchSeries(models.Model):
    """Research done again and again, whose waves are compared."""

    title = models.CharField(_("title of the series"), max_length=200)
    slug = models.SlugField(_("address on the website"), max_length=120, unique=True)
    about = models.TextField(_("what is measured and why again"), max_length=2000, blank=True)
    made_at = models.DateTimeField(_("begun"))

    class Meta:
        verbose_name = _("series of research")
        verbose_name_plural = _("series of research")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("research:series", args=[self.slug])

    @property
    def label_in_record(self) -> str:
        return self.title


class ResearchCardQuerySet(models.QuerySet["ResearchCard"]):
    """Filters on cards."""

    def public(self) -> ResearchCardQuerySet:
        """Those with a page: published, and withdrawn ones that say why."""
        return self.exclude(state=ResearchState.DRAFT)

    def standing(self) -> ResearchCardQuerySet:
        """Those that hold."""
        return self.filter(state=ResearchState.PUBLISHED)


class ResearchCard(models.Model):
    """One piece of research, or one wave of a series."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Issued with the empty form: two identical submits are one card."""
    number = models.CharField(_("number"), max_length=40, unique=True)
    """"BO/2026/0003"."""
    state = models.CharField(_("state"), max_length=10, choices=ResearchState, default=ResearchState.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in plain words: what came out"), max_length=4000, blank=True)
    task = models.CharField(_("city task concerned"), max_length=40)
    """Code of the pack research_tasks.toml."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="research_cards", verbose_name=_("unit that uses the results"))
    origin = models.CharField(_("own or commissioned"), max_length=12, choices=Origin)
    agency = models.CharField(_("who did it"), max_length=200, blank=True)
    contract = models.CharField(_("contract: number, day, price"), max_length=300, blank=True)
    method = models.CharField(_("method"), max_length=8, choices=Method)
    sample = models.CharField(_("kind of sample"), max_length=14, choices=SAMPLES)
    sample_size = models.PositiveIntegerField(_("number of people asked"), null=True, blank=True)
    population = models.CharField(_("whom it speaks of"), max_length=300)
    starts_on = models.DateField(_("first day of asking"))
    ends_on = models.DateField(_("last day of asking"))
    survey = models.OneToOneField(
        Survey, models.PROTECT, null=True, blank=True, related_name="research_card", verbose_name=_("survey of this program")
    )
    questionnaire = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("questionnaire")
    )  # fmt: skip
    report = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("report of the research")
    )  # fmt: skip
    series = models.ForeignKey(
        ResearchSeries, models.PROTECT, null=True, blank=True, related_name="cards", verbose_name=_("series")
    )  # fmt: skip
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_because = models.CharField(_("why it was withdrawn"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("begun"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("begun by"))
    changed_at = models.DateTimeField(_("changed"))

    objects = ResearchCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("research card")
        verbose_name_plural = _("research cards")
        ordering = ["-ends_on", "-pk"]
        indexes = [models.Index(fields=["state", "-ends_on", "-id"], name="research_by_last_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="asking_ends_after_it_begins",
                violation_error_message=_("The last day of asking is before the first one. Mend one of them."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False) & ~Q(summary=""),
                name="published_research_says_what_came_out",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(origin="own") | ~Q(agency=""), name="commissioned_research_names_who_did_it"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="withdrawn_research_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("research:card", args=[self.slug])

    @property
    def label_in_record(self) -> str:
        return self.number

    @property
    def slug(self) -> str:
        """Its number in an address: "2026-0003"."""
        return self.number.partition("/")[2].replace("/", "-")

    @property
    def key(self) -> str:
        """Subject of its clock."""
        return f"surveys.research:{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.state == ResearchState.PUBLISHED


class ResearchResults(models.Model):
    """Results of an agency as one file brought them; a corrected file is the next version, and the old one stays."""

    card = models.ForeignKey(ResearchCard, models.PROTECT, related_name="results", verbose_name=_("research card"))
    number = models.PositiveSmallIntegerField(_("version"))
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64)
    name = models.CharField(_("name of the file"), max_length=200)
    content = models.JSONField(_("questions with their answers"))
    """See `research.content`."""
    rows = models.PositiveIntegerField(_("rows of the file"))
    brought_at = models.DateTimeField(_("brought in"))
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who brought it in")
    )

    class Meta:
        verbose_name = _("results of research")
        verbose_name_plural = _("results of research")
        ordering = ["card_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="results_have_their_version"),
            models.UniqueConstraint(fields=["card", "sha256"], name="a_file_of_results_comes_once"),
        ]

    def __str__(self) -> str:
        return f"{self.card_id}/{self.number}"

    @property
    def label_in_record(self) -> str:
        return f"{self.card.number}/{self.number}"


class WaveMatch(models.Model):
    """What somebody said of a question worded otherwise than in the wave before: still the same question, or not."""

    card = models.ForeignKey(ResearchCard, models.CASCADE, related_name="matches", verbose_name=_("research card"))
    key = models.CharField(_("key of the question"), max_length=60)
    asked_as = models.CharField(_("key that this wave gave the question"), max_length=60, blank=True)
    """Where the key changed: this wave and those after it asked the question `key` under this one; joined by hand."""
    wordings = models.CharField(_("fingerprint of both wordings"), max_length=64, blank=True)
    """Another wording, by a corrected file, is asked about anew."""
    is_same = models.BooleanField(_("the answers may be compared"))
    said_at = models.DateTimeField(_("when"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who said it")
    )

    class Meta:
        verbose_name = _("comparison of two wordings")
        verbose_name_plural = _("comparisons of two wordings")
        ordering = ["card_id", "key"]
        constraints = [models.UniqueConstraint(fields=["card", "key"], name="a_question_of_a_wave_is_compared_once")]

    def __str__(self) -> str:
        return f"{self.card_id}: {self.key}"

    @property
    def label_in_record(self) -> str:
        return f"{self.card.number}: {self.key}"


class ResearchUse(models.Model):
    """One thing that a unit did with the results. Added, and taken back when it was wrong; never changed."""

    card = models.ForeignKey(ResearchCard, models.PROTECT, related_name="uses", verbose_name=_("research card"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    used_on = models.DateField(_("day"))
    words = models.TextField(_("what was done with the results"), max_length=2000)
    url = models.CharField(_("address of the consultation, project or decision"), max_length=500, blank=True)
    url_title = models.CharField(_("title of that page"), max_length=400, blank=True)
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("use of research")
        verbose_name_plural = _("uses of research")
        ordering = ["card_id", "-used_on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_use_of_research_says_what_was_done")]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def label_in_record(self) -> str:
        return f"{self.card.number}: {self.pk}"
