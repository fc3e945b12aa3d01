"""Pages taken down: why, what readers are told at the address, and where they are led."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class UnpublishingQuerySet(models.QuerySet["Unpublishing"]):
    """Filters on pages taken down."""

    def in_force(self) -> UnpublishingQuerySet:
        """Not undone; a page published again by hand is down no more."""
        return self.filter(undone_at=None).exclude(~Q(reason=Unpublishing.Reason.WITHDRAWN), page__live=True)


class Unpublishing(models.Model):
    """One taking down of a page. It outlives the page, so that the address goes on saying what happened."""

    class Reason(models.TextChoices):
        """What decides what stands at the address."""

        ERROR = "error", _("published in error")
        MERGED = "merged", _("merged into another page")
        WITHDRAWN = "withdrawn", _("withdrawn")

    page = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page"))
    title = models.CharField(_("title"), max_length=255)
    address = models.CharField(_("address"), max_length=1000)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    public_note = models.TextField(_("what readers are told"), max_length=500, blank=True)
    redirect_to = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("readers are led to")
    )
    revision_number = models.BigIntegerField(_("number of the published version"), null=True, blank=True)
    done_at = models.DateTimeField(_("moment of taking down"))
    undone_at = models.DateTimeField(_("brought back"), null=True, blank=True)

    objects = UnpublishingQuerySet.as_manager()

    class Meta:
        verbose_name = _("page taken down")
        verbose_name_plural = _("pages taken down")
        ordering = ["-done_at", "-pk"]
        indexes = [models.Index(fields=["address"], condition=Q(undone_at=None), name="taken_down_by_address")]
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(undone_at=None), name="a_page_is_taken_down_once"),
            models.CheckConstraint(condition=Q(redirect_to=None) | ~Q(redirect_to=F("page")), name="no_page_leads_to_itself"),
            models.CheckConstraint(
                condition=~Q(reason="withdrawn") | Q(redirect_to=None), name="what_is_withdrawn_stays_at_its_address"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("done_at")), name="brought_back_after_taken_down"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} – {self.get_reason_display()}"
