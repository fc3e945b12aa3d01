"""Important changes of a page: said once by the editor, read on the page, in the feeds and by whoever follows its matter."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page

from ratusz.foundation.kit.clock import database_now


class PageChange(Orderable):
    """One change that readers should know of; small ones need no row."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="changes")
    changed_at = models.DateTimeField(_("moment of the change"), default=database_now, editable=False)
    note = models.CharField(
        _("what has changed"), max_length=300, help_text=_("One sentence: “The detour lasts until 12 December, not 5 December.”")
    )

    panels = [FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = _("important change")
        verbose_name_plural = _("important changes")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.note
