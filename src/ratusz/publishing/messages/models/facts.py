"""The facts and texts of a message as they stood in one version; versions are only added."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

TEXTS = ("title", "short_text", "long_text")
FACTS = (
    "what", "place", "longitude", "latitude", "district_numbers", "starts", "ends", "for_whom", "what_to_do", "contact",
    "source_document", "as_of",
)  # fmt: skip


class FactsVersion(models.Model):
    """One version: what, where, when, for whom, what to do, contact, state as of; and the texts written around them."""

    message = models.ForeignKey("Message", on_delete=models.PROTECT, related_name="versions", verbose_name=_("message"))
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=150)
    short_text = models.TextField(_("short text"), max_length=400)
    long_text = models.TextField(_("long text"), max_length=10_000, blank=True)
    what = models.CharField(_("what"), max_length=300)
    place = models.CharField(_("where"), max_length=300, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    district_numbers = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("districts"), default=list, blank=True)
    """Empty: the whole city."""
    starts = models.DateTimeField(_("from"), null=True, blank=True)
    ends = models.DateTimeField(_("until"), null=True, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=300, blank=True)
    what_to_do = models.CharField(_("what to do"), max_length=500, blank=True)
    contact = models.CharField(
        _("contact"), max_length=300, help_text=_("A telephone, an address or a counter of the Office, never a private one.")
    )
    source_document = models.CharField(
        _("source document"), max_length=300, blank=True, help_text=_("Its number in EZD, or its title.")
    )
    as_of = models.DateTimeField(_("state as of"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("version of the facts")
        verbose_name_plural = _("versions of the facts")
        ordering = ["message", "number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="facts_version_number_is_given_once"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gt=F("starts")),
                name="facts_end_after_they_start",
                violation_error_message=_("The end comes before the start. Correct one of them."),
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                name="facts_point_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"
