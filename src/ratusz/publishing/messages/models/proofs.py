"""What comes back after something was published by hand: the link and its proof, and where a poster hangs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Proof(models.Model):
    """Somebody published a variant elsewhere: under what address, who did it there, when, with a printout or a picture of it."""

    variant = models.ForeignKey("Variant", on_delete=models.PROTECT, related_name="proofs", verbose_name=_("variant"))
    release = models.ForeignKey("Release", on_delete=models.PROTECT, related_name="+", verbose_name=_("what was published"))
    url = models.URLField(_("address where it was published"), max_length=500, blank=True)
    published_by = models.CharField(_("published by"), max_length=150, help_text=_("A unit or a post, for example: BIP editors."))
    published_at = models.DateTimeField(_("published"))
    file = models.ForeignKey(
        "ratusz_files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proof")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("proof of publication")
        verbose_name_plural = _("proofs of publication")
        ordering = ["variant", "recorded_at"]
        constraints = [models.CheckConstraint(condition=~Q(url="") | Q(file__isnull=False), name="proof_has_a_link_or_a_file")]

    def __str__(self) -> str:
        return self.url


class HangingQuerySet(models.QuerySet["Hanging"]):
    """Filters on hung posters."""

    def hanging(self) -> HangingQuerySet:
        return self.filter(taken_down_at=None)


class Hanging(models.Model):
    """A poster on one notice board: hung by whom, where, when, with a photograph; and when it was taken down."""

    variant = models.ForeignKey("Variant", on_delete=models.PROTECT, related_name="hangings", verbose_name=_("variant"))
    release = models.ForeignKey("Release", on_delete=models.PROTECT, related_name="+", verbose_name=_("what hangs"))
    place = models.CharField(_("where"), max_length=200)
    hung_by = models.CharField(
        _("hung by"), max_length=150, help_text=_("A unit or a post, for example: caretaker of the library.")
    )
    hung_at = models.DateTimeField(_("hung"))
    photo = models.ForeignKey(
        "ratusz_files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photograph")
    )
    taken_down_at = models.DateTimeField(_("taken down"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    objects = HangingQuerySet.as_manager()

    class Meta:
        verbose_name = _("hung poster")
        verbose_name_plural = _("hung posters")
        ordering = ["variant", "hung_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_down_at=None) | Q(taken_down_at__gte=F("hung_at")), name="poster_is_taken_down_after_it_was_hung"
            )
        ]

    def __str__(self) -> str:
        return self.place
