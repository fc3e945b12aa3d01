"""Scheduled publications that the gates stopped, until somebody mends the page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision


class StoppedPublication(models.Model):
    """A page that was to go out by itself and did not; one to a page, gone when the page is published."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="stopped_publication", verbose_name=_("page"))
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+", verbose_name=_("version"))
    stopped_at = models.DateTimeField(_("when"))
    findings = models.JSONField(_("what stops it"), default=list)

    class Meta:
        verbose_name = _("publication stopped at the gates")
        verbose_name_plural = _("publications stopped at the gates")

    def __str__(self) -> str:
        return str(self.page)
