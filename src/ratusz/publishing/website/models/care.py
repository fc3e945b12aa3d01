"""Who looks after a page, and when it has to be read again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from ratusz.foundation.units.models import Unit


class PageCare(models.Model):
    """The unit that answers for a page and the day of its next review; one to a page."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="care")
    owner_unit = models.ForeignKey(
        Unit, verbose_name=_("owner: unit of the Office"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contact = models.EmailField(_("contact of the unit"), blank=True)
    review_date = models.DateField(_("next review"), null=True, blank=True)

    panels = [FieldPanel("owner_unit"), FieldPanel("contact"), FieldPanel("review_date")]

    class Meta:
        verbose_name = _("care of a page")
        verbose_name_plural = _("care of pages")
        constraints = [models.UniqueConstraint(fields=["page"], name="a_page_has_one_care")]

    def __str__(self) -> str:
        return str(self.owner_unit or self.contact or self.page)
