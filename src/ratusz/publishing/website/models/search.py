"""The table of the portal's search: one row for everything that can be found, and the words it is made of."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .pages import under_a_restriction

IN_HEADING = models.Func(models.F("vector"), models.Value("{a,b}"), function="ts_filter", output_field=SearchVectorField())
"""The words of title and summary alone."""


class SearchDocumentQuerySet(models.QuerySet["SearchDocument"]):
    """Filters on what may be found."""

    def public(self) -> SearchDocumentQuerySet:
        """A page is indexed when it is published; that it was closed to the public since is asked at each search."""
        closed = Page.objects.filter(under_a_restriction()).annotate(key=Cast("pk", models.CharField()))
        return self.filter(is_public=True).exclude(source="pages", key__in=closed.values("key"))

    def in_heading(self, searched: SearchQuery) -> SearchDocumentQuerySet:
        """Whose title or summary has the searched words."""
        return self.annotate(heading=IN_HEADING).filter(heading=searched)


class SearchDocument(models.Model):
    """What can be found: a page, a project, a result; the vector holds its words' base forms by weight."""

    source = models.CharField(_("source"), max_length=60)
    key = models.CharField(_("key"), max_length=160)
    url = models.CharField(_("address"), max_length=500)
    title = models.CharField(_("title"), max_length=400)
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("searched text"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="pl")
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    is_public = models.BooleanField(_("anybody may find it"), default=True)
    lemma_version = models.CharField(_("version of the dictionary"), max_length=60)
    vector = SearchVectorField(_("words by weight"))

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the search")
        verbose_name_plural = _("entries of the search")
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="one_search_entry_per_key")]
        indexes = [
            GinIndex(fields=["vector"], name="search_by_word"),
            GinIndex(IN_HEADING, name="search_by_word_of_heading"),
            models.Index(fields=["kind"], name="search_by_kind"),
        ]

    def __str__(self) -> str:
        return self.title


class SearchableWord(models.Model):
    """A word that stands in a title or summary, for "did you mean": its accent-free key and how often it stands there."""

    word = models.CharField(_("word"), max_length=60, primary_key=True)
    folded = models.CharField(_("word without accents"), max_length=60, db_index=True)
    documents = models.PositiveIntegerField(_("entries with it"), default=1)

    class Meta:
        verbose_name = _("word of the search")
        verbose_name_plural = _("words of the search")

    def __str__(self) -> str:
        return self.word
