"""One uploaded file: what it is, where its bytes lie, whether it may be used, how long it is kept."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FileState(models.TextChoices):
    """Where a file stands."""

    QUARANTINED = "quarantined", _("waits for the virus scanner")
    CLEAN = "clean", _("checked")
    INFECTED = "infected", _("contained a virus, deleted")
    DELETED = "deleted", _("deleted")


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Filters on files."""

    def usable(self) -> StoredFileQuerySet:
        return self.filter(state=FileState.CLEAN)

    def quarantined(self) -> StoredFileQuerySet:
        return self.filter(state=FileState.QUARANTINED).order_by("uploaded_at")

    def expired(self, at: datetime) -> StoredFileQuerySet:
        return self.filter(state__in=[FileState.CLEAN, FileState.QUARANTINED], keep_until__lte=at)


class StoredFile(models.Model):
    """A file as it lies in the private storage. Its name there is random and says nothing."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(_("purpose"), max_length=60)
    subject = models.CharField(_("belongs to"), max_length=100, blank=True)
    """"app_label.Model:id" of what the file belongs to."""
    name = models.CharField(_("name"), max_length=130, blank=True)
    kind = models.CharField(_("kind"), max_length=10)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=100, unique=True, null=True)
    state = models.CharField(_("state"), max_length=12, choices=FileState, default=FileState.QUARANTINED)
    scan_result = models.CharField(_("result of the scan"), max_length=100, blank=True)
    scanned_at = models.DateTimeField(_("scanned"), null=True, blank=True)
    is_personal = models.BooleanField(_("holds personal data"), default=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("sent by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("sent"))
    keep_until = models.DateTimeField(_("kept until"))
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [
            models.Index(fields=["keep_until"], name="file_expiry", condition=Q(deleted_at__isnull=True)),
            models.Index(fields=["subject"], name="file_subject"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="file_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["clean", "quarantined"], storage_name__isnull=False, deleted_at__isnull=True)
                | Q(state__in=["infected", "deleted"], storage_name__isnull=True, deleted_at__isnull=False),
                name="file_has_bytes_exactly_while_kept",
            ),
            models.CheckConstraint(condition=~Q(state="clean") | Q(scanned_at__isnull=False), name="file_is_scanned_before_use"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
