"""Editorial pages: home, section, article. Cases (projects, consultations, meetings) are models of their own, never pages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction

from ratusz.publishing.website.blocks import ContactBlock, PageBody
from ratusz.publishing.website.panels import RowsPanel
from ratusz.ui.parts import Link

LONG_PAGE = 3
"""Main headings from which on a page gets a list of contents."""


def under_a_restriction() -> models.Exists:
    """Condition on pages: closed to the public, itself or by a page above it. Costs no query of its own."""
    asked = models.ExpressionWrapper(models.OuterRef("path"), output_field=models.CharField())
    closed = PageViewRestriction.objects.annotate(asked=asked).filter(asked__startswith=models.F("page__path"))
    return models.Exists(closed)


class PublicPage(Page):
    """What every page of the portal has: an introduction and somebody who looks after it."""

    lead = models.TextField(
        _("introduction"), blank=True, max_length=500, help_text=_("One or two sentences: what one learns or does here.")
    )

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    care_panels = [
        RowsPanel(
            "care",
            max_num=1,
            heading=_("Who looks after this page"),
            label=_("care"),
            add_label=_("Say who looks after this page"),
            help_text=_("The unit that answers for the text and the day when it is to be read again."),
        )
    ]

    parent_page_types = ["ratusz_website.HomePage", "ratusz_website.SectionPage", "ratusz_website.ArticlePage"]

    class Meta:
        abstract = True


class PageWithBody(PublicPage):
    """A public page whose body is made of blocks."""

    body = StreamField(PageBody(), blank=True, verbose_name=_("body"))

    date_panels = [
        RowsPanel(
            "dates",
            heading=_("Dates"),
            label=_("date"),
            add_label=_("Add a date"),
            help_text=_("A date given here also stands on the home page, on the district's page and in the calendar."),
        )
    ]
    content_panels = [*PublicPage.content_panels, FieldPanel("body"), *date_panels, *PublicPage.care_panels]

    class Meta:
        abstract = True

    @property
    def contents(self) -> list[Link]:
        """Links to the main headings of a page that has at least three of them."""
        headings = [block.value for block in self.body if block.block_type == "heading" and block.value["level"] == "h2"]
        return [Link(heading["text"], f"#{heading.anchor}") for heading in headings] if len(headings) >= LONG_PAGE else []


class HomePage(PublicPage):
    """The home page of one language: what is open now, what the city says, the districts, how to reach a person."""

    reach_us = StreamField([("contact", ContactBlock())], blank=True, verbose_name=_("how to reach a person"))

    template = "website/home_page.html"
    content_panels = [*PublicPage.content_panels, FieldPanel("reach_us"), *PublicPage.care_panels]
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request, *args, **kwargs):
        from ratusz.publishing.website.kept_parts import kept
        from ratusz.publishing.website.queries import home_page_content

        content = kept(request, lambda: home_page_content(getattr(request, "moment", None)), "home page")
        return super().get_context(request, *args, **kwargs) | content


class SectionPage(PageWithBody):
    """A section of the portal: an introduction and the list of its pages."""

    template = "website/section_page.html"

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request, *args, **kwargs):
        from ratusz.publishing.website.queries import pages_of_section

        return super().get_context(request, *args, **kwargs) | {"pages": pages_of_section(self)}


class ArticlePage(PageWithBody):
    """A page that explains one thing or lets one do it."""

    template = "website/article_page.html"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
