"""Notices: the working text, what was published as it was, and whom it is for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KEPT_FOR = timedelta(days=3 * 366)
"""Claims from employment lapse after three years (art. 291 § 1 of the Labour Code); so long one may have to prove who was told."""


class Category(models.TextChoices):
    """What a notice is about."""

    SAFETY = "safety", _("Safety at work")
    WORK = "work", _("How the Office works")
    SYSTEMS = "systems", _("Telephones and systems")
    STAFF = "staff", _("Matters of staff")
    TRAINING = "training", _("Training")
    EVENTS = "events", _("Events")


class State(models.TextChoices):
    """Where a notice stands."""

    DRAFT = "draft", pgettext_lazy("notice", "draft")
    PUBLISHED = "published", pgettext_lazy("notice", "published")
    CLOSED = "closed", pgettext_lazy("notice", "closed")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Filters on notices."""

    def on_view(self, at: datetime) -> NoticeQuerySet:
        """Published and still valid."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=at), state=State.PUBLISHED)

    def asking(self, at: datetime) -> NoticeQuerySet:
        """Those that must be acknowledged now."""
        return self.on_view(at).filter(is_required=True)

    def off_view(self, at: datetime) -> NoticeQuerySet:
        """Closed or no longer valid."""
        return self.filter(Q(closed_at__lt=at) | Q(state=State.PUBLISHED, valid_until__lt=at))

    def long_off_view(self, at: datetime) -> NoticeQuerySet:
        """Off view for so long that nobody has to prove any more who has read them."""
        return self.off_view(at - KEPT_FOR)


class Notice(models.Model):
    """A notice to staff. Its title, lead and body are the working text; readers see the newest NoticeVersion."""

    title = models.CharField(_("title"), max_length=140)
    lead = models.CharField(_("in one sentence"), max_length=300, blank=True)
    body = models.JSONField(_("text"), default=list, blank=True)
    category = models.CharField(_("category"), max_length=20, choices=Category, default=Category.WORK)
    owner_unit = models.ForeignKey(
        "ratusz_units.Unit", on_delete=models.PROTECT, related_name="notices", verbose_name=_("unit that answers for it")
    )
    on_behalf_of = models.CharField(
        _("on behalf of"), max_length=120, blank=True, help_text=_("When you write for somebody else: the City Secretary.")
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by"))
    is_pinned = models.BooleanField(_("stays on top"), default=False)
    is_lead_story = models.BooleanField(_("lead story"), default=False, help_text=_("The one large notice at the top."))
    comments_open = models.BooleanField(_("colleagues may comment"), default=False)
    is_required = models.BooleanField(
        _("everybody must confirm that they have read it"), default=False, help_text=_("Then say until when.")
    )
    due_at = models.DateTimeField(_("to be confirmed until"), null=True, blank=True)
    is_urgent = models.BooleanField(
        _("urgent: tell also in quiet hours"), default=False, help_text=_("It is recorded who decided so and why.")
    )
    urgent_reason = models.CharField(_("why it cannot wait"), max_length=300, blank=True)
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    current_version = models.PositiveSmallIntegerField(_("version"), default=0)
    words = models.TextField(editable=False, blank=True)
    """Keys of the lemmas of what was published, between spaces, for the search."""
    source = models.CharField(max_length=120, blank=True, editable=False)
    """Key of the message it was made from; empty when it was written here."""
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last change"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice to staff")
        verbose_name_plural = _("notices to staff")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_required=False) | Q(due_at__isnull=False), name="required_notice_has_a_term"),
            models.CheckConstraint(condition=Q(is_urgent=False) | ~Q(urgent_reason=""), name="urgent_notice_says_why"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True, current_version=0)
                | Q(state__in=["published", "closed"], published_at__isnull=False, current_version__gt=0),
                name="published_notice_has_a_version",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="closed_notice_has_its_moment",
            ),
            models.UniqueConstraint(
                fields=["is_lead_story"], condition=Q(is_lead_story=True, state="published"), name="one_lead_story"
            ),
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="one_notice_per_message"),
        ]

    def __str__(self) -> str:
        return self.title


class NoticeVersion(models.Model):
    """What was published, as it was. The database refuses to change or delete it while the notice is there."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    is_major = models.BooleanField(_("asks everybody again"), default=True)
    title = models.CharField(_("title"), max_length=140)
    lead = models.CharField(_("in one sentence"), max_length=300, blank=True)
    body = models.JSONField(_("text"), default=list)
    what_changed = models.CharField(_("what has changed"), max_length=300, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    written_at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("version of a notice")
        verbose_name_plural = _("versions of notices")
        ordering = ["notice", "number"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="notice_version_number_is_unique"),
            models.CheckConstraint(condition=Q(number__gt=1) | Q(is_major=True), name="first_version_is_major"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class NoticeTarget(models.Model):
    """One group a notice is for: whoever fits all that is named in it. A notice without any is for all staff."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="targets")
    unit = models.ForeignKey(
        "ratusz_units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    building = models.ForeignKey(
        "ratusz_intranet.Building", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("building")
    )
    role = models.ForeignKey(
        "ratusz_people.Role", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("role")
    )

    class Meta:
        verbose_name = _("group a notice is for")
        verbose_name_plural = _("groups a notice is for")
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(building__isnull=False) | Q(role__isnull=False), name="target_names_somebody"
            ),
            models.UniqueConstraint(
                F("notice"), F("unit"), F("building"), F("role"), name="target_is_named_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(str(each) for each in (self.unit, self.building, self.role) if each)
