"""Notices of a consultation with their evidence, and extensions that ask for new ones."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.files.models import StoredFile
from ratusz.participation.consultations.models.consultations import Consultation


class Extension(models.Model):
    """The last day was moved on, never back."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="extensions", verbose_name=_("consultation"))
    was_ends_on = models.DateField(_("last day before"))
    ends_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=1000)
    order_number = models.CharField(_("number of the ordinance"), max_length=60, blank=True)
    ordered_on = models.DateField(_("day of the ordinance"), null=True, blank=True)
    extended_at = models.DateTimeField(_("extended"))
    extended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("extended by"))

    class Meta:
        verbose_name = _("extension of a consultation")
        verbose_name_plural = _("extensions of consultations")
        ordering = ["consultation_id", "extended_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("was_ends_on")), name="an_extension_never_shortens"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_extension_has_a_reason"),
            models.UniqueConstraint(fields=["consultation", "was_ends_on"], name="one_extension_of_each_last_day"),
        ]

    def __str__(self) -> str:
        return f"{self.was_ends_on} → {self.ends_on}"


class PublishedNoticeQuerySet(models.QuerySet["Notice"]):
    """Filters on notices."""

    def standing(self) -> PublishedNoticeQuerySet:
        """Those that nobody took back."""
        return self.filter(withdrawn_at=None)


class Notice(models.Model):
    """A notice went out on a channel: where, when, who saw to it, and the file that proves it."""

    class Occasion(models.TextChoices):
        """What the notice tells."""

        LAUNCH = "launch", _("beginning of the consultation")
        EXTENSION = "extension", _("longer consultation")
        CANCELLING = "cancelling", _("cancelled consultation")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="notices", verbose_name=_("consultation"))
    channel = models.CharField(_("channel"), max_length=40)
    """A code of packs/channels.toml."""
    occasion = models.CharField(_("what it tells"), max_length=12, choices=Occasion, default=Occasion.LAUNCH)
    extension = models.ForeignKey(
        Extension, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("extension")
    )
    published_on = models.DateField(_("day it was published"))
    place = models.CharField(_("where"), max_length=300, blank=True)
    """Title and issue of a newspaper, address of a board."""
    url = models.URLField(_("address on the internet"), max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence"))
    sha256 = models.CharField(_("SHA-256 of the evidence"), max_length=64, blank=True)
    """Kept beside the file: it stays when the file is deleted after its time."""
    is_made = models.BooleanField(_("evidence made by Ratusz"), default=False)
    entered_at = models.DateTimeField(_("entered"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdraw_reason = models.CharField(_("why it was taken back"), max_length=500, blank=True)

    objects = PublishedNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of a consultation")
        verbose_name_plural = _("notices of consultations")
        ordering = ["consultation_id", "published_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(occasion="extension", extension__isnull=False) | ~Q(occasion="extension") & Q(extension=None),
                name="a_notice_of_an_extension_names_it",
            ),
            models.CheckConstraint(
                condition=Q(file=None) & Q(sha256="") | Q(file__isnull=False) & ~Q(sha256=""), name="evidence_has_its_digest"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdraw_reason=""), name="a_notice_is_taken_back_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}, {self.published_on}"

    @property
    def has_evidence(self) -> bool:
        return self.file_id is not None and self.withdrawn_at is None

    @property
    def label_in_record(self) -> str:
        return f"{self.consultation.label_in_record}: {self.channel} {self.published_on}"
