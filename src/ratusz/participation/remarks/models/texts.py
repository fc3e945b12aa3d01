"""A consulted text: its versions, each cut into passages that keep their number from version to version."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.files.models import StoredFile
from ratusz.participation.consultations.models import Consultation, Form


class ConsultedText(models.Model):
    """A draft that people are asked about passage by passage: the form "document_review" of a consultation."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="texts", verbose_name=_("consultation"))
    form = models.OneToOneField(Form, models.PROTECT, related_name="text", verbose_name=_("form"))
    title = models.CharField(_("title"), max_length=250)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))

    class Meta:
        verbose_name = _("consulted text")
        verbose_name_plural = _("consulted texts")
        ordering = ["consultation_id", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def label_in_record(self) -> str:
        return f"{self.consultation.label_in_record}: {self.title}"


class TextVersion(models.Model):
    """One version of a text. A draft is corrected by staff; once published it never changes."""

    text = models.ForeignKey(ConsultedText, models.PROTECT, related_name="versions", verbose_name=_("consulted text"))
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("file it was read from")
    )
    sha256 = models.CharField(_("digest of the file"), max_length=64, blank=True)
    what_changes = models.TextField(_("what changes and why"), max_length=2000, blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )

    class Meta:
        verbose_name = _("version of a consulted text")
        verbose_name_plural = _("versions of consulted texts")
        ordering = ["text_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="one_version_of_each_number_of_a_text"),
            models.UniqueConstraint(fields=["text"], condition=Q(published_at=None), name="one_draft_of_a_text"),
            models.CheckConstraint(
                condition=Q(number=1) | Q(published_at=None) | ~Q(what_changes=""), name="a_later_version_says_what_changes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}/{self.number}"

    @property
    def label_in_record(self) -> str:
        return f"{self.text.label_in_record}/{self.number}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class Passage(models.Model):
    """A passage of a text whatever its words: remarks stay with it when it is changed, and when it is deleted."""

    text = models.ForeignKey(ConsultedText, models.PROTECT, related_name="passages", verbose_name=_("consulted text"))
    number = models.PositiveIntegerField(_("number"))
    """Never used again in its text; what people see."""
    code = models.CharField(_("stable id"), max_length=80, unique=True)
    """What a remark carries: "12-7", text and number."""

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["text_id", "number"]
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="one_passage_of_each_number_of_a_text")]

    def __str__(self) -> str:
        return self.code


class PlacedPassage(models.Model):
    """A passage in one version: its place and its words there."""

    class Kind(models.TextChoices):
        HEADING = "heading", _("heading")
        PARAGRAPH = "paragraph", _("paragraph")
        ITEM = "item", _("item of a list")
        ROW = "row", _("row of a table")

    version = models.ForeignKey(TextVersion, models.CASCADE, related_name="placed", verbose_name=_("version"))
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="placed", verbose_name=_("passage"))
    position = models.PositiveIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PARAGRAPH)
    words = models.TextField(_("words"), max_length=4000)

    class Meta:
        verbose_name = _("passage in a version")
        verbose_name_plural = _("passages in versions")
        ordering = ["version_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "passage"], name="a_passage_stands_once_in_a_version"),
            models.UniqueConstraint(
                fields=["version", "position"], name="one_passage_in_each_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_passage_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.passage_id}"
