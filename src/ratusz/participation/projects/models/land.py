"""What the Office found about the land of a project: plot, owner, result, source, who and when; the newest row holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .applications import Application


class LandCheck(models.Model):
    """One check of the land. A later one is added, none is changed: the database refuses it."""

    class Owner(models.TextChoices):
        """Whose it is, as a category: no private person is named."""

        CITY = "city", _("the city")
        STATE = "state", _("the State, in the city's perpetual usufruct")
        COOPERATIVE = "cooperative", _("a housing cooperative")
        COMMUNITY = "community", _("a housing community")
        TBS = "tbs", _("a social housing association (TBS)")
        OTHER = "other", _("somebody else")
        UNKNOWN = "unknown", _("not settled")

    class Result(models.TextChoices):
        """What follows for the project."""

        FIT = "fit", _("the project may stand there")
        STATEMENT = "statement", _("it may with the written statement that is attached")
        UNFIT = "unfit", _("the project may not stand there")
        OPEN = "open", _("still to be settled")

    WITHOUT_STATEMENT = ("city", "state")
    WITH_STATEMENT = ("cooperative", "community", "tbs")

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="land_checks", verbose_name=_("application of a project")
    )
    plot = models.CharField(_("number of the plot with its district of the land register"), max_length=120)
    owner = models.CharField(_("whose land it is"), max_length=12, choices=Owner)
    result = models.CharField(_("result"), max_length=10, choices=Result)
    source = models.CharField(_("source and its day"), max_length=200)
    note = models.CharField(_("note"), max_length=500, blank=True)
    checked_at = models.DateTimeField(_("checked"))
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who checked"))

    class Meta:
        verbose_name = _("check of the land")
        verbose_name_plural = _("checks of the land")
        ordering = ["application_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(plot="") & ~Q(source=""), name="a_land_check_has_plot_and_source"),
            models.CheckConstraint(
                condition=~Q(result="fit") | Q(owner__in=("city", "state")), name="only_public_land_needs_no_statement"
            ),
            models.CheckConstraint(
                condition=~Q(result="statement") | Q(owner__in=("cooperative", "community", "tbs")),
                name="a_statement_is_of_those_who_may_give_one",
            ),
            models.CheckConstraint(condition=~Q(result="unfit", note=""), name="unfit_land_has_a_note"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.plot}"

    @property
    def label_in_record(self) -> str:
        return f"teren {self.application_id}"

    @property
    def is_named_to_all(self) -> bool:
        """A plot of somebody else may be a private person's: then its number stays in the Office."""
        return self.owner not in ("other", "unknown")
