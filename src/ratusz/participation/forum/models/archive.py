"""What came over from the old forum: each file once, and the authors who may still claim what they wrote there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ratusz.participation.forum.models.participants import Participant


class ImportBatch(models.Model):
    """One file that was brought in. The hash makes that the same file is brought in once."""

    file_hash = models.CharField(_("SHA-256 of the file"), max_length=64, unique=True)
    file_name = models.CharField(_("name of the file"), max_length=200)
    counts = models.JSONField(_("how many there were"), default=dict)
    errors = models.JSONField(_("rows that were left out"), default=list)
    made_at = models.DateTimeField(_("brought in"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))

    class Meta:
        verbose_name = _("import of the old forum")
        verbose_name_plural = _("imports of the old forum")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def label_in_record(self) -> str:
        return f"forum.import:{self.pk}"


class OldAuthor(models.Model):
    """An author of the old forum under a made-up name. Of name and mailbox only keyed digests are kept, to be claimed by a code."""

    participant = models.OneToOneField(Participant, models.PROTECT, related_name="old_author", verbose_name=_("made-up name"))
    name_digest = models.BinaryField(_("keyed digest of the name"), max_length=32, unique=True)
    address_digest = models.BinaryField(_("keyed digest of the mailbox"), max_length=32, null=True, blank=True, db_index=True)
    claimed_by = models.ForeignKey(
        Participant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claimed",
        verbose_name=_("account they were given back to"),
    )
    claimed_at = models.DateTimeField(_("given back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("author of the old forum")
        verbose_name_plural = _("authors of the old forum")

    def __str__(self) -> str:
        return str(self.participant)
