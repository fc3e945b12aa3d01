"""The civic guide: how to act in the city, each page beside the process that goes on now and what the law says of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from ratusz.publishing.website.shown_things import DATES, page_thing

from .pages import PageWithBody, PublicPage


class GuidePage(PageWithBody):
    """A page that explains one way to act, with the live process in a box and the law under the text."""

    class Process(models.TextChoices):
        """What the box shows; its state comes from the module that runs the process."""

        BUDGET = "budget", _("participatory budget")
        CONSULTATIONS = "consultations", _("consultations")
        INITIATIVE = "initiative", _("citizens' initiative")
        HEARING = "hearing", _("public hearing")
        DEBATE = "debate", _("debate on the state of the municipality")
        RECEPTION = "reception", _("the President's reception hours")

    process = models.CharField(
        _("the process this page is about"),
        max_length=20,
        choices=Process,
        blank=True,
        help_text=_("The page shows by itself whether it goes on now, until when and what one can do."),
    )

    template = "website/guide_page.html"
    subpage_types: list[str] = []
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("process"),
        FieldPanel("body"),
        *PageWithBody.date_panels,
        *PageWithBody.change_panels,
        *PublicPage.care_panels,
    ]

    class Meta:
        verbose_name = _("guide to acting in the city")
        verbose_name_plural = _("guides to acting in the city")

    def shown_things(self) -> set[str]:
        """Itself and, for consultations, what is open."""
        return {page_thing(self.pk), DATES}

    def get_context(self, request, *args, **kwargs):
        from ratusz.publishing.website.civic_guide import law_of, live_process

        at = getattr(request, "moment", None)
        return super().get_context(request, *args, **kwargs) | {
            "live": live_process(self.process, at),
            "law": law_of(self.process, at),
        }
