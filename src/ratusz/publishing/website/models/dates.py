"""Dates a page speaks of: written once, seen on the page, the home page, the district, in the calendar and at the desk."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, Page

DEFAULT_LANGUAGE = "pl"


class PageDateQuerySet(models.QuerySet):
    """Filters on dates of pages."""

    def touching(self, first: date, last: date) -> PageDateQuerySet:
        """Those that last on any day from `first` to `last`, both included."""
        return self.annotate(end=Coalesce("last_day", "first_day")).filter(first_day__lte=last, end__gte=first)

    def public(self, language: str, listed: Q) -> PageDateQuerySet:
        """Of published pages that may be named, in a language or in Polish only; `listed` is the condition on pages."""
        translated = Page.objects.live().filter(translation_key=OuterRef("translation_key"), locale__language_code=language)
        untranslated = Q(locale__language_code=DEFAULT_LANGUAGE) & ~Exists(translated)
        open_pages = Page.objects.live().filter(listed).filter(Q(locale__language_code=language) | untranslated)
        return self.filter(page__in=open_pages)


class PageDate(Orderable):
    """One date of a page, with what people can do until then."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="dates")
    title = models.CharField(
        _("what happens"), max_length=120, blank=True, help_text=_("Leave empty to show the title of the page.")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("Leave empty when it all happens in one day."))
    time = models.TimeField(_("hour"), null=True, blank=True, help_text=_("Only for what happens in one day."))
    deed = models.CharField(
        _("what people can do"), max_length=40, blank=True, help_text=_("As on a button: “Sign up”. Empty when nothing.")
    )

    objects = models.Manager.from_queryset(PageDateQuerySet)()
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day"), FieldPanel("time")]),
        FieldPanel("deed"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("date of a page")
        verbose_name_plural = _("dates of pages")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="a_date_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(last_day=None) | Q(time=None), name="an_hour_only_for_one_day"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.page)

    def clean(self) -> None:
        super().clean()
        if self.last_day and self.first_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day is before the first. Change one of them.")})
        if self.last_day and self.time:
            raise ValidationError({"time": _("An hour fits one day only. Leave out the hour or the last day.")})

    @property
    def starts(self) -> date | datetime:
        """The first day, or the moment when an hour is given."""
        return timezone.make_aware(datetime.combine(self.first_day, self.time)) if self.time else self.first_day

    @property
    def is_over(self) -> bool:
        return (self.last_day or self.first_day) < timezone.localdate()
