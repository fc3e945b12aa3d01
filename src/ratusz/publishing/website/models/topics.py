"""Topics: what a text is about, in the words of residents, so that they can follow one thing and leave the rest."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.words import polish_sort_key
from ratusz.foundation.kit.words import slug as slug_of


class TopicQuerySet(models.QuerySet["Topic"]):
    """Filters on topics."""

    def in_use(self) -> TopicQuerySet:
        """Those that can be chosen now; a topic given up keeps its page and its old texts."""
        return self.filter(is_given_up=False)


class Topic(models.Model):
    """One topic of the city's texts. The topics are the city's own: made and named by its editors."""

    name = models.CharField(_("name"), max_length=60, unique=True, help_text=_("As residents say it: “Roads and detours”."))
    slug = models.SlugField(_("address on the website"), max_length=60, unique=True, blank=True)
    description = models.CharField(
        _("what it is about"), max_length=200, help_text=_("One sentence: what somebody who follows it will hear of.")
    )
    is_given_up = models.BooleanField(
        _("given up"), default=False, help_text=_("No longer offered. Texts about it and its address stay.")
    )
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """The address follows from the name once and stays, since feeds and letters lead to it."""
        self.slug = self.slug or slug_of(self.name, max_length=60)
        self.sort_key = polish_sort_key(self.name)[:400]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("website:topic", args=[self.slug])
