"""The record of who did what: entries, their erasable details, and the seals that chain them."""

from __future__ import annotations

from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=731)
"""Two years and a leap day: the KRI regulation of 21 May 2024 asks for two years of accountability logs."""


class ClockTimestamp(models.Func):
    """The database's wall clock, not the start of the transaction."""

    function = "clock_timestamp"
    template = "%(function)s()"
    output_field = models.DateTimeField()


class EntryQuerySet(models.QuerySet["Entry"]):
    """Filters on the record."""

    def about(self, subject: models.Model) -> EntryQuerySet:
        return self.filter(subject_type=subject._meta.label, subject_id=str(subject.pk))


class Entry(models.Model):
    """One deed. Append-only; holds no personal data of residents (those stand in Detail) and no foreign key to whom it names."""

    happened_at = models.DateTimeField(_("when"), db_default=ClockTimestamp(), db_index=True)
    actor_kind = models.CharField(_("kind of actor"), max_length=10)
    actor_id = models.CharField(_("actor's number"), max_length=64, blank=True)
    actor_label = models.CharField(_("who"), max_length=200, blank=True)
    deed = models.CharField(_("deed done"), max_length=100)
    subject_type = models.CharField(_("kind of thing"), max_length=100, blank=True)
    subject_id = models.CharField(_("number of the thing"), max_length=64, blank=True)
    address = models.GenericIPAddressField(_("from which address"), null=True)
    request_id = models.CharField(_("number of the request"), max_length=64, blank=True)
    is_read = models.BooleanField(_("reading of personal data"), default=False)
    detail_digest = models.BinaryField(_("digest of the details"), max_length=32)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the record")
        verbose_name_plural = _("record of who did what")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_entry_subject"),
            models.Index(fields=["actor_kind", "actor_id"], name="audit_entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.deed}"

    @property
    def label(self) -> str:
        """What the thing was called then; empty when the details were erased."""
        return (self.detail.content or {}).get("label", "")


class Detail(models.Model):
    """The values of one entry: label, before, after. May be erased, and only as a whole; the entry keeps its salted digest."""

    entry = models.OneToOneField(
        Entry, on_delete=models.DO_NOTHING, primary_key=True, related_name="detail", verbose_name=_("entry of the record")
    )
    salt = models.BinaryField(_("salt"), max_length=16)
    content = models.JSONField(_("values"), null=True, encoder=DjangoJSONEncoder)
    erased_at = models.DateTimeField(_("erased at"), null=True)
    erased_because = models.CharField(_("why erased"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("details of an entry")
        verbose_name_plural = _("details of entries")

    def __str__(self) -> str:
        return str(self.entry_id)


class Seal(models.Model):
    """One batch of the chain, made about every second. Append-only."""

    number = models.PositiveBigIntegerField(_("number of the seal"), primary_key=True)
    last_position = models.PositiveBigIntegerField(_("last position in the chain"))
    sealed_at = models.DateTimeField(_("sealed at"))
    head = models.BinaryField(_("head of the chain"), max_length=32)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}:{bytes(self.head).hex()}"


class SealedEntry(models.Model):
    """The place of one entry in the chain. Append-only; outlives the entry, so that the chain still stands after two years."""

    position = models.PositiveBigIntegerField(_("position in the chain"), primary_key=True)
    entry_number = models.BigIntegerField(_("entry of the record"), unique=True)
    digest = models.BinaryField(_("digest of the entry"), max_length=32)
    link = models.BinaryField(_("link of the chain"), max_length=32)

    class Meta:
        verbose_name = _("sealed entry")
        verbose_name_plural = _("sealed entries")
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.position)
