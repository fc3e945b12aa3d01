"""Pages that stay at their address and leave the menus, lists and the search: withdrawn ones and those nobody confirmed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PageStanding(models.Model):
    """A page set aside: it shows a dated notice above its text; one to a page, gone when the page is brought back."""

    class Standing(models.TextChoices):
        """Why it was set aside."""

        WITHDRAWN = "withdrawn", _("withdrawn")
        ARCHIVED = "archived", _("archived")

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="standing", verbose_name=_("page"))
    standing = models.CharField(_("standing"), max_length=20, choices=Standing)
    since_date = models.DateField(_("since"))
    public_note = models.TextField(_("what readers are told"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("page set aside")
        verbose_name_plural = _("pages set aside")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(standing__in=["withdrawn", "archived"]), name="a_page_is_set_aside_in_two_ways"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page} – {self.get_standing_display()}"


def set_aside() -> models.Exists:
    """Condition on pages: withdrawn or archived. Costs no query of its own."""
    return models.Exists(PageStanding.objects.filter(page=models.OuterRef("pk")))
