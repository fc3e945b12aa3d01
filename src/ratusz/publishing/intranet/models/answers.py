"""What staff did with a notice: acknowledged, read, commented; and the signed sheets of those without a desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.publishing.intranet.models.notices import Notice, NoticeVersion

COMMENTS_KEPT_FOR = timedelta(days=365)


class Way(models.TextChoices):
    """How somebody confirmed."""

    SCREEN = "screen", _("on screen")
    SHEET = "sheet", _("on a signed sheet")
    SUPERIOR = "superior", _("entered by the superior")


class SignedSheet(models.Model):
    """A sheet of signatures as it came back from a unit, with its picture."""

    version = models.ForeignKey(NoticeVersion, on_delete=models.CASCADE, related_name="sheets")
    unit = models.ForeignKey("ratusz_units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    signed_on = models.DateField(_("day of the signatures"))
    photo = models.ForeignKey(
        "ratusz_files.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name=_("picture of the sheet")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("signed sheet")
        verbose_name_plural = _("signed sheets")

    def __str__(self) -> str:
        return f"{self.version} – {self.unit}"


class Acknowledgement(models.Model):
    """That a person has read one version of a notice. The database refuses to change it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acknowledgements", verbose_name=_("person")
    )
    version = models.ForeignKey(NoticeVersion, on_delete=models.CASCADE, related_name="acknowledgements")
    at = models.DateTimeField(_("confirmed"))
    way = models.CharField(_("how"), max_length=10, choices=Way)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    sheet = models.ForeignKey(SignedSheet, on_delete=models.CASCADE, null=True, blank=True, related_name="acknowledgements")

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="person_acknowledges_a_version_once"),
            models.CheckConstraint(
                condition=Q(way="screen", entered_by__isnull=True, sheet__isnull=True)
                | Q(way="sheet", entered_by__isnull=False, sheet__isnull=False)
                | Q(way="superior", entered_by__isnull=False, sheet__isnull=True),
                name="acknowledgement_has_its_proof",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.version}"

    @property
    def label_in_record(self) -> str:
        return str(self.version)


class Reading(models.Model):
    """Which version a person saw last and which before it, to show the difference. No moment is kept: nobody is timed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person"))
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    last_seen = models.PositiveSmallIntegerField(_("version seen last"))
    seen_before = models.PositiveSmallIntegerField(_("version seen before that"), default=0)

    class Meta:
        verbose_name = _("last reading")
        verbose_name_plural = _("last readings")
        constraints = [
            models.UniqueConstraint(fields=["person", "notice"], name="one_last_reading_per_person_and_notice"),
            models.CheckConstraint(condition=Q(last_seen__gt=models.F("seen_before")), name="versions_are_seen_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.notice}"

    @property
    def label_in_record(self) -> str:
        return str(self.notice)


class CommentQuerySet(models.QuerySet["Comment"]):
    """Filters on comments."""

    def shown(self) -> CommentQuerySet:
        return self.filter(removed_at=None)

    def long_written(self, at: datetime) -> CommentQuerySet:
        """A year ago, or longer."""
        return self.filter(written_at__lt=at - COMMENTS_KEPT_FOR)


class Comment(models.Model):
    """What a colleague wrote under a notice; a removed one keeps its place without its words, a hidden one keeps them unseen."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("author"))
    text = models.TextField(pgettext_lazy("intranet", "comment"), max_length=2000, blank=True)
    written_at = models.DateTimeField(_("written"))
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden by a moderator"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("intranet", "comment")
        verbose_name_plural = pgettext_lazy("intranet", "comments")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) & ~Q(text="") | Q(removed_at__isnull=False, text=""),
                name="removed_comment_keeps_no_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice} #{self.pk}"

    @property
    def key(self) -> str:
        """The name under which moderators know it."""
        return f"intranet.comment:{self.pk}"

    @property
    def label_in_record(self) -> str:
        return str(self.notice)
