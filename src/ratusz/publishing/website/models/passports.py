"""The image-rights passport: on what basis a picture is used, where, until when; consents, and what a withdrawn one leaves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.files.models import FileState, StoredFile

from .images import PortalImage


class Basis(models.TextChoices):
    """Why the picture of a person may be shown (copyright act, art. 81)."""

    CONSENT = "consent", _("consent of the person in the picture")
    PUBLIC_ROLE = "public_role", _("a publicly known person in their public role")
    DETAIL = "detail", _("the person is a detail of a whole: a gathering, a landscape, a public event")
    PAYMENT = "payment", _("the person was paid as agreed")
    NOBODY = "nobody", _("nobody can be recognised")


class Minors(models.TextChoices):
    """Who of the people in the picture is under age."""

    NONE = "none", _("nobody under 18")
    UNDER_13 = "under_13", _("a child under 13")
    TEENS = "teens", _("a young person of 13 to 17")


class PicturePurpose(models.TextChoices):
    """What a picture may serve; whoever agreed to be shown in news did not agree to advertise anything."""

    INFORMATION = "information", _("information only")
    PROMOTION = "promotion", _("information and promotion of the city")


class ImagePassport(models.Model):
    """What is known of the rights to one picture; without it the picture is not used."""

    image = models.OneToOneField(PortalImage, on_delete=models.CASCADE, related_name="passport", verbose_name=_("picture"))
    basis = models.CharField(_("basis"), max_length=12, choices=Basis)
    purpose = models.CharField(_("may serve"), max_length=12, choices=PicturePurpose, default=PicturePurpose.INFORMATION)
    is_for_all_outlets = models.BooleanField(_("everywhere"), default=False)
    outlets = ArrayField(models.CharField(max_length=40), verbose_name=_("only in"), default=list, blank=True)
    event_name = models.CharField(_("event in the picture"), max_length=160, blank=True)
    event_date = models.DateField(_("day of the event"), null=True, blank=True)
    further_basis = models.CharField(_("basis beyond the event"), max_length=12, choices=Basis, blank=True)
    further_reason = models.CharField(_("why it may be used beyond the event"), max_length=300, blank=True)
    valid_from = models.DateField(_("may be used from"), null=True, blank=True)
    valid_until = models.DateField(_("may be used until"), null=True, blank=True)
    minors = models.CharField(_("people under age"), max_length=10, choices=Minors, default=Minors.NONE)
    credit_line = models.CharField(_("credit under the picture"), max_length=200, blank=True)
    source = models.CharField(_("where the picture comes from"), max_length=200, blank=True)
    file_hash = models.CharField(max_length=40, blank=True)
    """The file the passport was written for; another file needs a passport of its own."""
    withdrawn_at = models.DateTimeField(_("consent withdrawn"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    # The picture's list of uses names where it is shown; its own papers are no use of it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("image-rights passport")
        verbose_name_plural = _("image-rights passports")
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="passport_basis_is_known"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="passport_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(minors=Minors.NONE) | ~Q(basis__in=[Basis.NOBODY, Basis.PUBLIC_ROLE]),
                name="no_child_has_a_public_role",
            ),
            models.CheckConstraint(
                condition=Q(is_for_all_outlets=True, outlets=[]) | Q(is_for_all_outlets=False) & ~Q(outlets=[]),
                name="passport_says_where",
            ),
            models.CheckConstraint(condition=Q(withdrawn_at=None) | ~Q(withdrawal_reason=""), name="withdrawal_has_a_reason"),
            models.CheckConstraint(condition=Q(further_basis="") | ~Q(further_reason=""), name="further_use_has_a_reason"),
        ]
        indexes = [models.Index(fields=["valid_until"], name="passport_expiry", condition=Q(valid_until__isnull=False))]

    def __str__(self) -> str:
        return str(self.get_basis_display())

    @property
    def label_in_record(self) -> str:
        """A picture's title may name a person."""
        return f"picture {self.image_id}"

    def kept_consents(self) -> list[ImageConsent]:
        """Signed consents whose document is there; from memory where many passports were read at once."""
        if "consents" in getattr(self, "_prefetched_objects_cache", {}):
            return [consent for consent in self.consents.all() if consent.file.state not in GONE]
        return list(self.consents.kept())

    def facts(self) -> dict[str, Any]:
        """What the record keeps of it."""
        named = ("basis", "purpose", "is_for_all_outlets", "outlets", "event_date", "further_basis", "minors")
        days = {name: str(getattr(self, name) or "") for name in ("valid_from", "valid_until")}
        return {name: getattr(self, name) if name != "event_date" else str(self.event_date or "") for name in named} | days


GONE = (FileState.INFECTED, FileState.DELETED)
"""A document in one of these states proves nothing any more."""


class ImageConsentQuerySet(models.QuerySet["ImageConsent"]):
    """Filters on consents."""

    def kept(self) -> ImageConsentQuerySet:
        """Those whose document is there."""
        return self.exclude(file__state__in=GONE)


class ImageConsent(models.Model):
    """A signed consent; whose it is stands in the document alone."""

    class Who(models.TextChoices):
        """Who signed."""

        PERSON = "person", _("the person in the picture")
        PARENTS = "parents", _("parents or guardians")

    passport = models.ForeignKey(ImagePassport, on_delete=models.CASCADE, related_name="consents")
    who_signed = models.CharField(_("signed by"), max_length=10, choices=Who)
    file = models.ForeignKey(StoredFile, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+")
    signed_date = models.DateField(_("signed on"), null=True, blank=True)

    wagtail_reference_index_ignore = True
    objects = ImageConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [models.UniqueConstraint(fields=["passport", "file"], name="a_document_is_one_consent")]

    def __str__(self) -> str:
        return str(self.get_who_signed_display())


class WithdrawalTaskQuerySet(models.QuerySet["WithdrawalTask"]):
    """Filters on tasks."""

    def waiting(self) -> WithdrawalTaskQuerySet:
        return self.filter(done_at=None).order_by("found_at", "pk")


class WithdrawalTask(models.Model):
    """One place from which a picture has to go because its consent was withdrawn."""

    passport = models.ForeignKey(ImagePassport, on_delete=models.CASCADE, related_name="tasks", verbose_name=_("picture"))
    source = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    """With the source: which use it is, the same when uses are listed again."""
    where = models.CharField(_("where"), max_length=300)
    outlet = models.CharField(_("outlet"), max_length=40)
    url = models.CharField(_("address"), max_length=500, blank=True)
    is_beyond_recall = models.BooleanField(_("cannot be recalled"), default=False)
    found_at = models.DateTimeField(_("found"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("done by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(_("what was done"), max_length=300, blank=True)

    wagtail_reference_index_ignore = True
    objects = WithdrawalTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of a withdrawn picture")
        verbose_name_plural = _("places of withdrawn pictures")
        constraints = [
            models.UniqueConstraint(fields=["passport", "source", "key"], name="a_place_is_one_task"),
            models.CheckConstraint(condition=Q(done_at=None) | ~Q(note=""), name="a_done_task_says_what_was_done"),
        ]

    def __str__(self) -> str:
        return self.where
