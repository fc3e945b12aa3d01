"""Categories, topics with their scope, days and unit, and threads in them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.casework.moderation.models import Mode
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.forum.models.participants import Participant


class Category(models.Model):
    """A shelf of topics, with the rules that hold on it."""

    slug = models.SlugField(_("address on the website"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    about = models.CharField(_("what it is for"), max_length=500, blank=True)
    house_rules = models.TextField(_("rules of this place"), max_length=4000, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    is_archive = models.BooleanField(_("brought over from the old forum"), default=False)
    old_number = models.PositiveIntegerField(_("number on the old forum"), null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("category of the platform")
        verbose_name_plural = _("categories of the platform")
        ordering = ["is_archive", "position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum:category", args=[self.slug])


class ForumTopicQuerySet(models.QuerySet["Topic"]):
    """Filters on topics."""

    def public(self, at: datetime) -> ForumTopicQuerySet:
        """Those everybody sees: opened, whatever became of them later."""
        return self.filter(opens_at__lte=at)

    def open(self, at: datetime) -> ForumTopicQuerySet:
        """Those in which people write at that moment."""
        return self.public(at).filter(closed_at=None, is_archive=False).filter(Q(closes_at=None) | Q(closes_at__gt=at))


class Topic(models.Model):
    """What is talked about: for which part of the city, from when until when, which unit answers. Periods are half-open."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="topics", verbose_name=_("category of the platform"))
    slug = models.SlugField(_("address on the website"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=250)
    about = models.TextField(_("what it is about"), max_length=4000, blank=True)
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("consultation")
    )
    is_formal = models.BooleanField(_("part of a formal consultation"), default=False)
    districts = models.ManyToManyField(District, blank=True, related_name="+", verbose_name=_("districts"))
    """None: the areas of the consultation, or the whole city."""
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("unit that answers in substance")
    )
    opens_at = models.DateTimeField(_("from"))
    closes_at = models.DateTimeField(_("until"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed early"), null=True, blank=True)
    moderation = models.CharField(_("moderation"), max_length=8, choices=Mode, default=Mode.HYBRID)
    """Until the office of moderation sets another for this place."""
    residents_start_threads = models.BooleanField(_("residents may start threads"), default=True)
    takes_opinions = models.BooleanField(_("takes opinion forms of organisations"), default=False)
    house_rules = models.TextField(_("rules of this place"), max_length=4000, blank=True)
    is_archive = models.BooleanField(_("brought over from the old forum"), default=False)
    created_at = models.DateTimeField(_("begun"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("begun by")
    )

    objects = ForumTopicQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("platform", "topic")
        verbose_name_plural = pgettext_lazy("platform", "topics")
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="a_topic_closes_after_it_opens",
                violation_error_message=_("The last day comes before the first one. Change one of them."),
            ),  # fmt: skip
            models.CheckConstraint(
                condition=Q(is_formal=False) | Q(consultation__isnull=False), name="a_formal_topic_has_its_consultation"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:topic", args=[self.slug])

    @property
    def key(self) -> str:
        return f"forum.topic:{self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.key} {self.slug}"

    def is_public(self, at: datetime) -> bool:
        return self.opens_at <= at

    def is_open(self, at: datetime) -> bool:
        """Whether people write in it at that moment."""
        within = self.opens_at <= at and (self.closes_at is None or at < self.closes_at)
        return within and self.closed_at is None and not self.is_archive


class ForumThreadQuerySet(models.QuerySet["Thread"]):
    """Filters on threads."""

    def public(self, at: datetime) -> ForumThreadQuerySet:
        """Those everybody sees: in a public topic, with a first comment that is shown, not merged into another one."""
        return self.filter(topic__opens_at__lte=at, merged_into=None, is_shown=True)

    def seen_by(self, reader: Participant | None, at: datetime) -> ForumThreadQuerySet:
        """Those everybody sees, and those the reader began whose first comment still waits."""
        if reader is None:
            return self.public(at)
        return self.filter(Q(is_shown=True) | Q(author=reader), topic__opens_at__lte=at, merged_into=None)


class Thread(models.Model):
    """One conversation. Its figures are those of shown comments and are counted anew with each change."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="threads", verbose_name=pgettext_lazy("platform", "topic"))
    title = models.CharField(_("title"), max_length=200)
    lemmas = models.JSONField(default=list, editable=False)
    """Base forms of the words of the title, for finding similar ones."""
    author = models.ForeignKey(
        Participant, models.PROTECT, null=True, blank=True, related_name="threads", verbose_name=_("who started it")
    )
    started_at = models.DateTimeField(_("started"))
    last_at = models.DateTimeField(_("newest comment"))
    comment_count = models.PositiveIntegerField(_("number of comments"), default=0)
    is_shown = models.BooleanField(_("everybody sees it"), default=False)
    """Follows its first comment."""
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    lock_reason = models.CharField(_("why it is locked"), max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    old_number = models.PositiveIntegerField(_("number on the old forum"), null=True, blank=True, unique=True)

    objects = ForumThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(locked_at=None) | ~Q(lock_reason=""), name="a_locked_thread_says_why"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="a_thread_is_not_merged_into_itself"
            ),
        ]
        indexes = [models.Index(fields=["topic", "-last_at", "-id"], name="threads_of_a_topic")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:thread", args=[self.pk])

    @property
    def key(self) -> str:
        return f"forum.thread:{self.pk}"

    @property
    def label_in_record(self) -> str:
        return self.key
