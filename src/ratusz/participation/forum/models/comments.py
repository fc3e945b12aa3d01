"""Comments with every earlier wording, supports and files. Nothing of it is deleted but by an erasure the law asks for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.units.models import Unit
from ratusz.participation.forum.models.participants import Participant
from ratusz.participation.forum.models.places import Thread

LONGEST = 10_000


class ForumCommentQuerySet(models.QuerySet["Comment"]):
    """Filters on comments."""

    def shown(self) -> ForumCommentQuerySet:
        """Those everybody reads."""
        return self.filter(shown_at__isnull=False, hidden_at=None)

    def roots(self) -> ForumCommentQuerySet:
        """Those that answer no other comment."""
        return self.filter(root=None)

    def owed(self) -> ForumCommentQuerySet:
        """Shown ones whose author asks the Office for an answer that nobody gave yet."""
        return self.shown().filter(asks_office=True, answered_at=None, thread__merged_into=None)


class Comment(models.Model):
    """What somebody wrote in a thread. `root` is the comment at the top of its branch, `parent` the one it answers."""

    class Stance(models.TextChoices):
        FOR = "for", pgettext_lazy("stance", "for")
        AGAINST = "against", pgettext_lazy("stance", "against")
        NEUTRAL = "neutral", pgettext_lazy("stance", "neutral")

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="comments", verbose_name=_("thread"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("answers the comment")
    )
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="branch", verbose_name=_("branch"))
    author = models.ForeignKey(
        Participant, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name=_("author")
    )
    staff_author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written for the Office by"),
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit that answers"))
    """Set: the official answer of that unit."""
    words = models.TextField(_("words"), max_length=LONGEST, blank=True)
    stance = models.CharField(_("stance"), max_length=10, choices=Stance, default=Stance.NEUTRAL)
    asks_office = models.BooleanField(_("asks the Office for an answer"), default=False)
    answered_at = models.DateTimeField(_("answered by the Office"), null=True, blank=True)
    written_at = models.DateTimeField(_("written"))
    shown_at = models.DateTimeField(_("let out"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden by a moderator"), null=True, blank=True)
    edited_at = models.DateTimeField(_("changed"), null=True, blank=True)
    edit_reason = models.CharField(_("why it was changed"), max_length=200, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    support_count = models.PositiveIntegerField(_("supports"), default=0)
    answer_count = models.PositiveIntegerField(_("answers"), default=0)
    """Shown comments below it in its branch; of roots alone."""
    intake = models.ForeignKey(
        "ratusz_remarks.Intake",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken into the register as"),
    )
    old_number = models.PositiveIntegerField(_("number on the old forum"), null=True, blank=True, unique=True)

    objects = ForumCommentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("platform", "comment")
        verbose_name_plural = pgettext_lazy("platform", "comments")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=False, staff_author=None, unit=None)
                | Q(author=None, staff_author__isnull=False, unit__isnull=False),
                name="a_comment_is_of_a_resident_or_of_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) & ~Q(words="") | Q(erased_at__isnull=False, words=""),
                name="only_an_erased_comment_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(parent=None, root=None) | Q(parent__isnull=False, root__isnull=False),
                name="an_answer_stands_in_a_branch",
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "written_at", "id"], name="roots_by_day", condition=Q(root=None)),
            models.Index(fields=["thread", "support_count", "id"], name="roots_by_support", condition=Q(root=None)),
            models.Index(fields=["thread", "answer_count", "id"], name="roots_by_answers", condition=Q(root=None)),
            models.Index(fields=["root", "written_at", "id"], name="branch_by_day"),
            models.Index(fields=["author", "-written_at"], name="comments_of_an_author"),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """The page of its branch, at the comment."""
        return reverse("forum:comment", args=[self.pk]) + f"#{self.anchor}"

    @property
    def key(self) -> str:
        """The name under which moderators and the register of remarks know it."""
        return f"forum.comment:{self.pk}"

    @property
    def label_in_record(self) -> str:
        return self.key

    @property
    def anchor(self) -> str:
        """Its place on the page; imported ones keep the one of the old forum."""
        return f"post{self.old_number}" if self.old_number else f"wpis-{self.pk}"

    @property
    def is_shown(self) -> bool:
        return self.shown_at is not None and self.hidden_at is None


class CommentVersion(models.Model):
    """How a comment read before it was changed."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="versions", verbose_name=pgettext_lazy("platform", "comment"))
    number = models.PositiveSmallIntegerField(_("version"))
    words = models.TextField(_("words"), max_length=LONGEST, blank=True)
    replaced_at = models.DateTimeField(_("replaced"))
    is_public = models.BooleanField(_("everybody reads it"), default=True)
    """No for what a moderator changed: the reason for it may still stand in the words."""

    class Meta:
        verbose_name = _("earlier wording")
        verbose_name_plural = _("earlier wordings")
        ordering = ["comment", "number"]
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="wordings_are_numbered")]

    def __str__(self) -> str:
        return f"{self.comment_id}/{self.number}"


class Support(models.Model):
    """One person supports one comment, once."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="supports", verbose_name=pgettext_lazy("platform", "comment"))
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+", verbose_name=_("account on the platform"))
    given_at = models.DateTimeField(_("supported at"))

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [models.UniqueConstraint(fields=["comment", "participant"], name="a_comment_is_supported_once")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.participant_id}"


class Attachment(models.Model):
    """A file beside a comment. `sha256` is that of the bytes as they came; a kept picture is written anew and has its own."""

    comment = models.ForeignKey(
        Comment, models.PROTECT, related_name="attachments", verbose_name=pgettext_lazy("platform", "comment")
    )
    file = models.ForeignKey("ratusz_files.StoredFile", models.PROTECT, related_name="+", verbose_name=_("file"))
    name = models.CharField(_("name"), max_length=200)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["comment", "pk"]

    def __str__(self) -> str:
        return self.name
