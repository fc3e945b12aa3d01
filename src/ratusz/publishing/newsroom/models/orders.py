"""An order to the photographer: what happens, what is to be shown, which consents to gather, and the pictures that came of it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.units.models import Unit
from ratusz.publishing.website.models import PortalImage


class OrderState(models.TextChoices):
    """Where an order stands, in the five words of the house."""

    DRAFT = "draft", pgettext_lazy("state", "draft")
    ORDERED = "ordered", pgettext_lazy("state", "with the photographer")
    ACCEPTED = "accepted", pgettext_lazy("state", "approved")
    DELIVERED = "delivered", pgettext_lazy("state", "delivered")
    CLOSED = "closed", pgettext_lazy("state", "closed")


class PhotoOrderQuerySet(models.QuerySet["PhotoOrder"]):
    """Filters on orders."""

    def open(self) -> PhotoOrderQuerySet:
        return self.exclude(state=OrderState.CLOSED)

    def between(self, start: datetime, end: datetime) -> PhotoOrderQuerySet:
        """Those whose event touches [start, end)."""
        ends = Q(ends_at__gt=start) | Q(ends_at=None, starts_at__gte=start)
        return self.filter(ends, starts_at__lt=end)


class PhotoOrder(models.Model):
    """What a photographer is asked for at one entry of the calendar."""

    what_for = models.CharField(_("event or subject"), max_length=160)
    entry_url = models.CharField(_("address in the calendar"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200)
    who_is_there = models.CharField(
        _("who will be there"), max_length=300, blank=True, help_text=_("Offices and roles, not names.")
    )
    shots = models.TextField(_("shots that must be there"), max_length=2000)
    consents = models.TextField(_("consents to gather"), max_length=1000, blank=True)
    due_at = models.DateTimeField(_("pictures are needed by"))
    photographer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("photographer of the Office"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    firm = models.CharField(_("or a firm"), max_length=160, blank=True)
    unit = models.ForeignKey(
        Unit, verbose_name=_("for which unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=OrderState, default=OrderState.DRAFT)
    changed_at = models.DateTimeField(_("since"))
    pictures = models.ManyToManyField(PortalImage, verbose_name=_("pictures"), blank=True, related_name="+")

    # An order is no place where a picture is shown.
    wagtail_reference_index_ignore = True
    objects = PhotoOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("photographer's order")
        verbose_name_plural = _("photographer's orders")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OrderState.values), name="order_state_is_known"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="order_ends_after_it_starts",
                violation_error_message=_("The end comes before the start. Correct one of them."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "closed"]) | Q(photographer__isnull=False) | ~Q(firm=""),
                name="order_is_with_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.what_for

    @property
    def label_in_record(self) -> str:
        """What it is for may name a guest."""
        return f"photo order {self.pk}"
