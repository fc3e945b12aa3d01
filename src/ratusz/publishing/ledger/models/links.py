"""Links that stand on published pages, and each foreign address once, with what it answered: the row is the queue of the check."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ForeignAddressQuerySet(models.QuerySet["ForeignAddress"]):
    """Filters on foreign addresses."""

    def due(self, at: datetime) -> ForeignAddressQuerySet:
        """Those to be asked now, the longest waiting first; one that no page links to any more is not asked."""
        linked = PageLink.objects.filter(foreign=models.OuterRef("pk"))
        return self.filter(models.Exists(linked), next_check_at__lte=at).order_by("next_check_at", "pk")


class ForeignAddress(models.Model):
    """An address outside the portal, however many pages lead there."""

    class State(models.TextChoices):
        """What is known of it; a momentary failure changes nothing."""

        NEW = "new", _("not checked yet")
        WORKS = "works", _("works")
        MOVED = "moved", _("has moved for good")
        BROKEN = "broken", _("broken")
        SOFT_404 = "soft_404", _("leads to a page that says it found nothing")
        REFUSED = "refused", _("must not be asked")

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)
    address = models.TextField(_("address"))
    host = models.CharField(_("host"), max_length=255)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.NEW)
    last_answer = models.CharField(_("last answer"), max_length=60, blank=True, help_text=_("A status, or a short code."))
    moved_to = models.TextField(_("moved to"), blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    first_failed_at = models.DateTimeField(_("first of these failures"), null=True, blank=True)
    next_check_at = models.DateTimeField(_("next check"))

    objects = ForeignAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("foreign address")
        verbose_name_plural = _("foreign addresses")
        indexes = [models.Index(fields=["next_check_at"], name="addresses_by_next_check")]
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, first_failed_at=None) | Q(failures__gt=0, first_failed_at__isnull=False),
                name="failures_have_a_first",
            ),
            models.CheckConstraint(condition=~Q(state="broken") | Q(failures__gte=3), name="broken_means_three_failures"),
        ]

    def __str__(self) -> str:
        return self.address[:200]


class PageLinkQuerySet(models.QuerySet["PageLink"]):
    """Filters on links."""

    def broken(self) -> PageLinkQuerySet:
        """To be mended: leading nowhere inside, or to a foreign address that is broken, empty or must not be asked."""
        bad = (ForeignAddress.State.BROKEN, ForeignAddress.State.SOFT_404, ForeignAddress.State.REFUSED)
        return self.filter(Q(leads_nowhere=True) | Q(foreign__state__in=bad), page__live=True)


class PageLink(models.Model):
    """One link on a published page, as its readers see it."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    address = models.TextField(_("address"))
    text = models.CharField(_("words of the link"), max_length=300, blank=True)
    where = models.CharField(_("where on the page"), max_length=120, blank=True)
    target = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page it leads to")
    )
    foreign = models.ForeignKey(
        ForeignAddress, on_delete=models.PROTECT, null=True, blank=True, related_name="links", verbose_name=_("foreign address")
    )
    leads_nowhere = models.BooleanField(_("leads nowhere inside the portal"), default=False)

    objects = PageLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of a page")
        verbose_name_plural = _("links of pages")
        constraints = [
            models.CheckConstraint(condition=Q(foreign=None) | Q(target=None, leads_nowhere=False), name="a_link_leads_in_or_out")
        ]

    def __str__(self) -> str:
        return f"{self.text or self.address}"[:200]
