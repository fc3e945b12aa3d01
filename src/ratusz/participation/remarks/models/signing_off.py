"""Signing off what everybody reads of a consultation's remarks: marks that a person let stand, and who vouched for it all."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.models.remarks import Remark


class LetMark(models.Model):
    """One mark that a person judged to be no personal data, or allowed to stand. Of the words only a keyed digest is kept."""

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="let_marks", verbose_name=_("remark"))
    kind = models.CharField(_("kind of mark"), max_length=10)
    """A code of kit.personal_marks."""
    digest = models.CharField(_("digest of the words"), max_length=64)
    let_at = models.DateTimeField(_("let stand"))
    let_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("let stand by")
    )

    class Meta:
        verbose_name = _("mark that may stand")
        verbose_name_plural = _("marks that may stand")
        ordering = ["remark_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["remark", "kind", "digest"], name="a_mark_is_let_stand_once")]

    def __str__(self) -> str:
        return f"{self.remark_id} {self.kind}"


class SignOff(models.Model):
    """Somebody looked through the public words of all remarks; holds while not one of them changes."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="sign_offs", verbose_name=_("consultation"))
    digest = models.CharField(_("digest of the words"), max_length=64)
    remarks = models.PositiveIntegerField(_("number of remarks"))
    signed_at = models.DateTimeField(_("signed off"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("signed off by")
    )

    class Meta:
        verbose_name = _("sign-off of public words")
        verbose_name_plural = _("sign-offs of public words")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.consultation.label_in_record}: {self.pk}"
