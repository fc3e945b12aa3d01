"""News: what the city says today."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from ratusz.publishing.website.shown_things import NEWS, page_thing

from .pages import PageWithBody, PublicPage


class NewsIndexPage(PublicPage):
    """The list of news, newest first."""

    template = "website/news_index_page.html"
    content_panels = [*PublicPage.content_panels, *PublicPage.care_panels]
    subpage_types = ["ratusz_website.NewsPage"]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def shown_things(self) -> set[str]:
        """Itself and the news."""
        return {page_thing(self.pk), NEWS}

    def get_context(self, request, *args, **kwargs):
        from ratusz.publishing.website.queries import news_list

        return super().get_context(request, *args, **kwargs) | news_list(self, request.GET.get("strona"))


class NewsQuerySet(PageQuerySet):
    """Filters on news."""

    def newest_first(self) -> NewsQuerySet:
        return self.order_by("-day", "-pk")


class NewsForm(WagtailAdminPageForm):
    """Districts by their names, as people look for them; topics that are in use."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "districts" in self.fields:
            self.fields["districts"].queryset = self.fields["districts"].queryset.order_by("sort_key")
        if "topics" in self.fields:
            self.fields["topics"].queryset = self.fields["topics"].queryset.in_use()


class NewsPage(PageWithBody):
    """One piece of news, with its day, the topics and the districts it speaks of."""

    day = models.DateField(_("day"), default=timezone.localdate)
    districts = ParentalManyToManyField("ratusz_territory.District", verbose_name=_("districts"), blank=True, related_name="+")

    topics = ParentalManyToManyField(
        "ratusz_website.Topic",
        verbose_name=_("topics"),
        blank=True,
        related_name="+",
        help_text=_("Whoever follows one of them gets a message when this is published."),
    )

    objects = PageManager.from_queryset(NewsQuerySet)()
    base_form_class = NewsForm
    template = "website/news_page.html"
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("day"),
        FieldPanel("body"),
        FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        FieldPanel("districts", widget=forms.CheckboxSelectMultiple),
        *PageWithBody.date_panels,
        *PageWithBody.change_panels,
        *PublicPage.care_panels,
    ]
    parent_page_types = ["ratusz_website.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        indexes = [models.Index(fields=["-day"], name="news_by_day")]

    def shown_things(self) -> set[str]:
        """Itself."""
        return {page_thing(self.pk)}
