"""How hard the text of a published page is to read, measured when it goes out."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PageText(models.Model):
    """Figures of one page's text, by the rule of plain language that the gates use too."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+", primary_key=True, verbose_name=_("page"))
    words = models.PositiveIntegerField(_("words"))
    fog = models.DecimalField(_("FOG-PL"), max_digits=5, decimal_places=1)
    measured_at = models.DateTimeField(_("measured"))

    class Meta:
        verbose_name = _("text of a page in figures")
        verbose_name_plural = _("texts of pages in figures")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.fog}"
