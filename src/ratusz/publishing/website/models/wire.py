"""The open city wire: each thing the city has said, once, under a lasting number; feeds, letters to followers and cards read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from ratusz.foundation.units.models import Unit

from .pages import is_listed
from .topics import Topic

PAGES = "pages"
"""The source that the portal itself is; its keys are numbers of pages."""


def page_number() -> Case:
    """The number of the page behind an item; nothing for items of other sources, whose keys need not be numbers."""
    return Case(When(source=PAGES, then=Cast("key", models.BigIntegerField())))


class WireItemQuerySet(models.QuerySet["WireItem"]):
    """Filters on the wire."""

    def newest_first(self) -> WireItemQuerySet:
        return self.order_by("-published_at", "-pk")

    def shown(self) -> WireItemQuerySet:
        """Without pages that were closed a moment ago and have not left the wire yet; traces of withdrawn things stay."""
        page = Page.objects.live().filter(is_listed(), pk=models.OuterRef("page_number"))
        found = self.annotate(page_number=page_number())
        return found.filter(Q(withdrawn_at__isnull=False) | Q(page_number=None) | models.Exists(page))

    def standing(self) -> WireItemQuerySet:
        return self.filter(withdrawn_at=None)

    def about(self, **subject: Any) -> WireItemQuerySet:
        """Of one `district`, `topic`, `unit` or `kind`."""
        names = {"district": "districts", "topic": "topics"}
        return self.filter(**{names.get(name, name): value for name, value in subject.items()})


class WireItem(models.Model):
    """One thing said. Its code never changes; each change of what it says raises its version; withdrawn, it leaves a trace."""

    source = models.CharField(_("source"), max_length=40)
    key = models.CharField(_("number in its source"), max_length=80)
    code = models.SlugField(_("lasting code"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("introduction"), blank=True)
    url = models.CharField(_("address"), max_length=500)
    language = models.CharField(_("language"), max_length=5, default="pl")
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    districts = models.ManyToManyField("ratusz_territory.District", verbose_name=_("districts"), blank=True, related_name="+")
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"))
    updated_at = models.DateTimeField(_("changed"))
    as_of = models.DateTimeField(_("state as of"))
    version = models.PositiveIntegerField(_("version"), default=1)
    correction = models.CharField(_("what was corrected"), max_length=300, blank=True)
    corrected_from = models.CharField(_("what stood there before"), max_length=300, blank=True)
    is_update = models.BooleanField(_("the world has changed"), default=False)
    """Else the correction mends what had been wrong."""
    withdrawn_at = models.DateTimeField(pgettext_lazy("text", "withdrawn"), null=True, blank=True)

    objects = WireItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the city wire")
        verbose_name_plural = _("city wire")
        indexes = [models.Index(fields=["-published_at", "-id"], name="wire_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="one_thing_is_on_the_wire_once"),
            models.CheckConstraint(condition=Q(updated_at__gte=F("published_at")), name="wire_item_changes_after_it_is_published"),
            models.CheckConstraint(condition=Q(version__gte=1), name="wire_version_starts_at_one"),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                name="wire_point_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_moment(self) -> datetime:
        """When something about it last changed, its withdrawal included."""
        return max(self.updated_at, self.withdrawn_at or self.updated_at)
