"""One signature: who supports the thing, how it came, where it stands. Erased, it keeps the count and loses whoever it was."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.casework.signatures.models.collections import Collection
from ratusz.casework.signatures.models.sheets import SheetLine


class State(models.TextChoices):
    """Where a signature stands; only a valid one counts."""

    UNCONFIRMED = "unconfirmed", _("waits for its code")
    VALID = "valid", pgettext_lazy("signature", "valid")
    REPEATED = "repeated", pgettext_lazy("signature", "repeated")
    REJECTED = "rejected", pgettext_lazy("signature", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("signature", "withdrawn")


class Channel(models.TextChoices):
    """How a signature came."""

    ONLINE = "online", pgettext_lazy("signature", "online")
    PAPER = "paper", pgettext_lazy("signature", "on paper")


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Filters on signatures."""

    def counted(self) -> SignatureQuerySet:
        return self.filter(state=State.VALID)

    def with_people(self) -> SignatureQuerySet:
        """Those that still say who signed."""
        return self.filter(erased_at=None)


class Signature(models.Model):
    """A signature. `digest` is a keyed one of the normalised name and address within this collection: nobody counts twice, and
    nobody who reads the table learns what else a person signed."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("collection"))
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel)
    line = models.OneToOneField(
        SheetLine, on_delete=models.PROTECT, null=True, blank=True, related_name="signature", verbose_name=_("line of the sheet")
    )
    state = models.CharField(_("state"), max_length=12, choices=State)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    note = models.CharField(_("note on the reason"), max_length=300, blank=True)
    name = models.CharField(_("name and surname"), max_length=120, blank=True)
    home = models.CharField(_("address in the city"), max_length=200, blank=True)
    district = models.ForeignKey(
        "ratusz_territory.District", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    is_child = models.BooleanField(_("signed by a guardian for a child"), default=False)
    guardian = models.CharField(_("name of the guardian"), max_length=120, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    contact = models.ForeignKey(
        "ratusz_notifications.Address", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("where the code was sent"),
    )  # fmt: skip
    code_handle = models.UUIDField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("signed"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("withdrawn or rejected"), null=True, blank=True)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "digest"],
                condition=Q(state="valid") & ~Q(digest=""),
                name="a_person_counts_once_in_a_collection",
            ),
            models.CheckConstraint(
                condition=~Q(state="valid") | Q(confirmed_at__isnull=False), name="a_counted_signature_was_confirmed"
            ),
            models.CheckConstraint(
                condition=~Q(state="valid") | ~Q(digest="") | Q(erased_at__isnull=False), name="a_counted_signature_has_its_person"
            ),
            models.CheckConstraint(
                condition=Q(channel="paper", line__isnull=False, contact=None) | Q(channel="online", line=None),
                name="a_signature_on_paper_has_its_line",
            ),
            models.CheckConstraint(condition=~Q(state="rejected", reason=""), name="a_rejected_signature_has_its_reason"),
            models.CheckConstraint(
                condition=~Q(is_child=True, guardian="") | Q(erased_at__isnull=False), name="a_guardian_signs_for_a_child"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", home="", guardian="", digest="", contact=None),
                name="an_erased_signature_names_nobody",
            ),
        ]
        indexes = [models.Index(fields=["collection", "state"], name="signature_counts")]

    def __str__(self) -> str:
        return f"{self.collection_id}/{self.pk}"

    @property
    def label_in_record(self) -> str:
        """Nobody's name: the record outlives the signature."""
        return f"{self.collection_id}/{self.pk}"

    @property
    def key(self) -> str:
        """Subject of its messages."""
        return f"signatures.signature:{self.pk}"
