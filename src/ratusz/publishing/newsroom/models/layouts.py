"""Layouts that units send to be approved against the brand book: every round with its answer, the marks allowed, the final file."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.units.models import Unit

from .brand import BrandAsset


class LayoutState(models.TextChoices):
    """Where a request stands, in the five words of the house."""

    DRAFT = "draft", pgettext_lazy("state", "draft")
    WITH_BRAND = "with_brand", pgettext_lazy("state", "with the department")
    WITH_UNIT = "with_unit", pgettext_lazy("state", "with the unit, to be mended")
    APPROVED = "approved", pgettext_lazy("state", "approved")
    GONE = "gone", pgettext_lazy("state", "sent out")
    CLOSED = "closed", pgettext_lazy("state", "closed")


class Verdict(models.TextChoices):
    """What the department answers."""

    APPROVED = "approved", _("approved")
    REMARKS = "remarks", _("to be mended")
    REFUSED = "refused", _("refused")


class LayoutRequestQuerySet(models.QuerySet["LayoutRequest"]):
    """Filters on requests."""

    def open(self) -> LayoutRequestQuerySet:
        return self.exclude(state=LayoutState.CLOSED)


class LayoutRequest(models.Model):
    """One layout of a unit, from the first draft to the final file."""

    title = models.CharField(_("what it is"), max_length=160, help_text=_("“Poster of the running day”, “Cover of the report”."))
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("what for and where it will be seen"), max_length=400)
    needed_date = models.DateField(_("needed on"))
    state = models.CharField(_("state"), max_length=12, choices=LayoutState, default=LayoutState.DRAFT)
    changed_at = models.DateTimeField(_("since"))
    allowed_marks = models.ManyToManyField(BrandAsset, verbose_name=_("marks that may be used"), blank=True, related_name="+")
    final_file = models.OneToOneField(
        StoredFile, verbose_name=_("final file"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    wagtail_reference_index_ignore = True
    objects = LayoutRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to approve a layout")
        verbose_name_plural = _("requests to approve layouts")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LayoutState.values), name="layout_state_is_known"),
            models.CheckConstraint(condition=~Q(state="gone") | Q(final_file__isnull=False), name="a_layout_sent_out_has_its_file"),
        ]

    def __str__(self) -> str:
        return self.title


class LayoutRound(models.Model):
    """One file sent to be looked at, and what was answered."""

    request = models.ForeignKey(LayoutRequest, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("round"))
    file = models.OneToOneField(StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("sent by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict, blank=True)
    unmet_points = ArrayField(
        models.CharField(max_length=40), verbose_name=_("points of the brand book not met"), default=list, blank=True
    )
    reasons = models.TextField(_("reasons"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("round of a layout")
        verbose_name_plural = _("rounds of layouts")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="a_round_has_its_number"),
            models.CheckConstraint(
                condition=Q(verdict="", answered_at=None) | (~Q(verdict="") & Q(answered_at__isnull=False)),
                name="a_verdict_has_its_moment",
            ),
            models.CheckConstraint(condition=Q(verdict__in=["", "approved"]) | ~Q(reasons=""), name="a_refusal_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.number}"
